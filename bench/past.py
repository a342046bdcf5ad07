"""A past day: every target judged as of it, against the statements that fetch the data.

They read targets, revisions, stages, months, the newest entries and the reports beside figures; only the judging
is left. A day as known now has its reports as known at its end, so both are fetched.
"""

from datetime import UTC, date, datetime
from typing import Any

from bench.measure import BenchFigure, figure, medians
from bench.scale import Scale
from bench.tables import add_entries, make_large_plan, settle
from commitments.rollups import refresh
from commitments.rollups.assess import assess_commitments, with_duties
from commitments.rollups.cases import ALWAYS, Row
from commitments.rollups.snapshots import end_of
from commitments.rollups.sql.cases import READ_NOW, READ_THEN, REPORTS_NOW, REPORTS_THEN
from commitments.rollups.sql.run import column, fetch_rows

TARGETS, PER_TARGET = 100, 50
ON = date(2023, 6, 14)


def figures(scale: Scale) -> list[BenchFigure]:
    targets, each = scale.size(TARGETS), scale.size(PER_TARGET)
    plan = make_large_plan(targets, year=2060)
    add_entries(plan, 1, each)
    refresh.rebuild_plan(plan, at=datetime(2023, 9, 28, 4, tzinfo=UTC))
    settle()
    commitments = list(plan.commitments.values_list("pk", flat=True))
    given = {"on": ON, "commitments": column(commitments), "first": min(commitments)}
    known_now = given | {"known_at": None, "stated_by": ALWAYS}
    at = end_of(ON, plan.time_zone)
    known_then = given | {"known_at": at, "stated_by": at}
    now, then, all_now, all_then = medians(
        lambda: with_duties(
            assess_commitments(commitments, on=ON), assess_commitments(commitments, on=ON, known_at=at)
        ),
        lambda: assess_commitments(commitments, on=ON, known_at=at),
        lambda: [*_fetch(READ_NOW, REPORTS_NOW, known_now), *_fetch(READ_THEN, REPORTS_THEN, known_then)],
        lambda: _fetch(READ_THEN, REPORTS_THEN, known_then),
        rounds=scale.rounds(60),
    )
    named = f"{targets} targets with {targets * each:,} entries, against fetching all that is judged"
    return [
        figure(f"as_of a day: {named}", now, all_now, goal=3.5, unit="ms"),
        figure(f"as_of and known_at: {named}", then, all_then, goal=2, unit="ms"),
    ]


def _fetch(facts: str, reports: str, given: dict[str, Any]) -> list[Row]:
    return [*fetch_rows(facts, given, prepare=True), *fetch_rows(reports, given, prepare=True)]
