"""Reports in words; lists in general are tested in `test_lists` and `test_contract`."""

from datetime import date
from typing import Any

import pytest

from commitments.actions import ledger
from commitments.domain.enums import NoFigure
from tests.api.conftest import Get
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_counted_narrative,
    make_narrative,
    make_plan,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
AUGUST = date(2023, 8, 31)


def test_words_that_count_are_published_without_their_author(get: Get) -> None:
    commitment = make_commitment()
    entry = make_counted_narrative(commitment, problems="征地未完成", next_steps="十月开工")
    assert get("narratives/")["results"] == [
        {
            "id": entry.pk,
            "plan": "610302-2023",
            "commitment": commitment.code,
            "target": None,
            "effective_on": "2023-09-28",
            "no_figure": None,
            "no_figure_label": None,
            "progress": "已完成前期工作。",
            "problems": "征地未完成",
            "next_steps": "十月开工",
            "counted_from": "2023-09-28T12:00:00+08:00",
            "sample": False,
        }
    ]


@pytest.mark.parametrize(
    ("lang", "label"), [("en", "No figure: not published yet"), ("zh-hans", "本期无数据：尚未发布")]
)
def test_the_reason_for_no_figure_is_told_in_the_asked_language(lang: str, label: str, get: Get) -> None:
    target = make_target()
    make_counted_narrative(target.commitment, target=target, no_figure=NoFigure.NOT_PUBLISHED, progress="")
    [row] = get("narratives/", lang=lang)["results"]
    assert (row["target"], row["no_figure"], row["no_figure_label"]) == (target.code, "not_published", label)


def test_words_in_review_returned_or_withdrawn_are_not_published(get: Get) -> None:
    commitment, office = make_commitment(), make_user()
    make_narrative(commitment)
    ledger.return_(entry=make_narrative(commitment), reason="请写具体", by=office, at=NOON)
    ledger.withdraw(entry=make_narrative(commitment), reason="重复", by=office, at=NOON)
    assert get("narratives/")["count"] == 0


def test_figures_are_no_narratives_and_narratives_no_figures(get: Get) -> None:
    target = make_target()
    figure = make_counted_entry(target, 40)
    words = make_counted_narrative(target.commitment, target=target)
    assert [row["id"] for row in get("progress/")["results"]] == [figure.pk]
    assert [row["id"] for row in get("narratives/")["results"]] == [words.pk]


@pytest.mark.parametrize(
    "asked",
    [
        {"plan": "610302-2023"},
        {"commitment": "A-01"},
        {"target": "A-01-T"},
        {"lead_agency": "housing"},
        {"sample": "true"},
        {"effective_on_after": "2023-08-31"},
        {"counted_since": "2023-09-28T04:00:00Z"},
        {"search": "选址"},
    ],
)
def test_words_are_found_by_what_they_are_about(asked: dict[str, str], get: Get) -> None:
    wanted = make_commitment(code="A-01", lead_agency=make_agency(code="housing"))
    target = make_target(wanted, code="A-01-T")
    found = make_counted_narrative(wanted, AUGUST, target=target, progress="已完成选址", is_sample=True)
    other = make_commitment(make_plan(year=2022), title="其他", lead_agency=make_agency(code="water"))
    make_counted_narrative(other, date(2022, 8, 31), at=NOON.replace(year=2022))
    assert [row["id"] for row in get("narratives/", **asked)["results"]] == [found.pk]


def test_words_are_listed_in_the_asked_order(get: Get) -> None:
    commitment = make_commitment()
    for day in (AUGUST, date(2023, 9, 1), date(2023, 7, 1)):
        make_counted_narrative(commitment, day)
    rows: list[dict[str, Any]] = get(
        "narratives/", ordering="effective_on", effective_on_before="2023-08-31"
    )["results"]
    assert [row["effective_on"] for row in rows] == ["2023-07-01", "2023-08-31"]


def test_the_index_leads_to_them(get: Get) -> None:
    assert get("")["narratives"].endswith("/api/v1/narratives/")
