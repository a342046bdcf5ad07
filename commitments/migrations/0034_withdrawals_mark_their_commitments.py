"""A withdrawal lets its commitment be judged anew, since a returned entry changes no row of its own."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0033_places_of_drafts"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="withdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_on_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp() FROM (SELECT e.commitment_id, NULL::bigint, NULL::date FROM new_values r JOIN commitments_progressentry e ON e.id = r.entry_id) s (commitment_id, target, month); RETURN NULL;",
                    hash="df70464beee0c27616bce547cc89db9ba4da6f87",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_mark_on_insert_0dcf8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="commitments_withdrawal",
                    when="AFTER",
                ),
            ),
        ),
    ]
