"""Stating confidence in place, and dropping."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from commitments.actions import commitments
from commitments.change_log import edits
from commitments.domain.enums import Role
from commitments.models import Commitment, DeliveryConfidence, User
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.admin.opened import opened
from tests.admin.waiting import make_clerk, make_undoubted
from tests.factories import NOON, make_commitment, make_counted_entry, make_plan, make_target

pytestmark = pytest.mark.django_db
WHY = {"on": "2023-09-28", "authority": "区政府常务会议", "reason": "调整到下一年度"}


@pytest.fixture
def clerk() -> User:
    return make_clerk()


def state(browser: Client, commitment: Commitment, **given: str) -> Any:
    form = {"holder": "owner", "confidence": "high"} | given
    return browser.post(f"/admin/commitment/{commitment.pk}/confidence/", form)


def drop(browser: Client, commitment: Commitment, **given: str) -> Any:
    seen = str(commitments.newest(commitment))
    return browser.post(f"/admin/commitment/{commitment.pk}/drop/", WHY | {"seen": seen} | given)


def test_a_clerk_states_the_agencys_confidence_in_place(sign_in: SignIn, clerk: User) -> None:
    commitment = make_commitment(lead_agency=clerk.agency)
    answer = state(sign_in(clerk), commitment, note="资金已到位")
    assert answer.headers["Location"] == f"/admin/commitment/{commitment.pk}/"
    stated = DeliveryConfidence.objects.get()
    assert (stated.holder, stated.confidence, stated.note, stated.stated_by) == (
        "owner",
        "high",
        "资金已到位",
        clerk,
    )


def test_a_clerk_is_not_offered_to_speak_for_the_office(sign_in: SignIn, clerk: User) -> None:
    refused = state(sign_in(clerk), make_commitment(lead_agency=clerk.agency), holder="supervision")
    assert list(refused.context["form"].errors) == ["holder"]
    assert not DeliveryConfidence.objects.exists()


def test_who_states_nothing_gets_no_form(sign_in: SignIn, clerk: User) -> None:
    commitment = make_commitment(lead_agency=clerk.agency)
    page = sign_in(Role.REVIEWER, agency=clerk.agency).get(f"/admin/commitment/{commitment.pk}/")
    assert page.context["form"] is None


def test_dropping_says_beforehand_what_it_changes(office: Client, clerk: User) -> None:
    commitment = make_undoubted(clerk, make_plan()).commitment
    refresh.drain(clock=lambda: NOON)
    page = office.get(f"/admin/commitment/{commitment.pk}/drop/")
    said = " ".join(page.content.decode().split())
    assert (page.context["before"].code, page.context["after"].code) == ("off_track", "dropped")
    assert "Its 1 target is no longer judged" in said
    assert "1 entry is still in review." in said


def test_dropping_keeps_authority_and_reason(office: Client) -> None:
    commitment = make_commitment()
    assert drop(office, commitment).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.dropped_authority, commitment.dropped_reason) == (WHY["authority"], WHY["reason"])


def test_who_dropped_it_stands_in_its_history(office: Client) -> None:
    commitment = make_commitment()
    drop(office, commitment)
    dropped = edits.list_edits(commitment)[0]
    assert dropped.who == str(commitment.decisions.get().decided_by)
    assert WHY["authority"] in [change.after for change in dropped.changes]
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"authority": ""}, "authority"),
        ({"reason": " "}, "reason"),
        ({"on": "2023-09-29"}, "on"),
        ({"on": "x"}, "on"),
    ],
)
def test_what_is_missing_is_said_at_its_field(given: dict[str, str], field: str, office: Client) -> None:
    commitment = make_commitment()
    assert list(drop(office, commitment, **given).context["form"].errors) == [field]
    commitment.refresh_from_db()
    assert commitment.dropped_on is None


def test_who_drops_second_is_told_so(office: Client) -> None:
    commitment = make_commitment()
    drop(office, commitment)
    again = drop(office, commitment, authority="other")
    assert "Already dropped on 28 September 2023. Authority: 区政府常务会议." in str(
        again.context["form"].errors
    )
    assert "Effect of this decision" not in again.content.decode()


def reinstate(browser: Client, commitment: Commitment, **given: str) -> Any:
    seen = str(commitments.newest(commitment))
    why = {"authority": "区政府第九次常务会议", "reason": "误撤销", "seen": seen}
    return browser.post(f"/admin/commitment/{commitment.pk}/reinstate/", why | given)


def test_reinstating_says_beforehand_what_it_changes(office: Client) -> None:
    commitment = make_counted_entry(make_target(), 40).commitment
    drop(office, commitment)
    refresh.drain(clock=lambda: NOON)
    page = office.get(f"/admin/commitment/{commitment.pk}/reinstate/")
    assert (page.context["before"].code, page.context["after"].code) == ("dropped", "off_track")
    assert "Authority: 区政府常务会议" in page.content.decode()


def test_reinstating_leads_back_to_the_commitment_which_offers_to_drop_it_again(office: Client) -> None:
    commitment = make_commitment()
    here = f"/admin/commitment/{commitment.pk}/"
    drop(office, commitment)
    assert f"{here}reinstate/" in office.get(here).content.decode()
    assert reinstate(office, commitment).headers["Location"] == here
    assert f"{here}drop/" in office.get(here).content.decode()


@pytest.mark.parametrize(("given", "field"), [({"authority": ""}, "authority"), ({"reason": " "}, "reason")])
def test_reinstating_needs_authority_and_reason(given: dict[str, str], field: str, office: Client) -> None:
    commitment = make_commitment()
    drop(office, commitment)
    assert list(reinstate(office, commitment, **given).context["form"].errors) == [field]


def test_who_reinstates_second_is_told_so(office: Client) -> None:
    commitment = make_commitment()
    drop(office, commitment)
    reinstate(office, commitment)
    again = reinstate(office, commitment)
    assert "not dropped, or has been reinstated" in again.content.decode()
    assert "deciding_form" not in again.content.decode()


@pytest.mark.parametrize(("seen", "field"), [("1", "__all__"), ("", "seen")])
def test_another_drop_than_the_one_seen_is_not_taken_back(seen: str, field: str, office: Client) -> None:
    commitment = make_commitment()
    drop(office, commitment)
    if seen:
        seen = opened(office, f"/admin/commitment/{commitment.pk}/reinstate/")["seen"][0]
    reinstate(office, commitment)
    drop(office, commitment)
    assert list(reinstate(office, commitment, seen=seen).context["form"].errors) == [field]


def test_a_clerk_reinstates_nothing(sign_in: SignIn, clerk: User, office: Client) -> None:
    commitment = make_commitment(lead_agency=clerk.agency)
    drop(office, commitment)
    assert reinstate(sign_in(clerk), commitment).status_code == 403


def test_a_clerk_drops_nothing(sign_in: SignIn, clerk: User) -> None:
    commitment = make_commitment(lead_agency=clerk.agency)
    assert drop(sign_in(clerk), commitment).status_code == 403
