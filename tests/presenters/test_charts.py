from decimal import Decimal

import pytest

from commitments.domain.enums import Status
from commitments.presenters.charts import Bullet, bullet, stacked


@pytest.mark.parametrize(
    ("actual", "planned", "target", "drawn"),
    [
        (26, 15, 30, Bullet("0.00%", "86.67%", "50.00%", "100.00%")),
        (None, 15, 30, Bullet("0.00%", "0.00%", "50.00%", "100.00%")),
        (40, 30, 20, Bullet("0.00%", "100.00%", "75.00%", "50.00%")),
        (-5, 5, 5, Bullet("0.00%", "50.00%", "100.00%", "100.00%")),
        (0, 0, 0, Bullet("0.00%", "0.00%", "0.00%", "0.00%")),
    ],
)
def test_a_bullet_shows_all_on_a_scale_with_zero(
    actual: int | None, planned: int, target: int, drawn: Bullet
) -> None:
    value = None if actual is None else Decimal(actual)
    assert bullet(value, Decimal(planned), Decimal(target)) == drawn


def test_a_stacked_bar_is_whole_and_in_the_order_of_the_statuses() -> None:
    parts = stacked({Status.OFF_TRACK: 1, Status.ACHIEVED: 3, Status.NO_DATA: 0})
    assert [tuple(part) for part in [(p.status, p.start, p.length) for p in parts]] == [
        (Status.ACHIEVED, "0.00%", "75.00%"),
        (Status.OFF_TRACK, "75.00%", "25.00%"),
    ]


def test_shares_that_are_rounded_fill_the_bar() -> None:
    parts = stacked({Status.ACHIEVED: 1, Status.ON_TRACK: 1, Status.OFF_TRACK: 1})
    assert [part.length for part in parts] == ["33.34%", "33.33%", "33.33%"]


def test_nothing_counted_makes_no_bar() -> None:
    assert stacked({}) == []
