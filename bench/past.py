"""What a past day costs: every target of a plan judged as of it, against fetching the sums alone.

And against the one statement that fetches all that the judgement takes: targets, revisions, stages, months, newest
entries. What is left is the judging itself.
"""

from datetime import UTC, date, datetime

from bench.measure import Figure, figure, medians
from bench.tables import add_entries, execute, make_large_plan, settle
from commitments.rollups import refresh
from commitments.rollups.assess import assess_commitments
from commitments.rollups.cases import ALWAYS
from commitments.rollups.sql import column, rows
from commitments.rollups.statements import READ_NOW, READ_THEN

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
    given = {"on": ON, "commitments": column(commitments), "first": min(commitments)}
    known_now = given | {"known_at": None, "stated_by": ALWAYS}
    known_then = given | {"known_at": KNOWN_AT, "stated_by": KNOWN_AT}
    now, then, sums, all_now, all_then = medians(
        lambda: assess_commitments(commitments, on=ON),
        lambda: assess_commitments(commitments, on=ON, known_at=KNOWN_AT),
        lambda: execute(SUMS, targets=targets, on=ON, known_at=KNOWN_AT),
        lambda: rows(READ_NOW, known_now, prepare=True),
        lambda: rows(READ_THEN, known_then, prepare=True),
        rounds=60,
    )
    named = f"{TARGETS} targets with {TARGETS * PER_TARGET:,} entries, against fetching"
    return [
        figure(f"as_of a day: {named} the sums", now, sums, goal=2, unit="ms"),
        figure(f"as_of and known_at: {named} the sums", then, sums, goal=2, unit="ms"),
        figure(f"as_of a day: {named} all that is judged", now, all_now, goal=2, unit="ms"),
        figure(f"as_of and known_at: {named} all that is judged", then, all_then, goal=2, unit="ms"),
    ]
