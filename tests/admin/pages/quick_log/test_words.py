"""Words on the sheet: of commitments without targets, of stages, beside a figure that stays due, or in its place."""

import pytest
from django.test import Client

from commitments.actions import ledger
from commitments.domain.enums import NoFigure
from commitments.models import Agency, EntryDraft, Plan, ProgressEntry, User
from tests.admin.pages.quick_log.posting import AUGUST, JULY, by_code, look, post
from tests.factories import (
    NOON,
    make_commitment,
    make_counted_entry,
    make_narrative,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WORDS = {"progress": "已召开座谈会", "problems": "人手不足", "next_steps": "下月培训"}


def test_a_commitment_without_targets_is_reported_on_in_words(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    direction = make_commitment(plan, lead_agency=agency)
    line = by_code(post(browser, {f"c{direction.pk}": WORDS}))[direction.code]
    entry = ProgressEntry.objects.get()
    assert (entry.commitment, entry.target, entry.effective_on, entry.recorded_by) == (
        direction, None, AUGUST, clerk
    )  # fmt: skip
    assert (entry.progress, entry.problems, entry.next_steps) == ("已召开座谈会", "人手不足", "下月培训")
    assert (line.state, line.listed[0].value) == ("In review", "In words")


def test_a_commitment_without_targets_shows_no_figures(browser: Client, plan: Plan, agency: Agency) -> None:
    direction = make_commitment(plan, lead_agency=agency, title_en="Better service")
    line = look(browser)[direction.code]
    assert (line.title, line.commitment_title, line.state) == ("Better service", "", "Nothing due")
    assert (line.previous, line.expected, line.goal, line.main.no_figures) == ("", "", "", [])


def test_more_words_may_follow(browser: Client, plan: Plan, agency: Agency) -> None:
    direction = make_commitment(plan, lead_agency=agency)
    make_narrative(direction, AUGUST)
    line = look(browser)[direction.code]
    assert line.enters_again
    post(browser, {f"c{direction.pk}": WORDS | {"seen": line.typed.seen}})
    assert ProgressEntry.objects.count() == 2


def test_the_same_words_are_recorded_once(browser: Client, plan: Plan, agency: Agency) -> None:
    direction = make_commitment(plan, lead_agency=agency)
    places = {f"c{direction.pk}": WORDS}
    post(browser, places)
    line = by_code(post(browser, places))[direction.code]
    assert line.errors == ["Already reported; nothing was added."]
    assert (ProgressEntry.objects.count(), EntryDraft.objects.count()) == (1, 0)


@pytest.mark.parametrize("is_done", [False, True])
def test_a_row_of_stages_takes_words_in_any_period(
    browser: Client, plan: Plan, agency: Agency, is_done: bool
) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), JULY)
    if is_done:
        make_counted_entry(target, 1, JULY, milestone=target.milestones.get())
    line = by_code(post(browser, {target.pk: WORDS}))[target.code]
    entry = ProgressEntry.objects.narratives().get()
    assert (entry.target, entry.progress) == (target, "已召开座谈会")
    assert line.state == "In review"


