"""The clerk's front page: the reports of the agency, by what they ask, each one click from its row."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from commitments.actions import commitments, ledger, period_locks
from commitments.admin.pages import own_reports
from commitments.admin.pages.front.page import front_of
from commitments.admin.pages.front.parts import Front, Group, Item, Link
from commitments.domain.enums import Accumulation, NarrativeFrequency, Role
from commitments.models import CommitmentRollup, NarrativeDuty, ProgressEntry, Target, User
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)
# The months before September are reported.
SEPTEMBER = date(2023, 9, 1)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def target() -> Target:
    agency = make_agency(name_en="Housing Bureau", short_name_en="Housing")
    return make_target(make_commitment(lead_agency=agency), starts_on=SEPTEMBER)


@pytest.fixture
def clerk(target: Target) -> User:
    return make_user(Role.CLERK, agency=target.commitment.lead_agency, language="en")


def front(user: User, target: Target | None = None) -> Front:
    """Return the page three days later, with the target's plan judged for that day."""
    if target:
        refresh.rebuild_plan(target.commitment.plan, at=LATER)
    return front_of(user, LATER)


def groups(page: Front) -> dict[str, Group]:
    return {group.key: group for group in (*page.groups, *page.beside)}


def only(page: Front, key: str) -> Item:
    [item] = groups(page)[key].items
    return item


def returned(target: Target, clerk: User, value: int = 40) -> None:
    entry = make_entry(target, value, by=clerk)
    ledger.return_(
        entry=entry,
        reason="数字有误",
        by=User.objects.filter(username="office").first() or make_user(username="office"),
        at=NOON,
    )


def beside(target: Target, **given: object) -> Target:
    """Make a target of another commitment of the same agency."""
    commitment = target.commitment
    other = make_commitment(commitment.plan, lead_agency=commitment.lead_agency)
    return make_target(other, **{"starts_on": SEPTEMBER} | given)


def ask_for_words(
    target: Target, frequency: str = NarrativeFrequency.MONTHLY, since: date = date(2023, 7, 1)
) -> None:
    NarrativeDuty.objects.create(
        plan=target.commitment.plan, frequency=frequency, effective_from=since, set_at=NOON
    )


def test_the_first_line_says_what_is_asked(target: Target, clerk: User) -> None:
    returned(target, clerk)
    beside(target, starts_on=date(2023, 7, 1))
    beside(target)
    beside(target)
    assert front(clerk, target).headline == "Housing: 1 returned, 1 overdue, 2 more due."


def test_without_more_it_says_due_alone(target: Target, clerk: User) -> None:
    assert front(clerk, target).headline == "Housing: 1 due."


def test_what_was_returned_comes_first_with_its_reason(target: Target, clerk: User) -> None:
    returned(target, clerk)
    beside(target, starts_on=date(2023, 7, 1))
    page = front(clerk, target)
    assert [group.key for group in page.groups] == ["returned", "overdue"]
    item = only(page, "returned")
    assert item.note == "office: “数字有误” You reported: 40 communities."
    assert item.address.endswith(f"period=2023-09&row={target.code}")


def test_a_returned_report_that_is_late_is_overdue_and_says_why(target: Target, clerk: User) -> None:
    """The grace after its return ends on 13 October."""
    returned(target, clerk)
    later = NOON.replace(month=10, day=20)
    refresh.rebuild_plan(target.commitment.plan, at=later)
    page = front_of(clerk, later)
    assert page.headline == "Housing: 1 overdue."
    assert "数字有误" in only(page, "overdue").note


def test_a_returned_report_of_a_locked_period_cannot_be_sent_again(target: Target, clerk: User) -> None:
    returned(target, clerk)
    office = make_user(Role.SUPERVISION)
    period_locks.lock(
        plan=target.commitment.plan, through=date(2023, 9, 30), reason="已上报", seen=0, by=office, at=LATER
    )
    item = only(front(clerk, target), "returned")
    assert item.button == ""
    assert item.note.endswith("The period is locked; the supervision office can unlock it.")


def test_what_is_reported_again_is_not_returned(target: Target, clerk: User) -> None:
    returned(target, clerk)
    make_entry(target, 41, by=clerk)
    assert list(groups(front(clerk, target))) == ["in-review"]


def test_what_was_given_up_is_not_returned(target: Target, clerk: User) -> None:
    returned(target, clerk)
    ledger.withdraw(entry=ProgressEntry.objects.get(), reason="误报", by=clerk, at=LATER)
    assert list(groups(front(clerk, target))) == ["due"]


def test_what_another_agency_reported_is_not_returned_to_one(target: Target, clerk: User) -> None:
    ledger.return_(entry=make_entry(target, 40), reason="数字有误", by=make_user(), at=NOON)
    assert list(groups(front(clerk, target))) == ["due"]


