"""What a past day costs: every target of a plan judged as of it, against fetching the sums alone."""

from datetime import UTC, date, datetime

from bench.measure import Figure, figure, medians
from bench.tables import add_entries, execute, make_large_plan, settle
from commitments.rollups import refresh
from commitments.rollups.assess import assess_commitments

TARGETS, PER_TARGET = 100, 50
ON = date(2023, 6, 14)
KNOWN_AT = datetime(2100, 1, 1, tzinfo=UTC)
SUMS = """
SELECT e.target_id, sum(e.value) FROM commitments_progressentry e
WHERE e.target_id = ANY(%(targets)s) AND e.counted_from <= %(known_at)s
  AND (e.counted_until IS NULL OR e.counted_until > %(known_at)s) AND e.effective_on <= %(on)s
GROUP BY e.target_id
"""


def figures() -> list[Figure]:
    plan = make_large_plan(TARGETS, year=2060)
    add_entries(plan, 1, PER_TARGET)
    refresh.rebuild_plan(plan, at=datetime(2023, 9, 28, 4, tzinfo=UTC))
    settle()
    commitments = list(plan.commitments.values_list("pk", flat=True))
    targets = list(plan.commitments.values_list("targets", flat=True))
    now, then, sums = medians(
        lambda: assess_commitments(commitments, on=ON),
        lambda: assess_commitments(commitments, on=ON, known_at=KNOWN_AT),
        lambda: execute(SUMS, targets=targets, on=ON, known_at=KNOWN_AT),
        rounds=60,
    )
    named = f"{TARGETS} targets with {TARGETS * PER_TARGET:,} entries, against fetching the sums"
    return [
        figure(f"as_of a day: {named}", now, sums, goal=2, unit="ms"),
        figure(f"as_of and known_at: {named}", then, sums, goal=2, unit="ms"),
    ]
