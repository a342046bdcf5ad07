"""The ledger of progress, and what leads into it: drafts and uploaded sheets."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from ._triggers import AddTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0002_commitments_and_targets'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProgressEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='commitments.target', verbose_name='target')),
                ('milestone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='commitments.milestone', verbose_name='milestone')),
                ('effective_on', models.DateField(verbose_name='data as of')),
                ('value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='value')),
                ('denominator', models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name='out of')),
                ('progress', models.TextField(blank=True, verbose_name='progress')),
                ('problems', models.TextField(blank=True, verbose_name='problems')),
                ('next_steps', models.TextField(blank=True, verbose_name='next steps')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='commitments.progressentry', verbose_name='corrects')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample data')),
                ('counted_from', models.DateTimeField(blank=True, null=True, verbose_name='counted from')),
                ('counted_until', models.DateTimeField(blank=True, null=True, verbose_name='counted until')),
            ],
            options={
                'verbose_name': 'progress entry',
                'verbose_name_plural': 'progress entries',
                'ordering': ['-effective_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='commitments.progressentry', verbose_name='progress entry')),
                ('decision', models.CharField(choices=[('approve', 'Approve'), ('return', 'Return')], max_length=7, verbose_name='decision')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL, verbose_name='reviewed by')),
                ('reviewed_at', models.DateTimeField(verbose_name='reviewed at')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['-reviewed_at'],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='commitments.progressentry', verbose_name='progress entry')),
                ('reason', models.TextField(verbose_name='reason')),
                ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
                ('withdrawn_at', models.DateTimeField(verbose_name='withdrawn at')),
            ],
            options={
                'verbose_name': 'withdrawal',
                'verbose_name_plural': 'withdrawals',
                'ordering': ['-withdrawn_at'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='commitments.progressentry', verbose_name='progress entry')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('file', models.FileField(blank=True, upload_to='evidence/', verbose_name='file')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('public', models.BooleanField(default=False, verbose_name='public')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('added_at', models.DateTimeField(verbose_name='added at')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['entry', 'added_at'],
            },
        ),
        migrations.CreateModel(
            name='EntryDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='commitments.target')),
                ('ends_on', models.DateField()),
                ('typed', models.JSONField()),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ImportJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='commitments.plan', verbose_name='plan')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                ('uploaded_at', models.DateTimeField(verbose_name='uploaded at')),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('content', models.BinaryField(verbose_name='content')),
                ('effective_on', models.DateField(verbose_name='data as of')),
                ('state', models.CharField(choices=[('received', 'Being checked'), ('unmapped', 'Columns to be named'), ('checked', 'To be confirmed'), ('confirmed', 'Being recorded'), ('applied', 'Recorded'), ('refused', 'Cannot be used'), ('discarded', 'Discarded')], default='received', max_length=10, verbose_name='state')),
                ('refusal', models.TextField(blank=True, verbose_name='why it cannot be used')),
                ('refusal_params', models.JSONField(default=dict, verbose_name='what the reason names')),
                ('heading', models.JSONField(default=list, verbose_name='first rows')),
                ('header_row', models.PositiveIntegerField(null=True, verbose_name='row of the column names')),
                ('columns', models.JSONField(default=dict, verbose_name='columns')),
                ('expected', models.PositiveIntegerField(default=0, verbose_name='rows of the sheet')),
                ('reached', models.PositiveIntegerField(default=0, verbose_name='last row that was checked')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('faulty', models.PositiveIntegerField(default=0, verbose_name='rows with problems')),
                ('doubtful', models.PositiveIntegerField(default=0, verbose_name='rows with doubts')),
                ('frame', models.CharField(blank=True, max_length=64, verbose_name='digest of what was checked against')),
                ('recorded', models.CharField(blank=True, max_length=64, verbose_name='digest of what was recorded then')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='checked at')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed at')),
                ('applied_at', models.DateTimeField(null=True, verbose_name='applied at')),
            ],
            options={
                'verbose_name': 'uploaded sheet',
                'verbose_name_plural': 'uploaded sheets',
                'ordering': ['-uploaded_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('pk', models.CompositePrimaryKey('job', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('job', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='staged', to='commitments.importjob', verbose_name='uploaded sheet')),
                ('number', models.PositiveIntegerField(verbose_name='row')),
                ('target', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.target', verbose_name='target')),
                ('milestone', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.milestone', verbose_name='milestone')),
                ('effective_on', models.DateField(verbose_name='data as of')),
                ('value', models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name='value')),
                ('denominator', models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name='out of')),
                ('progress', models.TextField(blank=True, verbose_name='progress')),
                ('problems', models.TextField(blank=True, verbose_name='problems')),
                ('next_steps', models.TextField(blank=True, verbose_name='next steps')),
                ('faults', models.JSONField(null=True, verbose_name='problems found')),
                ('doubts', models.JSONField(null=True, verbose_name='doubts')),
                ('written', models.JSONField(null=True, verbose_name='as written')),
            ],
            options={
                'verbose_name': 'row of an uploaded sheet',
                'verbose_name_plural': 'rows of an uploaded sheet',
                'ordering': ['job', 'number'],
            },
        ),
        migrations.CreateModel(
            name='EvidenceComparison',
            fields=[
                ('evidence', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='comparison', serialize=False, to='commitments.evidence', verbose_name='evidence')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('state', models.CharField(choices=[('intact', 'Intact'), ('changed', 'Changed'), ('missing', 'Missing'), ('unreadable', 'Unreadable')], max_length=10, verbose_name='state of the file')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
            ],
            options={
                'verbose_name': 'comparison of a file',
                'verbose_name_plural': 'comparisons of files',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['intact', 'changed', 'missing', 'unreadable'])), name='evidencecomparison_state_known'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^([0-9a-f]{64})?$')), name='evidencecomparison_sha256_form'), models.CheckConstraint(condition=models.Q(('state__in', ['intact', 'changed']), ('sha256', ''), _connector='XOR'), name='evidencecomparison_says_what_is_there')],
            },
        ),
        migrations.CreateModel(
            name='PeriodLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='period_locks', to='commitments.plan', verbose_name='plan')),
                ('through', models.DateField(blank=True, null=True, verbose_name='locked through')),
                ('reason', models.TextField(verbose_name='reason')),
                ('locked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('locked_at', models.DateTimeField(verbose_name='locked at')),
            ],
            options={
                'verbose_name': 'period lock',
                'verbose_name_plural': 'period locks',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['plan', '-id'], name='periodlock_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='periodlock_reason_not_blank')],
            },
        ),
        AddTrigger(
            model_name='periodlock',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e9f7a39aeed52a1d65667871ebedcbc6c0404689', operation='UPDATE', pgid='pgtrigger_facts_stay_09fad', table='commitments_periodlock', when='BEFORE')),
        ),
        AddTrigger(
            model_name='periodlock',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0ac97de9406027ab88ae48daf1219c02436b067d', operation='DELETE', pgid='pgtrigger_no_delete_7786d', table='commitments_periodlock', when='BEFORE')),
        ),
        AddTrigger(
            model_name='periodlock',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='d2a073e2fe637c8f82e429831cfd0a360fe2a18a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_54e0b', table='commitments_periodlock', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='importjob',
            index=models.Index(condition=models.Q(('state__in', ['received', 'confirmed'])), fields=['id'], name='importjob_to_do'),
        ),
        migrations.AddConstraint(
            model_name='importjob',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'unmapped', 'checked', 'confirmed', 'applied', 'refused', 'discarded'])), name='importjob_state_known'),
        ),
        migrations.AddConstraint(
            model_name='importjob',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='importjob_sha256_form'),
        ),
        migrations.AddConstraint(
            model_name='importjob',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'applied']), _negated=True), models.Q(('confirmed_at__isnull', False), ('faulty', 0), ('rows__gt', 0)), _connector='OR'), name='importjob_applies_without_faults'),
        ),
        migrations.AddConstraint(
            model_name='importjob',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', False), ('state', 'applied')), models.Q(models.Q(('state', 'applied'), _negated=True), ('applied_at__isnull', True)), _connector='OR'), name='importjob_applied_says_when'),
        ),
        migrations.AddConstraint(
            model_name='importjob',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'refused'), ('refusal', ''), _connector='XOR'), name='importjob_refused_says_why'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('url', ''), models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), models.Q(models.Q(('url', ''), _negated=True), ('file', ''), ('sha256', '')), _connector='OR'), name='evidence_link_or_file'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^([0-9a-f]{64})?$')), name='evidence_sha256_form'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('url__regex', '^(https?://.*)?$')), name='evidence_url_form'),
        ),
        AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."entry_id" IS DISTINCT FROM (NEW."entry_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."added_at" IS DISTINCT FROM (NEW."added_at"))', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='558d45abb69122c260e535645f5328df3edf4164', operation='UPDATE', pgid='pgtrigger_facts_stay_cba0b', table='commitments_evidence', when='BEFORE')),
        ),
        AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4ca727494f16571e212a113ab45207b3b69edb4b', operation='DELETE', pgid='pgtrigger_no_delete_cab05', table='commitments_evidence', when='BEFORE')),
        ),
        AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='f53050ea1156e16d8dc4719da62d740bf816e80e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_082e7', table='commitments_evidence', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['approve', 'return'])), name='review_decision_known'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'return'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='review_return_has_reason'),
        ),
        AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='34b772c10de6f645380131196deb0fe2276621f6', operation='UPDATE', pgid='pgtrigger_facts_stay_ef879', table='commitments_review', when='BEFORE')),
        ),
        AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='36a13c21852c6c2d3baac41f18e2a73eab2a9b5f', operation='DELETE', pgid='pgtrigger_no_delete_94a9e', table='commitments_review', when='BEFORE')),
        ),
        AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='121ee217a766d8b746285d2066d608fab05c7a78', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_839cb', table='commitments_review', when='BEFORE')),
        ),
        AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='reviewer_is_not_author', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="IF EXISTS (SELECT FROM commitments_progressentry e WHERE e.id = NEW.entry_id AND e.recorded_by_id = NEW.reviewed_by_id) THEN RAISE EXCEPTION 'an entry is not reviewed by its author'; END IF; RETURN NEW;", hash='d873d3a604916db6e9beee011b73a1e16e5bfdce', operation='INSERT', pgid='pgtrigger_reviewer_is_not_author_1393e', table='commitments_review', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='progressentry',
            index=models.Index(fields=['target', 'effective_on', 'id'], include=('value', 'denominator', 'milestone', 'counted_from', 'counted_until', 'is_sample'), name='progressentry_of_target'),
        ),
        migrations.AddIndex(
            model_name='progressentry',
            index=models.Index(condition=models.Q(('counted_from__isnull', True), ('counted_until__isnull', True)), fields=['recorded_at'], name='progressentry_pending'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.CheckConstraint(condition=models.Q(('counted_from__isnull', True), ('counted_until__isnull', True), ('counted_until__gte', models.F('counted_from')), _connector='OR'), name='progressentry_counts_forward'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.CheckConstraint(condition=models.Q(('counted_from__isnull', True), ('counted_from__gte', models.F('recorded_at')), _connector='OR'), name='progressentry_counts_after_record'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.CheckConstraint(condition=models.Q(('milestone__isnull', True), ('value', 1), _connector='OR'), name='progressentry_milestone_is_done'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.CheckConstraint(condition=models.Q(('denominator__isnull', True), ('denominator__gt', 0), _connector='OR'), name='progressentry_denominator_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.CheckConstraint(condition=models.Q(('corrects', models.F('pk')), _negated=True), name='progressentry_not_its_own_correction'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.UniqueConstraint(condition=models.Q(('counted_from__isnull', False), ('counted_until__isnull', True), ('milestone__isnull', False)), fields=('milestone',), name='progressentry_milestone_done_once'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', True), ('counted_until__isnull', True)), fields=('milestone',), name='progressentry_milestone_reported_once'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.UniqueConstraint(condition=models.Q(('counted_from__isnull', False), ('counted_until__isnull', True), _connector='OR'), fields=('corrects',), name='progressentry_corrected_once'),
        ),
        AddTrigger(
            model_name='progressentry',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."target_id" IS DISTINCT FROM (NEW."target_id") OR OLD."milestone_id" IS DISTINCT FROM (NEW."milestone_id") OR OLD."effective_on" IS DISTINCT FROM (NEW."effective_on") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."denominator" IS DISTINCT FROM (NEW."denominator") OR OLD."progress" IS DISTINCT FROM (NEW."progress") OR OLD."problems" IS DISTINCT FROM (NEW."problems") OR OLD."next_steps" IS DISTINCT FROM (NEW."next_steps") OR OLD."corrects_id" IS DISTINCT FROM (NEW."corrects_id") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample"))', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5fd1ac18c8c37f48d9441f6dca85e6ef3bf35cfd', operation='UPDATE', pgid='pgtrigger_facts_stay_989ac', table='commitments_progressentry', when='BEFORE')),
        ),
        AddTrigger(
            model_name='progressentry',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='576d078a3e7f5134072f12664b12e012a53eb2c8', operation='DELETE', pgid='pgtrigger_no_delete_bb5b5', table='commitments_progressentry', when='BEFORE')),
        ),
        AddTrigger(
            model_name='progressentry',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='2ff0eaac7ab6a1ed67703be10ced111879387ddb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_b577b', table='commitments_progressentry', when='BEFORE')),
        ),
        AddTrigger(
            model_name='progressentry',
            trigger=pgtrigger.compiler.Trigger(name='span_set_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.counted_from IS NOT NULL AND NEW.counted_from IS DISTINCT FROM OLD.counted_from) OR (OLD.counted_until IS NOT NULL AND NEW.* IS DISTINCT FROM OLD.*))', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'the span in which an entry counts is set once';", hash='76aaff591e2d218f514c487a5585c35ef1a8090a', operation='UPDATE', pgid='pgtrigger_span_set_once_469d4', table='commitments_progressentry', when='BEFORE')),
        ),
        AddTrigger(
            model_name='progressentry',
            trigger=pgtrigger.compiler.Trigger(name='period_is_open', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true); of_plan BIGINT; first_day DATE; locked_through DATE;", func="SELECT c.plan_id, CASE WHEN r.corrects_id IS NULL THEN r.effective_on ELSE least(r.effective_on, (SELECT e.effective_on FROM commitments_progressentry e WHERE e.id = r.corrects_id)) END INTO of_plan, first_day FROM (SELECT NEW.target_id, NEW.effective_on, NEW.corrects_id) r JOIN commitments_target t ON t.id = r.target_id JOIN commitments_commitment c ON c.id = t.commitment_id; PERFORM pg_advisory_xact_lock_shared(7201, of_plan::int); SELECT l.through INTO locked_through FROM commitments_periodlock l WHERE l.plan_id = of_plan ORDER BY l.id DESC LIMIT 1; IF first_day <= locked_through THEN RAISE EXCEPTION 'the period is locked' USING ERRCODE = 'check_violation', CONSTRAINT = 'progressentry_period_is_open', DETAIL = locked_through; END IF; RETURN NEW;", hash='bcc33fb3681e005b703d801649b5dc3fd6ce070d', operation='INSERT', pgid='pgtrigger_period_is_open_32720', table='commitments_progressentry', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(condition=models.Q(('faults__isnull', False), ('doubts__isnull', False), _connector='OR'), fields=['job', 'number'], name='importrow_to_look_at'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('faults__isnull', False), models.Q(('target__isnull', False), ('value__isnull', False)), _connector='OR'), name='importrow_whole_or_faulty'),
        ),
        migrations.AddConstraint(
            model_name='entrydraft',
            constraint=models.UniqueConstraint(fields=('user', 'target', 'ends_on'), name='entrydraft_once_a_period'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_reason_not_blank'),
        ),
        AddTrigger(
            model_name='withdrawal',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4f0f248db5767f0d19d8a35cfcf7088417b058c2', operation='UPDATE', pgid='pgtrigger_facts_stay_4f355', table='commitments_withdrawal', when='BEFORE')),
        ),
        AddTrigger(
            model_name='withdrawal',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c67669f9da301164498b71450bbc2507714bd1c0', operation='DELETE', pgid='pgtrigger_no_delete_55aac', table='commitments_withdrawal', when='BEFORE')),
        ),
        AddTrigger(
            model_name='withdrawal',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='4acc7a2c684e859e6cdbe6505291dafc45caee30', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_95e4d', table='commitments_withdrawal', when='BEFORE')),
        ),
        AddTrigger(
            model_name='withdrawal',
            trigger=pgtrigger.compiler.Trigger(name='period_is_open', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true); of_plan BIGINT; first_day DATE; locked_through DATE;", func="SELECT c.plan_id, CASE WHEN r.corrects_id IS NULL THEN r.effective_on ELSE least(r.effective_on, (SELECT e.effective_on FROM commitments_progressentry e WHERE e.id = r.corrects_id)) END INTO of_plan, first_day FROM (SELECT e.target_id, e.effective_on, e.corrects_id FROM commitments_progressentry e WHERE e.id = NEW.entry_id) r JOIN commitments_target t ON t.id = r.target_id JOIN commitments_commitment c ON c.id = t.commitment_id; PERFORM pg_advisory_xact_lock_shared(7201, of_plan::int); SELECT l.through INTO locked_through FROM commitments_periodlock l WHERE l.plan_id = of_plan ORDER BY l.id DESC LIMIT 1; IF first_day <= locked_through THEN RAISE EXCEPTION 'the period is locked' USING ERRCODE = 'check_violation', CONSTRAINT = 'progressentry_period_is_open', DETAIL = locked_through; END IF; RETURN NEW;", hash='ee5b86580d48a3f5080f23f59d69efc1e88b64fe', operation='INSERT', pgid='pgtrigger_period_is_open_4b8d9', table='commitments_withdrawal', when='BEFORE')),
        ),
    ]
