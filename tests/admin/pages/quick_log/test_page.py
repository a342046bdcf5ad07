"""The sheet as a plain HTML form: what it shows, takes, refuses and asks about."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from commitments.actions import ledger, period_locks
from commitments.admin.pages.quick_log.lines import QuickLogRow
from commitments.admin.pages.quick_log.typed import LONGEST_KEPT
from commitments.domain.enums import Accumulation, Direction, Goal, Role, TargetKind, TrajectoryKind
from commitments.models import (
    Agency,
    Commitment,
    CommitmentSupport,
    EntryDraft,
    Evidence,
    Plan,
    ProgressEntry,
    Target,
    User,
)
from commitments.rollups import refresh
from tests import disks
from tests.admin.conftest import SignIn
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements
from tests.waiting import busy, impatient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LOG = "/admin/log/"
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
PNG = SimpleUploadedFile("现场照片.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 30)
ROW_OF_41 = {"value": "41", "progress": ""}
INCREMENTS = {"accumulation": Accumulation.INCREMENTS, "value": Decimal(7900)}
FLOOR = {
    "kind": TargetKind.FLOOR,
    "accumulation": Accumulation.LEVEL,
    "goal": Goal.MAINTAIN,
    "trajectory": TrajectoryKind.HOLD,
}
RATIO = FLOOR | {
    "kind": TargetKind.LEVEL,
    "accumulation": Accumulation.RATIO,
    "value": Decimal(95),
    "unit": "%",
}
GROWTH = FLOOR | {"kind": TargetKind.GROWTH_RATE, "goal": Goal.FINAL, "value": Decimal(5), "unit": "%"}


@pytest.fixture
def target(plan: Plan, agency: Agency) -> Target:
    """76 communities, 33 of them by July."""
    target = make_target(make_commitment(plan, lead_agency=agency))
    make_counted_entry(target, 33, JULY)
    settle()
    return target


def settle() -> None:
    """Months are there as after a worker has been by."""
    refresh.drain(clock=lambda: NOON)


def own(plan: Plan, agency: Agency, **given: Any) -> Target:
    return make_target(make_commitment(plan, lead_agency=agency), **given)


def lines(browser: Client, **query: str) -> dict[str, QuickLogRow]:
    return by_code(browser.get(LOG, query))


def by_code(answer: Any) -> dict[str, QuickLogRow]:
    assert answer.status_code in (200, 507)
    translation.activate("en")  # a request leaves the language of its path behind
    return {line.code: line for line in answer.context["lines"]}


def send(
    browser: Client, target: Target, *, query: str = "", day: str = "2023-08-31", **typed: Any
) -> QuickLogRow:
    """Fill in one row; return it as the answer shows it."""
    typed = {"progress": ""} | typed
    row = {f"{target.pk}-{name}": text for name, text in typed.items()}
    return by_code(browser.post(LOG + query, {"day": day} | row))[target.code]


def only_entry() -> ProgressEntry:
    return ProgressEntry.objects.exclude(effective_on=JULY).get()


# Display


def test_the_sheet_is_that_of_the_newest_month_that_is_over(browser: Client, target: Target) -> None:
    sheet = browser.get(LOG).context["sheet"]
    assert (sheet.month, sheet.day) == ("2023-08", AUGUST)


def test_a_row_says_what_was_and_what_is_expected(browser: Client, target: Target) -> None:
    line = lines(browser)[target.code]
    assert (line.previous, line.previous_on) == ("33 communities", "31 Jul")
    assert (line.expected, line.goal) == ("50.5 communities", "76 communities")
    assert (line.main.entered, line.main.unchanged) == ("Total so far", "33 communities")


def test_unfilled_rows_come_first_and_figures_before_stages(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    staged = make_staged_target(make_commitment(plan, lead_agency=agency), date(2023, 6, 30))
    reported, returned, figure = (own(plan, agency) for _ in range(3))
    make_entry(reported, 5, AUGUST)
    ledger.return_(entry=make_entry(returned, 5, AUGUST), reason="缺佐证", by=make_user(), at=NOON)
    assert list(lines(browser)) == [each.code for each in (returned, figure, staged, reported)]


@pytest.mark.parametrize(
    ("given", "entered", "unchanged"),
    [
        ({}, "Total so far", "33 communities"),
        (INCREMENTS, "New in this period", "0 communities"),
        (FLOOR, "Latest level", "33 communities"),
        (RATIO, "Numerator and denominator", ""),
    ],
)
def test_a_row_asks_for_what_its_target_counts(
    browser: Client, plan: Plan, agency: Agency, given: dict[str, Any], entered: str, unchanged: str
) -> None:
    target = own(plan, agency, **given)
    of = Decimal(40) if given is RATIO else None
    make_counted_entry(target, 33, JULY, denominator=of)
    settle()
    line = lines(browser)[target.code]
    assert (line.main.entered, line.main.unchanged) == (entered, unchanged)


def test_amounts_show_their_sum_and_ratios_both_parts(browser: Client, plan: Plan, agency: Agency) -> None:
    amounts, ratio = own(plan, agency, **INCREMENTS), own(plan, agency, **RATIO)
    make_counted_entry(amounts, 20, date(2023, 6, 30))
    make_counted_entry(amounts, 33, JULY)
    make_counted_entry(ratio, 190, JULY, denominator=Decimal(200))
    settle()
    found = lines(browser)
    assert (found[amounts.code].previous, found[amounts.code].so_far) == ("33 communities", "53 communities")
    assert (found[ratio.code].previous, found[ratio.code].so_far) == ("190 / 200", "")


@pytest.mark.parametrize(
    ("given", "goal"),
    [
        ({}, "76 communities"),
        (FLOOR, "≥ 76 communities"),
        ({"comparator": ">"}, "> 76 communities"),
        (FLOOR | {"direction": Direction.AT_MOST, "comparator": "<="}, "≤ 76 communities"),
    ],
)
def test_the_goal_says_its_side(
    browser: Client, plan: Plan, agency: Agency, given: dict[str, Any], goal: str
) -> None:
    target = own(plan, agency, **given)
    assert lines(browser)[target.code].goal == goal


def test_what_waits_from_before_stands_beside_the_previous_value(browser: Client, target: Target) -> None:
    """The clerk goes on from it: “no change” repeats it, and doubts start there."""
    make_entry(target, 40, JULY)
    line = lines(browser)[target.code]
    assert (line.previous, line.waiting, line.waiting_on) == ("33 communities", "40 communities", "31 Jul")
    assert (line.main.unchanged, line.main.slot.bounds[0].value) == ("40 communities", Decimal(40))


def test_a_stage_that_waits_from_before_is_no_figure(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), JULY, AUGUST)
    make_entry(target, 1, JULY, milestone=target.milestones.first())
    assert lines(browser)[target.code].waiting == ""


def test_what_was_sent_back_shows_why(browser: Client, target: Target) -> None:
    ledger.return_(entry=make_entry(target, 41, AUGUST), reason="与台账不符", by=make_user(), at=NOON)
    line = lines(browser)[target.code]
    assert (line.state, line.reason, line.sent_back) == ("Returned", "与台账不符", "41 communities")
    assert "与台账不符" in browser.get(LOG).content.decode()


def test_what_was_reported_shows_by_whom(browser: Client, clerk: User, target: Target) -> None:
    clerk.first_name, clerk.last_name = "Li", "Wang"
    clerk.save()
    make_entry(target, 41, AUGUST, by=clerk)
    line = lines(browser)[target.code]
    (report,) = line.listed
    assert (line.state, report.value, report.by) == ("In review", "41 communities", "Li Wang")
    with translation.override("zh-hans"):
        assert report.by == "WangLi"


def test_what_was_approved_is_counted_and_can_be_corrected(browser: Client, target: Target) -> None:
    entry = make_counted_entry(target, 41, AUGUST)
    line = lines(browser)[target.code]
    assert line.state == "Reported"
    assert [report.correction and report.correction.key for report in line.listed] == [f"e{entry.pk}"]


def test_what_is_locked_is_not_corrected(browser: Client, plan: Plan, agency: Agency) -> None:
    staged = make_staged_target(make_commitment(plan, lead_agency=agency), JULY, AUGUST)
    make_entry(staged, 1, AUGUST, milestone=staged.milestones.first())
    period_locks.lock(plan=plan, through=AUGUST, reason="已发布", seen=0, by=make_user(), at=NOON)
    line = lines(browser)[staged.code]
    (report,) = line.listed
    assert (line.state, report.correction, report.can_take_back) == ("Locked", None, False)


@pytest.mark.parametrize(("show", "expected"), [("open", 2), ("returned", 1), ("all", 3), ("else", 3)])
def test_rows_can_be_chosen_by_state(
    browser: Client, plan: Plan, agency: Agency, target: Target, show: str, expected: int
) -> None:
    make_entry(target, 41, AUGUST)
    own(plan, agency)
    ledger.return_(entry=make_entry(own(plan, agency), 5, AUGUST), reason="x", by=make_user(), at=NOON)
    assert len(lines(browser, show=show)) == expected


def test_only_stages_that_are_left_can_be_chosen(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), JULY, AUGUST)
    first, second = target.milestones.all()
    make_counted_entry(target, 1, JULY, milestone=first)
    settle()
    line = lines(browser)[target.code]
    assert line.main.stages == [(str(second.pk), "Stage 2 (due 31 Aug)")]
    assert line.previous == "50%"


def test_a_reported_stage_is_shown_beside_those_that_are_left(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST, date(2023, 12, 31))
    make_counted_entry(target, 1, AUGUST, milestone=target.milestones.first())
    settle()
    line = lines(browser)[target.code]
    assert (line.state, line.listed[0].value, line.previous) == ("Reported", "Stage 1", "")
    assert line.enters_again


def test_a_stage_that_was_just_sent_is_shown_to_wait_while_others_are_due(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), JULY, AUGUST)
    make_entry(target, 1, AUGUST, milestone=target.milestones.first())
    line = lines(browser)[target.code]
    assert (line.state, line.listed[0].value, line.listed[0].entry.waits) == ("Due", "Stage 1", True)


def test_stages_are_chosen_in_the_order_they_are_due(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST, JULY)
    later, earlier = target.milestones.order_by("position")
    said = "“Stage 2” was due earlier and is still open. Please explain in the note."
    assert [value for value, _name in lines(browser)[target.code].main.stages] == [
        str(earlier.pk),
        str(later.pk),
    ]
    assert said in send(browser, target, milestone=str(later.pk)).outcome.doubts


# Choice of the sheet


def test_a_supporting_agency_has_a_sheet(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_target(make_commitment(plan))
    CommitmentSupport.objects.create(commitment=target.commitment, agency=agency)
    assert list(lines(browser)) == [target.code]


def test_a_clerk_sees_nothing_of_another_agency(browser: Client, plan: Plan, target: Target) -> None:
    other = make_target(make_commitment(plan, lead_agency=make_agency(code="other")))
    assert other.code not in lines(browser, agency="other")


def test_the_supervision_office_chooses_an_agency(office: Client, plan: Plan, target: Target) -> None:
    other = make_target(make_commitment(plan, lead_agency=make_agency(code="other")))
    assert list(lines(office, agency="housing")) == [target.code]
    assert list(lines(office, agency="other")) == [other.code]


def test_who_has_no_part_in_a_plan_is_told_so(sign_in: SignIn) -> None:
    assert "nothing to report" in sign_in(Role.CLERK).get(LOG).content.decode()


def test_a_plan_that_nobody_has_a_part_in_has_no_sheet(office: Client, plan: Plan) -> None:
    assert "nothing to report" in office.get(LOG).content.decode()


def test_the_supervision_office_without_a_plan_is_told_so(office: Client) -> None:
    assert "nothing to report" in office.get(LOG).content.decode()


def test_an_agency_that_was_taken_from_its_clerk_leaves_nothing(target: Target, sign_in: SignIn) -> None:
    superuserless = make_user(Role.SUPERVISION)
    User.objects.filter(pk=superuserless.pk).update(role=Role.LEADER)
    superuserless.refresh_from_db()
    assert sign_in(superuserless).get(LOG).status_code == 403


def test_a_leader_has_no_sheet(sign_in: SignIn) -> None:
    assert sign_in(Role.LEADER).get(LOG).status_code == 403


def test_in_january_one_reports_on_december(
    browser: Client, agency: Agency, target: Target, settings: Any
) -> None:
    make_target(make_commitment(make_plan(year=2024), lead_agency=agency))
    settings.DEMO_CLOCK = (NOON + timedelta(days=100), datetime.now(NOON.tzinfo))
    sheet = browser.get(LOG).context["sheet"]
    assert (sheet.plan.year, sheet.month) == (2023, "2023-12")


def test_another_plan_can_be_chosen(browser: Client, agency: Agency, target: Target) -> None:
    make_target(make_commitment(make_plan(year=2022), lead_agency=agency))
    assert browser.get(LOG, {"plan": "610302-2022"}).context["sheet"].month == "2022-12"


def test_in_its_first_month_a_plan_has_the_month_to_date(
    browser: Client, target: Target, settings: Any
) -> None:
    settings.DEMO_CLOCK = (NOON - timedelta(days=260), datetime.now(NOON.tzinfo))
    sheet = browser.get(LOG).context["sheet"]
    assert (sheet.month, sheet.day) == ("2023-01", date(2023, 1, 11))


def test_the_running_month_can_be_reported_to_date(browser: Client, target: Target) -> None:
    assert browser.get(LOG, {"period": "2023-09"}).context["sheet"].day == date(2023, 9, 28)


# Accepted rows


def test_a_value_is_recorded_and_waits_for_review(browser: Client, clerk: User, target: Target) -> None:
    line = send(browser, target, value="41")
    entry = only_entry()
    assert (entry.value, entry.effective_on, entry.recorded_by) == (Decimal(41), AUGUST, clerk)
    assert (line.state, line.enters_inline, line.enters_again) == ("In review", False, True)


def test_a_note_is_kept_in_its_three_parts(browser: Client, target: Target) -> None:
    send(browser, target, value="41", progress="完成8个", problems="雨季", next_steps="加快")
    entry = only_entry()
    assert (entry.progress, entry.problems, entry.next_steps) == ("完成8个", "雨季", "加快")


def test_a_row_may_name_its_own_day(browser: Client, target: Target) -> None:
    row = {f"{target.pk}-value": "41", f"{target.pk}-progress": "", f"{target.pk}-day": "2023-08-20"}
    browser.post(LOG, {"day": "2023-08-31"} | row)
    assert only_entry().effective_on == date(2023, 8, 20)


def test_no_change_repeats_the_previous_value(browser: Client, target: Target) -> None:
    send(browser, target, unchanged="1")
    assert only_entry().value == 33


def test_no_change_of_amounts_is_zero(browser: Client, plan: Plan, agency: Agency) -> None:
    send(browser, own(plan, agency, **INCREMENTS), unchanged="1")
    assert ProgressEntry.objects.get().value == 0


def test_both_parts_of_a_ratio_are_recorded(browser: Client, plan: Plan, agency: Agency) -> None:
    send(browser, own(plan, agency, **RATIO), value="190", denominator="２００")
    entry = ProgressEntry.objects.get()
    assert (entry.value, entry.denominator) == (Decimal(190), Decimal(200))


def test_a_stage_is_reported_done(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST)
    line = send(
        browser, target, milestone=str(target.milestones.get().pk), url="https://www.weibin.gov.cn/1.html"
    )
    assert (line.state, line.listed[0].value) == ("In review", "Stage 1")


def test_evidence_comes_with_its_entry(browser: Client, target: Target) -> None:
    PNG.seek(0)
    send(browser, target, value="41", file=PNG, url="https://www.weibin.gov.cn/1.html")
    found = Evidence.objects.filter(entry=only_entry())
    assert {each.title for each in found} == {"现场照片.png", "https://www.weibin.gov.cn/1.html"}


def test_a_blank_row_is_not_reported(browser: Client, target: Target) -> None:
    answer = browser.post(LOG, {"day": "2023-08-31", f"{target.pk}-progress": ""})
    assert not ProgressEntry.objects.exclude(effective_on=JULY).exists()
    assert "Nothing was entered" in answer.content.decode()


def test_valid_rows_are_saved_when_others_fail(
    browser: Client, plan: Plan, agency: Agency, target: Target
) -> None:
    wrong = own(plan, agency)
    form = {f"{target.pk}-value": "41", f"{target.pk}-progress": ""}
    form |= {f"{wrong.pk}-value": "四十", f"{wrong.pk}-progress": ""}
    answer = browser.post(LOG, {"day": "2023-08-31"} | form)
    found = by_code(answer)
    assert only_entry().target == target
    assert (found[wrong.code].typed.value, found[wrong.code].focus) == ("四十", "value")
    assert "1 row submitted" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_while_a_sheet_is_recorded_the_first_row_waits_and_the_others_are_not_tried(
    browser: Client, plan: Plan, agency: Agency, target: Target
) -> None:
    other = own(plan, agency)
    form = {f"{each.pk}-{name}": text for each in (target, other) for name, text in ROW_OF_41.items()}
    with busy(plan), impatient(), statements() as sent:
        answer = browser.post(LOG, {"day": "2023-08-31"} | form)
    said = [line.errors for line in by_code(answer).values()]
    assert said == [["A spreadsheet is being recorded. Please submit again."]] * 2
    assert len([each for each in sent if 'INSERT INTO "commitments_progressentry"' in each]) == 1
    assert EntryDraft.objects.count() == 2


def test_each_row_is_submitted_once(browser: Client, target: Target) -> None:
    send(browser, target, value="41")
    line = send(browser, target, value="41")
    assert line.errors == ["Already reported; nothing was added."]
    assert only_entry().value == 41


def test_what_was_reported_meanwhile_is_shown_whatever_was_chosen(browser: Client, target: Target) -> None:
    """The typed figure stays; sent once more, it is a second one."""
    make_entry(target, 40, AUGUST, by=make_user(first_name="Li", last_name="Wang"))
    line = send(browser, target, query="?show=open&period=2023-08", value="41")
    assert line.errors == ["Li Wang reported meanwhile: 40 communities. Check before you submit."]
    assert (line.typed.value, EntryDraft.objects.get().typed["value"]) == ("41", "41")
    send(browser, target, query="?period=2023-08", value="41", seen=line.typed.seen)
    assert sorted(entry.value or 0 for entry in ProgressEntry.objects.filter(effective_on=AUGUST)) == [40, 41]


def test_who_comes_second_adds_nothing(
    browser: Client, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another user reports the row after the sheet was read and before it is written."""
    monkeypatch.setattr("commitments.reporting.due.ReportRow.accepts", True)
    make_entry(target, 40, AUGUST)
    assert send(browser, target, value="41").errors
    assert only_entry().value == 40


