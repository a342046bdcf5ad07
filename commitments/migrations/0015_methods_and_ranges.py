"""A rule set names its method of judging; a target may be about a value or a range."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ._triggers import AddTrigger


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0014_remarks_and_rows_left_out"),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="target",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="target",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="target",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="targetrevision",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="targetrevision",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="targetrevision",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="target",
            name="target_comparator_fits_direction",
        ),
        migrations.RemoveConstraint(
            model_name="targetrevision",
            name="targetrevision_changes_something",
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
            model_name="target",
            name="tolerance",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="tolerance of an “about”"
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="value_high",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="high end of a range"
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="within",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="passing the far end misses it"
            ),
        ),
        migrations.AddField(
            model_name="targetedit",
            name="tolerance",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="tolerance of an “about”"
            ),
        ),
        migrations.AddField(
            model_name="targetedit",
            name="value_high",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="high end of a range"
            ),
        ),
        migrations.AddField(
            model_name="targetedit",
            name="within",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="passing the far end misses it"
            ),
        ),
        migrations.AddField(
            model_name="targetrevision",
            name="new_tolerance",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="new tolerance"
            ),
        ),
        migrations.AddField(
            model_name="targetrevision",
            name="new_value_high",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="new high end"
            ),
        ),
        migrations.AddField(
            model_name="targetrevision",
            name="new_within",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="new: passing the far end misses it"
            ),
        ),
        migrations.AddField(
            model_name="targetrevision",
            name="old_tolerance",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="old tolerance"
            ),
        ),
        migrations.AddField(
            model_name="targetrevision",
            name="old_value_high",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="old high end"
            ),
        ),
        migrations.AddField(
            model_name="targetrevision",
            name="old_within",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="old: passing the far end misses it"
            ),
        ),
        migrations.AddField(
            model_name="targetrevisionedit",
            name="new_tolerance",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="new tolerance"
            ),
        ),
        migrations.AddField(
            model_name="targetrevisionedit",
            name="new_value_high",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="new high end"
            ),
        ),
        migrations.AddField(
            model_name="targetrevisionedit",
            name="new_within",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="new: passing the far end misses it"
            ),
        ),
        migrations.AddField(
            model_name="targetrevisionedit",
            name="old_tolerance",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="old tolerance"
            ),
        ),
        migrations.AddField(
            model_name="targetrevisionedit",
            name="old_value_high",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="old high end"
            ),
        ),
        migrations.AddField(
            model_name="targetrevisionedit",
            name="old_within",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="old: passing the far end misses it"
            ),
        ),
        migrations.AddField(
            model_name="targetrollup",
            name="standing_since",
            field=models.DateField(null=True, verbose_name="achieved since"),
        ),
        migrations.AddField(
            model_name="targetrollup",
            name="target_high",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="high end in force"
            ),
        ),
        migrations.AddField(
            model_name="targetrollup",
            name="within",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="passing the far end misses it"
            ),
        ),
        migrations.AddField(
            model_name="targetsnapshot",
            name="standing_since",
            field=models.DateField(null=True, verbose_name="achieved since"),
        ),
        migrations.AddField(
            model_name="targetsnapshot",
            name="target_high",
            field=models.DecimalField(
                decimal_places=4, max_digits=20, null=True, verbose_name="high end in force"
            ),
        ),
        migrations.AddField(
            model_name="targetsnapshot",
            name="within",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="passing the far end misses it"
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="comparator",
            field=models.CharField(
                choices=[(">=", ">="), (">", ">"), ("<=", "<="), ("<", "<"), ("~", "~"), ("..", "..")],
                default=">=",
                max_length=2,
                verbose_name="comparator",
            ),
        ),
        migrations.AlterField(
            model_name="targetedit",
            name="comparator",
            field=models.CharField(
                choices=[(">=", ">="), (">", ">"), ("<=", "<="), ("<", "<"), ("~", "~"), ("..", "..")],
                default=">=",
                max_length=2,
                verbose_name="comparator",
            ),
        ),
        AddTrigger(
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
        AddTrigger(
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
        AddTrigger(
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
        AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_targetedit" ("accumulation", "code", "commitment_id", "comparator", "direction", "due_basis", "due_on", "goal", "headline", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title", "title_en", "tolerance", "trajectory", "unit", "unit_en", "value", "value_high", "within") VALUES (NEW."accumulation", NEW."code", NEW."commitment_id", NEW."comparator", NEW."direction", NEW."due_basis", NEW."due_on", NEW."goal", NEW."headline", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."starts_on", NEW."title", NEW."title_en", NEW."tolerance", NEW."trajectory", NEW."unit", NEW."unit_en", NEW."value", NEW."value_high", NEW."within"); RETURN NULL;',
                    hash="12235e4162a02cb0764bf50b8eaf115498f60f1f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_67334",
                    table="commitments_target",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_targetedit" ("accumulation", "code", "commitment_id", "comparator", "direction", "due_basis", "due_on", "goal", "headline", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title", "title_en", "tolerance", "trajectory", "unit", "unit_en", "value", "value_high", "within") VALUES (NEW."accumulation", NEW."code", NEW."commitment_id", NEW."comparator", NEW."direction", NEW."due_basis", NEW."due_on", NEW."goal", NEW."headline", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."starts_on", NEW."title", NEW."title_en", NEW."tolerance", NEW."trajectory", NEW."unit", NEW."unit_en", NEW."value", NEW."value_high", NEW."within"); RETURN NULL;',
                    hash="0070a8cc15f0f79a4da796bb4ef6ab2c4b71a62c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_68256",
                    table="commitments_target",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_targetedit" ("accumulation", "code", "commitment_id", "comparator", "direction", "due_basis", "due_on", "goal", "headline", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title", "title_en", "tolerance", "trajectory", "unit", "unit_en", "value", "value_high", "within") VALUES (OLD."accumulation", OLD."code", OLD."commitment_id", OLD."comparator", OLD."direction", OLD."due_basis", OLD."due_on", OLD."goal", OLD."headline", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."starts_on", OLD."title", OLD."title_en", OLD."tolerance", OLD."trajectory", OLD."unit", OLD."unit_en", OLD."value", OLD."value_high", OLD."within"); RETURN NULL;',
                    hash="c5dc875f6082cbcbbcc75f965718a576353fd73e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9d7f8",
                    table="commitments_target",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="targetrevision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_targetrevisionedit" ("authority", "effective_from", "id", "new_due_on", "new_tolerance", "new_value", "new_value_high", "new_within", "old_due_on", "old_tolerance", "old_value", "old_value_high", "old_within", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revised_at", "revised_by_id", "target_id") VALUES (NEW."authority", NEW."effective_from", NEW."id", NEW."new_due_on", NEW."new_tolerance", NEW."new_value", NEW."new_value_high", NEW."new_within", NEW."old_due_on", NEW."old_tolerance", NEW."old_value", NEW."old_value_high", NEW."old_within", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."reason", NEW."revised_at", NEW."revised_by_id", NEW."target_id"); RETURN NULL;',
                    hash="1b15514f8abe38ed1421de00f4012d519cd21437",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1f5e8",
                    table="commitments_targetrevision",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="targetrevision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_targetrevisionedit" ("authority", "effective_from", "id", "new_due_on", "new_tolerance", "new_value", "new_value_high", "new_within", "old_due_on", "old_tolerance", "old_value", "old_value_high", "old_within", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revised_at", "revised_by_id", "target_id") VALUES (NEW."authority", NEW."effective_from", NEW."id", NEW."new_due_on", NEW."new_tolerance", NEW."new_value", NEW."new_value_high", NEW."new_within", NEW."old_due_on", NEW."old_tolerance", NEW."old_value", NEW."old_value_high", NEW."old_within", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."reason", NEW."revised_at", NEW."revised_by_id", NEW."target_id"); RETURN NULL;',
                    hash="43a8b4e518fcf73584723b3cd50a5fb38da09e3c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cbccc",
                    table="commitments_targetrevision",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="targetrevision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_targetrevisionedit" ("authority", "effective_from", "id", "new_due_on", "new_tolerance", "new_value", "new_value_high", "new_within", "old_due_on", "old_tolerance", "old_value", "old_value_high", "old_within", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revised_at", "revised_by_id", "target_id") VALUES (OLD."authority", OLD."effective_from", OLD."id", OLD."new_due_on", OLD."new_tolerance", OLD."new_value", OLD."new_value_high", OLD."new_within", OLD."old_due_on", OLD."old_tolerance", OLD."old_value", OLD."old_value_high", OLD."old_within", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."reason", OLD."revised_at", OLD."revised_by_id", OLD."target_id"); RETURN NULL;',
                    hash="bc49b5445ffd5333a952289a258a0443d6bac20c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cdf96",
                    table="commitments_targetrevision",
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
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("comparator__in", [">=", ">"]), ("direction", "at_least")),
                    models.Q(("comparator__in", ["<=", "<"]), ("direction", "at_most")),
                    ("comparator__in", ["~", ".."]),
                    _connector="OR",
                ),
                name="target_comparator_fits_direction",
                violation_error_message="The comparator does not match the direction.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("comparator", "~"),
                        ("tolerance__gt", 0),
                        ("tolerance__isnull", False),
                        ("value_high__isnull", True),
                    ),
                    models.Q(
                        ("comparator", ".."),
                        ("tolerance__isnull", True),
                        ("value_high__gt", models.F("value")),
                        ("value_high__isnull", False),
                    ),
                    models.Q(
                        models.Q(("comparator__in", ["~", ".."]), _negated=True),
                        ("tolerance__isnull", True),
                        ("value_high__isnull", True),
                        ("within", False),
                    ),
                    _connector="OR",
                ),
                name="target_ends_fit_comparator",
                violation_error_message="“~” has a tolerance above 0, “..” a high end above the target value, other comparators neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("comparator__in", ["~", ".."]), _negated=True),
                    models.Q(("kind", "stages"), _negated=True),
                    _connector="OR",
                ),
                name="target_stages_are_no_range",
                violation_error_message="Stages are done or not: they have no tolerance and no range.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("within", False), ("goal", "final"), _connector="OR"),
                name="target_within_is_decided_at_the_end",
                violation_error_message="Only what its last reading decides can be missed by passing the far end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new_value", models.F("old_value")), _negated=True),
                    models.Q(("new_due_on", models.F("old_due_on")), _negated=True),
                    models.Q(("new_within", models.F("old_within")), _negated=True),
                    models.Q(
                        ("new_value_high__isnull", False),
                        ("old_value_high__isnull", False),
                        models.Q(("new_value_high", models.F("old_value_high")), _negated=True),
                    ),
                    models.Q(
                        ("new_tolerance__isnull", False),
                        ("old_tolerance__isnull", False),
                        models.Q(("new_tolerance", models.F("old_tolerance")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="targetrevision_changes_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("new_value_high__isnull", True),
                    ("new_value_high__gt", models.F("new_value")),
                    _connector="OR",
                ),
                name="targetrevision_range_rises",
                violation_error_message="The high end of a range lies above its low end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("new_tolerance__isnull", True), ("new_tolerance__gt", 0), _connector="OR"
                ),
                name="targetrevision_tolerance_above_zero",
                violation_error_message="A tolerance is above 0.",
            ),
        ),
    ]
