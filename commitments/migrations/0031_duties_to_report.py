"""Verdicts say in which state their reports are, and a plan chooses how often it asks for words.

Present verdicts are judged anew. Kept days stay as they were judged, without the new columns.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# The service adds choices and changes none, even where somebody has switched the triggers off.
RESTRICT = """
DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracker_app') THEN
REVOKE UPDATE, DELETE, TRUNCATE ON commitments_narrativeduty FROM tracker_app;
END IF; END $$
"""
JUDGE_ANEW = "INSERT INTO commitments_stalemark (commitment_id) SELECT id FROM commitments_commitment"


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0030_narratives"),
    ]

    operations = [
        migrations.CreateModel(
            name="NarrativeDuty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("monthly", "Every month"),
                            ("quarterly", "Every quarter"),
                        ],
                        default="quarterly",
                        max_length=9,
                        verbose_name="reports in words",
                    ),
                ),
                ("effective_from", models.DateField(verbose_name="in force from")),
                ("set_at", models.DateTimeField(verbose_name="set at")),
            ],
            options={
                "verbose_name": "duty to report in words",
                "verbose_name_plural": "duties to report in words",
                "ordering": ["plan", "effective_from"],
            },
        ),
        migrations.AddField(
            model_name="commitmentrollup",
            name="report_due_on",
            field=models.DateField(null=True, verbose_name="report due on"),
        ),
        migrations.AddField(
            model_name="commitmentrollup",
            name="report_since",
            field=models.DateField(null=True, verbose_name="report lacking since"),
        ),
        migrations.AddField(
            model_name="commitmentrollup",
            name="report_state",
            field=models.CharField(
                choices=[
                    ("not_due", "Nothing due"),
                    ("reported", "Reported"),
                    ("in_review", "In review"),
                    ("due", "Due"),
                    ("late", "Overdue"),
                ],
                max_length=9,
                null=True,
                verbose_name="report",
            ),
        ),
        migrations.AddField(
            model_name="commitmentsnapshot",
            name="report_due_on",
            field=models.DateField(null=True, verbose_name="report due on"),
        ),
        migrations.AddField(
            model_name="commitmentsnapshot",
            name="report_since",
            field=models.DateField(null=True, verbose_name="report lacking since"),
        ),
        migrations.AddField(
            model_name="commitmentsnapshot",
            name="report_state",
            field=models.CharField(
                choices=[
                    ("not_due", "Nothing due"),
                    ("reported", "Reported"),
                    ("in_review", "In review"),
                    ("due", "Due"),
                    ("late", "Overdue"),
                ],
                max_length=9,
                null=True,
                verbose_name="report",
            ),
        ),
        migrations.AddField(
            model_name="targetrollup",
            name="report_due_on",
            field=models.DateField(null=True, verbose_name="report due on"),
        ),
        migrations.AddField(
            model_name="targetrollup",
            name="report_since",
            field=models.DateField(null=True, verbose_name="report lacking since"),
        ),
        migrations.AddField(
            model_name="targetrollup",
            name="report_state",
            field=models.CharField(
                choices=[
                    ("not_due", "Nothing due"),
                    ("reported", "Reported"),
                    ("in_review", "In review"),
                    ("due", "Due"),
                    ("late", "Overdue"),
                ],
                max_length=9,
                null=True,
                verbose_name="report",
            ),
        ),
        migrations.AddField(
            model_name="targetsnapshot",
            name="report_due_on",
            field=models.DateField(null=True, verbose_name="report due on"),
        ),
        migrations.AddField(
            model_name="targetsnapshot",
            name="report_since",
            field=models.DateField(null=True, verbose_name="report lacking since"),
        ),
        migrations.AddField(
            model_name="targetsnapshot",
            name="report_state",
            field=models.CharField(
                choices=[
                    ("not_due", "Nothing due"),
                    ("reported", "Reported"),
                    ("in_review", "In review"),
                    ("due", "Due"),
                    ("late", "Overdue"),
                ],
                max_length=9,
                null=True,
                verbose_name="report",
            ),
        ),
        migrations.AddIndex(
            model_name="progressentry",
            index=models.Index(
                condition=models.Q(("counted_from__isnull", True), ("value__isnull", True), _connector="OR"),
                fields=["commitment"],
                name="progressentry_beside_figures",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitmentrollup",
            constraint=models.CheckConstraint(
                condition=models.Q(("report_state__in", ["not_due", "reported", "in_review", "due", "late"])),
                name="commitmentrollup_report_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrollup",
            constraint=models.CheckConstraint(
                condition=models.Q(("report_state__in", ["not_due", "reported", "in_review", "due", "late"])),
                name="targetrollup_report_state_known",
            ),
        ),
        migrations.AddField(
            model_name="narrativeduty",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="narrative_duties",
                to="commitments.plan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            model_name="narrativeduty",
            name="set_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="set by",
            ),
        ),
        migrations.AddConstraint(
            model_name="narrativeduty",
            constraint=models.UniqueConstraint(
                fields=("plan", "effective_from"),
                name="narrativeduty_once_a_day",
                violation_error_message="There is a choice for this day already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="narrativeduty",
            constraint=models.CheckConstraint(
                condition=models.Q(("frequency__in", ["none", "monthly", "quarterly"])),
                name="narrativeduty_frequency_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="narrativeduty",
            trigger=pgtrigger.compiler.Trigger(
                name="facts_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="6cbf45b55ccb7798ac0a15d8f0f85fe602c214e8",
                    operation="UPDATE",
                    pgid="pgtrigger_facts_stay_37df7",
                    table="commitments_narrativeduty",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="narrativeduty",
            trigger=pgtrigger.compiler.Trigger(
                name="no_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="0fea6c996fe1e9c0c4c122a928f2f0b2dfabc838",
                    operation="DELETE",
                    pgid="pgtrigger_no_delete_16812",
                    table="commitments_narrativeduty",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="narrativeduty",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;",
                    hash="f37c2c9e0030be94091ab372b89326034a4b8663",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_3dcbd",
                    table="commitments_narrativeduty",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="narrativeduty",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_on_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT c.id, NULL::bigint, NULL::date FROM commitments_commitment c JOIN new_values r ON r.plan_id = c.plan_id) s (commitment_id, target, month); RETURN NULL;",
                    hash="4d9e410a4d1d588f0c91428ab525269f5518f14f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_mark_on_insert_bac69",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="commitments_narrativeduty",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(RESTRICT, migrations.RunSQL.noop),
        migrations.RunSQL(JUDGE_ANEW, migrations.RunSQL.noop),
    ]
