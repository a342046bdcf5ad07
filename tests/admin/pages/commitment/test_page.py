"""The content of a commitment's page, for each reader."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from commitments.actions import ledger, period_locks
from commitments.domain.enums import NoFigure, Role, Tier
from commitments.models import Commitment, CommitmentSupport, ProgressEntry, User
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.admin.waiting import EARLIER, make_busy_commitment, make_clerk, make_target_of, make_undoubted
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_narrative,
    make_plan,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return make_clerk()


def address(commitment: Commitment) -> str:
    return f"/admin/commitment/{commitment.pk}/"


def text(browser: Client, commitment: Commitment, query: str = "") -> str:
    answer = browser.get(address(commitment) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def shown(browser: Client, commitment: Commitment, query: str = "") -> Any:
    return browser.get(address(commitment) + query).context


def test_the_status_and_why_come_first(office: Client, clerk: User) -> None:
    said = text(office, make_busy_commitment(clerk))
    assert "Off track</span> Estates under renovation: 39 of 70 communities; 56.8 expected by now" in said


def test_the_numbers_of_each_target(office: Client, clerk: User) -> None:
    said = text(office, make_busy_commitment(clerk))
    for words in (
        "39 communities",
        "56.8 communities",
        "70 communities",
        "−25.4",
        "14.8 communities a month",
    ):
        assert words in said
    assert said.count('<svg class="bullet"') == 2


def test_the_ledger_is_told_newest_first_with_its_states(office: Client, clerk: User) -> None:
    lines = shown(office, make_busy_commitment(clerk))["page"].lines
    assert [line.state for line in lines] == ["withdrawn", "counted", "returned", "pending", "counted"]
    assert [line.figure for line in lines][:2] == ["41 communities", "39 communities"]


def test_who_decided_when_and_why(office: Client, clerk: User) -> None:
    withdrawn, _, returned, pending, _ = shown(office, make_busy_commitment(clerk))["page"].lines
    assert (withdrawn.decided, withdrawn.reason) == (
        "王芳 (Housing Bureau), 28 September 2023 12:00",
        "重复填报",
    )
    assert (returned.decided, returned.reason) == (
        "督查室李强, 28 September 2023 04:00",
        "与台账不符，请核对后重报",
    )
    assert (pending.decided, pending.reason) == ("", "")


def test_the_reason_of_a_return_outlives_the_withdrawal(office: Client, clerk: User) -> None:
    commitment = make_busy_commitment(clerk)
    entry = ProgressEntry.objects.returned().get()
    ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=NOON)
    withdrawn, _, again, _, _ = shown(office, commitment)["page"].lines
    assert (again.reason, withdrawn.returned) == ("误报", "")
    assert again.returned == "Returned by 督查室李强, 28 September 2023 04:00: “与台账不符，请核对后重报”"


def test_what_waits_is_told_apart(office: Client, clerk: User) -> None:
    pending = shown(office, make_busy_commitment(clerk))["page"].pending
    assert [(line.figure, line.age) for line in pending] == [("45 communities", "today")]


def test_a_change_of_a_target_stands_with_authority_and_reason(office: Client, clerk: User) -> None:
    said = text(office, make_busy_commitment(clerk))
    assert "76 communities → 70 communities" in said
    assert "31 December 2023 → 30 November 2023" in said
    assert "区政府常务会议纪要〔2023〕12号" in said
    assert "两个小区列入征收范围" in said


def test_only_what_was_changed_is_told(office: Client, clerk: User) -> None:
    target = make_target_of(clerk, make_plan())
    given: dict[str, Any] = {
        "authority": "区政府",
        "reason": "调整",
        "revised_by": make_user(),
        "revised_at": NOON,
    }
    same = {"old_value": 76, "new_value": 76, "old_due_on": target.due_on, "new_due_on": target.due_on}
    target.revisions.create(**given, **same | {"new_value": 70}, effective_from=EARLIER)
    target.revisions.create(
        **given, **same | {"new_due_on": date(2023, 11, 30)}, effective_from=EARLIER + timedelta(days=1)
    )
    later, earlier = shown(office, target.commitment)["page"].revisions
    assert (later.value, earlier.due) == ("", "")


def test_both_confidences_and_how_far_they_lie_apart(office: Client, clerk: User) -> None:
    said = text(office, make_busy_commitment(clerk))
    assert "Responsible agency: <strong>High</strong>" in said
    assert "Supervision office: <strong>Low</strong>" in said
    assert "they differ" in said


def test_only_the_newest_confidence_of_each_is_shown(office: Client, clerk: User) -> None:
    commitment = make_commitment()
    for confidence in ("high", "low"):
        commitment.confidence.create(holder="owner", confidence=confidence, stated_by=clerk, stated_at=NOON)
    assert [each.confidence for each in shown(office, commitment)["page"].confidence] == ["low"]


def test_the_accounts_of_the_agencies_are_the_contacts(office: Client, clerk: User) -> None:
    clerk.email = "wang@example.org"
    clerk.save()
    make_user(Role.CLERK, agency=clerk.agency, is_active=False, first_name="离任")
    said = text(office, make_busy_commitment(clerk))
    assert 'href="mailto:wang@example.org"' in said
    assert "离任" not in said
    assert "This agency has no account yet." in said


def test_a_statement_of_direction_has_little_to_show(office: Client) -> None:
    commitment = make_commitment(tier=Tier.DIRECTION)
    refresh.refresh_plan(commitment.plan, at=NOON)
    said = text(office, commitment)
    for words in ("No measurable target.", "Nothing has been reported yet.", "Nothing to review."):
        assert words in said


def test_before_the_first_roll_up_the_page_is_there(office: Client) -> None:
    assert "Being computed" in text(office, make_target().commitment)


def test_a_status_older_than_the_ledger_is_not_shown_as_new(office: Client, clerk: User) -> None:
    commitment = make_busy_commitment(clerk)
    target = commitment.targets.get(headline=True)
    make_counted_entry(target, 70)
    said = text(office, commitment)
    assert "Recomputing (about 2 seconds)</span> The figures below are from before the last change." in said
    assert "Off track" not in said
    refresh.drain(clock=lambda: NOON)
    assert "Recomputing" not in text(office, commitment)


def test_a_long_ledger_is_read_page_by_page(office: Client, clerk: User) -> None:
    target = make_target_of(clerk, make_plan())
    for number in range(27):
        make_counted_entry(target, number, EARLIER + timedelta(days=number))
    page = shown(office, target.commitment, "?page=2")["page"]
    assert [line.figure for line in page.lines] == ["1 communities", "0 communities"]


def test_a_long_ledger_takes_as_many_queries_as_a_short_one(office: Client, clerk: User) -> None:
    commitment = make_busy_commitment(clerk)
    office.get(address(commitment))
    with statements() as few:
        office.get(address(commitment))
    CommitmentSupport.objects.create(commitment=commitment, agency=make_agency())
    target, plan = commitment.targets.first(), commitment.plan
    assert target is not None
    make_target(make_commitment(plan))
    for number in range(30):
        make_counted_entry(target, 40 + number, EARLIER + timedelta(days=number % 30))
    with statements() as many:
        office.get(address(commitment))
    assert len(many) == len(few) <= 20


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.SUPERVISION, {"log", "review", "revise", "drop", "edit"}),
        (Role.CLERK, {"log"}),
        (Role.REVIEWER, {"review"}),
        (Role.LEADER, set()),
    ],
)
def test_it_offers_what_one_may_do(role: Role, offered: set[str], sign_in: SignIn, clerk: User) -> None:
    commitment = make_undoubted(clerk, make_plan()).commitment
    given = {} if role in (Role.SUPERVISION, Role.LEADER) else {"agency": clerk.agency}
    may = shown(sign_in(role, **given), commitment)["may"]
    assert {way for way, allowed in may.items() if allowed} == offered


def test_a_line_says_that_it_includes_all_since_the_last_report(office: Client) -> None:
    target = make_target(accumulation="increments")
    make_counted_entry(target, 40, date(2023, 8, 31))
    assert "since the last report" not in text(office, target.commitment)
    make_counted_entry(target, 40, date(2023, 9, 20), includes_earlier=True)
    assert "includes all since the last report" in text(office, target.commitment)


@pytest.mark.parametrize("supports", [True, False])
def test_progress_is_logged_where_the_row_stands(sign_in: SignIn, clerk: User, supports: bool) -> None:
    """Check that a supporting agency has a sheet of its own, and all others are led to that of the lead."""
    target = make_target(make_commitment(make_plan(), lead_agency=make_agency()))
    assert clerk.agency
    CommitmentSupport.objects.create(commitment=target.commitment, agency=clerk.agency)
    browser = sign_in(Role.CLERK, agency=clerk.agency) if supports else sign_in(Role.SUPERVISION)
    (measured,) = shown(browser, target.commitment)["page"].targets
    sheet = browser.get(measured.log.address)
    assert measured.log.address.endswith(f"period=2023-08&row={target.code}")
    assert [line.row.target for line in sheet.context["lines"]] == [target]
    assert sheet.context["sheet"].agency == (clerk.agency if supports else target.commitment.lead_agency)


def test_a_plan_that_has_not_begun_has_a_page(office: Client) -> None:
    plan = make_plan(year=2025, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    target = make_target(make_commitment(plan), starts_on=date(2025, 1, 1), due_on=date(2025, 12, 31))
    (measured,) = shown(office, target.commitment)["page"].targets
    assert "period=2025-01" in measured.log.address


def test_a_dropped_commitment_takes_no_more(office: Client) -> None:
    commitment = make_commitment(
        lifecycle="dropped", dropped_on=EARLIER, dropped_authority="区政府", dropped_reason="调整"
    )
    assert {way for way, allowed in shown(office, commitment)["may"].items() if allowed} == {
        "review",
        "edit",
        "reinstate",
    }


def test_a_leader_of_the_place_reads_every_commitment(sign_in: SignIn) -> None:
    assert sign_in(Role.LEADER).get(address(make_commitment())).status_code == 200


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER])
def test_another_agencys_commitment_is_not_found(role: Role, sign_in: SignIn) -> None:
    commitment = make_commitment()
    browser = sign_in(role)
    assert browser.get(address(commitment)).status_code == 404
    assert browser.post(f"{address(commitment)}confidence/").status_code == 404
    assert browser.get(f"{address(commitment)}drop/").status_code == 404


def test_an_account_without_rights_reads_nothing(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "has_perm", lambda *_args: False)
    assert sign_in(Role.LEADER).get(address(make_commitment())).status_code == 403


def test_the_list_and_the_forms_lead_there(office: Client, clerk: User) -> None:
    entry = make_undoubted(clerk, make_plan())
    commitment = entry.commitment
    for model, row in (("commitment", commitment), ("target", entry.figure.target), ("progressentry", entry)):
        page = office.get(f"/admin/commitments/{model}/{row.pk}/change/").content.decode()
        assert f'href="{address(commitment)}"' in page, model
    assert f'href="{address(commitment)}"' in office.get("/admin/commitments/commitment/").content.decode()


@pytest.mark.parametrize(
    ("reported", "words", "part"),
    [
        ([], "Report progress", "period=2023-08"),
        ([date(2023, 8, 31)], "Report progress for September 2023", "period=2023-09"),
        ([date(2023, 8, 31), date(2023, 9, 20)], "Correct the report for September 2023", "period=2023-09"),
    ],
)
def test_progress_is_logged_where_a_figure_is_still_taken(
    office: Client, reported: list[date], words: str, part: str
) -> None:
    target = make_target()
    for day in reported:
        make_counted_entry(target, 40, day)
    (measured,) = shown(office, target.commitment)["page"].targets
    assert measured.log.words == words
    assert part in measured.log.address


def test_a_locked_period_takes_no_figure(office: Client) -> None:
    target = make_target()
    plan = target.commitment.plan
    period_locks.lock(
        plan=plan, through=date(2023, 8, 31), reason="数据已上报", seen=0, by=make_user(), at=NOON
    )
    (measured,) = shown(office, target.commitment)["page"].targets
    assert measured.log.words == "Report progress for September 2023"


def test_a_correction_is_offered_on_the_sheet_and_not_in_a_locked_month(office: Client) -> None:
    target = make_target()
    for day in (date(2023, 8, 31), date(2023, 9, 20)):
        make_counted_entry(target, 40, day)
    period_locks.lock(
        plan=target.commitment.plan,
        through=date(2023, 8, 31),
        reason="数据已上报",
        seen=0,
        by=make_user(),
        at=NOON,
    )
    found = {line.entry.effective_on: line.correct for line in shown(office, target.commitment)["page"].lines}
    assert f"period=2023-09&row={target.code}" in found[date(2023, 9, 20)]
    assert found[date(2023, 8, 31)] == ""


def test_words_leave_the_figure_to_be_reported(office: Client) -> None:
    target = make_target()
    make_narrative(target.commitment, date(2023, 8, 31), target=target)
    (measured,) = shown(office, target.commitment)["page"].targets
    assert measured.log.words == "Report progress"


def test_the_ledger_tells_words_with_their_state_and_what_they_are_about(office: Client) -> None:
    target = make_target()
    make_target(target.commitment, code="LIV-SVC-99-S")
    make_narrative(target.commitment, problems="征地未完成")
    make_narrative(target.commitment, target=target, no_figure=NoFigure.NOT_PUBLISHED)
    lines = shown(office, target.commitment)["page"].lines
    assert [line.figure for line in lines] == ["No figure: not published yet", "In words"]
    said = text(office, target.commitment)
    assert "已完成前期工作。" in said
    assert "征地未完成" in said
    assert "Review 2 entries" in said


def test_words_in_the_ledger_take_no_query_of_their_own(office: Client) -> None:
    commitment = make_commitment()
    make_narrative(commitment)
    with statements() as few:
        shown(office, commitment)
    for _ in range(5):
        make_narrative(commitment)
    with statements() as many:
        shown(office, commitment)
    assert len(few) == len(many)
