"""An entry may include all since the last report; amounts no longer settle the periods before them by themselves.

Present verdicts are judged anew by the rule; kept snapshots stay as they are.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

JUDGE_ANEW = "INSERT INTO commitments_stalemark (commitment_id) SELECT id FROM commitments_commitment"


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0008_service_role_only_adds"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="progressentry",
            name="facts_stay",
        ),
        migrations.RemoveIndex(
            model_name="progressentry",
            name="progressentry_of_target",
        ),
        migrations.AddField(
            model_name="progressentry",
            name="includes_earlier",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="includes all since the last report"
            ),
        ),
        migrations.AddField(
            model_name="targetmonth",
            name="includes_earlier",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="includes earlier periods"
            ),
        ),
        migrations.AddIndex(
            model_name="progressentry",
            index=models.Index(
                fields=["target", "effective_on", "id"],
                include=(
                    "value",
                    "denominator",
                    "milestone",
                    "counted_from",
                    "counted_until",
                    "is_sample",
                    "includes_earlier",
                ),
                name="progressentry_of_target",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progressentry",
            trigger=pgtrigger.compiler.Trigger(
                name="facts_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."target_id" IS DISTINCT FROM (NEW."target_id") OR OLD."milestone_id" IS DISTINCT FROM (NEW."milestone_id") OR OLD."effective_on" IS DISTINCT FROM (NEW."effective_on") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."denominator" IS DISTINCT FROM (NEW."denominator") OR OLD."progress" IS DISTINCT FROM (NEW."progress") OR OLD."problems" IS DISTINCT FROM (NEW."problems") OR OLD."next_steps" IS DISTINCT FROM (NEW."next_steps") OR OLD."corrects_id" IS DISTINCT FROM (NEW."corrects_id") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."includes_earlier" IS DISTINCT FROM (NEW."includes_earlier") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample"))',
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="8ebbf5c1eca7c8a9a66c7fa46f59dc169c416371",
                    operation="UPDATE",
                    pgid="pgtrigger_facts_stay_989ac",
                    table="commitments_progressentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progressentry",
            trigger=pgtrigger.compiler.Trigger(
                name="only_amounts_include_earlier",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.includes_earlier)",
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="IF NOT EXISTS (SELECT FROM commitments_target t WHERE t.id = NEW.target_id AND t.accumulation IN ('increments', 'ratio')) THEN RAISE EXCEPTION 'only an amount or parts of a ratio include earlier periods' USING ERRCODE = 'check_violation', CONSTRAINT = 'progressentry_only_amounts_include_earlier'; END IF; RETURN NEW;",
                    hash="5ee36043d80027a1c3f747746167fd8682a4f9b3",
                    operation="INSERT",
                    pgid="pgtrigger_only_amounts_include_earlier_009c9",
                    table="commitments_progressentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("includes_earlier", False), ("milestone__isnull", True), _connector="OR"),
                name="progressentry_milestone_includes_none",
            ),
        ),
        migrations.RunSQL(JUDGE_ANEW, migrations.RunSQL.noop),
    ]
