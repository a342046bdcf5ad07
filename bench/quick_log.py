"""The cost of the quick-log's sheet: as many statements for 200 targets as for 20."""

from datetime import date

from django.test import Client
from django.urls import reverse

from bench.entry import drain
from bench.measure import BenchFigure, figure, medians
from bench.scale import Scale
from commitments.models import Agency, Plan
from tests.factories import (
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_priority,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
FEW, MANY = 20, 200
MOST_MILLISECONDS = 1000


def figures(scale: Scale) -> list[BenchFigure]:
    few, many = (_sheet(year, scale.size(size), scale) for year, size in ((2190, FEW), (2191, MANY)))
    return [
        figure(
            f"the quick-log's sheet of {MANY} targets, against one of {FEW}",
            many[0],
            few[0],
            goal=1,
            unit="statements",
        ),
        figure(f"the quick-log's sheet of {MANY} targets", many[1], MOST_MILLISECONDS, goal=1, unit="ms"),
    ]


def _sheet(year: int, size: int, scale: Scale) -> tuple[int, float]:
    """Return the statements of the second look, and the milliseconds of a later one."""
    plan = make_plan(year=year, starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))
    agency = make_agency()
    _fill(plan, agency, size)
    drain()
    client = Client()
    client.force_login(make_user())
    address = f"{reverse('staff:quick_log')}?plan={plan.code}&agency={agency.code}"

    def look() -> None:
        answer = client.get(address)
        if answer.status_code != 200 or answer.content.count(b'<th scope="row">') != size:
            raise RuntimeError(f"the sheet of {size} targets is not there")

    look()
    with statements() as sent:
        look()
    (taken,) = medians(look, rounds=scale.rounds(5))
    return len(sent), taken


def _fill(plan: Plan, agency: Agency, size: int) -> None:
    """Add in turn a target that is reported, one that is not, and a stage that is due."""
    priority = make_priority(plan)
    for number in range(size):
        commitment = make_commitment(plan, priority=priority, lead_agency=agency, code=f"Q-{number}")
        if number % 3 == 2:
            make_staged_target(commitment, AUGUST)
            continue
        target = make_target(commitment)
        make_counted_entry(target, 10, JULY)
        if number % 3 == 0:
            make_entry(target, 12, AUGUST)
