from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.domain.shares import shares

COUNTS = st.lists(st.integers(0, 100), min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([1, 1, 1], ["0.3334", "0.3333", "0.3333"]),
        ([1, 0, 5], ["0.1667", "0", "0.8333"]),
        ([0, 0], ["0", "0"]),
        ([3], ["1"]),
    ],
)
def test_the_largest_remainders_are_raised(counts: list[int], expected: list[str]) -> None:
    assert shares(counts, 4) == [Decimal(share) for share in expected]


@given(COUNTS)
def test_shares_of_something_add_up_to_one(counts: list[int]) -> None:
    assert sum(shares(counts, 4)) == (1 if any(counts) else 0)


@given(COUNTS)
def test_no_share_is_off_by_as_much_as_its_last_place(counts: list[int]) -> None:
    total = sum(counts) or 1
    for count, share in zip(counts, shares(counts, 4), strict=True):
        assert abs(share - Decimal(count) / total) < Decimal("0.0001")
