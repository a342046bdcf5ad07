"""Decisions from the queue, as plain forms and as a script requests them."""

from typing import Any

import pytest
from django.test import Client

from commitments.actions import ledger
from commitments.domain.enums import Role
from commitments.models import ProgressEntry, Review, User
from tests.admin.conftest import SignIn
from tests.admin.waiting import LATELY, make_clerk, make_doubtful, make_undoubted
from tests.factories import NOON, make_agency, make_correction, make_entry, make_plan, make_user

pytestmark = pytest.mark.django_db
QUEUE = "/admin/review/"
AS_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def clerk() -> User:
    return make_clerk()


@pytest.fixture
def entry(clerk: User) -> ProgressEntry:
    return make_undoubted(clerk, make_plan())


def decide(browser: Client, entry: ProgressEntry, decision: str = "approve", **given: Any) -> Any:
    return browser.post(f"{QUEUE}{entry.pk}/", {"decision": decision} | given)


def answer_to(browser: Client, entry: ProgressEntry, decision: str = "approve", **given: Any) -> Any:
    return browser.post(f"{QUEUE}{entry.pk}/", {"decision": decision} | given, headers=AS_SCRIPT).json()


def asked(browser: Client, entry: ProgressEntry, decision: str = "approve", **given: Any) -> Any:
    [outcome] = answer_to(browser, entry, decision, **given)["outcomes"]
    return outcome


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def tick(browser: Client, *entries: ProgressEntry) -> Any:
    return browser.post(f"{QUEUE}approve/", {"entry": [entry.pk for entry in entries]}, follow=True)


def is_counted(entry: ProgressEntry) -> bool:
    return ProgressEntry.objects.counted().filter(pk=entry.pk).exists()


def test_an_approved_entry_counts(office: Client, entry: ProgressEntry) -> None:
    decide(office, entry)
    assert is_counted(entry)


def test_a_returned_entry_keeps_the_reason(office: Client, entry: ProgressEntry) -> None:
    decide(office, entry, "return", reason=" 佐证不足 ")
    entry.refresh_from_db()
    assert (entry.review.decision, entry.review.reason) == ("return", "佐证不足")


def test_a_decision_leads_to_the_next_entry_of_the_same_page(office: Client, entry: ProgressEntry) -> None:
    answer = decide(office, entry, then="7", query="page=2")
    assert answer.headers["Location"] == f"{QUEUE}?page=2#entry-7"


def test_after_the_last_entry_the_queue_itself_is_shown(office: Client, entry: ProgressEntry) -> None:
    assert decide(office, entry).headers["Location"] == f"{QUEUE}?#queue"


def test_returning_needs_a_reason_and_stays_with_the_entry(office: Client, entry: ProgressEntry) -> None:
    answer = decide(office, entry, "return", then="7")
    assert answer.headers["Location"] == f"{QUEUE}?#entry-{entry.pk}"
    assert said(office.get(QUEUE)) == [f"{entry.code} (25 September 2023): Please give a reason."]


def test_a_ready_reason_is_enough(office: Client, entry: ProgressEntry) -> None:
    decide(office, entry, "return", ready="2", reason=" ")
    entry.refresh_from_db()
    assert entry.review.reason == "Evidence is missing; attach it and report again"


def test_a_ready_reason_comes_before_the_typed_one(office: Client, entry: ProgressEntry) -> None:
    decide(office, entry, "return", ready="2", reason="缺验收单")
    entry.refresh_from_db()
    assert entry.review.reason == "Evidence is missing; attach it and report again 缺验收单"


def test_an_unknown_ready_reason_is_none(office: Client, entry: ProgressEntry) -> None:
    decide(office, entry, "return", ready="5")
    assert not Review.objects.filter(entry=entry).exists()


def test_a_script_is_told_what_became_of_it(office: Client, entry: ProgressEntry) -> None:
    assert answer_to(office, entry) == {
        "outcomes": [
            {
                "entry": entry.pk,
                "done": True,
                "stays": False,
                "words": f"{entry.code} (25 September 2023) approved.",
            }
        ],
        "waiting": "Nothing to review. Last approval: 28 Sep.",
    }


def test_a_script_is_told_how_many_wait_in_what_it_shows(
    office: Client, clerk: User, entry: ProgressEntry
) -> None:
    make_undoubted(clerk, entry.commitment.plan)
    for query in (f"commitment={entry.commitment_id}", f"agency={make_agency().pk}"):
        assert answer_to(office, entry, query=query)["waiting"].startswith("Nothing to review.")


