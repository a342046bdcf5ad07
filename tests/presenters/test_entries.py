from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments.domain.enums import Accumulation
from commitments.models import Milestone, ProgressEntry, Target
from commitments.presenters.entries import format_bare, format_entry, format_with_unit


def target(accumulation: Accumulation = Accumulation.RUNNING_TOTAL) -> Target:
    return Target(accumulation=accumulation, unit="个", unit_en="communities")


@pytest.mark.parametrize(
    ("entry", "chinese", "english"),
    [
        (ProgressEntry(target=target(), value=Decimal("1040.50")), "1,040.5个", "1,040.5 communities"),
        (ProgressEntry(target=target(Accumulation.INCREMENTS), value=Decimal(5)), "+5个", "+5 communities"),
        (
            ProgressEntry(target=target(Accumulation.INCREMENTS), value=Decimal(-5)),
            "\N{MINUS SIGN}5个",
            "\N{MINUS SIGN}5 communities",
        ),
        (
            ProgressEntry(
                target=target(),
                value=Decimal(1),
                milestone=Milestone(title="开工", title_en="Start", weight=Decimal(50)),
            ),
            "开工",
            "Start",
        ),
        (
            ProgressEntry(target=target(), value=Decimal(2), denominator=Decimal(3)),
            "2 / 3 (66.7%)",
            "2 / 3 (66.7%)",
        ),
    ],
)
def test_an_entry_is_read_with_its_unit(entry: ProgressEntry, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert format_entry(entry) == chinese
    with override("en"):
        assert format_entry(entry) == english


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (1999, 2000, "1,999 / 2,000 (99.95%)"),
        (99999, 100000, "99,999 / 100,000 (99.999%)"),
        (2000, 2000, "2,000 / 2,000 (100%)"),
        (10001, 10000, "10,001 / 10,000 (100.01%)"),
        (1, 3, "1 / 3 (33.3%)"),
    ],
)
def test_a_share_is_never_rounded_to_the_whole(numerator: int, denominator: int, shown: str) -> None:
    assert format_bare(Decimal(numerator), Decimal(denominator)) == shown


def test_beside_another_figure_the_unit_is_left_out() -> None:
    assert format_bare(Decimal("40.0000")) == "40"


@override("en")
def test_a_sum_has_no_sign() -> None:
    assert format_with_unit(target(Accumulation.INCREMENTS), Decimal(5)) == "5 communities"
