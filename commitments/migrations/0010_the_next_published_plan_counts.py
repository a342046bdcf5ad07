"""The plan published next counts for a place and year if the counting one moves away or is deleted."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

# Places left without a counting plan before the trigger was there.
CHOOSE_NEXT = """
UPDATE commitments_plan SET counts_for_place = true WHERE id IN (
    SELECT DISTINCT ON (p.jurisdiction_id, p.year) p.id FROM commitments_plan p
    WHERE p.published_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM commitments_plan c
        WHERE c.jurisdiction_id = p.jurisdiction_id AND c.year = p.year AND c.counts_for_place)
    ORDER BY p.jurisdiction_id, p.year, p.published_at, p.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0009_entries_include_earlier_periods"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="next_published_counts",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.counts_for_place)",
                    declare="DECLARE _armed TEXT := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM FROM commitments_jurisdiction j WHERE j.id = OLD.jurisdiction_id FOR NO KEY UPDATE; UPDATE commitments_plan SET counts_for_place = true WHERE id = (SELECT p.id FROM commitments_plan p WHERE p.jurisdiction_id = OLD.jurisdiction_id AND p.year = OLD.year AND p.published_at IS NOT NULL ORDER BY p.published_at, p.id LIMIT 1) AND NOT EXISTS (SELECT FROM commitments_plan p WHERE p.jurisdiction_id = OLD.jurisdiction_id AND p.year = OLD.year AND p.counts_for_place); RETURN NULL;",
                    hash="655fb3e515e7fbcfbedfcb06ac26c6567ee1c4e3",
                    operation='UPDATE OF "jurisdiction_id", "year" OR DELETE',
                    pgid="pgtrigger_next_published_counts_fa289",
                    table="commitments_plan",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(CHOOSE_NEXT, migrations.RunSQL.noop),
    ]