def test_the_author_does_not_review(sign_in: SignIn, clerk: User) -> None:
    author = make_user(language="en")
    own = make_entry(make_undoubted(clerk, make_plan()).figure.target, 46, by=author)
    found = asked(sign_in(author), own)
    assert (found["done"], found["stays"]) == (False, True)
    assert "You recorded this entry yourself" in found["words"]


def test_another_agencys_entry_is_not_found(sign_in: SignIn, entry: ProgressEntry) -> None:
    assert decide(sign_in(Role.REVIEWER), entry).status_code == 404


def test_a_clerk_decides_nothing(sign_in: SignIn, clerk: User, entry: ProgressEntry) -> None:
    assert decide(sign_in(Role.CLERK, agency=clerk.agency), entry).status_code == 403


def test_the_later_reviewer_is_told_of_the_approval(office: Client, entry: ProgressEntry) -> None:
    ledger.approve(entry=entry, by=make_user(username="zhao"), at=NOON)
    found = asked(office, entry, "return", reason="佐证不足")
    assert (
        found["words"]
        == f"{entry.code} (25 September 2023) was already approved by zhao at 28 September 2023 12:00."
    )
    assert not found["stays"]


def test_the_later_reviewer_is_told_of_the_return(office: Client, entry: ProgressEntry) -> None:
    ledger.return_(entry=entry, reason="佐证不足", by=make_user(username="zhao"), at=NOON)
    assert (
        "was already returned by zhao at 28 September 2023 12:00: 佐证不足" in asked(office, entry)["words"]
    )


def test_a_reviewer_is_told_of_a_withdrawal(office: Client, clerk: User, entry: ProgressEntry) -> None:
    ledger.withdraw(entry=entry, reason="重复填报", by=clerk, at=NOON)
    words = asked(office, entry)["words"]
    assert "was withdrawn by 王芳 (Housing Bureau) at 28 September 2023 12:00: 重复填报" in words


def test_a_reviewer_is_told_of_a_newer_report(office: Client, clerk: User, entry: ProgressEntry) -> None:
    make_correction(entry, entry.figure.value + 1, LATELY, by=clerk, at=NOON)
    assert "was replaced by a newer report at 28 September 2023 12:00." in asked(office, entry)["words"]


def test_ticked_entries_are_approved(office: Client, clerk: User, entry: ProgressEntry) -> None:
    other = make_undoubted(clerk, entry.commitment.plan)
    assert said(tick(office, entry, other)) == ["2 entries approved."]
    assert is_counted(entry)
    assert is_counted(other)


def test_a_script_is_told_of_each_ticked_entry(office: Client, clerk: User, entry: ProgressEntry) -> None:
    doubtful = make_doubtful(clerk, entry.commitment.plan)
    given = {"entry": [doubtful.pk, entry.pk]}
    found = office.post(f"{QUEUE}approve/", given, headers=AS_SCRIPT).json()
    told = [(each["entry"], each["done"], each["stays"]) for each in found["outcomes"]]
    assert told == [(entry.pk, True, False), (doubtful.pk, False, True)]
    assert found["waiting"] == "1 report waits for your review."


def test_nothing_ticked_is_said(office: Client, entry: ProgressEntry) -> None:
    assert said(tick(office)) == ["Nothing was ticked, so nothing was approved."]
    assert not is_counted(entry)


def test_a_doubtful_entry_is_not_approved_with_others(
    office: Client, clerk: User, entry: ProgressEntry
) -> None:
    doubtful = make_doubtful(clerk, entry.commitment.plan)
    words = said(tick(office, doubtful, entry))
    assert words[0] == "1 entry approved."
    assert f"{doubtful.code} (25 September 2023) was not approved: it has warnings" in words[1]
    assert (is_counted(doubtful), is_counted(entry)) == (False, True)


def test_a_doubt_that_an_approval_raises_holds_up_the_next(
    office: Client, clerk: User, entry: ProgressEntry
) -> None:
    lower = make_entry(entry.figure.target, 44, LATELY, by=clerk, at=NOON)
    tick(office, entry, lower)
    assert (is_counted(entry), is_counted(lower)) == (True, False)


def test_ticking_reaches_nothing_of_another_agency(sign_in: SignIn, entry: ProgressEntry) -> None:
    tick(sign_in(Role.REVIEWER), entry)
    assert not is_counted(entry)
