"""A past day: every target judged as of it, against the one statement that fetches the data.

This statement reads targets, revisions, stages, months and the newest entries; only the judging is left.
"""

from datetime import UTC, date, datetime

from bench.measure import BenchFigure, figure, medians
from bench.scale import Scale
from bench.tables import add_entries, make_large_plan, settle
from commitments.rollups import refresh
from commitments.rollups.assess import assess_commitments
from commitments.rollups.cases import ALWAYS
from commitments.rollups.sql.cases import READ_NOW, READ_THEN
from commitments.rollups.sql.run import column, fetch_rows

TARGETS, PER_TARGET = 100, 50
ON = date(2023, 6, 14)
KNOWN_AT = datetime(2100, 1, 1, tzinfo=UTC)


def figures(scale: Scale) -> list[BenchFigure]:
    targets, each = scale.size(TARGETS), scale.size(PER_TARGET)
    plan = make_large_plan(targets, year=2060)
    add_entries(plan, 1, each)
    refresh.rebuild_plan(plan, at=datetime(2023, 9, 28, 4, tzinfo=UTC))
    settle()
    commitments = list(plan.commitments.values_list("pk", flat=True))
    given = {"on": ON, "commitments": column(commitments), "first": min(commitments)}
    known_now = given | {"known_at": None, "stated_by": ALWAYS}
    known_then = given | {"known_at": KNOWN_AT, "stated_by": KNOWN_AT}
    now, then, all_now, all_then = medians(
        lambda: assess_commitments(commitments, on=ON),
        lambda: assess_commitments(commitments, on=ON, known_at=KNOWN_AT),
        lambda: fetch_rows(READ_NOW, known_now, prepare=True),
        lambda: fetch_rows(READ_THEN, known_then, prepare=True),
        rounds=scale.rounds(60),
    )
    named = f"{targets} targets with {targets * each:,} entries, against fetching all that is judged"
    return [
        figure(f"as_of a day: {named}", now, all_now, goal=3.5, unit="ms"),
        figure(f"as_of and known_at: {named}", then, all_then, goal=2, unit="ms"),
    ]
