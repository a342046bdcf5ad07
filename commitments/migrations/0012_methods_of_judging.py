"""Rule sets name a method of judging, and targets may be about a value or a range.

Present rule sets are of method 1; no verdict changes.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0010_the_next_published_plan_counts"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="ruleset",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="ruleset",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="ruleset",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="ruleset",
            name="method",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "1"), (2, "2")], db_default=1, default=1, verbose_name="method"
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="near_units",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                max_digits=20,
                null=True,
                verbose_name="whole units that are a near miss",
            ),
        ),
        migrations.AddField(
            model_name="rulesetedit",
            name="method",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "1"), (2, "2")], db_default=1, default=1, verbose_name="method"
            ),
        ),
        migrations.AddField(
            model_name="rulesetedit",
            name="near_units",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                max_digits=20,
                null=True,
                verbose_name="whole units that are a near miss",
            ),
        ),
        migrations.AddField(
            model_name="targetrollup",
            name="standing_since",
            field=models.DateField(null=True, verbose_name="achieved since"),
        ),
        migrations.AddField(
            model_name="targetsnapshot",
            name="standing_since",
            field=models.DateField(null=True, verbose_name="achieved since"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ruleset",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_rulesetedit" ("at_risk_ratio", "growth_floor", "id", "method", "near_units", "on_track_ratio", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "small_gap_points", "stage_grace_days", "version") VALUES (NEW."at_risk_ratio", NEW."growth_floor", NEW."id", NEW."method", NEW."near_units", NEW."on_track_ratio", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."small_gap_points", NEW."stage_grace_days", NEW."version"); RETURN NULL;',
                    hash="32077d5a6c722bf5051553e16a8bf5cba3478b09",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c31ca",
                    table="commitments_ruleset",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ruleset",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_rulesetedit" ("at_risk_ratio", "growth_floor", "id", "method", "near_units", "on_track_ratio", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "small_gap_points", "stage_grace_days", "version") VALUES (NEW."at_risk_ratio", NEW."growth_floor", NEW."id", NEW."method", NEW."near_units", NEW."on_track_ratio", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."small_gap_points", NEW."stage_grace_days", NEW."version"); RETURN NULL;',
                    hash="db3da6fa5b00fb3764bbd92d4996c49eca1895bc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cf962",
                    table="commitments_ruleset",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ruleset",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_rulesetedit" ("at_risk_ratio", "growth_floor", "id", "method", "near_units", "on_track_ratio", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "small_gap_points", "stage_grace_days", "version") VALUES (OLD."at_risk_ratio", OLD."growth_floor", OLD."id", OLD."method", OLD."near_units", OLD."on_track_ratio", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."small_gap_points", OLD."stage_grace_days", OLD."version"); RETURN NULL;',
                    hash="1403a85b7c0d4ed8c91bfcd27761a2d6e2017d14",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f75d1",
                    table="commitments_ruleset",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", 1), ("near_units__isnull", True)),
                    models.Q(("method", 2), ("near_units__gte", 0), ("near_units__isnull", False)),
                    _connector="OR",
                ),
                name="ruleset_thresholds_of_method",
                violation_error_message="Whole units that are a near miss belong to method 2, and only to it.",
            ),
        ),
    ]
