"""Weekly mails and those who get them."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0004_rollups'),
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='commitments.plan', verbose_name='plan')),
                ('email', models.EmailField(max_length=254, verbose_name='email')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='commitments.agency', verbose_name='agency')),
                ('unsubscribed_at', models.DateTimeField(blank=True, null=True, verbose_name='unsubscribed at')),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
            },
        ),
        migrations.CreateModel(
            name='DigestDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='commitments.subscription', verbose_name='subscription')),
                ('week', models.CharField(max_length=8, verbose_name='ISO week')),
                ('message_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='message number')),
                ('state', models.CharField(choices=[('pending', 'Queued'), ('claimed', 'Being prepared'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Failed'), ('skipped', 'Skipped')], default='pending', max_length=8, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('not_before', models.DateTimeField(verbose_name='not before')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='lease until')),
                ('subject', models.CharField(blank=True, max_length=300, verbose_name='subject')),
                ('text', models.TextField(blank=True, verbose_name='text part')),
                ('html', models.TextField(blank=True, verbose_name='HTML part')),
                ('last_error', models.TextField(blank=True, verbose_name='last error')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
            ],
            options={
                'verbose_name': 'digest delivery',
                'verbose_name_plural': 'digest deliveries',
                'ordering': ['-week', 'subscription'],
            },
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(fields=('plan', 'email', 'agency'), name='subscription_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['zh-hans', 'en'])), name='subscription_language_known'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('email__regex', '^[^@[:space:]]+@[^@[:space:]]+$')), name='subscription_email_form'),
        ),
        migrations.AddIndex(
            model_name='digestdelivery',
            index=models.Index(condition=models.Q(('state__in', ['pending', 'claimed', 'sending'])), fields=['not_before'], name='digestdelivery_open'),
        ),
        migrations.AddConstraint(
            model_name='digestdelivery',
            constraint=models.UniqueConstraint(fields=('subscription', 'week'), name='digestdelivery_once_a_week'),
        ),
        migrations.AddConstraint(
            model_name='digestdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'claimed', 'sending', 'sent', 'failed', 'skipped'])), name='digestdelivery_state_known'),
        ),
        migrations.AddConstraint(
            model_name='digestdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('week__regex', '^[0-9]{4}-W[0-5][0-9]$')), name='digestdelivery_week_form'),
        ),
        migrations.AddConstraint(
            model_name='digestdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='digestdelivery_sent_says_when'),
        ),
        migrations.AddConstraint(
            model_name='digestdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state__in', ['claimed', 'sending'])), models.Q(models.Q(('state__in', ['claimed', 'sending']), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='digestdelivery_lease_while_held'),
        ),
    ]
