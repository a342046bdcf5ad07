"""What reading costs: the public page and the API at two sizes."""

from django.test import Client

from bench.entry import drain
from bench.measure import Figure, figure
from tests.factories import make_agency, make_commitment, make_plan, make_priority, make_target
from tests.sql import statements

READS = {
    "the public page": "/en/plans/{code}/",
    "the API's list": "/api/v1/commitments/?plan={code}&page_size=1000",
}
MOST_STATEMENTS = 12


def figures() -> list[Figure]:
    return [_statements(name, path, size) for size in (10, 500) for name, path in READS.items()]


def _statements(name: str, path: str, size: int) -> Figure:
    plan = make_plan(year=2100 + size + len(name))
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
