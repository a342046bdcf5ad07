"""One page of a large plan through the API.

In the plan's order it stands against the only page of a small plan. By status it stands against the plain statement
that selects its rows with their roll-ups.
"""

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
      WHERE c.plan_id = %(plan)s ORDER BY r.status, c.id LIMIT %(size)s) c
LEFT JOIN commitments_commitmentrollup cr ON cr.commitment_id = c.id
LEFT JOIN commitments_target t ON t.commitment_id = c.id LEFT JOIN commitments_targetrollup tr ON tr.target_id = t.id
"""
IN_ORDER, BY_STATUS = "", "&ordering=status"


def figures(scale: Scale) -> list[BenchFigure]:
    size, rounds = scale.size(A_PAGE), scale.rounds(15)
    large, small = _plan(scale.size(COMMITMENTS), year=2200), _plan(size, year=2201)
    settle()
    ordered, alone, sorted_by_status, selected = medians(
        _read(large, size, IN_ORDER),
        _read(small, size, IN_ORDER),
        _read(large, size, BY_STATUS),
        lambda: execute(PLAIN, plan=large.pk, size=size),
        rounds=rounds,
    )
    name = f"a page of {size} among {large.commitments.count():,}"
    return [
        # An index gives the rows in the plan's order; to count them is all that grows with the plan.
        figure(f"{name}, in the plan's order", ordered, alone, goal=1.5, unit="ms"),
        figure(f"{name}, by status", sorted_by_status, selected, goal=5, unit="ms"),
        *(
            figure(f"{name}, {words}", *_statements(large, small, size, query), goal=1, unit="statements")
            for words, query in (("in the plan's order", IN_ORDER), ("by status", BY_STATUS))
        ),
    ]


def _plan(commitments: int, *, year: int) -> Plan:
    plan = make_large_plan(commitments, year=year)
    refresh.refresh_plan(plan, at=AT)
    return plan


def _statements(large: Plan, small: Plan, size: int, query: str) -> list[int]:
    sent = []
    for plan in (large, small):
        with statements() as found:
            _read(plan, size, query)()
        sent.append(len(found))
    return sent


def _read(plan: Plan, size: int, query: str) -> Callable[[], None]:
    client, address = Client(), ADDRESS.format(code=plan.code, size=size, order=query)

    def read() -> None:
        answer = client.get(address)
        if answer.status_code != 200 or len(answer.json()["results"]) != size:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return read
