"""Stored verdicts, and what keeps them up to date."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from ._triggers import AddTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0003_ledger'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name='name')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'verbose_name': 'heartbeat',
                'verbose_name_plural': 'heartbeats',
            },
        ),
        migrations.CreateModel(
            name='StaleMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.commitment', verbose_name='commitment')),
                ('target', models.BigIntegerField(null=True, verbose_name='target')),
                ('month', models.DateField(null=True, verbose_name='month')),
                ('marked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='marked at')),
            ],
            options={
                'verbose_name': 'stale mark',
                'verbose_name_plural': 'stale marks',
            },
        ),
        migrations.CreateModel(
            name='StatusCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='status_counts', to='commitments.plan', verbose_name='plan')),
                ('scope', models.CharField(choices=[('plan', 'Plan'), ('priority', 'Priority'), ('section', 'Section'), ('agency', 'Lead agency'), ('support', 'Supporting agency')], max_length=8, verbose_name='scope')),
                ('priority', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='status_counts', to='commitments.priority', verbose_name='priority')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='status_counts', to='commitments.agency', verbose_name='agency')),
                ('section', models.CharField(max_length=100, null=True, verbose_name='section')),
                ('status', models.CharField(choices=[('achieved', 'Done'), ('achieved_late', 'Done late'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('not_achieved', 'Missed'), ('no_data', 'No report'), ('not_started', 'Not started'), ('not_rated', 'Not rated'), ('dropped', 'Dropped')], max_length=13, verbose_name='status')),
                ('commitments', models.PositiveIntegerField(verbose_name='commitments')),
            ],
            options={
                'verbose_name': 'status count',
                'verbose_name_plural': 'status counts',
            },
        ),
        migrations.CreateModel(
            name='TargetMonth',
            fields=[
                ('pk', models.CompositePrimaryKey('target', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                ('target', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='months', to='commitments.target', verbose_name='target')),
                ('month', models.DateField(verbose_name='first day of the month')),
                ('entries', models.PositiveIntegerField(verbose_name='entries')),
                ('added', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='added')),
                ('out_of', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='out of')),
                ('lowest', models.DecimalField(decimal_places=10, max_digits=40, null=True, verbose_name='lowest')),
                ('highest', models.DecimalField(decimal_places=10, max_digits=40, null=True, verbose_name='highest')),
                ('closing', models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name='closing value')),
                ('last_on', models.DateField(null=True, verbose_name='data as of')),
                ('is_sample', models.BooleanField(null=True, verbose_name='sample data')),
            ],
            options={
                'verbose_name': 'month of a target',
                'verbose_name_plural': 'months of targets',
            },
        ),
        migrations.CreateModel(
            name='TargetSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actual', models.DecimalField(decimal_places=4, max_digits=40, null=True, verbose_name='actual')),
                ('planned', models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name='planned value')),
                ('start_value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='start value')),
                ('target_value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='target value in force')),
                ('due_on', models.DateField(verbose_name='due date in force')),
                ('progress', models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name='progress')),
                ('gap', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='gap, points')),
                ('status', models.CharField(choices=[('achieved', 'Done'), ('achieved_late', 'Done late'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('not_achieved', 'Missed'), ('no_data', 'No report'), ('not_started', 'Not started'), ('not_rated', 'Not rated'), ('dropped', 'Dropped')], max_length=13, verbose_name='status')),
                ('reason', models.CharField(max_length=30, verbose_name='reason code')),
                ('rule_set', models.ForeignKey(db_column='rule_set', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.ruleset', to_field='version', verbose_name='rule set')),
                ('freshness', models.CharField(choices=[('current', 'Up to date'), ('due', 'Due'), ('late', 'Overdue')], max_length=7, verbose_name='reporting')),
                ('latest_on', models.DateField(null=True, verbose_name='data as of')),
                ('first_met_on', models.DateField(null=True, verbose_name='first met on')),
                ('worst', models.DecimalField(decimal_places=4, max_digits=40, null=True, verbose_name='worst value')),
                ('overdue_since', models.DateField(null=True, verbose_name='stage overdue since')),
                ('forecast', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='forecast for the due date')),
                ('forecast_low', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='forecast, low end')),
                ('forecast_high', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='forecast, high end')),
                ('pace', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='present pace')),
                ('required_pace', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='required pace')),
                ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None, verbose_name='data checks')),
                ('newest_entries', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='newest entries used')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample data')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='commitments.target', verbose_name='target')),
                ('on', models.DateField(verbose_name='on')),
            ],
            options={
                'verbose_name': 'target snapshot',
                'verbose_name_plural': 'target snapshots',
            },
        ),
        migrations.CreateModel(
            name='CommitmentRollup',
            fields=[
                ('status', models.CharField(choices=[('achieved', 'Done'), ('achieved_late', 'Done late'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('not_achieved', 'Missed'), ('no_data', 'No report'), ('not_started', 'Not started'), ('not_rated', 'Not rated'), ('dropped', 'Dropped')], max_length=13, verbose_name='status')),
                ('reason', models.CharField(max_length=30, verbose_name='reason code')),
                ('freshness', models.CharField(choices=[('current', 'Up to date'), ('due', 'Due'), ('late', 'Overdue')], max_length=7, null=True, verbose_name='reporting')),
                ('decided_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.target', verbose_name='deciding target')),
                ('owner_confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=10, null=True, verbose_name="agency's confidence")),
                ('supervision_confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=10, null=True, verbose_name="supervision office's confidence")),
                ('confidence_gap', models.PositiveSmallIntegerField(null=True, verbose_name='disagreement, steps')),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rollup', serialize=False, to='commitments.commitment', verbose_name='commitment')),
                ('assessed_on', models.DateField(verbose_name='assessed for')),
                ('assessed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='assessed at')),
            ],
            options={
                'verbose_name': 'commitment status',
                'verbose_name_plural': 'commitment statuses',
            },
        ),
        migrations.CreateModel(
            name='CommitmentSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('achieved', 'Done'), ('achieved_late', 'Done late'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('not_achieved', 'Missed'), ('no_data', 'No report'), ('not_started', 'Not started'), ('not_rated', 'Not rated'), ('dropped', 'Dropped')], max_length=13, verbose_name='status')),
                ('reason', models.CharField(max_length=30, verbose_name='reason code')),
                ('freshness', models.CharField(choices=[('current', 'Up to date'), ('due', 'Due'), ('late', 'Overdue')], max_length=7, null=True, verbose_name='reporting')),
                ('decided_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.target', verbose_name='deciding target')),
                ('owner_confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=10, null=True, verbose_name="agency's confidence")),
                ('supervision_confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=10, null=True, verbose_name="supervision office's confidence")),
                ('confidence_gap', models.PositiveSmallIntegerField(null=True, verbose_name='disagreement, steps')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='commitments.commitment', verbose_name='commitment')),
                ('on', models.DateField(verbose_name='on')),
            ],
            options={
                'verbose_name': 'commitment snapshot',
                'verbose_name_plural': 'commitment snapshots',
            },
        ),
        migrations.CreateModel(
            name='DailyRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='daily_runs', to='commitments.plan', verbose_name='plan')),
                ('on', models.DateField(verbose_name='on')),
                ('finished_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='finished at')),
            ],
            options={
                'verbose_name': 'daily run',
                'verbose_name_plural': 'daily runs',
            },
        ),
        migrations.CreateModel(
            name='AuditRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audits', to='commitments.plan', verbose_name='plan')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('checked', models.PositiveIntegerField(verbose_name='rows checked')),
                ('skipped', models.PositiveIntegerField(default=0, verbose_name='commitments skipped')),
                ('differences', models.PositiveIntegerField(verbose_name='differences')),
            ],
            options={
                'verbose_name': 'audit',
                'verbose_name_plural': 'audits',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='TargetRollup',
            fields=[
                ('actual', models.DecimalField(decimal_places=4, max_digits=40, null=True, verbose_name='actual')),
                ('planned', models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name='planned value')),
                ('start_value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='start value')),
                ('target_value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='target value in force')),
                ('due_on', models.DateField(verbose_name='due date in force')),
                ('progress', models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name='progress')),
                ('gap', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='gap, points')),
                ('status', models.CharField(choices=[('achieved', 'Done'), ('achieved_late', 'Done late'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('not_achieved', 'Missed'), ('no_data', 'No report'), ('not_started', 'Not started'), ('not_rated', 'Not rated'), ('dropped', 'Dropped')], max_length=13, verbose_name='status')),
                ('reason', models.CharField(max_length=30, verbose_name='reason code')),
                ('rule_set', models.ForeignKey(db_column='rule_set', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.ruleset', to_field='version', verbose_name='rule set')),
                ('freshness', models.CharField(choices=[('current', 'Up to date'), ('due', 'Due'), ('late', 'Overdue')], max_length=7, verbose_name='reporting')),
                ('latest_on', models.DateField(null=True, verbose_name='data as of')),
                ('first_met_on', models.DateField(null=True, verbose_name='first met on')),
                ('worst', models.DecimalField(decimal_places=4, max_digits=40, null=True, verbose_name='worst value')),
                ('overdue_since', models.DateField(null=True, verbose_name='stage overdue since')),
                ('forecast', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='forecast for the due date')),
                ('forecast_low', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='forecast, low end')),
                ('forecast_high', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='forecast, high end')),
                ('pace', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='present pace')),
                ('required_pace', models.DecimalField(decimal_places=4, max_digits=30, null=True, verbose_name='required pace')),
                ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None, verbose_name='data checks')),
                ('newest_entries', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='newest entries used')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample data')),
                ('target', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rollup', serialize=False, to='commitments.target', verbose_name='target')),
                ('assessed_on', models.DateField(verbose_name='assessed for')),
                ('assessed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='assessed at')),
            ],
            options={
                'verbose_name': 'target status',
                'verbose_name_plural': 'target statuses',
            },
        ),
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mappings', to='commitments.agency', verbose_name='agency')),
                ('headings', models.CharField(max_length=64, verbose_name='digest of the headings')),
                ('columns', models.JSONField(verbose_name='columns')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
                ('saved_at', models.DateTimeField(verbose_name='saved at')),
            ],
            options={
                'verbose_name': 'columns of a sheet',
                'verbose_name_plural': 'columns of sheets',
                'ordering': ['agency', '-saved_at'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'headings'), name='columnmapping_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('headings__regex', '^[0-9a-f]{64}$')), name='columnmapping_headings_form')],
            },
        ),
        AddTrigger(
            model_name='commitmentsupport',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM new_values) s (commitment_id, target, month); RETURN NULL;', hash='ab283236adb5048437f0c1310f96fa6fba470aea', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_884cd', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_commitmentsupport', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitmentsupport',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM old_values UNION SELECT commitment_id, NULL::bigint, NULL::date FROM new_values) s (commitment_id, target, month); RETURN NULL;', hash='3494453b1f647df6a25b2b47bad367c2065871a0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_on_update_c4958', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='commitments_commitmentsupport', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitmentsupport',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM old_values) s (commitment_id, target, month); RETURN NULL;', hash='34636f245019ba07186d0114a55378490ac07ee1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_mark_on_delete_46297', referencing='REFERENCING OLD TABLE AS old_values ', table='commitments_commitmentsupport', when='AFTER')),
        ),
        AddTrigger(
            model_name='deliveryconfidence',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM new_values) s (commitment_id, target, month); RETURN NULL;', hash='7faf9dba2f2fcfb7183b7c882cbf44b9fd1e98e9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_2042c', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_deliveryconfidence', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='dailyrun',
            constraint=models.UniqueConstraint(fields=('plan', 'on'), name='dailyrun_once_a_day'),
        ),
        migrations.AddIndex(
            model_name='auditrun',
            index=models.Index(fields=['plan', '-at'], name='auditrun_newest'),
        ),
        AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, NULL::bigint, NULL::date FROM new_values r JOIN commitments_progressentry e ON e.id = r.entry_id JOIN commitments_target t ON t.id = e.target_id) s (commitment_id, target, month); RETURN NULL;', hash='f56d40cf543082d534844529b37c079c9e773754', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_e1baf', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_evidence', when='AFTER')),
        ),
        AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT c.id, NULL::bigint, NULL::date FROM commitments_commitment c JOIN old_values r ON r.id = c.plan_id UNION SELECT c.id, NULL::bigint, NULL::date FROM commitments_commitment c JOIN new_values r ON r.id = c.plan_id) s (commitment_id, target, month); RETURN NULL;', hash='d07af6b8de62afb6d9238c1bf9cf87015030f1b9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_on_update_438d8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='commitments_plan', when='AFTER')),
        ),
        AddTrigger(
            model_name='rulesetadoption',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT c.id, NULL::bigint, NULL::date FROM commitments_commitment c JOIN new_values r ON r.plan_id = c.plan_id) s (commitment_id, target, month); RETURN NULL;', hash='84f21ba5737093f490c5117c3824a73a7c207dc6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_d0167', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_rulesetadoption', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT id, NULL::bigint, NULL::date FROM new_values) s (commitment_id, target, month); RETURN NULL;', hash='e6ce69181b5c5627c9f4a2b9c6b8b37d3a2be9f6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_fef27', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_commitment', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT id, NULL::bigint, NULL::date FROM old_values UNION SELECT id, NULL::bigint, NULL::date FROM new_values) s (commitment_id, target, month); RETURN NULL;', hash='ee636ad262823815487d51a443107d920416c450', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_on_update_3abff', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='commitments_commitment', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT (SELECT min(c.id) FROM commitments_commitment c WHERE c.plan_id = r.plan_id), NULL::bigint, NULL::date FROM old_values r WHERE EXISTS (SELECT FROM commitments_commitment c WHERE c.plan_id = r.plan_id)) s (commitment_id, target, month); RETURN NULL;', hash='ac036d467fe6e601f0db0ca66078d454afaa629f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_mark_on_delete_b2fde', referencing='REFERENCING OLD TABLE AS old_values ', table='commitments_commitment', when='AFTER')),
        ),
        AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='count_nothing_left', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='UPDATE commitments_statuscount s SET commitments = 0 WHERE s.plan_id IN (SELECT plan_id FROM old_values) AND NOT EXISTS (SELECT FROM commitments_commitment c WHERE c.plan_id = s.plan_id); RETURN NULL;', hash='51061ad75c4c14a3e78f6ab6236f6080dfcfb40e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_count_nothing_left_a94a0', referencing='REFERENCING OLD TABLE AS old_values ', table='commitments_commitment', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='stalemark',
            constraint=models.CheckConstraint(condition=models.Q(('commitment__gt', 0)), name='stalemark_of_a_commitment'),
        ),
        migrations.AddConstraint(
            model_name='statuscount',
            constraint=models.UniqueConstraint(fields=('plan', 'scope', 'priority', 'section', 'agency', 'status'), name='statuscount_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='statuscount',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['achieved', 'achieved_late', 'on_track', 'at_risk', 'off_track', 'not_achieved', 'no_data', 'not_started', 'not_rated', 'dropped'])), name='statuscount_status_known'),
        ),
        migrations.AddConstraint(
            model_name='statuscount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', True), ('priority__isnull', True), ('scope', 'plan'), ('section__isnull', True)), models.Q(('agency__isnull', True), ('priority__isnull', False), ('scope', 'priority'), ('section__isnull', True)), models.Q(('agency__isnull', True), ('priority__isnull', False), ('scope', 'section'), ('section__isnull', False)), models.Q(('agency__isnull', False), ('priority__isnull', True), ('scope__in', ['agency', 'support']), ('section__isnull', True)), _connector='OR'), name='statuscount_scope_names_one'),
        ),
        AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM new_values) s (commitment_id, target, month); RETURN NULL;', hash='90a2a133fa151acb19656fe09672abe5b822c055', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_bfa85', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_target', when='AFTER')),
        ),
        AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM old_values UNION SELECT commitment_id, NULL::bigint, NULL::date FROM new_values) s (commitment_id, target, month); RETURN NULL;', hash='59abce7dd97266d755d9004bc5440981466c9f8c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_on_update_dc9fa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='commitments_target', when='AFTER')),
        ),
        AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM old_values) s (commitment_id, target, month); RETURN NULL;', hash='77b19a22d41bf887b19210d1aa2e2f2cc1e4768a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_mark_on_delete_79dd8', referencing='REFERENCING OLD TABLE AS old_values ', table='commitments_target', when='AFTER')),
        ),
        AddTrigger(
            model_name='progressentry',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, r.target_id, date_trunc('month', r.effective_on::timestamp)::date FROM new_values r JOIN commitments_target t ON t.id = r.target_id) s (commitment_id, target, month); RETURN NULL;", hash='0634073638dea009dba950d0f76e79dd4347b3ef', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_20646', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_progressentry', when='AFTER')),
        ),
        AddTrigger(
            model_name='progressentry',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, r.target_id, date_trunc('month', r.effective_on::timestamp)::date FROM old_values r JOIN commitments_target t ON t.id = r.target_id UNION SELECT t.commitment_id, r.target_id, date_trunc('month', r.effective_on::timestamp)::date FROM new_values r JOIN commitments_target t ON t.id = r.target_id) s (commitment_id, target, month); RETURN NULL;", hash='356a622a62a87c9ce03ff3d5bc723ad5582fa16b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_on_update_29d33', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='commitments_progressentry', when='AFTER')),
        ),
        AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM new_values) UNION SELECT t.commitment_id, e.target_id, date_trunc('month', e.effective_on::timestamp)::date FROM new_values r JOIN commitments_progressentry e ON e.milestone_id = r.id JOIN commitments_target t ON t.id = e.target_id) s (commitment_id, target, month); RETURN NULL;", hash='d06bacc157f9d370068ec21ffad6a6a49764bdfa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_1ef32', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_milestone', when='AFTER')),
        ),
        AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM old_values) UNION SELECT t.commitment_id, e.target_id, date_trunc('month', e.effective_on::timestamp)::date FROM old_values r JOIN commitments_progressentry e ON e.milestone_id = r.id JOIN commitments_target t ON t.id = e.target_id UNION SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM new_values) UNION SELECT t.commitment_id, e.target_id, date_trunc('month', e.effective_on::timestamp)::date FROM new_values r JOIN commitments_progressentry e ON e.milestone_id = r.id JOIN commitments_target t ON t.id = e.target_id) s (commitment_id, target, month); RETURN NULL;", hash='f0becedec71c53613f40bde935e78ddfca6b5651', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_on_update_69f39', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='commitments_milestone', when='AFTER')),
        ),
        AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM old_values) UNION SELECT t.commitment_id, e.target_id, date_trunc('month', e.effective_on::timestamp)::date FROM old_values r JOIN commitments_progressentry e ON e.milestone_id = r.id JOIN commitments_target t ON t.id = e.target_id) s (commitment_id, target, month); RETURN NULL;", hash='06b24fb0199efa31002f3ce49f12da19d68018a7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_mark_on_delete_6a8df', referencing='REFERENCING OLD TABLE AS old_values ', table='commitments_milestone', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='commitmentsnapshot',
            constraint=models.UniqueConstraint(fields=('commitment', 'on'), name='commitmentsnapshot_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='commitmentsnapshot',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['achieved', 'achieved_late', 'on_track', 'at_risk', 'off_track', 'not_achieved', 'no_data', 'not_started', 'not_rated', 'dropped'])), name='commitmentsnapshot_status_known'),
        ),
        AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM new_values)) s (commitment_id, target, month); RETURN NULL;', hash='b539a8937d01a28fd929d2011dba4ccb20028ba0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_efd38', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_checkpoint', when='AFTER')),
        ),
        AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM old_values) UNION SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM new_values)) s (commitment_id, target, month); RETURN NULL;', hash='5bf8d3fba66d948d3d4818ea7746d189e9b59689', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_on_update_f339b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='commitments_checkpoint', when='AFTER')),
        ),
        AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM old_values)) s (commitment_id, target, month); RETURN NULL;', hash='7388d264c12501e4ce6635929c0449fc62244042', level='STATEMENT', operation='DELETE', pgid='pgtrigger_mark_on_delete_04ef8', referencing='REFERENCING OLD TABLE AS old_values ', table='commitments_checkpoint', when='AFTER')),
        ),
        AddTrigger(
            model_name='baseline',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM new_values UNION SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM new_values)) s (commitment_id, target, month); RETURN NULL;', hash='cdfdf360ff0b8ea1686f61b8b6c6fb003f2b2fbe', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_b7c89', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_baseline', when='AFTER')),
        ),
        AddTrigger(
            model_name='baseline',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM old_values UNION SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM old_values) UNION SELECT commitment_id, NULL::bigint, NULL::date FROM new_values UNION SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM new_values)) s (commitment_id, target, month); RETURN NULL;', hash='2b33bcdd78ebf142a7cf098c36c2484dfe140965', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_on_update_bd297', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='commitments_baseline', when='AFTER')),
        ),
        AddTrigger(
            model_name='baseline',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT commitment_id, NULL::bigint, NULL::date FROM old_values UNION SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM old_values)) s (commitment_id, target, month); RETURN NULL;', hash='9f9d46e738f72823f718fb682b8c93907e2a8dc8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_mark_on_delete_e078a', referencing='REFERENCING OLD TABLE AS old_values ', table='commitments_baseline', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='targetmonth',
            constraint=models.CheckConstraint(condition=models.Q(('entries', 0), models.Q(('added__isnull', False), ('last_on__isnull', False)), _connector='OR'), name='targetmonth_empty_or_full'),
        ),
        AddTrigger(
            model_name='targetrevision',
            trigger=pgtrigger.compiler.Trigger(name='mark_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t WHERE t.id IN (SELECT target_id FROM new_values)) s (commitment_id, target, month); RETURN NULL;', hash='a8b48cd884a2585a23196f4e57c1410504e4b8f1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_on_insert_f885c', referencing='REFERENCING NEW TABLE AS new_values ', table='commitments_targetrevision', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='targetsnapshot',
            constraint=models.UniqueConstraint(fields=('target', 'on'), name='targetsnapshot_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='targetsnapshot',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['achieved', 'achieved_late', 'on_track', 'at_risk', 'off_track', 'not_achieved', 'no_data', 'not_started', 'not_rated', 'dropped'])), name='targetsnapshot_status_known'),
        ),
        migrations.AddConstraint(
            model_name='commitmentrollup',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['achieved', 'achieved_late', 'on_track', 'at_risk', 'off_track', 'not_achieved', 'no_data', 'not_started', 'not_rated', 'dropped'])), name='commitmentrollup_status_known'),
        ),
        migrations.AddConstraint(
            model_name='commitmentrollup',
            constraint=models.CheckConstraint(condition=models.Q(('freshness__in', ['current', 'due', 'late'])), name='commitmentrollup_freshness_known'),
        ),
        migrations.AddConstraint(
            model_name='targetrollup',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['achieved', 'achieved_late', 'on_track', 'at_risk', 'off_track', 'not_achieved', 'no_data', 'not_started', 'not_rated', 'dropped'])), name='targetrollup_status_known'),
        ),
        migrations.AddConstraint(
            model_name='targetrollup',
            constraint=models.CheckConstraint(condition=models.Q(('freshness__in', ['current', 'due', 'late'])), name='targetrollup_freshness_known'),
        ),
    ]
