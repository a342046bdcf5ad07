"""One page of a large plan through the API, against the plain statement that selects its rows with their roll-ups."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client

from bench.measure import BenchFigure, figure, medians
from bench.scale import Scale
from bench.tables import execute, make_large_plan, settle
from commitments.models import Plan
from commitments.rollups import refresh
from tests.sql import statements

COMMITMENTS, A_PAGE = 100_000, 100
AT = datetime(2023, 9, 28, 4, tzinfo=UTC)
ADDRESS = "/api/v1/commitments/?plan={code}&page_size={size}{order}"
# A commitment that is not judged yet is a row of the list too, hence the outer joins.
PLAIN = """
SELECT c.*, cr.*, t.*, tr.*
FROM (SELECT c.* FROM commitments_commitment c LEFT JOIN commitments_commitmentrollup r ON r.commitment_id = c.id
      WHERE c.plan_id = %(plan)s ORDER BY {order} LIMIT %(size)s) c
LEFT JOIN commitments_commitmentrollup cr ON cr.commitment_id = c.id
LEFT JOIN commitments_target t ON t.commitment_id = c.id LEFT JOIN commitments_targetrollup tr ON tr.target_id = t.id
"""
# Name, address and SQL of each order.
ORDERS = (("the plan's order", "", "c.position, c.id"), ("by status", "&ordering=status", "r.status, c.id"))


def figures(scale: Scale) -> list[BenchFigure]:
    size = scale.size(A_PAGE)
    large, small = _plan(scale.size(COMMITMENTS), year=2200), _plan(size, year=2201)
    settle()
    return [
        each
        for name, query, order in ORDERS
        for each in (
            _time(large, size, name, query, order, rounds=scale.rounds(15)),
            _statements(large, small, size, name, query),
        )
    ]


def _plan(commitments: int, *, year: int) -> Plan:
    plan = make_large_plan(commitments, year=year)
    refresh.refresh_plan(plan, at=AT)
    return plan


def _time(plan: Plan, size: int, name: str, query: str, order: str, *, rounds: int) -> BenchFigure:
    plain = PLAIN.format(order=order)
    ours, floor = medians(
        _read(plan, size, query), lambda: execute(plain, plan=plan.pk, size=size), rounds=rounds
    )
    return figure(f"a page of {size} {_among(plan)}, {name}", ours, floor, goal=5, unit="ms")


def _statements(large: Plan, small: Plan, size: int, name: str, query: str) -> BenchFigure:
    sent = []
    for plan in (large, small):
        with statements() as found:
            _read(plan, size, query)()
        sent.append(len(found))
    return figure(
        f"a page of {size} {_among(large)}, {name}, against {_among(small)}", *sent, goal=1, unit="statements"
    )


def _among(plan: Plan) -> str:
    return f"among {plan.commitments.count():,}"


def _read(plan: Plan, size: int, query: str) -> Callable[[], None]:
    client, address = Client(), ADDRESS.format(code=plan.code, size=size, order=query)

    def read() -> None:
        answer = client.get(address)
        if answer.status_code != 200 or len(answer.json()["results"]) != size:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return read