def test_words_beside_a_figure_that_is_due_leave_it_due(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_target(make_commitment(plan, lead_agency=agency))
    line = by_code(post(browser, {target.pk: WORDS}))[target.code]
    assert (line.state, [report.value for report in line.listed]) == ("Due", ["In words"])
    assert line.enters_inline


def test_the_check_says_that_words_leave_the_figure_due(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_target(make_commitment(plan, lead_agency=agency))
    sent = {"ends_on": "2023-08-31", "rows": {target.pk: {"progress": "正在核实"}}}
    answer = browser.post("/admin/log/drafts/?period=2023-08", sent, content_type="application/json").json()[
        "rows"
    ][str(target.pk)]
    assert (answer["errors"], answer["hints"]) == ([], ["Recorded as words alone: the figure stays due."])


@pytest.mark.parametrize("reason", NoFigure)
def test_a_figure_may_be_missing_for_a_reason(
    browser: Client, plan: Plan, agency: Agency, reason: NoFigure
) -> None:
    target = make_target(make_commitment(plan, lead_agency=agency))
    line = by_code(post(browser, {target.pk: {"no_figure": reason.value}}))[target.code]
    entry = ProgressEntry.objects.get()
    assert (entry.target, entry.no_figure, entry.value) == (target, reason, None)
    assert line.state == "In review"


def test_a_missing_figure_is_reported_once(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_target(make_commitment(plan, lead_agency=agency))
    for _ in range(2):
        line = by_code(post(browser, {target.pk: {"no_figure": "nothing_new"}}))[target.code]
    assert line.errors == ["Already reported; nothing was added."]
    assert ProgressEntry.objects.count() == 1


def test_a_figure_published_later_is_reported_beside(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_target(make_commitment(plan, lead_agency=agency))
    make_narrative(target.commitment, AUGUST, target=target, no_figure=NoFigure.NOT_PUBLISHED)
    line = look(browser)[target.code]
    post(browser, {target.pk: {"value": "5", "seen": line.typed.seen}})
    assert ProgressEntry.objects.figures().get().value == 5


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"no_figure": "not_published", "value": "5"}, "Choose “no figure” or enter a value, not both."),
        ({"no_figure": "tired"}, "Choose why there is no figure."),
    ],
)
def test_no_figure_is_refused_where_it_makes_no_sense(
    browser: Client, plan: Plan, agency: Agency, typed: dict[str, str], said: str
) -> None:
    target = make_target(make_commitment(plan, lead_agency=agency))
    assert by_code(post(browser, {target.pk: typed}))[target.code].errors == [said]
    assert not ProgressEntry.objects.exists()


def test_a_stage_cannot_be_without_a_figure(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST)
    line = by_code(post(browser, {target.pk: {"no_figure": "nothing_new"}}))[target.code]
    assert line.errors == ["Only a target with figures can have none for a period."]
    assert look(browser)[target.code].main.no_figures == []


def test_who_comes_second_with_words_adds_nothing(
    browser: Client, plan: Plan, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others report after the sheet was read and before it is written."""
    direction = make_commitment(plan, lead_agency=agency)

    def come_first(*_given: object) -> None:
        make_narrative(direction, AUGUST)

    monkeypatch.setattr("commitments.admin.pages.quick_log.submit.check_unreported", come_first)
    line = by_code(post(browser, {f"c{direction.pk}": WORDS}))[direction.code]
    assert line.errors == ["Already reported; nothing was added."]


def test_the_draft_of_words_is_there_again(browser: Client, plan: Plan, agency: Agency) -> None:
    direction = make_commitment(plan, lead_agency=agency)
    sent = {"ends_on": "2023-08-31", "rows": {f"c{direction.pk}": WORDS}}
    browser.post("/admin/log/drafts/?period=2023-08", sent, content_type="application/json")
    line = look(browser)[direction.code]
    assert (line.typed.progress, line.main.is_touched) == ("已召开座谈会", True)


def test_the_last_note_can_be_copied(browser: Client, plan: Plan, agency: Agency) -> None:
    target, direction = (
        make_target(make_commitment(plan, lead_agency=agency)), make_commitment(plan, lead_agency=agency)
    )  # fmt: skip
    make_counted_entry(target, 5, JULY, progress="截至7月底5个")
    make_narrative(direction, JULY, progress="七月")
    found = look(browser)
    assert [found[each.code].main.last_note for each in (target, direction)] == ["截至7月底5个", "七月"]


def test_returned_words_are_filled_in_again(browser: Client, plan: Plan, agency: Agency) -> None:
    direction = make_commitment(plan, lead_agency=agency)
    ledger.return_(entry=make_narrative(direction, AUGUST), reason="过于笼统", by=make_user(), at=NOON)
    line = look(browser)[direction.code]
    assert (line.state, line.reason, line.typed.progress) == ("Returned", "过于笼统", "已完成前期工作。")