def test_who_comes_second_with_a_stage_is_told_so(
    browser: Client, plan: Plan, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked before either has written: the database lets one through."""
    target = make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST)
    stage = target.milestones.get()
    monkeypatch.setattr(
        "commitments.reporting.due._open_milestones", lambda _: ({target.pk: [stage]}, frozenset())
    )
    monkeypatch.setattr("commitments.actions.ledger._check_not_reported", lambda *_, **_given: None)
    make_entry(target, 1, AUGUST, milestone=stage)
    line = send(browser, target, milestone=str(stage.pk), progress="已完成")
    assert line.errors == ["Someone else has just submitted the same. Reload the page and check."]


# Refused rows


@pytest.mark.parametrize("day", ["2023-07-31", "2023-09-01", "", "31.8."])
def test_a_day_outside_the_period_is_refused(browser: Client, target: Target, day: str) -> None:
    line = send(browser, target, day=day, value="41")
    assert "must be within the period" in line.errors[0]
    assert line.main.opens_more


def test_a_day_to_come_is_refused(browser: Client, target: Target) -> None:
    line = send(browser, target, query="?period=2023-09", day="2023-09-30", value="41")
    assert list(line.outcome.errors or {}) == ["day"]


def test_a_locked_period_takes_nothing(browser: Client, plan: Plan, target: Target) -> None:
    period_locks.lock(plan=plan, through=AUGUST, reason="已发布", seen=0, by=make_user(), at=NOON)
    assert not lines(browser)[target.code].row.accepts
    send(browser, target, query="?period=2023-08", value="41")
    assert not ProgressEntry.objects.exclude(effective_on=JULY).exists()
    assert "已发布" in browser.get(LOG, {"period": "2023-08"}).content.decode()


def test_a_link_to_a_locked_row_puts_the_focus_nowhere(
    browser: Client, plan: Plan, agency: Agency, target: Target
) -> None:
    period_locks.lock(plan=plan, through=AUGUST, reason="已发布", seen=0, by=make_user(), at=NOON)
    found = lines(browser, row=target.code, period="2023-08").values()
    assert [line.focus for line in found] == [""]


def test_what_is_locked_is_not_owed(browser: Client, plan: Plan, target: Target) -> None:
    period_locks.lock(plan=plan, through=AUGUST, reason="已发布", seen=0, by=make_user(), at=NOON)
    answer = browser.get(LOG)
    assert by_code(answer)[target.code].state == "Locked"
    assert [show["count"] for show in answer.context["shows"]] == [1, 0, 0]
    assert "Keys:" not in answer.content.decode()


def test_a_lock_of_earlier_periods_is_not_shown(browser: Client, plan: Plan, target: Target) -> None:
    period_locks.lock(plan=plan, through=JULY, reason="已发布", seen=0, by=make_user(), at=NOON)
    assert "已发布" not in browser.get(LOG).content.decode()


def test_a_locked_day_of_an_open_period_is_refused(browser: Client, plan: Plan, target: Target) -> None:
    period_locks.lock(plan=plan, through=date(2023, 8, 15), reason="已发布", seen=0, by=make_user(), at=NOON)
    line = send(browser, target, day="2023-08-15", value="41")
    assert "Locked through 15 August 2023" in line.errors[0]


def test_what_the_ledger_refuses_is_said(browser: Client, target: Target) -> None:
    assert "negative" in send(browser, target, value="-1", progress="更正").errors[0]


@pytest.mark.parametrize("value", ["9" * 40, "9" * 40 + ".5"])
def test_a_number_too_large_to_store_is_refused_before_anything_is_asked(
    browser: Client, plan: Plan, agency: Agency, target: Target, value: str
) -> None:
    other = own(plan, agency)
    typed = {other.pk: "5", target.pk: value}
    form = {
        f"{pk}-{name}": text
        for pk, text in typed.items()
        for name, text in (("value", text), ("progress", ""))
    }
    outcome = by_code(browser.post(LOG, {"day": "2023-08-31"} | form))[target.code].outcome
    assert outcome.errors == {"value": ["At most 16 digits before the decimal point."]}
    assert not outcome.doubts
    assert only_entry().target == other


def test_a_ratio_needs_both_its_parts(browser: Client, plan: Plan, agency: Agency) -> None:
    line = send(browser, own(plan, agency, **RATIO), value="190")
    assert (line.focus, len(line.errors)) == ("denominator", 1)


def test_a_text_that_is_too_long_is_refused_and_kept(browser: Client, target: Target) -> None:
    line = send(browser, target, value="41", problems="雨" * 5001)
    assert line.errors == ["Text is limited to 5000 characters. Please shorten it."]
    assert (len(line.typed.problems), line.focus, line.main.opens_more) == (5001, "problems", True)


def test_a_lines_end_is_one_character(browser: Client, target: Target) -> None:
    send(browser, target, value="41", progress="雨\r\n" * 2499 + "雨")
    assert len(only_entry().progress) == 4999


def test_a_stage_of_another_target_is_refused(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST)
    assert send(browser, target, milestone="1").focus == "milestone"


def test_evidence_alone_is_no_report(browser: Client, target: Target) -> None:
    line = send(browser, target, url="https://www.weibin.gov.cn/1.html")
    assert line.errors == ["Enter a value, or clear the row."]


def test_no_change_and_a_value_contradict_each_other(browser: Client, target: Target) -> None:
    assert "not both" in send(browser, target, unchanged="1", value="41").errors[0]


def test_no_change_needs_something_before(browser: Client, plan: Plan, agency: Agency) -> None:
    assert "no previous value" in send(browser, own(plan, agency), unchanged="1").errors[0]


def test_evidence_that_is_refused_leaves_no_entry(browser: Client, target: Target) -> None:
    line = send(browser, target, value="41", file=SimpleUploadedFile("run.exe", b"MZ"))
    assert line.focus == "file"
    assert not ProgressEntry.objects.exclude(effective_on=JULY).exists()


def test_on_a_full_disk_the_row_stays_as_it_was_typed(
    browser: Client, target: Target, settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("验收单.pdf", disks.TOO_MUCH)
    typed = {f"{target.pk}-value": "41", f"{target.pk}-progress": "已验收", f"{target.pk}-file": file}
    with disks.full(tmp_path):
        answer = browser.post(LOG, {"day": "2023-08-31"} | typed)
    line = by_code(answer)[target.code]
    assert answer.status_code == 507
    assert (line.typed.value, line.typed.progress, line.focus) == ("41", "已验收", "file")
    assert not ProgressEntry.objects.exclude(effective_on=JULY).exists()
    assert (line.outcome.lost_file, "cannot store files" in line.errors[0]) == (True, True)


def test_a_file_that_came_with_a_refused_row_has_to_be_chosen_again(browser: Client, target: Target) -> None:
    PNG.seek(0)
    line = send(browser, target, value="abc", file=PNG)
    assert line.outcome.lost_file


def test_a_clerk_who_lost_the_right_meanwhile_is_refused(
    browser: Client, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commitments.permissions.can_record", lambda _user, _commitment: False)
    assert "may not record" in send(browser, target, value="41").errors[0]


# Doubtful rows


def test_a_doubtful_value_waits_for_a_note(browser: Client, target: Target) -> None:
    line = send(browser, target, value="30")
    assert line.outcome.doubts == [
        "Lower than the previous value, 33 communities. Please explain in the note."
    ]
    assert line.focus == "progress"
    assert not ProgressEntry.objects.exclude(effective_on=JULY).exists()


@pytest.mark.parametrize("note", ["progress", "problems", "next_steps"])
def test_a_note_lets_a_doubtful_value_pass(browser: Client, target: Target, note: str) -> None:
    send(browser, target, value="30", **{note: "上期误计3个"})
    assert only_entry().value == 30


# Drafts


def draft(browser: Client, rows: Any, ends_on: Any = "2023-08-31", **more: Any) -> Any:
    data = {"ends_on": ends_on, "rows": rows, **more}
    return browser.post(f"{LOG}drafts/", data, content_type="application/json")


def test_a_draft_is_there_again(browser: Client, target: Target) -> None:
    assert draft(browser, {target.pk: {"value": "41", "problems": "雨季"}}).json()["saved"] == "12:00"
    line = lines(browser)[target.code]
    assert (line.typed.value, line.typed.problems, line.main.opens_more) == ("41", "雨季", True)


def answered(
    browser: Client, target: Target, *, day: str = "2023-08-31", files: Any = (), **typed: str
) -> Any:
    """Return the understood number, the errors and the doubts that come back with the draft of a row."""
    answer = draft(browser, {target.pk: typed}, day=day, files=list(files)).json()["rows"][str(target.pk)]
    return answer["understood"], answer["errors"], answer["doubts"]


TYPED: list[dict[str, str]] = [
    {"value": "abc"},
    {"value": "约41"},
    {"value": "-1"},
    {"value": "10000000000000000"},
    {"value": "1.23456"},
    {"value": "30"},
    {"value": "41", "day": "2023-07-31"},
    {"value": "41", "progress": "雨" * 5001},
    {"unchanged": "1", "value": "41"},
    {"value": "33.5"},
]


@pytest.mark.parametrize("typed", TYPED)
def test_a_draft_is_answered_as_it_would_be_submitted(
    browser: Client, target: Target, typed: dict[str, str]
) -> None:
    _understood, errors, doubts = answered(browser, target, **typed)
    line = send(browser, target, **typed)
    assert (errors, doubts) == (line.errors, list(line.outcome.doubts))
    assert errors or doubts


@pytest.mark.parametrize(
    ("value", "understood"), [("41", ""), ("1,041", ""), ("４１", "41"), ("41个", "41"), ("58 个小区", "58")]
)
def test_a_draft_says_how_a_number_was_understood(
    browser: Client, target: Target, value: str, understood: str
) -> None:
    assert answered(browser, target, value=value)[0] == understood


def test_the_day_of_the_sheet_is_checked_with_a_draft(browser: Client, target: Target) -> None:
    assert "must be within the period" in answered(browser, target, value="41", day="2023-07-31")[1][0]


@pytest.mark.parametrize("typed", [{"progress": "推进中"}, {"day": "2023-08-30"}, {}])
def test_what_is_still_being_typed_is_no_error(
    browser: Client, target: Target, typed: dict[str, str]
) -> None:
    assert answered(browser, target, **typed) == ("", [], [])


def test_a_note_that_is_too_long_is_an_error_before_there_is_a_value(browser: Client, target: Target) -> None:
    assert "limited to" in answered(browser, target, progress="雨" * 5001)[1][0]


def test_half_a_ratio_is_still_being_typed(browser: Client, plan: Plan, agency: Agency) -> None:
    ratio = own(plan, agency, **RATIO)
    assert answered(browser, ratio, value="190") == ("", [], [])
    assert "must be greater than 0" in answered(browser, ratio, value="190", denominator="0")[1][0]


def test_a_file_that_was_chosen_is_evidence_for_the_check(browser: Client, target: Target) -> None:
    assert "no evidence" in " ".join(answered(browser, target, value="76")[2])
    assert "no evidence" not in " ".join(answered(browser, target, value="76", files=[target.pk])[2])


def test_a_draft_of_another_period_than_the_sheets_is_not_checked(browser: Client, target: Target) -> None:
    assert draft(browser, {target.pk: {"value": "abc"}}, "2023-07-31").json()["rows"] == {}


def test_the_newest_draft_takes_the_place_of_the_earlier_one(browser: Client, target: Target) -> None:
    draft(browser, {target.pk: {"value": "41"}})
    draft(browser, {target.pk: {"value": "42"}})
    kept = EntryDraft.objects.get()
    assert (kept.typed, str(kept)) == ({"value": "42"}, f"{target.pk} 2023-08-31")


def test_a_draft_that_was_emptied_is_forgotten(browser: Client, target: Target) -> None:
    draft(browser, {target.pk: {"value": "41"}})
    draft(browser, {target.pk: {}})
    assert not EntryDraft.objects.exists()


def test_a_draft_of_another_period_is_not_shown(browser: Client, target: Target) -> None:
    draft(browser, {target.pk: {"value": "41"}}, ends_on="2023-07-31")
    assert lines(browser)[target.code].typed.is_blank


def test_a_draft_of_one_period_leaves_that_of_another(browser: Client, target: Target) -> None:
    draft(browser, {target.pk: {"value": "41"}})
    draft(browser, {target.pk: {}}, ends_on="2023-07-31")
    draft(browser, {target.pk: {"value": "40"}}, ends_on="2023-06-30")
    assert lines(browser)[target.code].typed.value == "41"


def test_a_draft_nested_without_end_is_refused(browser: Client) -> None:
    answer = browser.post(f"{LOG}drafts/", "[" * 200_000, content_type="application/json")
    assert answer.status_code == 400


def test_nobody_else_sees_a_draft(browser: Client, office: Client, target: Target) -> None:
    draft(browser, {target.pk: {"value": "41"}})
    assert lines(office, agency="housing")[target.code].typed.is_blank


def test_no_draft_is_kept_for_another_agencys_target(browser: Client) -> None:
    assert draft(browser, {make_target().pk: {"value": "41"}}).status_code == 200
    assert not EntryDraft.objects.exists()


@pytest.mark.parametrize("character", ["\x00", "\ud800", "\u202e"])
def test_a_draft_with_a_character_that_no_text_may_hold_is_refused_by_name(
    browser: Client, target: Target, character: str
) -> None:
    answer = draft(browser, {target.pk: {"progress": f"完成{character}"}})
    assert answer.json()["detail"].startswith("“Progress” holds")
    assert not EntryDraft.objects.exists()


@pytest.mark.parametrize("day", ["2023-08-30", "2022-12-31", "2023-10-31", "2024-01-31", "9999-12-31"])
def test_a_draft_belongs_to_a_period_of_the_plan_that_has_begun(
    browser: Client, target: Target, day: str
) -> None:
    answer = draft(browser, {target.pk: {"value": "41"}}, ends_on=day)
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "No reporting period ends on this date.",
    )


def test_a_draft_without_end_is_not_kept(browser: Client, target: Target) -> None:
    answer = draft(browser, {target.pk: {"progress": "长" * (LONGEST_KEPT + 1)}})
    assert (answer.status_code, EntryDraft.objects.exists()) == (400, False)
    assert "at most 20000 characters" in answer.json()["detail"]


def test_what_is_too_long_to_be_kept_stays_on_the_page(browser: Client, target: Target) -> None:
    line = send(browser, target, value="41", progress="长" * (LONGEST_KEPT + 1))
    assert (len(line.typed.progress), EntryDraft.objects.exists()) == (LONGEST_KEPT + 1, False)


def test_what_is_no_json_is_no_draft(browser: Client) -> None:
    answer = browser.post(f"{LOG}drafts/", {"ends_on": "2023-08-31", "rows": "{}"})
    assert (answer.status_code, answer.json()["detail"]) == (400, "This is not a draft.")


def test_what_was_submitted_is_no_draft_any_more(browser: Client, target: Target) -> None:
    draft(browser, {target.pk: {"value": "41"}})
    send(browser, target, value="41")
    assert not EntryDraft.objects.exists()


def test_what_was_refused_is_kept_as_a_draft(browser: Client, target: Target) -> None:
    send(browser, target, value="四十")
    assert lines(browser)[target.code].typed.value == "四十"


def test_a_row_that_was_emptied_before_sending_comes_back_empty(browser: Client, target: Target) -> None:
    draft(browser, {target.pk: {"value": "41"}})
    assert send(browser, target, value="").typed.is_blank


@pytest.mark.parametrize(
    ("rows", "ends_on"),
    [({"x": {}}, "2023-08-31"), ({}, "soon"), ([], "2023-08-31"), ({"1": None}, "2023-08-31"), ({}, 5)],
)
def test_a_draft_that_makes_no_sense_is_refused(browser: Client, rows: Any, ends_on: Any) -> None:
    assert draft(browser, rows, ends_on).status_code == 400


def test_a_file_of_no_row_is_no_draft(browser: Client) -> None:
    body = '{"ends_on": "2023-08-31", "rows": {}, "files": [1e400]}'
    assert browser.post(f"{LOG}drafts/", body, content_type="application/json").status_code == 400


def test_rows_that_nobody_changed_are_checked_and_not_kept(browser: Client, target: Target) -> None:
    answer = draft(browser, {}, unchanged={target.pk: {"value": "abc"}}).json()["rows"]
    assert answer[str(target.pk)]["errors"]
    assert not EntryDraft.objects.exists()


def test_a_leader_drafts_nothing(sign_in: SignIn) -> None:
    assert draft(sign_in(Role.LEADER), {}).status_code == 403


def test_a_figure_of_a_later_period_stands_beside_the_row_which_is_owed_no_more(
    browser: Client, target: Target
) -> None:
    """It may still be entered."""
    make_counted_entry(target, 80, date(2023, 9, 14))
    line = lines(browser)[target.code]
    assert (line.state, line.later, line.later_on) == ("Nothing due", "80 communities", "14 Sep")
    assert line.row.accepts


def test_a_later_figure_says_that_it_waits(browser: Client, target: Target) -> None:
    make_entry(target, 40, date(2023, 9, 14))
    assert lines(browser)[target.code].later_waits


def amounts(plan: Plan, agency: Agency) -> Target:
    """Begun in June, with a figure of July only."""
    target = own(plan, agency, **INCREMENTS, starts_on=date(2023, 6, 1))
    make_counted_entry(target, 5, JULY)
    settle()
    return target


def test_an_amount_names_the_periods_that_it_may_include(
    browser: Client, plan: Plan, agency: Agency, target: Target
) -> None:
    counted_up = amounts(plan, agency)
    found = lines(browser)
    assert (found[counted_up.code].main.lacking, found[target.code].main.lacking) == ("June 2023", "")
    page = browser.get(LOG).content.decode()
    assert page.count('-includes_earlier"') == 1


def test_an_amount_includes_all_since_the_last_report(browser: Client, plan: Plan, agency: Agency) -> None:
    target = amounts(plan, agency)
    send(browser, target, value="7", includes_earlier="1")
    assert only_entry().includes_earlier


def test_where_nothing_is_lacking_nothing_is_included(browser: Client, target: Target) -> None:
    send(browser, target, value="41", includes_earlier="1")
    assert not only_entry().includes_earlier


def test_a_refused_row_keeps_its_tick(browser: Client, plan: Plan, agency: Agency) -> None:
    target = amounts(plan, agency)
    assert send(browser, target, value="many", includes_earlier="1").typed.includes_earlier == "1"


# How much it costs


def test_statements_do_not_grow_with_the_sheet(browser: Client, plan: Plan, agency: Agency) -> None:
    counts = []
    for _ in range(2):
        for number in range(6):
            weekly = own(plan, agency)
            for day in (JULY, *(AUGUST.replace(day=7 * week) for week in (1, 2, 3))):
                make_counted_entry(weekly, number, day)
            make_counted_entry(own(plan, agency), 33, JULY)
            make_entry(own(plan, agency), 33, AUGUST)
            make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST)
        settle()
        browser.get(LOG)
        with statements() as sent:
            browser.get(LOG)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 19


def test_a_sheet_of_300_rows_can_be_sent_without_a_script(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    """Every field of every row, and a file that was not chosen: more than Django takes by itself."""
    target = own(plan, agency)
    names = (
        "value", "denominator", "milestone", "progress", "problems", "next_steps", "day", "url", "no_figure",
        "reason", "carries", "seen", "opening",
    )  # fmt: skip
    places = [f"{kind}{row}" for kind in ("", "e") for row in range(10_000, 10_300)]
    form: dict[str, Any] = {f"{place}-{name}": "" for place in places for name in names}
    form |= {"day": "2023-08-31", f"{target.pk}-value": "5", f"{target.pk}-progress": ""}
    assert browser.post(LOG, form).status_code == 200
    assert ProgressEntry.objects.get().value == 5


def test_what_was_typed_for_a_commitment_dropped_meanwhile_is_told(browser: Client, target: Target) -> None:
    Commitment.objects.filter(pk=target.commitment_id).update(
        lifecycle="dropped", dropped_on=AUGUST, dropped_authority="区政府", dropped_reason="调整"
    )
    answer = browser.post(LOG, {f"{target.pk}-value": "41", f"{target.pk}-progress": "已完工"})
    assert "41 · 已完工" in answer.content.decode()


def test_what_was_typed_for_a_period_locked_meanwhile_is_told(browser: Client, target: Target) -> None:
    period_locks.lock(
        plan=target.commitment.plan, through=AUGUST, reason="已发布", seen=0, by=make_user(), at=NOON
    )
    answer = browser.post(LOG, {f"{target.pk}-value": "41", f"{target.pk}-progress": "已完工"})
    assert "41 · 已完工" in answer.content.decode()
