"""An entry names its commitment, and one without a figure is a narrative.

The database holds an entry's commitment and target together by a foreign key of both columns.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# The ledger's own triggers refuse to change a row; here a column is filled that says nothing new.
FILL_COMMITMENT = """
ALTER TABLE commitments_progressentry DISABLE TRIGGER USER;
UPDATE commitments_progressentry e SET commitment_id = t.commitment_id
FROM commitments_target t WHERE t.id = e.target_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE commitments_progressentry ENABLE TRIGGER USER;
"""
HOLD_TOGETHER = """
ALTER TABLE commitments_progressentry ADD CONSTRAINT progressentry_target_of_commitment
FOREIGN KEY (target_id, commitment_id) REFERENCES commitments_target (id, commitment_id)
"""
LET_GO = "ALTER TABLE commitments_progressentry DROP CONSTRAINT progressentry_target_of_commitment"


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0029_mails_of_any_kind"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="mark_on_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="progressentry",
            name="period_is_open",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="progressentry",
            name="mark_on_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="progressentry",
            name="mark_on_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="progressentry",
            name="facts_stay",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="withdrawal",
            name="period_is_open",
        ),
        migrations.AddField(
            model_name="progressentry",
            name="commitment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="commitments.commitment",
                verbose_name="commitment",
            ),
        ),
        migrations.RunSQL(FILL_COMMITMENT, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="progressentry",
            name="commitment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="commitments.commitment",
                verbose_name="commitment",
            ),
        ),
        migrations.AddField(
            model_name="progressentry",
            name="no_figure",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_published", "No figure: not published yet"),
                    ("nothing_new", "No figure: nothing new"),
                ],
                db_default="",
                default="",
                max_length=13,
                verbose_name="no figure for this period",
            ),
        ),
        migrations.AlterField(
            model_name="progressentry",
            name="target",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="commitments.target",
                verbose_name="target",
            ),
        ),
        migrations.AlterField(
            model_name="progressentry",
            name="value",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="value"
            ),
        ),
        migrations.AddIndex(
            model_name="progressentry",
            index=models.Index(
                condition=models.Q(("value__isnull", True)),
                fields=["commitment", "effective_on", "id"],
                name="progressentry_narratives",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_on_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT e.commitment_id, NULL::bigint, NULL::date FROM new_values r JOIN commitments_progressentry e ON e.id = r.entry_id) s (commitment_id, target, month); RETURN NULL;",
                    hash="a87d014f257f501332d8119c5e373b1ee4ddafbc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_mark_on_insert_e1baf",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="commitments_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progressentry",
            trigger=pgtrigger.compiler.Trigger(
                name="facts_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."commitment_id" IS DISTINCT FROM (NEW."commitment_id") OR OLD."target_id" IS DISTINCT FROM (NEW."target_id") OR OLD."milestone_id" IS DISTINCT FROM (NEW."milestone_id") OR OLD."effective_on" IS DISTINCT FROM (NEW."effective_on") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."denominator" IS DISTINCT FROM (NEW."denominator") OR OLD."progress" IS DISTINCT FROM (NEW."progress") OR OLD."problems" IS DISTINCT FROM (NEW."problems") OR OLD."next_steps" IS DISTINCT FROM (NEW."next_steps") OR OLD."no_figure" IS DISTINCT FROM (NEW."no_figure") OR OLD."corrects_id" IS DISTINCT FROM (NEW."corrects_id") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."includes_earlier" IS DISTINCT FROM (NEW."includes_earlier") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample"))',
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="ad2c29370f21edf25c7d1e029c353813113c2518",
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
                name="period_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true); of_plan BIGINT; first_day DATE; locked_through DATE;",
                    func="SELECT c.plan_id, CASE WHEN r.corrects_id IS NULL THEN r.effective_on ELSE least(r.effective_on, (SELECT e.effective_on FROM commitments_progressentry e WHERE e.id = r.corrects_id)) END INTO of_plan, first_day FROM (SELECT NEW.commitment_id, NEW.effective_on, NEW.corrects_id) r JOIN commitments_commitment c ON c.id = r.commitment_id; PERFORM pg_advisory_xact_lock_shared(7201, of_plan::int); SELECT l.through INTO locked_through FROM commitments_periodlock l WHERE l.plan_id = of_plan ORDER BY l.id DESC LIMIT 1; IF first_day <= locked_through THEN RAISE EXCEPTION 'the period is locked' USING ERRCODE = 'check_violation', CONSTRAINT = 'progressentry_period_is_open', DETAIL = locked_through; END IF; RETURN NEW;",
                    hash="af9241cb9b6381cb5b621f39e005d207197deca8",
                    operation="INSERT",
                    pgid="pgtrigger_period_is_open_32720",
                    table="commitments_progressentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progressentry",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_on_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT r.commitment_id, CASE WHEN r.value IS NOT NULL THEN r.target_id END, CASE WHEN r.value IS NOT NULL THEN date_trunc('month', r.effective_on::timestamp)::date END FROM new_values r) s (commitment_id, target, month); RETURN NULL;",
                    hash="cdf5abc5cbcea29e874da130f124eea5a95f6ae5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_mark_on_insert_20646",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="commitments_progressentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progressentry",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_on_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT r.commitment_id, CASE WHEN r.value IS NOT NULL THEN r.target_id END, CASE WHEN r.value IS NOT NULL THEN date_trunc('month', r.effective_on::timestamp)::date END FROM old_values r UNION SELECT r.commitment_id, CASE WHEN r.value IS NOT NULL THEN r.target_id END, CASE WHEN r.value IS NOT NULL THEN date_trunc('month', r.effective_on::timestamp)::date END FROM new_values r) s (commitment_id, target, month); RETURN NULL;",
                    hash="fa52cbf965087a503670f9375951c6e574084dad",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_mark_on_update_29d33",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="commitments_progressentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="period_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true); of_plan BIGINT; first_day DATE; locked_through DATE;",
                    func="SELECT c.plan_id, CASE WHEN r.corrects_id IS NULL THEN r.effective_on ELSE least(r.effective_on, (SELECT e.effective_on FROM commitments_progressentry e WHERE e.id = r.corrects_id)) END INTO of_plan, first_day FROM (SELECT e.commitment_id, e.effective_on, e.corrects_id FROM commitments_progressentry e WHERE e.id = NEW.entry_id) r JOIN commitments_commitment c ON c.id = r.commitment_id; PERFORM pg_advisory_xact_lock_shared(7201, of_plan::int); SELECT l.through INTO locked_through FROM commitments_periodlock l WHERE l.plan_id = of_plan ORDER BY l.id DESC LIMIT 1; IF first_day <= locked_through THEN RAISE EXCEPTION 'the period is locked' USING ERRCODE = 'check_violation', CONSTRAINT = 'progressentry_period_is_open', DETAIL = locked_through; END IF; RETURN NEW;",
                    hash="4b0e6343a75b8ee2e562c0fc6289a431e39cd0dd",
                    operation="INSERT",
                    pgid="pgtrigger_period_is_open_4b8d9",
                    table="commitments_withdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("no_figure__in", ["", "not_published", "nothing_new"])),
                name="progressentry_no_figure_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__isnull", False),
                    models.Q(
                        ("denominator__isnull", True),
                        ("includes_earlier", False),
                        ("milestone__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="progressentry_narrative_has_no_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target__isnull", False),
                    models.Q(("no_figure", ""), ("value__isnull", True)),
                    _connector="OR",
                ),
                name="progressentry_figure_has_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("no_figure", ""), ("value__isnull", True), _connector="OR"),
                name="progressentry_no_figure_has_no_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__isnull", False),
                    models.Q(("no_figure", ""), _negated=True),
                    models.Q(("next_steps", ""), ("problems", ""), ("progress", ""), _negated=True),
                    _connector="OR",
                ),
                name="progressentry_narrative_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(fields=("id", "commitment"), name="target_of_commitment"),
        ),
        migrations.RunSQL(HOLD_TOGETHER, LET_GO),
    ]
