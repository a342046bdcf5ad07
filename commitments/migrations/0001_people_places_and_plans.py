"""Places, agencies, users, plans and the rules that plans are judged by."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from ._triggers import AddTrigger


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Jurisdiction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, unique=True, verbose_name='GB/T 2260 code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, verbose_name='English name')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='commitments.jurisdiction', verbose_name='parent')),
            ],
            options={
                'verbose_name': 'jurisdiction',
                'verbose_name_plural': 'jurisdictions',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='commitments.jurisdiction', verbose_name='jurisdiction')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, verbose_name='English name')),
            ],
            options={
                'verbose_name': 'agency',
                'verbose_name_plural': 'agencies',
                'ordering': ['jurisdiction', 'code'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(choices=[('clerk', 'Agency clerk'), ('reviewer', 'Reviewer'), ('supervision', 'Supervision office'), ('leader', 'Leader'), ('admin', 'Administrator')], default='leader', max_length=20, verbose_name='role')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='users', to='commitments.agency', verbose_name='agency')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='RuleSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, unique=True, verbose_name='version')),
                ('on_track_ratio', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='on track from ratio')),
                ('at_risk_ratio', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='at risk from ratio')),
                ('small_gap_points', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='small gap, points')),
                ('stage_grace_days', models.PositiveSmallIntegerField(verbose_name='days a stage may be overdue')),
                ('growth_floor', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='floor of a growth rate')),
            ],
            options={
                'verbose_name': 'rule set',
                'verbose_name_plural': 'rule sets',
                'ordering': ['version'],
                'constraints': [models.CheckConstraint(condition=models.Q(('at_risk_ratio__gt', 0), ('on_track_ratio__gt', models.F('at_risk_ratio')), ('on_track_ratio__lte', 1)), name='ruleset_ratios_in_order', violation_error_message='The ratios must rise: above 0, at risk, on track, at most 1.'), models.CheckConstraint(condition=models.Q(('small_gap_points__gte', 0)), name='ruleset_gap_not_negative', violation_error_message='The gap must not be negative.')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='commitments.jurisdiction', verbose_name='jurisdiction')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(max_length=300, verbose_name='English title')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(verbose_name='ends on')),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=40, verbose_name='time zone')),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='commitments.ruleset', verbose_name='rule set')),
                ('review_required', models.BooleanField(default=True, verbose_name='progress counts only after review')),
                ('reporting_due_day', models.PositiveSmallIntegerField(default=5, verbose_name='monthly report due on day')),
                ('statistics_due_day', models.PositiveSmallIntegerField(default=25, verbose_name='official statistics due on day')),
                ('reporting_grace_days', models.PositiveSmallIntegerField(default=5, verbose_name='days of grace')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('counts_for_place', models.BooleanField(db_default=False, editable=False, verbose_name='counts for the place')),
            ],
            options={
                'verbose_name': 'plan',
                'verbose_name_plural': 'plans',
                'ordering': ['-year', 'code'],
            },
        ),
        migrations.CreateModel(
            name='RuleSetAdoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='commitments.plan', verbose_name='plan')),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='commitments.ruleset', verbose_name='rule set')),
                ('effective_from', models.DateField(verbose_name='in force from')),
                ('authority', models.CharField(max_length=300, verbose_name='authority')),
                ('adopted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='adopted by')),
                ('adopted_at', models.DateTimeField(verbose_name='adopted at')),
            ],
            options={
                'verbose_name': 'adoption of a rule set',
                'verbose_name_plural': 'adoptions of rule sets',
                'ordering': ['plan', 'effective_from'],
            },
        ),
        migrations.CreateModel(
            name='SourceDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='commitments.jurisdiction', verbose_name='jurisdiction')),
                ('key', models.SlugField(max_length=60, verbose_name='key')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('publisher', models.CharField(max_length=200, verbose_name='publisher')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='published on')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('characters', models.PositiveIntegerField(verbose_name='length in characters')),
                ('text', models.TextField(blank=True, verbose_name='text')),
            ],
            options={
                'verbose_name': 'source document',
                'verbose_name_plural': 'source documents',
                'ordering': ['jurisdiction', 'key'],
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='commitments.plan', verbose_name='plan')),
                ('code', models.SlugField(max_length=10, verbose_name='code')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('title_en', models.CharField(max_length=200, verbose_name='English title')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
            ],
            options={
                'verbose_name': 'priority',
                'verbose_name_plural': 'priorities',
                'ordering': ['plan', 'position'],
            },
        ),
        migrations.CreateModel(
            name='SetupDone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('calendar', 'Reporting calendar'), ('mail', 'Test email')], max_length=10, unique=True, verbose_name='step')),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                ('done_at', models.DateTimeField(verbose_name='done at')),
            ],
            options={
                'verbose_name': 'first step',
                'verbose_name_plural': 'first steps',
                'default_permissions': (),
            },
        ),
        AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='250e7bef4556a6c4eff01c8f6bb2e1b2a51ab303', operation='UPDATE', pgid='pgtrigger_facts_stay_1b0f1', table='commitments_ruleset', when='BEFORE')),
        ),
        AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='205729af2466f2214522ac28f2624a1a700b210d', operation='DELETE', pgid='pgtrigger_no_delete_f31bf', table='commitments_ruleset', when='BEFORE')),
        ),
        AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='8f7449947881a8698271dada0965f12dfb0b603d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_43e8e', table='commitments_ruleset', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['clerk', 'reviewer', 'supervision', 'leader', 'admin'])), name='user_role_known'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['zh-hans', 'en'])), name='user_language_known'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['clerk', 'reviewer']), _negated=True), ('agency__isnull', False), _connector='OR'), name='user_of_an_agency_has_one'),
        ),
        AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='last_administrator_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="IF NOT (OLD.is_active AND OLD.is_staff AND (OLD.role = 'admin' OR OLD.is_superuser)) THEN RETURN coalesce(NEW, OLD); END IF; IF TG_OP = 'UPDATE' THEN IF NEW.is_active AND NEW.is_staff AND (NEW.role = 'admin' OR NEW.is_superuser) THEN RETURN NEW; END IF; END IF; PERFORM pg_advisory_xact_lock(7202); IF NOT EXISTS (SELECT FROM commitments_user u WHERE u.id <> OLD.id AND u.is_active AND u.is_staff AND (u.role = 'admin' OR u.is_superuser)) THEN RAISE EXCEPTION 'the last administrator stays one' USING ERRCODE = 'check_violation', CONSTRAINT = 'user_last_administrator_stays'; END IF; RETURN coalesce(NEW, OLD);", hash='6b8def0df64fe869509ff6a698f4be300576a4f0', operation='UPDATE OR DELETE', pgid='pgtrigger_last_administrator_stays_2532e', table='commitments_user', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='jurisdiction',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[1-9][0-9]{5}$')), name='jurisdiction_code_form'),
        ),
        migrations.AddConstraint(
            model_name='jurisdiction',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='jurisdiction_name_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='jurisdiction',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('pk')), _negated=True), name='jurisdiction_not_its_own_parent', violation_error_message='A jurisdiction cannot be its own parent.'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(fields=('jurisdiction', 'code'), name='agency_code_once'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(fields=('jurisdiction', 'name'), name='agency_name_once'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='agency_name_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.UniqueConstraint(fields=('plan', 'code'), name='priority_code_once'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('plan', 'position'), name='priority_position_once'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='priority_title_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9-]{0,39}$')), name='plan_code_form', violation_error_message="A plan's code consists of letters, digits and hyphens, and does not begin with a hyphen."),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('code'), name='plan_code_in_any_case', violation_error_message="Another plan's code differs from this one only in upper and lower case."),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='plan_ends_after_start', violation_error_message='The plan ends before it starts.'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('statistics_due_day__range', (1, 28))), name='plan_statistics_day_in_every_month', violation_error_message='The due day must exist in every month: 1 to 28.'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('reporting_due_day__range', (1, 28))), name='plan_due_day_in_every_month', violation_error_message='The due day must exist in every month: 1 to 28.'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(condition=models.Q(('counts_for_place', True)), fields=('jurisdiction', 'year'), name='plan_one_counts_for_place_and_year'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('counts_for_place', False), ('published_at__isnull', False), _connector='OR'), name='plan_counts_once_published'),
        ),
        AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='stays_with_its_rule_set', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."rule_set_id" IS DISTINCT FROM (NEW."rule_set_id"))', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d4fad1ec4759e23356da589548cc25ab109526e1', operation='UPDATE', pgid='pgtrigger_stays_with_its_rule_set_24752', table='commitments_plan', when='BEFORE')),
        ),
        AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='published_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'a published plan stays published';", hash='5efe3448ecec9923352bfa2060c33383f2b2c349', operation='UPDATE', pgid='pgtrigger_published_once_f7626', table='commitments_plan', when='BEFORE')),
        ),
        AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='first_published_counts', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.published_at IS NOT NULL)', declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func='PERFORM FROM commitments_jurisdiction j WHERE j.id = NEW.jurisdiction_id FOR NO KEY UPDATE; NEW.counts_for_place := NOT EXISTS (SELECT FROM commitments_plan p WHERE p.jurisdiction_id = NEW.jurisdiction_id AND p.year = NEW.year AND p.counts_for_place AND p.id IS DISTINCT FROM NEW.id); RETURN NEW;', hash='5d81ac5ca47b60c1a1b59e871327d2ff22038b2e', operation='INSERT OR UPDATE OF "published_at", "jurisdiction_id", "year"', pgid='pgtrigger_first_published_counts_51084', table='commitments_plan', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='rulesetadoption',
            constraint=models.UniqueConstraint(fields=('plan', 'effective_from'), name='rulesetadoption_once_a_day', violation_error_message='A rule set already takes effect on this day.'),
        ),
        migrations.AddConstraint(
            model_name='rulesetadoption',
            constraint=models.CheckConstraint(condition=models.Q(('authority', ''), _negated=True), name='rulesetadoption_authority_not_blank'),
        ),
        AddTrigger(
            model_name='rulesetadoption',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9a53ec101ebf05a1d269002fbb019e3bfac68feb', operation='UPDATE', pgid='pgtrigger_facts_stay_c6c08', table='commitments_rulesetadoption', when='BEFORE')),
        ),
        AddTrigger(
            model_name='rulesetadoption',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d6c9c3ca6ebc5635c2c4400269453de69951b05b', operation='DELETE', pgid='pgtrigger_no_delete_c9e52', table='commitments_rulesetadoption', when='BEFORE')),
        ),
        AddTrigger(
            model_name='rulesetadoption',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='f870e6f5ccd45d9c100ab0fec82cdfd15ec5e018', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f616e', table='commitments_rulesetadoption', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='setupdone',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['calendar', 'mail'])), name='setupdone_step_known'),
        ),
        AddTrigger(
            model_name='setupdone',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f50671edb34797f885056387111e38a82055c116', operation='UPDATE', pgid='pgtrigger_facts_stay_79d9c', table='commitments_setupdone', when='BEFORE')),
        ),
        AddTrigger(
            model_name='setupdone',
            trigger=pgtrigger.compiler.Trigger(name='no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fa114ed29b7e370d3915756e5ab48d31c7f76c00', operation='DELETE', pgid='pgtrigger_no_delete_28649', table='commitments_setupdone', when='BEFORE')),
        ),
        AddTrigger(
            model_name='setupdone',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);", func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;", hash='1447168a7e95df6e1c9d2ecc0716d75102769ef1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_3a5f8', table='commitments_setupdone', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sourcedocument',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='sourcedocument_sha256_form'),
        ),
        migrations.AddConstraint(
            model_name='sourcedocument',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='sourcedocument_title_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='sourcedocument',
            constraint=models.UniqueConstraint(fields=('jurisdiction', 'key'), name='sourcedocument_key_once'),
        ),
    ]
