"""A published method stays as it is; the rule set names the one that judges."""

from commitments.domain import flags, trajectory
from commitments.domain.methods import METHODS

ORDER_OF_1 = [
    "if_dropped",
    "if_reached",
    "if_silent",
    "if_closed",
    "if_maintained",
    "if_final",
    "if_staged",
]


def test_method_1_keeps_its_rules_in_their_order() -> None:
    assert [(rule.__module__, rule.__name__) for rule in METHODS[1].rules] == [
        ("commitments.domain.status", name) for name in ORDER_OF_1
    ]


def test_method_1_keeps_its_plan_line_and_its_flags() -> None:
    assert METHODS[1].line is trajectory.planned
    assert METHODS[1].flags is flags.flags
