from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from commitments.domain.enums import Tier
from commitments.plan_import.files import cells
from commitments.plan_import.files.cells import UnreadableError


@pytest.mark.parametrize(
    ("cell", "raw", "value"),
    [
        (cells.text(5), "五个字以内", "五个字以内"),
        (cells.blank(5), "", ""),
        (cells.code(10), "LIV-SVC-04", "LIV-SVC-04"),
        (cells.pattern("[0-9]{6}"), "610302", "610302"),
        (cells.optional(cells.day), "", None),
        (cells.optional(cells.day), "2023-01-01", date(2023, 1, 1)),
        (cells.codes, "works jobs", ("works", "jobs")),
        (cells.codes, "", ()),
        (cells.word(Tier), "B", Tier.DELIVERABLE),
        (cells.number(), "-0.6", Decimal("-0.6000")),
        (cells.number(2), "40", Decimal("40.00")),
        (cells.whole(0, 28), "0", 0),
        (cells.time_zone, "Asia/Shanghai", "Asia/Shanghai"),
        (cells.moment, "2023-09-28 09:00", datetime(2023, 9, 28, 9)),  # noqa: DTZ001 - local by design
        (cells.yes_no, "Yes", True),
        (cells.yes_no, "false", False),
    ],
)
def test_reads(cell: Callable[[str], object], raw: str, value: object) -> None:
    assert cell(raw) == value


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        (cells.text(5), ""),
        (cells.text(5), "这里有六个字"),
        (cells.code(10), "two words"),
        (cells.code(3), "ABCD"),
        (cells.pattern("[0-9]{6}"), "61030"),
        (cells.word(Tier), "D"),
        (cells.number(), "七千九"),
        (cells.number(), "7,900"),
        (cells.number(), "NaN"),
        (cells.number(), "1e16"),
        (cells.number(2), "33.333"),
        (cells.whole(0, 28), "-1"),
        (cells.whole(0, 28), "1.0"),
        (cells.whole(0, 28), "29"),
        (cells.time_zone, "Asia/Xi'an"),
        (cells.day, "2023-02-30"),
        (cells.moment, "2023-09-28"),
        (cells.yes_no, "maybe"),
    ],
)
def test_says_why_not(cell: Callable[[str], object], raw: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        cell(raw)
    assert refused.value.message % refused.value.params
