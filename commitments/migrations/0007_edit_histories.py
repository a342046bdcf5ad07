"""The history of every row that people edit."""

import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from ._triggers import AddTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0006_sign_ins'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleSetAdoptionEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.rulesetadoption')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('plan', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.plan', verbose_name='plan')),
                ('rule_set', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.ruleset', verbose_name='rule set')),
                ('effective_from', models.DateField(verbose_name='in force from')),
                ('authority', models.CharField(max_length=300, verbose_name='authority')),
                ('adopted_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='adopted by')),
                ('adopted_at', models.DateTimeField(verbose_name='adopted at')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RuleSetEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.ruleset')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('on_track_ratio', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='on track from ratio')),
                ('at_risk_ratio', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='at risk from ratio')),
                ('small_gap_points', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='small gap, points')),
                ('stage_grace_days', models.PositiveSmallIntegerField(verbose_name='days a stage may be overdue')),
                ('growth_floor', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='floor of a growth rate')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SourceDocumentEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.sourcedocument')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('jurisdiction', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.jurisdiction', verbose_name='jurisdiction')),
                ('key', models.SlugField(db_index=False, max_length=60, verbose_name='key')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('publisher', models.CharField(max_length=200, verbose_name='publisher')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='published on')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('characters', models.PositiveIntegerField(verbose_name='length in characters')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SubscriptionEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.subscription')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('plan', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.plan', verbose_name='plan')),
                ('email', models.EmailField(max_length=254, verbose_name='email')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.agency', verbose_name='agency')),
                ('unsubscribed_at', models.DateTimeField(blank=True, null=True, verbose_name='unsubscribed at')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TargetEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.target')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('commitment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.commitment', verbose_name='commitment')),
                ('code', models.CharField(max_length=24, verbose_name='code')),
                ('headline', models.BooleanField(default=True, verbose_name="headline: decides the commitment's status")),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(max_length=300, verbose_name='English title')),
                ('kind', models.CharField(choices=[('count', 'Count'), ('level', 'Level'), ('floor', 'Floor to keep'), ('growth_rate', 'Published growth rate'), ('stages', 'Stages')], max_length=12, verbose_name='kind')),
                ('accumulation', models.CharField(choices=[('increments', 'Increments, added up'), ('running_total', 'Running total, to date'), ('level', 'Level on the day'), ('stages', 'Stages done, by weight'), ('ratio', 'Ratio of two sums, in percent')], max_length=14, verbose_name='accumulation')),
                ('direction', models.CharField(choices=[('at_least', 'At least'), ('at_most', 'At most')], default='at_least', max_length=9, verbose_name='direction')),
                ('goal', models.CharField(choices=[('reach', 'Reach once, by the due date'), ('maintain', 'Keep at every reading'), ('final', 'Last reading decides')], default='reach', max_length=9, verbose_name='goal')),
                ('comparator', models.CharField(choices=[('>=', '>='), ('>', '>'), ('<=', '<='), ('<', '<')], default='>=', max_length=2, verbose_name='comparator')),
                ('value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='target value')),
                ('unit', models.CharField(max_length=20, verbose_name='unit')),
                ('unit_en', models.CharField(max_length=40, verbose_name='English unit')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('due_basis', models.CharField(choices=[('explicit', 'Named in the text'), ('implied', 'Implied by the plan year')], default='implied', max_length=8, verbose_name='basis of the due date')),
                ('trajectory', models.CharField(choices=[('linear', 'Straight line'), ('hold', 'The target on every day'), ('step', 'Steps at given dates'), ('checkpoints', 'Approved checkpoints')], default='linear', max_length=11, verbose_name='trajectory')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TargetRevisionEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.targetrevision')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('target', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.target', verbose_name='target')),
                ('effective_from', models.DateField(verbose_name='in force from')),
                ('old_value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='old value')),
                ('new_value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='new value')),
                ('old_due_on', models.DateField(verbose_name='old due date')),
                ('new_due_on', models.DateField(verbose_name='new due date')),
                ('authority', models.CharField(max_length=300, verbose_name='authority')),
                ('reason', models.TextField(verbose_name='reason')),
                ('revised_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='revised by')),
                ('revised_at', models.DateTimeField(verbose_name='revised at')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='UserEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(choices=[('clerk', 'Agency clerk'), ('reviewer', 'Reviewer'), ('supervision', 'Supervision office'), ('leader', 'Leader'), ('admin', 'Administrator')], default='leader', max_length=20, verbose_name='role')),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.agency', verbose_name='agency')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CheckpointEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.checkpoint')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('target', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.target', verbose_name='target')),
                ('on', models.DateField(verbose_name='on')),
                ('value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='value')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='BaselineEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.baseline')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('commitment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.commitment', verbose_name='commitment')),
                ('target', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.target', verbose_name='target')),
                ('indicator', models.CharField(max_length=100, verbose_name='indicator')),
                ('indicator_en', models.CharField(max_length=200, verbose_name='English indicator')),
                ('value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='value')),
                ('unit', models.CharField(max_length=20, verbose_name='unit')),
                ('unit_en', models.CharField(blank=True, max_length=40, verbose_name='English unit')),
                ('on', models.DateField(verbose_name='on')),
                ('comparability', models.CharField(choices=[('same', 'Same definition'), ('similar', 'Similar'), ('none', 'Not comparable')], max_length=7, verbose_name='comparability')),
                ('estimated', models.BooleanField(default=False, verbose_name='estimated')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.sourcedocument', verbose_name='source')),
                ('char_start', models.PositiveIntegerField(blank=True, null=True, verbose_name='first character in the source')),
                ('char_end', models.PositiveIntegerField(blank=True, null=True, verbose_name='end in the source')),
                ('note', models.TextField(blank=True, verbose_name='note')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CommitmentSupportEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.commitmentsupport')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('commitment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.commitment', verbose_name='commitment')),
                ('agency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.agency', verbose_name='agency')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AgencyEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.agency')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('jurisdiction', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.jurisdiction', verbose_name='jurisdiction')),
                ('code', models.SlugField(db_index=False, max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, verbose_name='English name')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='JurisdictionEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.jurisdiction')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=6, verbose_name='GB/T 2260 code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, verbose_name='English name')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.jurisdiction', verbose_name='parent')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='MilestoneEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.milestone')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('target', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.target', verbose_name='target')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(max_length=300, verbose_name='English title')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('weight', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0)], verbose_name='weight, points')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CommitmentEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.commitment')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('plan', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.plan', verbose_name='plan')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(max_length=300, verbose_name='English title')),
                ('priority', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.priority', verbose_name='priority')),
                ('section', models.CharField(max_length=100, verbose_name='section')),
                ('section_en', models.CharField(max_length=200, verbose_name='English section')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('tier', models.CharField(choices=[('A', 'A: a number to reach'), ('B', 'B: a named deliverable'), ('C', 'C: a general aim')], max_length=1, verbose_name='tier')),
                ('lead_agency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.agency', verbose_name='lead agency')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.sourcedocument', verbose_name='source')),
                ('char_start', models.PositiveIntegerField(blank=True, null=True, verbose_name='first character in the source')),
                ('char_end', models.PositiveIntegerField(blank=True, null=True, verbose_name='end in the source')),
                ('note', models.TextField(blank=True, verbose_name='note on the wording')),
                ('note_en', models.TextField(blank=True, verbose_name='English note on the wording')),
                ('lifecycle', models.CharField(choices=[('active', 'Active'), ('dropped', 'Dropped')], default='active', max_length=10, verbose_name='lifecycle')),
                ('dropped_on', models.DateField(blank=True, null=True, verbose_name='dropped on')),
                ('dropped_authority', models.CharField(blank=True, max_length=300, verbose_name='authority for dropping')),
                ('dropped_reason', models.TextField(blank=True, verbose_name='reason for dropping')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PriorityEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.priority')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('plan', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.plan', verbose_name='plan')),
                ('code', models.SlugField(db_index=False, max_length=10, verbose_name='code')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('title_en', models.CharField(max_length=200, verbose_name='English title')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='EvidenceEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.evidence')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('entry', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.progressentry', verbose_name='progress entry')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('file', models.FileField(blank=True, upload_to='evidence/', verbose_name='file')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('public', models.BooleanField(default=False, verbose_name='public')),
                ('added_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('added_at', models.DateTimeField(verbose_name='added at')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PlanEdit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='edits', to='commitments.plan')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('jurisdiction', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.jurisdiction', verbose_name='jurisdiction')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(max_length=300, verbose_name='English title')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(verbose_name='ends on')),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=40, verbose_name='time zone')),
                ('rule_set', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='commitments.ruleset', verbose_name='rule set')),
                ('review_required', models.BooleanField(default=True, verbose_name='progress counts only after review')),
                ('reporting_due_day', models.PositiveSmallIntegerField(default=5, verbose_name='monthly report due on day')),
                ('statistics_due_day', models.PositiveSmallIntegerField(default=25, verbose_name='official statistics due on day')),
                ('reporting_grace_days', models.PositiveSmallIntegerField(default=5, verbose_name='days of grace')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('counts_for_place', models.BooleanField(db_default=False, editable=False, verbose_name='counts for the place')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_rulesetedit" ("at_risk_ratio", "growth_floor", "id", "on_track_ratio", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "small_gap_points", "stage_grace_days", "version") VALUES (NEW."at_risk_ratio", NEW."growth_floor", NEW."id", NEW."on_track_ratio", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."small_gap_points", NEW."stage_grace_days", NEW."version"); RETURN NULL;', hash='a27fc0b21d457b2e5caedc4dd848ad96133887c1', operation='INSERT', pgid='pgtrigger_insert_insert_c31ca', table='commitments_ruleset', when='AFTER')),
        ),
        AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_rulesetedit" ("at_risk_ratio", "growth_floor", "id", "on_track_ratio", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "small_gap_points", "stage_grace_days", "version") VALUES (NEW."at_risk_ratio", NEW."growth_floor", NEW."id", NEW."on_track_ratio", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."small_gap_points", NEW."stage_grace_days", NEW."version"); RETURN NULL;', hash='e25364e4d30ea4f504c159556265499f6910c291', operation='UPDATE', pgid='pgtrigger_update_update_cf962', table='commitments_ruleset', when='AFTER')),
        ),
        AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_rulesetedit" ("at_risk_ratio", "growth_floor", "id", "on_track_ratio", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "small_gap_points", "stage_grace_days", "version") VALUES (OLD."at_risk_ratio", OLD."growth_floor", OLD."id", OLD."on_track_ratio", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."small_gap_points", OLD."stage_grace_days", OLD."version"); RETURN NULL;', hash='cd4913f9ab19ba17e899cf2fc4b28b21789e1cff', operation='DELETE', pgid='pgtrigger_delete_delete_f75d1', table='commitments_ruleset', when='AFTER')),
        ),
        AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_useredit" ("agency_id", "date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (NEW."agency_id", NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."last_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."role", NEW."username"); RETURN NULL;', hash='c9fe0c93f7f742603e02e3482d80dd2d476f0d18', operation='INSERT', pgid='pgtrigger_insert_insert_fe650', table='commitments_user', when='AFTER')),
        ),
        AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "commitments_useredit" ("agency_id", "date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (NEW."agency_id", NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."last_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."role", NEW."username"); RETURN NULL;', hash='46093cc2f23d3cf030e30c272b5ea3aeedffbd1f', operation='UPDATE', pgid='pgtrigger_update_update_862e2', table='commitments_user', when='AFTER')),
        ),
        AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_useredit" ("agency_id", "date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (OLD."agency_id", OLD."date_joined", OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."language", OLD."last_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."role", OLD."username"); RETURN NULL;', hash='11a33095ae528691bd9ec3853fbb39a37b4b50bf', operation='DELETE', pgid='pgtrigger_delete_delete_00458', table='commitments_user', when='AFTER')),
        ),
        AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='password_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."password" IS DISTINCT FROM (NEW."password"))', func='INSERT INTO "commitments_useredit" ("agency_id", "date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (NEW."agency_id", NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."last_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'password\', NEW."id", NEW."role", NEW."username"); RETURN NULL;', hash='70c9b405aa999ccecdcb7c9d88e13db15f0b45ff', operation='UPDATE', pgid='pgtrigger_password_update_a5d30', table='commitments_user', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitmentsupport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_commitmentsupportedit" ("agency_id", "commitment_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agency_id", NEW."commitment_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id"); RETURN NULL;', hash='dcc1ed65be09bd57c237773d54f7ca4dfab9e60c', operation='INSERT', pgid='pgtrigger_insert_insert_d9c55', table='commitments_commitmentsupport', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitmentsupport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_commitmentsupportedit" ("agency_id", "commitment_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agency_id", NEW."commitment_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id"); RETURN NULL;', hash='1f38f33207e8d14ac5009ff86af92be0c8826e6c', operation='UPDATE', pgid='pgtrigger_update_update_29809', table='commitments_commitmentsupport', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitmentsupport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_commitmentsupportedit" ("agency_id", "commitment_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."agency_id", OLD."commitment_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id"); RETURN NULL;', hash='b584aa1906c11b1f9f364df5506861a5d4df4bb2', operation='DELETE', pgid='pgtrigger_delete_delete_f6ec7', table='commitments_commitmentsupport', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitmentsupportedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e4fce6a50d09821510699315ffe2bad2afa6de2b', operation='UPDATE', pgid='pgtrigger_facts_stay_bcbab', table='commitments_commitmentsupportedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='commitmentsupportedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='67e9e31c4de2797b02deb82861c2df891976fd3e', operation='DELETE', pgid='pgtrigger_no_delete_b326b', table='commitments_commitmentsupportedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='commitmentsupportedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='11a856930d7b1c4494e0982eae72b64f58dce2c7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d871e', table='commitments_commitmentsupportedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='jurisdiction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_jurisdictionedit" ("code", "id", "name", "name_en", "parent_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name", NEW."name_en", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id"); RETURN NULL;', hash='74899469bd211190fe77191bae3f3ea773c5db3d', operation='INSERT', pgid='pgtrigger_insert_insert_07be9', table='commitments_jurisdiction', when='AFTER')),
        ),
        AddTrigger(
            model_name='jurisdiction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_jurisdictionedit" ("code", "id", "name", "name_en", "parent_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name", NEW."name_en", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id"); RETURN NULL;', hash='13cbcc3c2a9fee3073acdd6658da7970da9ac2fe', operation='UPDATE', pgid='pgtrigger_update_update_724fa', table='commitments_jurisdiction', when='AFTER')),
        ),
        AddTrigger(
            model_name='jurisdiction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_jurisdictionedit" ("code", "id", "name", "name_en", "parent_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."name", OLD."name_en", OLD."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id"); RETURN NULL;', hash='330d607e801d18e5079e05b4d3c63bbee6c73199', operation='DELETE', pgid='pgtrigger_delete_delete_93700', table='commitments_jurisdiction', when='AFTER')),
        ),
        AddTrigger(
            model_name='agencyedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e0c901f2ab7ad94c058cf0bed1a3173b2996dd09', operation='UPDATE', pgid='pgtrigger_facts_stay_f52c6', table='commitments_agencyedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='agencyedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7fe8b7e7623db7123e0a35a22e1269197e29e954', operation='DELETE', pgid='pgtrigger_no_delete_02a5f', table='commitments_agencyedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='agencyedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='18684fbd18d878d1c1968f4610310efe3b68c791', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_97d8e', table='commitments_agencyedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_agencyedit" ("code", "id", "jurisdiction_id", "name", "name_en", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."jurisdiction_id", NEW."name", NEW."name_en", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id"); RETURN NULL;', hash='26b3a5607488abe6a0f14744ad71444339968617', operation='INSERT', pgid='pgtrigger_insert_insert_d325b', table='commitments_agency', when='AFTER')),
        ),
        AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_agencyedit" ("code", "id", "jurisdiction_id", "name", "name_en", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."jurisdiction_id", NEW."name", NEW."name_en", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id"); RETURN NULL;', hash='d485bb73f245c0ca7dccba61479820daae0421c7', operation='UPDATE', pgid='pgtrigger_update_update_c4f9c', table='commitments_agency', when='AFTER')),
        ),
        AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_agencyedit" ("code", "id", "jurisdiction_id", "name", "name_en", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."jurisdiction_id", OLD."name", OLD."name_en", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id"); RETURN NULL;', hash='df12a58068897df2e4fc33f5d1e83306c4f6bde6', operation='DELETE', pgid='pgtrigger_delete_delete_4cbda', table='commitments_agency', when='AFTER')),
        ),
        AddTrigger(
            model_name='jurisdictionedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5eeefaaf8a00d1bf4e89ceddd80025ed7dee0aa5', operation='UPDATE', pgid='pgtrigger_facts_stay_8668a', table='commitments_jurisdictionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='jurisdictionedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='bbf16396b841a33944d175f4763336edbeaf5912', operation='DELETE', pgid='pgtrigger_no_delete_086fd', table='commitments_jurisdictionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='jurisdictionedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='8c664e10606faff214dd9bed197d2607d7cce49f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_16c75', table='commitments_jurisdictionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='priority',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_priorityedit" ("code", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "title", "title_en") VALUES (NEW."code", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."title", NEW."title_en"); RETURN NULL;', hash='9f9e474095196e546dd77008e1ed38d4d2ffd415', operation='INSERT', pgid='pgtrigger_insert_insert_de814', table='commitments_priority', when='AFTER')),
        ),
        AddTrigger(
            model_name='priority',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_priorityedit" ("code", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "title", "title_en") VALUES (NEW."code", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."title", NEW."title_en"); RETURN NULL;', hash='50f4777db42adde075bd5cf30e1f4a8b9fc0d386', operation='UPDATE', pgid='pgtrigger_update_update_08470', table='commitments_priority', when='AFTER')),
        ),
        AddTrigger(
            model_name='priority',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_priorityedit" ("code", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "title", "title_en") VALUES (OLD."code", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."plan_id", OLD."position", OLD."title", OLD."title_en"); RETURN NULL;', hash='c10f36fd24b8d739587356b5521aa193464ac828', operation='DELETE', pgid='pgtrigger_delete_delete_1ae00', table='commitments_priority', when='AFTER')),
        ),
        AddTrigger(
            model_name='priorityedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='38c0a820d9fe9940a5114216642b13ff64ffd0f8', operation='UPDATE', pgid='pgtrigger_facts_stay_a2165', table='commitments_priorityedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='priorityedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d8dac4809e401fb9f3643d782bca5c8ff7498a84', operation='DELETE', pgid='pgtrigger_no_delete_8caa3', table='commitments_priorityedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='priorityedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='0712870a710e72ce537f6be7dfc722961f6abdf9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7a4e3', table='commitments_priorityedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='evidenceedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f9a2b48327ca1d382134261a67910f96c029f88f', operation='UPDATE', pgid='pgtrigger_facts_stay_5c9e5', table='commitments_evidenceedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='evidenceedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='83e7f4d7be2530590f84a4ab060360d159446748', operation='DELETE', pgid='pgtrigger_no_delete_fad9d', table='commitments_evidenceedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='evidenceedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='44eab7a3824f99507efd063a8a2c054fbd6ab8aa', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f28af', table='commitments_evidenceedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_evidenceedit" ("added_at", "added_by_id", "entry_id", "file", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "public", "sha256", "title", "url") VALUES (NEW."added_at", NEW."added_by_id", NEW."entry_id", NEW."file", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."public", NEW."sha256", NEW."title", NEW."url"); RETURN NULL;', hash='fcd92e8483626a10f7b09665b1a06ff9d87e379a', operation='INSERT', pgid='pgtrigger_insert_insert_28d53', table='commitments_evidence', when='AFTER')),
        ),
        AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_evidenceedit" ("added_at", "added_by_id", "entry_id", "file", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "public", "sha256", "title", "url") VALUES (NEW."added_at", NEW."added_by_id", NEW."entry_id", NEW."file", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."public", NEW."sha256", NEW."title", NEW."url"); RETURN NULL;', hash='ee336257447c5cd75b4283c99cb57c2c819855e2', operation='UPDATE', pgid='pgtrigger_update_update_c044a', table='commitments_evidence', when='AFTER')),
        ),
        AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_evidenceedit" ("added_at", "added_by_id", "entry_id", "file", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "public", "sha256", "title", "url") VALUES (OLD."added_at", OLD."added_by_id", OLD."entry_id", OLD."file", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."public", OLD."sha256", OLD."title", OLD."url"); RETURN NULL;', hash='3459120ebaaa06406f575a5a099326cea3e32b6a', operation='DELETE', pgid='pgtrigger_delete_delete_2909d', table='commitments_evidence', when='AFTER')),
        ),
        AddTrigger(
            model_name='planedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='62cb2eab54632f9514622f40f3594d0cacd2aec5', operation='UPDATE', pgid='pgtrigger_facts_stay_dab0b', table='commitments_planedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='planedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9f8dd82e94f3202f84ac7e62499609e7812e119c', operation='DELETE', pgid='pgtrigger_no_delete_00d0b', table='commitments_planedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='planedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='3b1d9ceebf1be279a4ed4cdde78f3dea28c10fbf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_dc923', table='commitments_planedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_planedit" ("code", "counts_for_place", "ends_on", "id", "jurisdiction_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporting_due_day", "reporting_grace_days", "review_required", "rule_set_id", "starts_on", "statistics_due_day", "time_zone", "title", "title_en", "year") VALUES (NEW."code", NEW."counts_for_place", NEW."ends_on", NEW."id", NEW."jurisdiction_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."published_at", NEW."reporting_due_day", NEW."reporting_grace_days", NEW."review_required", NEW."rule_set_id", NEW."starts_on", NEW."statistics_due_day", NEW."time_zone", NEW."title", NEW."title_en", NEW."year"); RETURN NULL;', hash='25a04db52025f13ebd26ecab575ffd5ab8256f14', operation='INSERT', pgid='pgtrigger_insert_insert_d3d4a', table='commitments_plan', when='AFTER')),
        ),
        AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_planedit" ("code", "counts_for_place", "ends_on", "id", "jurisdiction_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporting_due_day", "reporting_grace_days", "review_required", "rule_set_id", "starts_on", "statistics_due_day", "time_zone", "title", "title_en", "year") VALUES (NEW."code", NEW."counts_for_place", NEW."ends_on", NEW."id", NEW."jurisdiction_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."published_at", NEW."reporting_due_day", NEW."reporting_grace_days", NEW."review_required", NEW."rule_set_id", NEW."starts_on", NEW."statistics_due_day", NEW."time_zone", NEW."title", NEW."title_en", NEW."year"); RETURN NULL;', hash='d422933a4206eac9b324b09ca62a6704a60a0bd4', operation='UPDATE', pgid='pgtrigger_update_update_77aec', table='commitments_plan', when='AFTER')),
        ),
        AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_planedit" ("code", "counts_for_place", "ends_on", "id", "jurisdiction_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporting_due_day", "reporting_grace_days", "review_required", "rule_set_id", "starts_on", "statistics_due_day", "time_zone", "title", "title_en", "year") VALUES (OLD."code", OLD."counts_for_place", OLD."ends_on", OLD."id", OLD."jurisdiction_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."published_at", OLD."reporting_due_day", OLD."reporting_grace_days", OLD."review_required", OLD."rule_set_id", OLD."starts_on", OLD."statistics_due_day", OLD."time_zone", OLD."title", OLD."title_en", OLD."year"); RETURN NULL;', hash='880758ea3d8d90944f1d29aa875fc7913eb42fc9', operation='DELETE', pgid='pgtrigger_delete_delete_7af79', table='commitments_plan', when='AFTER')),
        ),
        AddTrigger(
            model_name='rulesetadoption',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_rulesetadoptionedit" ("adopted_at", "adopted_by_id", "authority", "effective_from", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "rule_set_id") VALUES (NEW."adopted_at", NEW."adopted_by_id", NEW."authority", NEW."effective_from", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."plan_id", NEW."rule_set_id"); RETURN NULL;', hash='275f3a59e0d27afd153000e8b83884904d13bd8c', operation='INSERT', pgid='pgtrigger_insert_insert_6fedb', table='commitments_rulesetadoption', when='AFTER')),
        ),
        AddTrigger(
            model_name='rulesetadoption',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_rulesetadoptionedit" ("adopted_at", "adopted_by_id", "authority", "effective_from", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "rule_set_id") VALUES (NEW."adopted_at", NEW."adopted_by_id", NEW."authority", NEW."effective_from", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."plan_id", NEW."rule_set_id"); RETURN NULL;', hash='8e60d7ac954518a54c48547fa0200824d02c7311', operation='UPDATE', pgid='pgtrigger_update_update_bec2a', table='commitments_rulesetadoption', when='AFTER')),
        ),
        AddTrigger(
            model_name='rulesetadoption',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_rulesetadoptionedit" ("adopted_at", "adopted_by_id", "authority", "effective_from", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "rule_set_id") VALUES (OLD."adopted_at", OLD."adopted_by_id", OLD."authority", OLD."effective_from", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."plan_id", OLD."rule_set_id"); RETURN NULL;', hash='c556de7f9b137c478dd82f573953a156de9cbd85', operation='DELETE', pgid='pgtrigger_delete_delete_da893', table='commitments_rulesetadoption', when='AFTER')),
        ),
        AddTrigger(
            model_name='rulesetadoptionedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3fdb5aa67ca6975515476ea981c4f6fa977d1acd', operation='UPDATE', pgid='pgtrigger_facts_stay_42333', table='commitments_rulesetadoptionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='rulesetadoptionedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='008a738a85d82ace7ff808a9e0057a4e52621f1b', operation='DELETE', pgid='pgtrigger_no_delete_ef303', table='commitments_rulesetadoptionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='rulesetadoptionedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='7a3405ec9744511300520b42dbaf83304655cb4e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_da5bf', table='commitments_rulesetadoptionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='rulesetedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a9bb3716eb82ae5d82246ef1b6fdcde036de4a3d', operation='UPDATE', pgid='pgtrigger_facts_stay_bb2c6', table='commitments_rulesetedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='rulesetedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6b5a7e3825e4b38bbb217f15ea7d929a69341a9f', operation='DELETE', pgid='pgtrigger_no_delete_2de59', table='commitments_rulesetedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='rulesetedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='bf1e4d2b7c4ebd66b97ed9c2a732c1f9af80f8ae', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_85669', table='commitments_rulesetedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='sourcedocument',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_sourcedocumentedit" ("characters", "id", "jurisdiction_id", "key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "sha256", "title", "url") VALUES (NEW."characters", NEW."id", NEW."jurisdiction_id", NEW."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."published_on", NEW."publisher", NEW."sha256", NEW."title", NEW."url"); RETURN NULL;', hash='f111c093943a4b39f218912f517a5ba593e4dcf9', operation='INSERT', pgid='pgtrigger_insert_insert_f110e', table='commitments_sourcedocument', when='AFTER')),
        ),
        AddTrigger(
            model_name='sourcedocument',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."characters" IS DISTINCT FROM (NEW."characters") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."jurisdiction_id" IS DISTINCT FROM (NEW."jurisdiction_id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on") OR OLD."publisher" IS DISTINCT FROM (NEW."publisher") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func='INSERT INTO "commitments_sourcedocumentedit" ("characters", "id", "jurisdiction_id", "key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "sha256", "title", "url") VALUES (NEW."characters", NEW."id", NEW."jurisdiction_id", NEW."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."published_on", NEW."publisher", NEW."sha256", NEW."title", NEW."url"); RETURN NULL;', hash='22ae3a313af98f39f1dce90292c2e1e944ea23e1', operation='UPDATE', pgid='pgtrigger_update_update_e4048', table='commitments_sourcedocument', when='AFTER')),
        ),
        AddTrigger(
            model_name='sourcedocument',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_sourcedocumentedit" ("characters", "id", "jurisdiction_id", "key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "sha256", "title", "url") VALUES (OLD."characters", OLD."id", OLD."jurisdiction_id", OLD."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."published_on", OLD."publisher", OLD."sha256", OLD."title", OLD."url"); RETURN NULL;', hash='fadfadde12c7242be606a63e9f79b1856f205e42', operation='DELETE', pgid='pgtrigger_delete_delete_991aa', table='commitments_sourcedocument', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitmentedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='13f32bf48b95ce61b5ed1074be2c2bece251c412', operation='UPDATE', pgid='pgtrigger_facts_stay_68262', table='commitments_commitmentedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='commitmentedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8925ea25a5d5d2a5e9e5220dfd03702c442855e5', operation='DELETE', pgid='pgtrigger_no_delete_853d7', table='commitments_commitmentedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='commitmentedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='78db692a808e9ddf3a769d53ef669ddfffc07166', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_00c5d', table='commitments_commitmentedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_commitmentedit" ("char_end", "char_start", "code", "dropped_authority", "dropped_on", "dropped_reason", "id", "lead_agency_id", "lifecycle", "note", "note_en", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "priority_id", "section", "section_en", "source_id", "tier", "title", "title_en") VALUES (NEW."char_end", NEW."char_start", NEW."code", NEW."dropped_authority", NEW."dropped_on", NEW."dropped_reason", NEW."id", NEW."lead_agency_id", NEW."lifecycle", NEW."note", NEW."note_en", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."priority_id", NEW."section", NEW."section_en", NEW."source_id", NEW."tier", NEW."title", NEW."title_en"); RETURN NULL;', hash='a93e32eddfe3a7c061b41cad1d48a362c02f031b', operation='INSERT', pgid='pgtrigger_insert_insert_67480', table='commitments_commitment', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_commitmentedit" ("char_end", "char_start", "code", "dropped_authority", "dropped_on", "dropped_reason", "id", "lead_agency_id", "lifecycle", "note", "note_en", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "priority_id", "section", "section_en", "source_id", "tier", "title", "title_en") VALUES (NEW."char_end", NEW."char_start", NEW."code", NEW."dropped_authority", NEW."dropped_on", NEW."dropped_reason", NEW."id", NEW."lead_agency_id", NEW."lifecycle", NEW."note", NEW."note_en", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."priority_id", NEW."section", NEW."section_en", NEW."source_id", NEW."tier", NEW."title", NEW."title_en"); RETURN NULL;', hash='2725968c329eeb6f5dbb1c89cfa2ca552bf8ec4c', operation='UPDATE', pgid='pgtrigger_update_update_56e76', table='commitments_commitment', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_commitmentedit" ("char_end", "char_start", "code", "dropped_authority", "dropped_on", "dropped_reason", "id", "lead_agency_id", "lifecycle", "note", "note_en", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "priority_id", "section", "section_en", "source_id", "tier", "title", "title_en") VALUES (OLD."char_end", OLD."char_start", OLD."code", OLD."dropped_authority", OLD."dropped_on", OLD."dropped_reason", OLD."id", OLD."lead_agency_id", OLD."lifecycle", OLD."note", OLD."note_en", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."plan_id", OLD."position", OLD."priority_id", OLD."section", OLD."section_en", OLD."source_id", OLD."tier", OLD."title", OLD."title_en"); RETURN NULL;', hash='debbb3d1bc6dafcf031b40f2bee380c2f352541e', operation='DELETE', pgid='pgtrigger_delete_delete_e31be', table='commitments_commitment', when='AFTER')),
        ),
        AddTrigger(
            model_name='sourcedocumentedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f24ace04f740fff31a331691045b4fde143d11cf', operation='UPDATE', pgid='pgtrigger_facts_stay_a0651', table='commitments_sourcedocumentedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='sourcedocumentedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='be9251c98b0825c3369016bfe57782df4414a7bb', operation='DELETE', pgid='pgtrigger_no_delete_3ce1b', table='commitments_sourcedocumentedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='sourcedocumentedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='e8f81ab03213b41b6bd464c6317598f91829b85e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_546ef', table='commitments_sourcedocumentedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='subscription',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_subscriptionedit" ("agency_id", "email", "id", "language", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "unsubscribed_at") VALUES (NEW."agency_id", NEW."email", NEW."id", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."plan_id", NEW."unsubscribed_at"); RETURN NULL;', hash='8528bd08448e5afd5791dd47b57604cc1f405eff', operation='INSERT', pgid='pgtrigger_insert_insert_64f27', table='commitments_subscription', when='AFTER')),
        ),
        AddTrigger(
            model_name='subscription',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_subscriptionedit" ("agency_id", "email", "id", "language", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "unsubscribed_at") VALUES (NEW."agency_id", NEW."email", NEW."id", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."plan_id", NEW."unsubscribed_at"); RETURN NULL;', hash='ec8dc58e812fac9001ff1de58e72941f99c7572d', operation='UPDATE', pgid='pgtrigger_update_update_0d396', table='commitments_subscription', when='AFTER')),
        ),
        AddTrigger(
            model_name='subscription',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_subscriptionedit" ("agency_id", "email", "id", "language", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "unsubscribed_at") VALUES (OLD."agency_id", OLD."email", OLD."id", OLD."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."plan_id", OLD."unsubscribed_at"); RETURN NULL;', hash='5f0edbe825abbb0055904e03a7b60a5a56f820a3', operation='DELETE', pgid='pgtrigger_delete_delete_8bbb1', table='commitments_subscription', when='AFTER')),
        ),
        AddTrigger(
            model_name='subscriptionedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1fcb37d13d26e302e5862415b7981cd42c546319', operation='UPDATE', pgid='pgtrigger_facts_stay_f65a3', table='commitments_subscriptionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='subscriptionedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='586140c18567a0f3b7548e8716c5a553b8ad3ca6', operation='DELETE', pgid='pgtrigger_no_delete_a985e', table='commitments_subscriptionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='subscriptionedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='19c0730c9a031fb7f065af0a97fac1e6070a3d2e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e31af', table='commitments_subscriptionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_targetedit" ("accumulation", "code", "commitment_id", "comparator", "direction", "due_basis", "due_on", "goal", "headline", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title", "title_en", "trajectory", "unit", "unit_en", "value") VALUES (NEW."accumulation", NEW."code", NEW."commitment_id", NEW."comparator", NEW."direction", NEW."due_basis", NEW."due_on", NEW."goal", NEW."headline", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."starts_on", NEW."title", NEW."title_en", NEW."trajectory", NEW."unit", NEW."unit_en", NEW."value"); RETURN NULL;', hash='6f21827d7d382d2ec0b6068f5b67190dbe04e255', operation='INSERT', pgid='pgtrigger_insert_insert_67334', table='commitments_target', when='AFTER')),
        ),
        AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_targetedit" ("accumulation", "code", "commitment_id", "comparator", "direction", "due_basis", "due_on", "goal", "headline", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title", "title_en", "trajectory", "unit", "unit_en", "value") VALUES (NEW."accumulation", NEW."code", NEW."commitment_id", NEW."comparator", NEW."direction", NEW."due_basis", NEW."due_on", NEW."goal", NEW."headline", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."starts_on", NEW."title", NEW."title_en", NEW."trajectory", NEW."unit", NEW."unit_en", NEW."value"); RETURN NULL;', hash='38299a191756423e3eda8187252ecf6ffaf59ef7', operation='UPDATE', pgid='pgtrigger_update_update_68256', table='commitments_target', when='AFTER')),
        ),
        AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_targetedit" ("accumulation", "code", "commitment_id", "comparator", "direction", "due_basis", "due_on", "goal", "headline", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title", "title_en", "trajectory", "unit", "unit_en", "value") VALUES (OLD."accumulation", OLD."code", OLD."commitment_id", OLD."comparator", OLD."direction", OLD."due_basis", OLD."due_on", OLD."goal", OLD."headline", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."starts_on", OLD."title", OLD."title_en", OLD."trajectory", OLD."unit", OLD."unit_en", OLD."value"); RETURN NULL;', hash='b3cc73b97347642a1f179ae48b13dc0426550719', operation='DELETE', pgid='pgtrigger_delete_delete_9d7f8', table='commitments_target', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='milestoneedit',
            index=models.Index(fields=['target'], name='milestoneedit_of_target'),
        ),
        AddTrigger(
            model_name='milestoneedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5a3633d008557cf18466fca9f1948182837ba460', operation='UPDATE', pgid='pgtrigger_facts_stay_7db5b', table='commitments_milestoneedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='milestoneedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5387a2ab41b802799e8f36ed7f4d8ac66df81995', operation='DELETE', pgid='pgtrigger_no_delete_e3428', table='commitments_milestoneedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='milestoneedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='137c7c5f35569ab311bec51181d62a957a60f976', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_2e22e', table='commitments_milestoneedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_milestoneedit" ("due_on", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "target_id", "title", "title_en", "weight") VALUES (NEW."due_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."position", NEW."target_id", NEW."title", NEW."title_en", NEW."weight"); RETURN NULL;', hash='d55181e35700d7b468e71076f6c3adba3b96d711', operation='INSERT', pgid='pgtrigger_insert_insert_37ed8', table='commitments_milestone', when='AFTER')),
        ),
        AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_milestoneedit" ("due_on", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "target_id", "title", "title_en", "weight") VALUES (NEW."due_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."position", NEW."target_id", NEW."title", NEW."title_en", NEW."weight"); RETURN NULL;', hash='6837f9bf7f17006f412a4bb196c81a3aca2129fa', operation='UPDATE', pgid='pgtrigger_update_update_c03ec', table='commitments_milestone', when='AFTER')),
        ),
        AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_milestoneedit" ("due_on", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "target_id", "title", "title_en", "weight") VALUES (OLD."due_on", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."position", OLD."target_id", OLD."title", OLD."title_en", OLD."weight"); RETURN NULL;', hash='6a89d3f0da69c7605811215d463b1e35a7fa4a1b', operation='DELETE', pgid='pgtrigger_delete_delete_32ffd', table='commitments_milestone', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='checkpointedit',
            index=models.Index(fields=['target'], name='checkpointedit_of_target'),
        ),
        AddTrigger(
            model_name='checkpointedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d8977c08098cd3b86c116f22e01c7a8e6f1eb03e', operation='UPDATE', pgid='pgtrigger_facts_stay_cbeb9', table='commitments_checkpointedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='checkpointedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='95a9c1f18fc7252fb92fb6e81b1b8ff1a45f718c', operation='DELETE', pgid='pgtrigger_no_delete_3dc7e', table='commitments_checkpointedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='checkpointedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='b713c289fb4b9be16518e41d73513b92f9e22912', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_113b5', table='commitments_checkpointedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_checkpointedit" ("id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_id", "value") VALUES (NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."target_id", NEW."value"); RETURN NULL;', hash='445936e50b17c514110a967cdfad3ec93abae81c', operation='INSERT', pgid='pgtrigger_insert_insert_596de', table='commitments_checkpoint', when='AFTER')),
        ),
        AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_checkpointedit" ("id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_id", "value") VALUES (NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."target_id", NEW."value"); RETURN NULL;', hash='0ac64dbbfd69a0d2733fd2c6f3448465e067862e', operation='UPDATE', pgid='pgtrigger_update_update_7f85e', table='commitments_checkpoint', when='AFTER')),
        ),
        AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_checkpointedit" ("id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_id", "value") VALUES (OLD."id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."target_id", OLD."value"); RETURN NULL;', hash='0cf78e5d4ff8d3b451c21a15e734f3fe385a2215', operation='DELETE', pgid='pgtrigger_delete_delete_fcad2', table='commitments_checkpoint', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='baselineedit',
            index=models.Index(fields=['commitment'], name='baselineedit_of_commitment'),
        ),
        AddTrigger(
            model_name='baselineedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c4c94782bab0027e45fcbda4bdecc39a58706e5e', operation='UPDATE', pgid='pgtrigger_facts_stay_044ea', table='commitments_baselineedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='baselineedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ce3b9ea3c50deec5c7a315fca0df3127456c9e95', operation='DELETE', pgid='pgtrigger_no_delete_c629e', table='commitments_baselineedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='baselineedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='4a503a282c97b6dbc65fd982f00abd6e85a66e78', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_4651a', table='commitments_baselineedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='baseline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_baselineedit" ("char_end", "char_start", "commitment_id", "comparability", "estimated", "id", "indicator", "indicator_en", "note", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id", "unit", "unit_en", "value") VALUES (NEW."char_end", NEW."char_start", NEW."commitment_id", NEW."comparability", NEW."estimated", NEW."id", NEW."indicator", NEW."indicator_en", NEW."note", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."source_id", NEW."target_id", NEW."unit", NEW."unit_en", NEW."value"); RETURN NULL;', hash='66e7a4d05311a252bfdfd10f398abf54a116ae4e', operation='INSERT', pgid='pgtrigger_insert_insert_b64f4', table='commitments_baseline', when='AFTER')),
        ),
        AddTrigger(
            model_name='baseline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_baselineedit" ("char_end", "char_start", "commitment_id", "comparability", "estimated", "id", "indicator", "indicator_en", "note", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id", "unit", "unit_en", "value") VALUES (NEW."char_end", NEW."char_start", NEW."commitment_id", NEW."comparability", NEW."estimated", NEW."id", NEW."indicator", NEW."indicator_en", NEW."note", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."source_id", NEW."target_id", NEW."unit", NEW."unit_en", NEW."value"); RETURN NULL;', hash='ba0cdc96aadd9746431a4649cbfae71d5facc4a4', operation='UPDATE', pgid='pgtrigger_update_update_73c7a', table='commitments_baseline', when='AFTER')),
        ),
        AddTrigger(
            model_name='baseline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_baselineedit" ("char_end", "char_start", "commitment_id", "comparability", "estimated", "id", "indicator", "indicator_en", "note", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id", "unit", "unit_en", "value") VALUES (OLD."char_end", OLD."char_start", OLD."commitment_id", OLD."comparability", OLD."estimated", OLD."id", OLD."indicator", OLD."indicator_en", OLD."note", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."source_id", OLD."target_id", OLD."unit", OLD."unit_en", OLD."value"); RETURN NULL;', hash='baaf9e241209280e2f4285ce524d828b8cef6b45', operation='DELETE', pgid='pgtrigger_delete_delete_9a87d', table='commitments_baseline', when='AFTER')),
        ),
        AddTrigger(
            model_name='targetedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6b023f3560eadbdb8f3c4cda61d81cd3b4f60788', operation='UPDATE', pgid='pgtrigger_facts_stay_cbb44', table='commitments_targetedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='targetedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d83cf13b72af81f78dae8580366a17143afe5a4e', operation='DELETE', pgid='pgtrigger_no_delete_fc1b3', table='commitments_targetedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='targetedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='354b82b968a659ad19de452137ab3be62df2d88b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_915b2', table='commitments_targetedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='targetrevision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_targetrevisionedit" ("authority", "effective_from", "id", "new_due_on", "new_value", "old_due_on", "old_value", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revised_at", "revised_by_id", "target_id") VALUES (NEW."authority", NEW."effective_from", NEW."id", NEW."new_due_on", NEW."new_value", NEW."old_due_on", NEW."old_value", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."reason", NEW."revised_at", NEW."revised_by_id", NEW."target_id"); RETURN NULL;', hash='2668e8d280070f063df5301a6ee62aafe1030706', operation='INSERT', pgid='pgtrigger_insert_insert_1f5e8', table='commitments_targetrevision', when='AFTER')),
        ),
        AddTrigger(
            model_name='targetrevision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "commitments_targetrevisionedit" ("authority", "effective_from", "id", "new_due_on", "new_value", "old_due_on", "old_value", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revised_at", "revised_by_id", "target_id") VALUES (NEW."authority", NEW."effective_from", NEW."id", NEW."new_due_on", NEW."new_value", NEW."old_due_on", NEW."old_value", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."reason", NEW."revised_at", NEW."revised_by_id", NEW."target_id"); RETURN NULL;', hash='b90fededf83815b18f6a29fea31a635445fcb6ee', operation='UPDATE', pgid='pgtrigger_update_update_cbccc', table='commitments_targetrevision', when='AFTER')),
        ),
        AddTrigger(
            model_name='targetrevision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "commitments_targetrevisionedit" ("authority", "effective_from", "id", "new_due_on", "new_value", "old_due_on", "old_value", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revised_at", "revised_by_id", "target_id") VALUES (OLD."authority", OLD."effective_from", OLD."id", OLD."new_due_on", OLD."new_value", OLD."old_due_on", OLD."old_value", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."reason", OLD."revised_at", OLD."revised_by_id", OLD."target_id"); RETURN NULL;', hash='440d73671e241c2d8f6656a3a5458d4b35c6eedc', operation='DELETE', pgid='pgtrigger_delete_delete_cdf96', table='commitments_targetrevision', when='AFTER')),
        ),
        AddTrigger(
            model_name='targetrevisionedit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1a2f67b11d0d35fd6e65306faa5d71c727efb484', operation='UPDATE', pgid='pgtrigger_facts_stay_f2bca', table='commitments_targetrevisionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='targetrevisionedit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='210983c54aa6dd3bfeca032c0caeb44dd398b647', operation='DELETE', pgid='pgtrigger_no_delete_f7bd1', table='commitments_targetrevisionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='targetrevisionedit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='27e707affa43b1e7d03325bd59bc883d6a3b91bf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_189c0', table='commitments_targetrevisionedit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='useredit',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0708aa65d630c06796dc16bafd6ed36fb23740ab', operation='UPDATE', pgid='pgtrigger_facts_stay_b41d5', table='commitments_useredit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='useredit',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='75e54919a264a31916d5d93daac9ff348fd921a7', operation='DELETE', pgid='pgtrigger_no_delete_028de', table='commitments_useredit', when='BEFORE')),
        ),
        AddTrigger(
            model_name='useredit',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='f887ec2fdcfe4cd3c3df4a00de56f6867ae558cb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_3131d', table='commitments_useredit', when='BEFORE')),
        ),
    ]
