"""The newest approved words of each commitment on the public page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.actions import ledger
from commitments.actions.proposals import ProposedNarrative
from commitments.domain.enums import NoFigure, Tier
from commitments.models import Commitment, ProgressEntry
from commitments.rollups import read
from tests.dashboard.plans import judged
from tests.dashboard.test_plan_page import html, row, words
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_counted_entry,
    make_counted_narrative,
    make_narrative,
    make_plan,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
CODE = "LIV-SVC-04"


@pytest.fixture
def direction() -> Commitment:
    return make_commitment(code=CODE, tier=Tier.DIRECTION)


def told(commitment: Commitment, at: read.At = read.NOW) -> ProgressEntry | None:
    """Return the entry that is shown for the commitment."""
    judged(commitment.plan)
    states = read.state(read.of_plan(commitment.plan), at)
    return read.newest_words(commitment.plan, states, at).get(commitment.pk)


def test_a_direction_shows_its_words_with_their_day(client: Client, direction: Commitment) -> None:
    make_counted_narrative(direction, AUGUST, progress="已完成选址。")
    judged(direction.plan)
    assert "文字进展 2023-08-31 已完成选址。" in row(client, CODE)


def test_short_words_are_not_folded(client: Client, direction: Commitment) -> None:
    make_counted_narrative(direction, progress="已完成选址。")
    judged(direction.plan)
    assert "<details>" not in html(client)


def test_longer_words_are_folded_behind_their_first_sentence(client: Client, direction: Commitment) -> None:
    make_counted_narrative(
        direction, progress="已完成选址。正在征地。", problems="资金未到位。", next_steps="十月开工。"
    )
    judged(direction.plan)
    page = html(client)
    summary = page.split("<summary>")[1].split("</summary>")[0]
    assert "已完成选址。</span>" in summary
    assert "正在征地" not in summary
    assert "进展 已完成选址。正在征地。 问题 资金未到位。 下一步措施 十月开工。" in row(client, CODE)


@pytest.mark.parametrize("url", ["/", "/en/"])
def test_words_say_their_own_language(client: Client, direction: Commitment, url: str) -> None:
    make_counted_narrative(direction, progress="已完成选址。")
    judged(direction.plan)
    assert '<span lang="zh-Hans">已完成选址。</span>' in html(client, url)


def test_the_reason_for_no_figure_is_told(client: Client) -> None:
    target = make_target(make_commitment(code=CODE))
    make_counted_narrative(
        target.commitment, AUGUST, target=target, no_figure=NoFigure.NOT_PUBLISHED, progress=""
    )
    judged(target.commitment.plan)
    assert "No figure: not published yet 2023-08-31" in row(client, CODE, "/en/")


def test_beside_several_targets_words_name_theirs(client: Client) -> None:
    commitment = make_commitment(code=CODE)
    make_target(commitment)
    other = make_target(commitment, code="LIV-SVC-04-S", title="加装电梯", headline=False)
    make_counted_narrative(commitment, target=other, progress="已完成选址。")
    judged(commitment.plan)
    assert "文字进展 2023-09-28 加装电梯 已完成选址。" in row(client, CODE)


def test_words_are_marked_as_sample_and_put_a_note_on_the_page(client: Client, direction: Commitment) -> None:
    make_counted_narrative(direction, is_sample=True)
    judged(direction.plan)
    assert "示例数据" in row(client, CODE)
    assert "不反映实际工作情况" in words(client)


@pytest.mark.parametrize("state", ["pending", "returned", "withdrawn"])
def test_words_that_do_not_count_are_not_shown(direction: Commitment, state: str) -> None:
    entry, office = make_narrative(direction), make_user()
    if state == "returned":
        ledger.return_(entry=entry, reason="请写具体", by=office, at=NOON)
    if state == "withdrawn":
        ledger.withdraw(entry=entry, reason="重复", by=office, at=NOON)
    assert told(direction) is None


def test_the_newest_words_are_shown(direction: Commitment) -> None:
    newest = make_counted_narrative(direction, AUGUST)
    make_counted_narrative(direction, JULY)
    assert told(direction) == newest


@pytest.mark.parametrize(
    ("on", "progress", "shown"),
    [(TODAY, "又改造5个。", False), (TODAY, "", True), (AUGUST, "又改造5个。", True), (JULY, "改造。", True)],
)
def test_later_words_beside_a_figure_take_their_place(on: date, progress: str, shown: bool) -> None:
    target = make_target()
    make_counted_narrative(target.commitment, AUGUST)
    make_counted_entry(target, 40, on, progress=progress)
    assert (told(target.commitment) is not None) is shown


@pytest.mark.parametrize(("on", "shown"), [(JULY, True), (AUGUST, False), (TODAY, False)])
def test_a_figure_answers_the_reason_for_having_none(on: date, shown: bool) -> None:
    target = make_target()
    nothing: dict[str, Any] = {"target": target, "no_figure": NoFigure.NOT_PUBLISHED, "progress": ""}
    make_counted_narrative(target.commitment, AUGUST, **nothing)
    make_counted_entry(target, 40, on)
    assert (told(target.commitment) is not None) is shown


def test_figures_of_another_target_leave_words_shown() -> None:
    target = make_target()
    other = make_target(target.commitment, code="B")
    said = make_counted_narrative(target.commitment, AUGUST, target=target)
    make_counted_entry(other, 40, progress="又改造5个。")
    assert told(target.commitment) == said


def test_a_past_day_shows_the_words_of_then(client: Client, direction: Commitment) -> None:
    make_counted_narrative(direction, JULY, progress="正在选址。")
    make_counted_narrative(direction, AUGUST, progress="已完成选址。")
    judged(direction.plan)
    assert "文字进展 2023-07-31 正在选址。" in row(client, CODE, "/?as_of=2023-08-15")
    assert "文字进展" not in words(client, "/?as_of=2023-07-15")


def test_words_are_read_as_known_at_an_instant(direction: Commitment) -> None:
    first = make_counted_narrative(direction, AUGUST)
    later = NOON + timedelta(hours=1)
    better = ProposedNarrative(commitment=direction, effective_on=AUGUST, progress="已开工。")
    second = ledger.correct(first, better, by=make_user(), at=later)
    ledger.approve(entry=second, by=make_user(), at=later)
    before, at = NOON - timedelta(hours=1), NOON + timedelta(minutes=5)
    found = [told(direction, read.AsOf(direction.plan, TODAY, known)) for known in (before, at, later, None)]
    assert found == [None, first, second, second]


@pytest.mark.parametrize("size", [3, 30])
def test_words_take_the_same_queries_at_any_number(client: Client, size: int) -> None:
    plan = make_plan()
    for number in range(size):
        target = make_target(make_commitment(plan, code=f"C-{number}"))
        make_counted_entry(target, 40)
        make_counted_narrative(target.commitment, target=target)
    judged(plan)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    assert len(queries) == 7


def test_no_row_of_the_table_is_left_without_its_name(client: Client) -> None:
    target = make_target(make_commitment(code=CODE))
    make_counted_entry(target, 40)
    make_counted_narrative(target.commitment)
    judged(target.commitment.plan)
    part = html(client).split(f'<tbody id="{CODE}"')[1].split("</tbody>")[0]
    assert f'rowspan="{part.count("<tr")}"' in part