def test_a_row_leads_to_its_place_on_the_sheet(target: Target, clerk: User) -> None:
    item = only(front(clerk, target), "due")
    agency = target.commitment.lead_agency.code
    assert item.address == f"/admin/log/?plan=610302-2023&agency={agency}&period=2023-09&row={target.code}"
    assert (item.code, item.title) == (target.code, "Old communities renovated")
    assert item.note == "September figures · due 7 Oct"


def test_an_amount_leads_to_the_oldest_month_that_lacks_one(target: Target, clerk: User) -> None:
    amounts = beside(target, code="amounts", accumulation=Accumulation.INCREMENTS, starts_on=date(2023, 7, 1))
    make_counted_entry(amounts, 5, date(2023, 8, 31))
    item = only(front(clerk, target), "overdue")
    assert item.address.endswith("period=2023-07&row=amounts")
    assert item.note == "July figures · was due 7 Aug"


def test_a_stage_is_named(target: Target, clerk: User) -> None:
    make_staged_target(beside(target).commitment, date(2023, 4, 30), code="staged")
    line = only(front(clerk, target), "overdue").lines[0]
    assert line.note == "stage “Stage 1” · was due 30 Apr"
    assert line.address.endswith("period=2023-09&row=staged")


def test_a_commitment_that_owes_several_reports_is_one_with_a_line_for_each(
    target: Target, clerk: User
) -> None:
    second = make_target(target.commitment, code="B", starts_on=SEPTEMBER)
    returned(target, clerk)
    page = front(clerk, target)
    assert page.headline == "Housing: 1 returned."
    item = only(page, "returned")
    assert [line.code for line in item.lines] == [target.code, second.code]
    assert [line.button for line in item.lines] == ["Report again", "Report"]


def test_words_are_owed_in_their_own_period(target: Target, clerk: User) -> None:
    commitment = make_commitment(target.commitment.plan, lead_agency=target.commitment.lead_agency)
    ask_for_words(target)
    items = groups(front(clerk, target))["overdue"].items
    assert [(item.code, item.note) for item in items] == [
        (commitment.code, "progress in words · was due 7 Aug")
    ]
    assert items[0].address.endswith(f"period=2023-07&row={commitment.code}")


def test_words_about_stages_are_owed_in_their_own_period(target: Target, clerk: User) -> None:
    staged = make_staged_target(
        make_commitment(target.commitment.plan, lead_agency=target.commitment.lead_agency),
        date(2023, 12, 15),
        starts_on=date(2023, 7, 1),
    )
    ask_for_words(target)
    item = only(front(clerk, target), "overdue")
    assert item.note == "progress in words · was due 7 Aug"
    assert item.address.endswith(f"period=2023-07&row={staged.code}")


def test_returned_words_are_listed_once(target: Target, clerk: User) -> None:
    commitment = make_commitment(target.commitment.plan, lead_agency=target.commitment.lead_agency)
    entry = make_narrative(commitment, TODAY, by=clerk, progress="推进中")
    ledger.return_(entry=entry, reason="太简略", by=make_user(), at=NOON)
    assert only(front(clerk, target), "returned").lines == ()


def test_what_waits_for_review_is_never_owed(target: Target, clerk: User) -> None:
    make_entry(target, 40, by=clerk)
    page = front(clerk, target)
    assert page.groups == []
    assert only(page, "in-review").note == "40 communities · waited 3 days"


def test_when_all_is_reported_the_next_report_is_named(target: Target, clerk: User) -> None:
    make_entry(target, 40, by=clerk)
    assert front(clerk, target).headline == "All reported. Next: October figures, due 6 Nov."


def test_the_next_report_may_be_a_stage(target: Target, clerk: User) -> None:
    make_counted_entry(target, 76)
    staged = make_staged_target(
        make_commitment(target.commitment.plan, lead_agency=target.commitment.lead_agency),
        date(2023, 12, 15),
        title_en="Open the centre",
    )
    assert front(clerk, staged).headline == "All reported. Next: Open the centre, due 15 Dec."


def test_the_next_report_may_be_words(target: Target, clerk: User) -> None:
    make_counted_entry(target, 76)
    commitment = make_commitment(
        target.commitment.plan, lead_agency=target.commitment.lead_agency, title_en="Hold the line"
    )
    ask_for_words(target, NarrativeFrequency.QUARTERLY, date(2023, 10, 1))
    assert front(clerk, target).headline == "All reported. Next: Hold the line, due 5 Jan."
    assert commitment.targets.count() == 0


def test_without_a_report_to_come_none_is_named() -> None:
    assert front(make_user(Role.CLERK)).headline == "All reported."


def test_when_all_targets_are_reached_none_is_named(target: Target, clerk: User) -> None:
    make_counted_entry(target, 76)
    assert front(clerk, target).headline == "All reported."


