"""SQL for counting: conditions and sums over ledger entries that several statements share.

An entry is `e`, a target `t`.
"""

from ...domain.readings import ADDED_UP
from ...domain.targets import RATIOS

STANDS_NOW = "e.counted_from IS NOT NULL AND e.counted_until IS NULL"
STOOD_THEN = "e.counted_from <= %(known_at)s AND (e.counted_until IS NULL OR e.counted_until > %(known_at)s)"
# Only figures are added up and judged, not narratives.
COUNTS_NOW = f"e.value IS NOT NULL AND {STANDS_NOW}"
COUNTED_THEN = f"e.value IS NOT NULL AND {STOOD_THEN}"
MONTH = "date_trunc('month', e.effective_on::timestamp)::date"
# A stage done adds its weight.
WORTH = "CASE WHEN e.milestone_id IS NULL THEN e.value ELSE coalesce(({weight}), 0) END"
WORTH_NOW = WORTH.format(weight="SELECT m.weight FROM commitments_milestone m WHERE m.id = e.milestone_id")
# A reading by itself; for a ratio, its own percentage (`domain.readings.share`).
OWN = "CASE WHEN e.denominator IS NULL THEN e.value ELSE round(e.value * 100.000000000000 / e.denominator, 10) END"
SUMS = f"""
    count(e.id) AS entries, sum({{worth}}) AS added, sum(e.denominator) AS out_of, min({OWN}) AS lowest,
    max({OWN}) AS highest, max(e.effective_on) AS last_on, bool_or(e.is_sample) AS is_sample,
    coalesce(bool_or(e.includes_earlier), false) AS includes_earlier
"""
SUMS_NOW = SUMS.format(worth=WORTH_NOW)
# The last of the readings that are summed up, by itself.
CLOSING = f"(array_agg({OWN} ORDER BY e.effective_on DESC, e.id DESC))[1] AS closing"
IS_ADDED_UP = "t.accumulation IN ('" + "', '".join(ADDED_UP) + "')"
IS_RATIO = "t.accumulation IN ('" + "', '".join(RATIOS) + "')"
