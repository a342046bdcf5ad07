"""Sessions, failed sign-ins, lock-outs and unsent forms."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0005_digests'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('account', 'Account, for browsers not known to it'), ('address', 'Network address, for browsers not known'), ('browser', 'One known browser of an account')], max_length=10)),
                ('subject', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['kind', 'subject', 'at'], name='signinfailure_of_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['account', 'address', 'browser'])), name='signinfailure_kind_known'), models.CheckConstraint(condition=models.Q(('subject', ''), _negated=True), name='signinfailure_subject_not_blank')],
            },
        ),
        migrations.CreateModel(
            name='LockOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('account', 'Account, for browsers not known to it'), ('address', 'Network address, for browsers not known'), ('browser', 'One known browser of an account')], max_length=10, verbose_name='lock-out of')),
                ('subject', models.CharField(max_length=200, verbose_name='account or address')),
                ('since', models.DateTimeField(verbose_name='since')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lifted by')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='lifted at')),
            ],
            options={
                'verbose_name': 'sign-in lock-out',
                'verbose_name_plural': 'sign-in lock-outs',
                'ordering': ['-since', '-pk'],
                'indexes': [models.Index(fields=['kind', 'subject', 'until'], name='lockout_of_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['account', 'address', 'browser'])), name='lockout_kind_known'), models.CheckConstraint(condition=models.Q(('subject', ''), _negated=True), name='lockout_subject_not_blank'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_by__isnull', False), ('lifted_at__isnull', False)), models.Q(('lifted_by__isnull', True), ('lifted_at__isnull', True)), _connector='OR'), name='lockout_lifting_together'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='lockout_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='StaffSession',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('address', models.CharField(max_length=45)),
                ('browser', models.CharField(max_length=300)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('seen_at__gte', models.F('started_at'))), name='staffsession_seen_once_started'), models.CheckConstraint(condition=models.Q(('expire_date__gt', models.F('started_at'))), name='staffsession_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='UnsentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=43, unique=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('browser', models.CharField(max_length=32)),
                ('path', models.CharField(max_length=500)),
                ('fields', models.JSONField()),
                ('files', models.JSONField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('user', 'browser', 'path'), name='unsentform_once_a_browser'), models.CheckConstraint(condition=models.Q(('path', ''), _negated=True), name='unsentform_path_not_blank')],
            },
        ),
    ]
