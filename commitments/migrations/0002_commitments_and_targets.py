"""What a plan promises: commitments, targets and what is decided about them."""

import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from ._triggers import AddTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0001_people_places_and_plans'),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='commitments.plan', verbose_name='plan')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(max_length=300, verbose_name='English title')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='commitments.priority', verbose_name='priority')),
                ('section', models.CharField(max_length=100, verbose_name='section')),
                ('section_en', models.CharField(max_length=200, verbose_name='English section')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('tier', models.CharField(choices=[('A', 'A: a number to reach'), ('B', 'B: a named deliverable'), ('C', 'C: a general aim')], max_length=1, verbose_name='tier')),
                ('lead_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_commitments', to='commitments.agency', verbose_name='lead agency')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='commitments.sourcedocument', verbose_name='source')),
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
                'verbose_name': 'commitment',
                'verbose_name_plural': 'commitments',
                'ordering': ['plan', 'position'],
            },
        ),
        migrations.CreateModel(
            name='CommitmentSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='support', to='commitments.commitment', verbose_name='commitment')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support', to='commitments.agency', verbose_name='agency')),
            ],
            options={
                'verbose_name': 'supporting agency',
                'verbose_name_plural': 'supporting agencies',
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='commitments.commitment', verbose_name='commitment')),
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
                'verbose_name': 'target',
                'verbose_name_plural': 'targets',
                'ordering': ['commitment__plan', 'commitment__position', '-headline', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='commitments.target', verbose_name='target')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(max_length=300, verbose_name='English title')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('weight', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0)], verbose_name='weight, points')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['target', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checkpoints', to='commitments.target', verbose_name='target')),
                ('on', models.DateField(verbose_name='on')),
                ('value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='value')),
            ],
            options={
                'verbose_name': 'checkpoint',
                'verbose_name_plural': 'checkpoints',
                'ordering': ['target', 'on'],
            },
        ),
        migrations.CreateModel(
            name='Baseline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='baselines', to='commitments.commitment', verbose_name='commitment')),
                ('target', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='baseline', to='commitments.target', verbose_name='target')),
                ('indicator', models.CharField(max_length=100, verbose_name='indicator')),
                ('indicator_en', models.CharField(max_length=200, verbose_name='English indicator')),
                ('value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='value')),
                ('unit', models.CharField(max_length=20, verbose_name='unit')),
                ('unit_en', models.CharField(blank=True, max_length=40, verbose_name='English unit')),
                ('on', models.DateField(verbose_name='on')),
                ('comparability', models.CharField(choices=[('same', 'Same definition'), ('similar', 'Similar'), ('none', 'Not comparable')], max_length=7, verbose_name='comparability')),
                ('estimated', models.BooleanField(default=False, verbose_name='estimated')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='baselines', to='commitments.sourcedocument', verbose_name='source')),
                ('char_start', models.PositiveIntegerField(blank=True, null=True, verbose_name='first character in the source')),
                ('char_end', models.PositiveIntegerField(blank=True, null=True, verbose_name='end in the source')),
                ('note', models.TextField(blank=True, verbose_name='note')),
            ],
            options={
                'verbose_name': 'baseline',
                'verbose_name_plural': 'baselines',
                'ordering': ['commitment', 'indicator'],
            },
        ),
        migrations.CreateModel(
            name='TargetRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='commitments.target', verbose_name='target')),
                ('effective_from', models.DateField(verbose_name='in force from')),
                ('old_value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='old value')),
                ('new_value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='new value')),
                ('old_due_on', models.DateField(verbose_name='old due date')),
                ('new_due_on', models.DateField(verbose_name='new due date')),
                ('authority', models.CharField(max_length=300, verbose_name='authority')),
                ('reason', models.TextField(verbose_name='reason')),
                ('revised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='revised by')),
                ('revised_at', models.DateTimeField(verbose_name='revised at')),
            ],
            options={
                'verbose_name': 'target revision',
                'verbose_name_plural': 'target revisions',
                'ordering': ['target', 'effective_from'],
            },
        ),
        migrations.CreateModel(
            name='LifecycleDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='commitments.commitment', verbose_name='commitment')),
                ('lifecycle', models.CharField(choices=[('active', 'Active'), ('dropped', 'Dropped')], max_length=10, verbose_name='lifecycle')),
                ('on', models.DateField(verbose_name='on')),
                ('authority', models.CharField(max_length=300, verbose_name='authority')),
                ('reason', models.TextField(verbose_name='reason')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DeliveryConfidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confidence', to='commitments.commitment', verbose_name='commitment')),
                ('holder', models.CharField(choices=[('owner', 'Responsible agency'), ('supervision', 'Supervision office')], max_length=12, verbose_name='held by')),
                ('confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=10, verbose_name='confidence')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='stated by')),
                ('stated_at', models.DateTimeField(verbose_name='stated at')),
            ],
            options={
                'verbose_name': 'delivery confidence',
                'verbose_name_plural': 'delivery confidence',
                'ordering': ['-stated_at'],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='supporting_agencies',
            field=models.ManyToManyField(related_name='supported_commitments', through='commitments.CommitmentSupport', to='commitments.agency', verbose_name='supporting agencies'),
        ),
        migrations.AddConstraint(
            model_name='commitmentsupport',
            constraint=models.UniqueConstraint(fields=('commitment', 'agency'), name='commitmentsupport_once'),
        ),
        migrations.AddIndex(
            model_name='deliveryconfidence',
            index=models.Index(fields=['commitment', 'holder', '-id'], name='deliveryconfidence_newest'),
        ),
        migrations.AddConstraint(
            model_name='deliveryconfidence',
            constraint=models.CheckConstraint(condition=models.Q(('holder__in', ['owner', 'supervision'])), name='deliveryconfidence_holder_known'),
        ),
        migrations.AddConstraint(
            model_name='deliveryconfidence',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__in', ['high', 'medium', 'low'])), name='deliveryconfidence_confidence_known'),
        ),
        AddTrigger(
            model_name='deliveryconfidence',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3a9262442ca201d0439d1a6458432ceaf9550c94', operation='UPDATE', pgid='pgtrigger_facts_stay_aad36', table='commitments_deliveryconfidence', when='BEFORE')),
        ),
        AddTrigger(
            model_name='deliveryconfidence',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='86fac51fca90d7052f9e6fe999366102822b1d5b', operation='DELETE', pgid='pgtrigger_no_delete_249fb', table='commitments_deliveryconfidence', when='BEFORE')),
        ),
        AddTrigger(
            model_name='deliveryconfidence',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='d3dc6cdfa29735e6455f2198a25f6b6ecd80fbfb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_da43b', table='commitments_deliveryconfidence', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='lifecycledecision',
            index=models.Index(fields=['commitment', '-id'], name='lifecycledecision_newest'),
        ),
        migrations.AddConstraint(
            model_name='lifecycledecision',
            constraint=models.CheckConstraint(condition=models.Q(('lifecycle__in', ['active', 'dropped'])), name='lifecycledecision_lifecycle_known'),
        ),
        migrations.AddConstraint(
            model_name='lifecycledecision',
            constraint=models.CheckConstraint(condition=models.Q(('authority', ''), _negated=True), name='lifecycledecision_authority_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='lifecycledecision',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='lifecycledecision_reason_not_blank'),
        ),
        AddTrigger(
            model_name='lifecycledecision',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='206b3cb52ebfd1404c4a31b47c764803fdd6075d', operation='UPDATE', pgid='pgtrigger_facts_stay_9777e', table='commitments_lifecycledecision', when='BEFORE')),
        ),
        AddTrigger(
            model_name='lifecycledecision',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='bdc8c7075c507637f5088949571fc140e608c7ad', operation='DELETE', pgid='pgtrigger_no_delete_acc20', table='commitments_lifecycledecision', when='BEFORE')),
        ),
        AddTrigger(
            model_name='lifecycledecision',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='9ec63442fdd51236a005aabea7a3a763f2075eef', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_4a2d0', table='commitments_lifecycledecision', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.UniqueConstraint(fields=('plan', 'code'), name='commitment_code_once'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', ['A', 'B', 'C'])), name='commitment_tier_known'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('lifecycle__in', ['active', 'dropped'])), name='commitment_lifecycle_known'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='commitment_title_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source__isnull', False), ('char_start__isnull', False), ('char_end__isnull', False)), models.Q(('source__isnull', True), ('char_start__isnull', True), ('char_end__isnull', True)), _connector='OR'), name='commitment_source_together'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('char_start__isnull', True), ('char_end__gt', models.F('char_start')), _connector='OR'), name='commitment_span_not_empty', violation_error_message='The span ends before it starts.'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('dropped_authority', ''), _negated=True), models.Q(('dropped_reason', ''), _negated=True), ('dropped_on__isnull', False)), models.Q(('dropped_authority', ''), ('dropped_reason', ''), ('dropped_on__isnull', True)), _connector='OR'), name='commitment_dropped_together'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_on__isnull', False), ('lifecycle', 'dropped')), models.Q(('dropped_on__isnull', True), ('lifecycle', 'active')), _connector='OR'), name='commitment_dropped_says_when'),
        ),
        AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='stays_with_its_plan', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."plan_id" IS DISTINCT FROM (NEW."plan_id"))', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e152f305bbe3e6ecc722504eb29c00a64c06fe54', operation='UPDATE', pgid='pgtrigger_stays_with_its_plan_224da', table='commitments_commitment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('commitment', 'code'), name='target_code_once'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['count', 'level', 'floor', 'growth_rate', 'stages'])), name='target_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('accumulation__in', ['increments', 'running_total', 'level', 'stages', 'ratio'])), name='target_accumulation_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('goal__in', ['reach', 'maintain', 'final'])), name='target_goal_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('trajectory__in', ['linear', 'hold', 'step', 'checkpoints'])), name='target_trajectory_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('due_basis__in', ['explicit', 'implied'])), name='target_due_basis_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comparator__in', ['>=', '>']), ('direction', 'at_least')), models.Q(('comparator__in', ['<=', '<']), ('direction', 'at_most')), _connector='OR'), name='target_comparator_fits_direction', violation_error_message='The comparator does not match the direction.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on'))), name='target_due_after_start', violation_error_message='The due date is before the start.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accumulation', 'stages'), ('goal', 'reach'), ('kind', 'stages')), models.Q(models.Q(('kind', 'stages'), _negated=True), models.Q(('accumulation', 'stages'), _negated=True)), _connector='OR'), name='target_stages_are_stages', violation_error_message='“Stages done, by weight” fits the kind “Stages” and the goal “Reach once, by the due date” only.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('direction', 'at_most'), ('goal', 'reach'), _negated=True), ('accumulation', 'level'), _connector='OR'), name='target_counted_up_reaches_up', violation_error_message='A total that only grows cannot come down to a target; keep it instead.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'stages'), _negated=True), ('value', 100), _connector='OR'), name='target_stages_make_a_hundred', violation_error_message='A target of the kind “Stages” has the value 100: the weights of all its stages.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('goal', 'reach'), _negated=True), models.Q(('trajectory', 'hold'), _negated=True), _connector='OR'), name='target_reach_is_not_held', violation_error_message='“The target on every day” does not fit the goal “Reach once, by the due date”.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('accumulation', 'ratio'), ('goal', 'reach'), _negated=True), name='target_ratio_is_not_reached', violation_error_message='A ratio can be met by its first case and lost again: keep it, or let the last reading decide.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accumulation', 'ratio'), _negated=True), models.Q(('unit', '%'), ('unit_en', '%')), _connector='OR'), name='target_ratio_is_in_percent', violation_error_message='A ratio is a percentage, so its unit must be “%”.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('accumulation', 'increments'), ('direction', 'at_least'), ('goal', 'maintain'), _negated=True), name='target_sum_is_not_kept_up', violation_error_message='A total that starts from zero cannot be kept above a value.'),
        ),
        AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='stays_with_its_commitment', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."commitment_id" IS DISTINCT FROM (NEW."commitment_id"))', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1a758ed5df94a1e67d4c8d503705f1df014578ab', operation='UPDATE', pgid='pgtrigger_stays_with_its_commitment_7833c', table='commitments_target', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('target', 'position'), name='milestone_position_once'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0), ('weight__lte', 100)), name='milestone_weight_in_range', violation_error_message='A weight must be above 0 and at most 100.'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='milestone_title_not_blank'),
        ),
        AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='stays_with_its_target', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."target_id" IS DISTINCT FROM (NEW."target_id"))', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c467f19f0a81b42625d2e4cd344551405b9226bc', operation='UPDATE', pgid='pgtrigger_stays_with_its_target_48b9c', table='commitments_milestone', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='checkpoint',
            constraint=models.UniqueConstraint(fields=('target', 'on'), name='checkpoint_once_a_day'),
        ),
        AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='stays_with_its_target', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."target_id" IS DISTINCT FROM (NEW."target_id"))', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6ada555a94bbfebc1e1627b205a0366834e15667', operation='UPDATE', pgid='pgtrigger_stays_with_its_target_836b4', table='commitments_checkpoint', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='baseline',
            constraint=models.UniqueConstraint(fields=('commitment', 'indicator'), name='baseline_indicator_once'),
        ),
        migrations.AddConstraint(
            model_name='baseline',
            constraint=models.CheckConstraint(condition=models.Q(('comparability__in', ['same', 'similar', 'none'])), name='baseline_comparability_known'),
        ),
        migrations.AddConstraint(
            model_name='baseline',
            constraint=models.CheckConstraint(condition=models.Q(('target__isnull', True), models.Q(('comparability', 'none'), _negated=True), _connector='OR'), name='baseline_of_target_comparable', violation_error_message='A figure that is not comparable cannot be linked to a target.'),
        ),
        migrations.AddConstraint(
            model_name='baseline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source__isnull', False), ('char_start__isnull', False), ('char_end__isnull', False)), models.Q(('source__isnull', True), ('char_start__isnull', True), ('char_end__isnull', True)), _connector='OR'), name='baseline_source_together'),
        ),
        AddTrigger(
            model_name='baseline',
            trigger=pgtrigger.compiler.Trigger(name='stays_with_its_commitment', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."commitment_id" IS DISTINCT FROM (NEW."commitment_id"))', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='872fd793f783a1f08a4b88a043afe9e3c9dd0fa2', operation='UPDATE', pgid='pgtrigger_stays_with_its_commitment_e792f', table='commitments_baseline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='targetrevision',
            constraint=models.UniqueConstraint(fields=('target', 'effective_from'), name='targetrevision_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='targetrevision',
            constraint=models.CheckConstraint(condition=models.Q(('authority', ''), _negated=True), name='targetrevision_authority_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='targetrevision',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='targetrevision_reason_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='targetrevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('new_value', models.F('old_value')), _negated=True), models.Q(('new_due_on', models.F('old_due_on')), _negated=True), _connector='OR'), name='targetrevision_changes_something'),
        ),
        AddTrigger(
            model_name='targetrevision',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c795c88cdbbc6178655ca29b4685cab7f971218e', operation='UPDATE', pgid='pgtrigger_facts_stay_22e94', table='commitments_targetrevision', when='BEFORE')),
        ),
        AddTrigger(
            model_name='targetrevision',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2516edf4c87569a4b566277392fc06ef36060552', operation='DELETE', pgid='pgtrigger_no_delete_37662', table='commitments_targetrevision', when='BEFORE')),
        ),
        AddTrigger(
            model_name='targetrevision',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='9e16cd1a074dc343dcc318b9f196087b84b2da36', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_776f4', table='commitments_targetrevision', when='BEFORE')),
        ),
    ]
