import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from ._triggers import AddTrigger

# The service adds seals and changes none, even where somebody has switched the triggers off.
RESTRICT = """
DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracker_app') THEN
REVOKE UPDATE, DELETE, TRUNCATE ON commitments_ledgerseal FROM tracker_app;
END IF; END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0027_verdicts_are_judged_anew"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="lifecycledecision",
            options={
                "default_permissions": (),
                "verbose_name": "lifecycle decision",
                "verbose_name_plural": "lifecycle decisions",
            },
        ),
        migrations.CreateModel(
            name="LedgerSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed_at", models.DateTimeField()),
                ("covered", models.JSONField()),
                ("signature", models.CharField(max_length=64)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seals",
                        to="commitments.commitment",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["commitment", "-id"], name="ledgerseal_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("signature__regex", "^[0-9a-f]{64}$")),
                        name="ledgerseal_signature_form",
                    )
                ],
            },
        ),
        AddTrigger(
            model_name="ledgerseal",
            trigger=pgtrigger.compiler.Trigger(
                name="facts_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="e9177ca2c07376b32c0f729d92c4065f37181709",
                    operation="UPDATE",
                    pgid="pgtrigger_facts_stay_1ba15",
                    table="commitments_ledgerseal",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="ledgerseal",
            trigger=pgtrigger.compiler.Trigger(
                name="no_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="ba78c03c5e56315dfdaf1944ddc7e50d8d62af5b",
                    operation="DELETE",
                    pgid="pgtrigger_no_delete_ab9b0",
                    table="commitments_ledgerseal",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="ledgerseal",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;",
                    hash="c7d7848eb041a90ba9a057fe166af3a695d6b480",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_9dd4d",
                    table="commitments_ledgerseal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(RESTRICT, migrations.RunSQL.noop),
    ]
