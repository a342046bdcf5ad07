from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments.digests.items import DigestItem, TargetMeasure
from commitments.domain.enums import Status


def measure(progress: Decimal | None) -> TargetMeasure:
    return TargetMeasure("target 38 roads", progress, None, date(2023, 12, 31))


@pytest.mark.parametrize(("progress", "percent"), [(None, 0), ("-0.5", 0), ("0.5263", 52), ("1.7", 100)])
def test_a_bar_is_never_longer_than_its_place(progress: str | None, percent: int) -> None:
    assert measure(Decimal(progress) if progress else None).percent == percent


@override("en")
def test_a_due_day_is_written_as_people_write_it() -> None:
    assert measure(None).due == "31 December 2023"


def line(why: str, measure: TargetMeasure | None) -> DigestItem:
    return DigestItem("LIV-SVC-04", "Roads", "Works", Status.NOT_ACHIEVED, why, measure)


@pytest.mark.parametrize(
    ("why", "details"),
    [
        ("Nothing reported.", ["target 38 roads", "due 31 December 2023"]),
        ("Not reached by 31 December 2023: now 30 roads, target 38.", ["target 38 roads"]),
    ],
)
@override("en")
def test_a_due_day_that_the_reason_names_is_not_told_twice(why: str, details: list[str]) -> None:
    assert line(why, measure(None)).details == details


def test_what_cannot_be_measured_has_no_details() -> None:
    assert line("Nothing to measure.", None).details == []
