from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments.digests import wording
from commitments.digests.lines import Measure


def measure(**given: object) -> Measure:
    facts: dict[str, object] = {
        "unit": "roads",
        "actual": Decimal("7900.0000"),
        "planned": Decimal("28.1868"),
        "target": Decimal("38.5000"),
        "progress": Decimal("0.5263"),
        "gap": Decimal("-21.54"),
        "due_on": date(2023, 12, 31),
        "held": False,
    }
    return Measure(**facts | given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "written"), [("zh-hans", "2023年9月5日"), ("en", "5 September 2023")])
def test_a_day_is_written_as_people_write_it(language: str, written: str) -> None:
    with override(language):
        assert wording.day(date(2023, 9, 5)) == written


@override("en")
def test_figures_name_actual_planned_and_target() -> None:
    assert measure().figures == "Done: 7,900 roads; planned by now: 28.2 roads; target: 38.5 roads"
    assert measure(actual=None).figures == "Nothing reported; planned by now: 28.2 roads; target: 38.5 roads"
    assert measure(actual=Decimal(0)).figures.startswith("Done: 0 roads")


@override("en")
@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({}, "21.5 points behind"),
        ({"gap": None}, ""),
        ({"gap": Decimal(0)}, ""),
        ({"held": True}, ""),
    ],
)
def test_points_behind_are_told_only_where_they_say_something(given: dict[str, object], written: str) -> None:
    assert measure(**given).behind == written


@pytest.mark.parametrize(("progress", "percent"), [(None, 0), ("-0.5", 0), ("0.5263", 52), ("1.7", 100)])
def test_a_bar_is_never_longer_than_its_place(progress: str | None, percent: int) -> None:
    assert measure(progress=progress and Decimal(progress)).percent == percent
