"""The front pages of leaders and the supervision office: the standing of the plan, and all that needs them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from commitments.actions import commitments
from commitments.admin.pages.front.page import front_of
from commitments.admin.pages.front.parts import SHOWN, Front, Group
from commitments.domain.enums import Role, Status
from commitments.models import Commitment, CommitmentRollup, Plan, User
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db
SIXTH_WORKING_DAY = NOON.replace(month=10, day=12)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def assessed(plan: Plan, *values: int) -> list[Commitment]:
    """Make a judged commitment of 76 for each value reached."""
    targets = [make_target(make_commitment(plan)) for _value in values]
    for target, value in zip(targets, values, strict=True):
        make_counted_entry(target, value)
    refresh.drain(clock=lambda: NOON)
    return [target.commitment for target in targets]


def front(user: User) -> Front:
    return front_of(user, NOON)


def groups(page: Front) -> dict[str, Group]:
    return {group.key: group for group in (*page.groups, *page.beside)}


def leader() -> User:
    return make_user(Role.LEADER, language="en")


def test_a_leader_reads_the_standing_first() -> None:
    assessed(make_plan(), 52, 10, 76)
    page = front(leader())
    assert page.headline == "1 commitment is off track or missed, 1 at risk."
    assert [group.key for group in page.groups] == ["behind", "at-risk"]


def test_the_worst_comes_first_with_its_reason() -> None:
    plan = make_plan()
    behind, worst = assessed(plan, 30, 10)
    [first, second] = groups(front(leader()))["behind"].items
    assert [first.code, second.code] == [worst.code, behind.code]
    assert first.address == f"/admin/commitment/{worst.pk}/"
    assert first.note.startswith("10 of 76 communities")
    assert first.who == worst.lead_agency.short_name


def test_a_leader_without_trouble_reads_so() -> None:
    assessed(make_plan(), 76)
    assert front(leader()) == Front("Nothing needs your decision this week.", [], [])


def test_a_leader_of_an_agency_sees_what_is_theirs() -> None:
    ours, _other = assessed(make_plan(), 10, 10)
    found = groups(front(make_user(Role.LEADER, agency=ours.lead_agency)))["behind"]
    assert found.count == len(found.items) == 1


def test_overdue_reports_stand_apart_from_the_standing() -> None:
    target = make_target()
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    page = front(leader())
    assert page.headline == "1 overdue report."
    assert (page.groups, [group.key for group in page.beside]) == ([], ["overdue"])


def test_the_overdue_reports_counted_are_those_of_the_list(sign_in: SignIn) -> None:
    """One of the two has been reported and waits for review."""
    plan = make_plan()
    late, reported = (make_target(make_commitment(plan)) for _number in range(2))
    make_entry(reported, 40)
    refresh.rebuild_plan(plan, at=NOON)
    found = groups(front(make_user()))["overdue"]
    assert found.count == 1
    assert found.more is not None
    listed = sign_in(Role.SUPERVISION).get(found.more.address).context["cl"].queryset
    assert [rollup.commitment for rollup in listed] == [late.commitment]


def test_the_office_sees_which_agency_is_overdue_and_since_when() -> None:
    plan = make_plan()
    agency = make_agency(name_en="Housing Bureau")
    newer = make_target(make_commitment(plan, lead_agency=agency), starts_on=date(2023, 7, 1))
    older = make_target(make_commitment(plan, lead_agency=agency))
    other = make_target(make_commitment(plan), starts_on=date(2023, 7, 1))
    refresh.rebuild_plan(plan, at=NOON)
    [first, second] = groups(front(make_user()))["overdue"].items
    assert (first.title, first.note) == ("Housing Bureau", "2 overdue reports")
    assert [(line.code, line.note) for line in first.lines] == [
        (older.commitment.code, "was due 6 Feb"), (newer.commitment.code, "was due 7 Aug"),
    ]  # fmt: skip
    assert second.title == other.commitment.lead_agency.short_name


def test_slow_reviewers_are_named_to_the_office() -> None:
    target = make_target()
    agency = target.commitment.lead_agency
    for username, family, given in (("a", "Li", "Na"), ("b", "Zhao", "Min")):
        make_user(Role.REVIEWER, agency=agency, username=username, last_name=family, first_name=given)
    entry = make_entry(target, 40)
    page = front_of(make_user(), SIXTH_WORKING_DAY)
    assert page.headline == "1 report in review for over 5 working days."
    [item] = groups(page)["slow"].items
    assert item.note == "1 report, the oldest for 6 working days · slow reviewers: Na Li, Min Zhao"
    assert item.lines[0].address == f"/admin/review/?agency={agency.pk}#entry-{entry.pk}"
    assert item.lines[0].note == "reported 28 Sep"


def test_an_agency_without_a_reviewer_is_said_to_have_none() -> None:
    make_entry(make_target(), 40)
    [item] = groups(front_of(make_user(), SIXTH_WORKING_DAY))["slow"].items
    assert item.note.endswith("this agency has no reviewer, so the supervision office reviews")


def test_a_leader_is_not_told_of_slow_reviewers() -> None:
    make_entry(make_target(), 40)
    assert "slow" not in groups(front_of(leader(), SIXTH_WORKING_DAY))


def test_an_office_without_trouble_reads_so() -> None:
    assessed(make_plan(), 76)
    assert front(make_user()) == Front("Every agency has reported on time.", [], [])


def test_what_the_office_may_review_stands_beside() -> None:
    make_entry(make_target(), 40)
    page = front(make_user())
    assert [group.key for group in page.beside] == ["to-review"]
    assert page.button is not None


@pytest.mark.parametrize("role", [Role.LEADER, Role.SUPERVISION])
def test_more_work_takes_no_more_queries(role: Role, sign_in: SignIn) -> None:
    plan, browser = make_plan(), sign_in(role)

    def taken() -> int:
        browser.get("/admin/")
        with statements() as sent:
            browser.get("/admin/")
        return len(sent)

    def work(number: int) -> None:
        for _number in range(number):
            make_target(make_commitment(plan))
            make_entry(
                make_target(make_commitment(plan)),
                5,
                at=NOON - timedelta(days=20),
                effective_on=date(2023, 8, 31),
            )
        assessed(plan, *[10, 52] * number)

    work(1)
    before = taken()
    work(3)
    assert taken() == before


def test_a_status_older_than_the_ledger_is_not_shown_as_new(sign_in: SignIn) -> None:
    quiet, changed = assessed(make_plan(), 10, 11)
    make_counted_entry(changed.targets.get(), 76)
    page = front(leader())
    assert page.is_recomputing
    items = {item.code: item for item in groups(page)["behind"].items}
    assert [items[each.code].tag.code for each in (quiet, changed)] == ["off_track", "pending"]  # type: ignore[union-attr]
    assert items[changed.code].note == ""
    said = sign_in(Role.SUPERVISION).get("/admin/commitments/commitment/").content.decode()
    assert "Recomputing (about 2 seconds)" in said


def test_lists_show_words_and_amounts(sign_in: SignIn) -> None:
    (commitment,) = assessed(make_plan(), 10)
    office = sign_in(Role.SUPERVISION)
    page = office.get("/admin/commitments/targetrollup/").content.decode()
    assert "far_behind" not in page
    assert "10 communities" in page
    assert f"/admin/commitment/{commitment.pk}/" in page
    assert "Off track" in office.get("/admin/commitments/commitment/").content.decode()


def test_exported_lists_have_plain_words(sign_in: SignIn) -> None:
    assessed(make_plan(), 10)
    found = b"".join(sign_in(Role.SUPERVISION).get("/admin/commitments/commitment/export.csv")).decode()
    assert "Off track" in found
    assert "<a" not in found


def draft_of(status: Status) -> None:
    """Make a draft with a commitment of that status."""
    target = make_target(make_commitment(make_plan(code="draft", published_at=None)))
    refresh.drain(clock=lambda: NOON)
    CommitmentRollup.objects.filter(commitment=target.commitment).update(status=status)


def shown(browser: Client, address: str) -> int:
    found: int = browser.get(address).context["cl"].result_count
    return found


def test_the_number_of_a_cut_list_is_that_of_the_list_it_leads_to(sign_in: SignIn) -> None:
    """The office sees its drafts, and a commitment that was dropped waits to be judged anew."""
    plan = make_plan()
    [dropped, *_behind] = assessed(plan, *[10] * (SHOWN + 2))
    draft_of(Status.OFF_TRACK)
    office = make_user(Role.SUPERVISION, language="en")
    why: dict[str, Any] = {"authority": "区政府", "reason": "调整", "seen": 0, "by": office}
    commitments.drop(commitment=dropped, on=NOON.date(), at=NOON, **why)
    more = groups(front(office))["behind"].more
    assert more is not None
    assert more.words == f"All {SHOWN + 1}"
    assert shown(sign_in(office), more.address) == SHOWN + 1


@pytest.mark.parametrize(("asked", "count"), [("", 2), ("?of=published", 1), ("?of=drafts", 1)])
def test_the_list_tells_drafts_from_the_published(sign_in: SignIn, asked: str, count: int) -> None:
    draft_of(Status.OFF_TRACK)
    assessed(make_plan(), 10)
    assert shown(sign_in(Role.SUPERVISION), f"/admin/commitments/commitmentrollup/{asked}") == count
