"""An own report is taken back until its review, its texts on the sheet again; one that was returned is given up."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from commitments.actions import evidence, ledger, period_locks
from commitments.admin.pages.quick_log.reasons import CorrectionReason, with_reason
from commitments.domain.enums import Role
from commitments.models import (
    Agency,
    CommitmentSupport,
    EntryDraft,
    Plan,
    ProgressEntry,
    Target,
    User,
    Withdrawal,
)
from tests.admin.pages.quick_log.lines_of import correction
from tests.admin.pages.quick_log.posting import AUGUST, LOG, by_code, look, post, untouched
from tests.factories import (
    NOON,
    make_commitment,
    make_correction,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
REASON = "Withdrawn by the reporter before review."


@pytest.fixture
def target(plan: Plan, agency: Agency) -> Target:
    return make_target(make_commitment(plan, lead_agency=agency))


def test_all_that_was_just_submitted_can_be_taken_back(
    browser: Client, plan: Plan, agency: Agency, target: Target, clerk: User
) -> None:
    other = make_target(make_commitment(plan, lead_agency=agency))
    answer = post(browser, {target.pk: {"value": "5", "progress": "五"}, other.pk: {"value": "6"}})
    assert "You can withdraw this until the review." in answer.content.decode()
    answer = post(browser, {}, withdraw=answer.context["withdrawable"])
    found = by_code(answer)
    assert "Withdrawn. Your entries are still here, not submitted." in answer.content.decode()
    assert [found[each.code].typed.value for each in (target, other)] == ["5", "6"]
    assert found[target.code].typed.progress == "五"
    assert {each.reason for each in Withdrawal.objects.all()} == {REASON}
    assert EntryDraft.objects.count() == 2


def test_an_own_report_in_review_can_be_withdrawn_and_sent_again(
    browser: Client, target: Target, clerk: User
) -> None:
    entry = make_entry(target, 5, AUGUST, by=clerk, progress="五")
    evidence.attach(entry=entry, by=clerk, at=NOON, title="公告", url="https://www.weibin.gov.cn/1.html")
    assert look(browser)[target.code].listed[0].can_take_back
    line = by_code(post(browser, {}, withdraw=str(entry.pk)))[target.code]
    assert (line.state, line.typed.value, line.typed.carries) == ("Due", "5", str(entry.pk))
    post(browser, {target.pk: line.typed.texts()})
    assert ProgressEntry.objects.live().get().evidence.get().title == "公告"


def test_other_rows_keep_what_is_typed_and_are_not_sent(
    browser: Client, plan: Plan, agency: Agency, target: Target, clerk: User
) -> None:
    other = make_target(make_commitment(plan, lead_agency=agency))
    entry = make_entry(target, 5, AUGUST, by=clerk)
    found = by_code(post(browser, {other.pk: {"value": "6"}}, withdraw=str(entry.pk)))
    assert found[other.code].typed.value == "6"
    assert not ProgressEntry.objects.live().exists()


def test_newer_texts_of_the_row_stay(browser: Client, target: Target, clerk: User) -> None:
    entry = make_entry(target, 5, AUGUST, by=clerk)
    line = by_code(post(browser, {target.pk: {"value": "7"}}, withdraw=str(entry.pk)))[target.code]
    assert line.typed.value == "7"


def test_a_correction_goes_back_to_its_place(browser: Client, target: Target, clerk: User) -> None:
    counted = make_counted_entry(target, 9, AUGUST, by=clerk)
    post(browser, {f"e{counted.pk}": {"value": "10", "reason": "missed", "progress": "补一个"}})
    new = ProgressEntry.objects.pending().get()
    line = correction(by_code(post(browser, {}, withdraw=str(new.pk))), counted)
    assert (line.typed.value, line.typed.reason, line.typed.progress) == ("10", "missed", "补一个")


def test_a_returned_correction_sent_again_goes_back_to_the_rows_own_place(
    browser: Client, target: Target, clerk: User
) -> None:
    counted = make_counted_entry(target, 20, AUGUST, by=clerk)
    returned = make_correction(
        counted, 21, AUGUST, by=clerk, progress=with_reason(CorrectionReason.MISSED, "八月")
    )
    ledger.return_(entry=returned, reason="与台账不符", by=make_user(), at=NOON)
    line = look(browser)[target.code]
    assert (line.main.old, line.main.no_figures) == ("20 communities", [])
    post(browser, {line.id: untouched(line) | {"value": "22"}})
    line = by_code(post(browser, {}, withdraw=str(ProgressEntry.objects.pending().get().pk)))[target.code]
    assert (line.typed.value, line.typed.reason, line.typed.progress) == ("22", "missed", "八月")
    assert not correction({line.code: line}, counted).is_touched


@pytest.mark.parametrize("others", [True, False])
def test_reviewed_reports_and_those_of_others_are_not_taken_back(
    browser: Client, target: Target, clerk: User, others: bool
) -> None:
    entry = make_entry(target, 5, AUGUST, by=make_user() if others else clerk)
    if not others:
        ledger.approve(entry=entry, by=make_user(), at=NOON + timedelta(minutes=1))
    assert not look(browser)[target.code].listed[0].can_take_back
    answer = post(browser, {}, withdraw=str(entry.pk))
    assert "already reviewed, so it cannot be withdrawn" in answer.content.decode()
    assert not Withdrawal.objects.exists()


def test_a_review_that_came_first_is_told(
    browser: Client, target: Target, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = make_entry(target, 5, AUGUST, by=clerk)

    def approve_first(found: ProgressEntry, _user: Any) -> bool:
        ledger.approve(entry=ProgressEntry.objects.get(pk=found.pk), by=make_user(), at=NOON)
        return True

    monkeypatch.setattr("commitments.admin.pages.quick_log.taking_back.can_take_back", approve_first)
    assert post(browser, {}, withdraw=str(entry.pk)).context["taken_back"].refused
    assert not Withdrawal.objects.exists()


def send_back(entry: ProgressEntry) -> ProgressEntry:
    ledger.return_(entry=entry, reason="与台账不符", by=make_user(), at=NOON)
    return entry


def test_a_returned_row_is_given_up_and_opens_empty(browser: Client, target: Target, agency: Agency) -> None:
    """Its author is a colleague."""
    entry = send_back(make_entry(target, 5, AUGUST, by=make_user(Role.CLERK, agency=agency), progress="五"))
    line = look(browser)[target.code]
    assert line.gives_up == str(entry.pk)
    answer = post(browser, {line.id: untouched(line)}, withdraw=line.gives_up)
    assert "withdrawn. A report that is still owed" in answer.content.decode()
    found = by_code(answer)[target.code]
    assert (found.state, found.reason, found.typed.is_blank) == ("Due", "", True)
    assert Withdrawal.objects.get().reason == "Withdrawn by the reporting agency after the return."
    assert not EntryDraft.objects.exists()


def test_all_returns_of_a_row_are_given_up_at_once(browser: Client, target: Target, clerk: User) -> None:
    for value in (5, 6):
        send_back(make_entry(target, value, AUGUST, by=clerk))
    answer = post(browser, {}, withdraw=look(browser)[target.code].gives_up)
    assert by_code(answer)[target.code].state == "Due"
    assert Withdrawal.objects.count() == 2


def test_texts_typed_over_a_return_outlive_it(browser: Client, target: Target, clerk: User) -> None:
    entry = send_back(make_entry(target, 5, AUGUST, by=clerk))
    line = look(browser)[target.code]
    typed = {line.id: untouched(line) | {"value": "7"}}
    assert by_code(post(browser, typed, withdraw=str(entry.pk)))[target.code].typed.value == "7"


def test_what_was_returned_to_another_agency_is_not_given_up(browser: Client, target: Target) -> None:
    entry = send_back(make_entry(target, 5, AUGUST, by=make_user()))
    assert look(browser)[target.code].gives_up == ""
    assert post(browser, {}, withdraw=str(entry.pk)).context["taken_back"].refused == [entry]


def test_a_second_click_says_what_has_happened(browser: Client, target: Target, clerk: User) -> None:
    entry = send_back(make_entry(target, 5, AUGUST, by=clerk))
    post(browser, {}, withdraw=str(entry.pk))
    answer = post(browser, {}, withdraw=str(entry.pk)).content.decode()
    assert "was not withdrawn: it has been withdrawn already" in answer


@pytest.fixture
def words(target: Target, clerk: User) -> ProgressEntry:
    """Words about the whole of a commitment that has a target."""
    return make_narrative(target.commitment, AUGUST, by=clerk, progress="正在施工")


def test_words_about_a_whole_commitment_are_back_on_the_sheet(browser: Client, words: ProgressEntry) -> None:
    answer = post(browser, {}, withdraw=str(words.pk))
    assert "Your entries are still here" in answer.content.decode()
    whole = f"c{words.commitment_id}"
    assert [line.typed.progress for line in answer.context["lines"] if line.id == whole] == ["正在施工"]


def test_a_second_window_says_that_words_were_given_up(browser: Client, words: ProgressEntry) -> None:
    ledger.return_(entry=words, reason="过于笼统", by=make_user(), at=NOON)
    whole = f"c{words.commitment_id}"
    (line,) = (each for each in browser.get(LOG).context["lines"] if each.id == whole)
    again = {whole: untouched(line) | {"opening": line.main.opening}}
    post(browser, again, withdraw=str(words.pk))
    said = post(browser, again, withdraw=f"{words.pk} x").content.decode()
    assert "was not withdrawn: it has been withdrawn already" in said
    assert "no longer accepts reports" not in said


def test_a_locked_return_is_not_given_up(browser: Client, plan: Plan, target: Target, clerk: User) -> None:
    send_back(make_entry(target, 5, AUGUST, by=clerk))
    period_locks.lock(plan=plan, through=AUGUST, reason="已发布", seen=0, by=make_user(), at=NOON)
    assert look(browser)[target.code].gives_up == ""
    assert [group.hint for group in browser.get(LOG).context["groups"]] == [""]


def test_more_returned_rows_need_no_more_queries(
    browser: Client, plan: Plan, agency: Agency, target: Target, clerk: User
) -> None:
    send_back(make_entry(target, 5, AUGUST, by=clerk))
    look(browser)
    with statements() as before:
        look(browser)
    for _ in range(3):
        supported = make_commitment(plan)
        CommitmentSupport.objects.create(commitment=supported, agency=agency)
        send_back(make_entry(make_target(supported), 5, AUGUST, by=clerk))
    with statements() as after:
        look(browser)
    assert len(after) == len(before)
