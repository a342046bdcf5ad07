"""The cost of reading: the public page and the API at two sizes."""

from itertools import product

from django.test import Client

from bench.entry import drain
from bench.measure import BenchFigure, figure
from bench.scale import Scale
from tests.factories import make_agency, make_commitment, make_plan, make_priority, make_target
from tests.sql import statements

READS = {
    "the public page": "/en/plans/{code}/",
    "the API's list": "/api/v1/commitments/?plan={code}&page_size=1000",
}
MOST_STATEMENTS = 12


def figures(scale: Scale) -> list[BenchFigure]:
    reads = product((10, scale.size(500)), READS.items())
    return [_statements(name, path, size, year=2100 + n) for n, (size, (name, path)) in enumerate(reads)]


def _statements(name: str, path: str, size: int, *, year: int) -> BenchFigure:
    plan = make_plan(year=year)
    priority, agency = make_priority(plan), make_agency()
    for number in range(size):
        make_target(make_commitment(plan, priority=priority, lead_agency=agency, code=f"C-{number}"))
    drain()
    client = Client()
    with statements() as sent:
        answer = client.get(path.format(code=plan.code))
    if answer.status_code != 200:
        raise RuntimeError(f"{name} answered {answer.status_code}")
    return figure(f"{name}, {size} commitments", len(sent), MOST_STATEMENTS, goal=1, unit="statements")