def test_the_overdue_ones_are_those_of_the_list(target: Target, clerk: User, sign_in: SignIn) -> None:
    beside(target, starts_on=date(2023, 7, 1))
    make_target(make_commitment(target.commitment.plan))
    page = front(clerk, target)
    listed = sign_in(clerk).get("/admin/commitments/commitmentrollup/?owed=late").context["cl"].queryset
    assert groups(page)["overdue"].count == listed.count() == 1


def listed(address: Link | None, user: User, sign_in: SignIn) -> int:
    assert address
    count: int = sign_in(user).get(address.address).context["cl"].queryset.count()
    return count


def test_all_returned_ones_lead_to_as_many(target: Target, clerk: User, sign_in: SignIn) -> None:
    """One was reported again, one is overdue, one returned to another agency, and one returned twice."""
    for _number in range(11):
        returned(beside(target), clerk)
    returned(target, clerk)
    make_entry(target, 41, by=clerk)
    late = beside(target, starts_on=date(2023, 7, 1))
    returned(late, clerk)
    ledger.return_(entry=make_entry(beside(target), 40), reason="数字有误", by=make_user(), at=NOON)
    twice = beside(target)
    returned(twice, clerk)
    returned(twice, clerk, 41)
    group = groups(front(clerk, target))["returned"]
    assert group.count == listed(group.more, clerk, sign_in) == 12


def test_all_due_ones_lead_to_as_many(target: Target, clerk: User, sign_in: SignIn) -> None:
    """A returned report is due as well, and stands among the returned ones."""
    returned(target, clerk)
    for _number in range(11):
        beside(target)
    group = groups(front(clerk, target))["due"]
    assert group.count == listed(group.more, clerk, sign_in) == 11


def test_all_in_review_lead_to_as_many(target: Target, clerk: User, sign_in: SignIn) -> None:
    for _number in range(11):
        make_entry(beside(target), 40, by=clerk)
    make_entry(beside(target), 40)
    group = groups(front(clerk, target))["in-review"]
    assert group.count == listed(group.more, clerk, sign_in) == 11


def test_a_dropped_commitment_is_not_reported_again(target: Target, clerk: User) -> None:
    returned(target, clerk)
    commitments.drop(
        commitment=target.commitment,
        on=TODAY,
        authority="区政府",
        reason="重复",
        seen=0,
        by=make_user(Role.SUPERVISION),
        at=NOON,
    )
    assert groups(front(clerk, target)) == {}


def test_without_an_agency_no_list_of_it_is_offered(sign_in: SignIn) -> None:
    office = sign_in(make_user(Role.SUPERVISION))
    for address in (own_reports.address_of_returned(), own_reports.address_in_review()):
        assert not {*office.get(address).context["cl"].filter_specs} & {own_reports.OWN}


def test_a_long_list_is_cut_and_leads_to_the_rest(target: Target, clerk: User) -> None:
    for _number in range(10):
        beside(target)
    due = groups(front(clerk, target))["due"]
    assert (due.count, len(due.items)) == (11, 10)
    assert due.more == Link("/admin/commitments/commitmentrollup/?owed=due&returned=none", "All 11")


def test_a_state_older_than_the_ledger_says_so(target: Target, clerk: User) -> None:
    refresh.drain(clock=lambda: LATER)
    assert not front(clerk).is_recomputing
    make_entry(target, 40, by=clerk)
    assert front(clerk).is_recomputing


def test_another_agencys_work_is_not_ones_own(target: Target) -> None:
    make_entry(target, 40)
    assert groups(front(make_user(Role.CLERK), target)) == {}


def test_a_plan_still_to_come_owes_nothing(target: Target, clerk: User) -> None:
    before = front(clerk, target)
    make_plan(year=2024)
    assert front(clerk) == before
    assert CommitmentRollup.objects.count() == 1


def test_the_page_has_the_sentence_and_no_table(target: Target, clerk: User, sign_in: SignIn) -> None:
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    page = sign_in(clerk).get("/admin/").content.decode()
    assert "All reported. Next: September figures, due 7 Oct." in page
    assert "<table" not in page


def test_more_work_takes_no_more_queries(target: Target, clerk: User, sign_in: SignIn) -> None:
    browser = sign_in(clerk)

    def taken() -> int:
        refresh.rebuild_plan(target.commitment.plan, at=NOON)
        browser.get("/admin/")
        with statements() as sent:
            browser.get("/admin/")
        return len(sent)

    def work(on: Target) -> None:
        returned(on, clerk)
        make_entry(make_target(on.commitment, code=f"{on.code}-2"), 2, by=clerk)
        make_staged_target(on.commitment, date(2023, 4, 30), code=f"{on.code}-3")

    work(target)
    before = taken()
    for _number in range(3):
        work(beside(target))
    assert taken() == before
