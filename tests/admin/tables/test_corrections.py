"""The page of a recorded entry, which is never edited: it offers to correct or to withdraw it."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from commitments.actions import ledger
from commitments.domain.enums import Role
from commitments.models import ProgressEntry, User
from commitments.presenters.people import signed
from tests.admin.conftest import SignIn
from tests.admin.waiting import EARLIER, RATIO, make_clerk, make_target_of
from tests.factories import NOON, make_counted_entry, make_entry, make_plan, make_user

pytestmark = pytest.mark.django_db
ADD = "/admin/commitments/progressentry/add/"


@pytest.fixture
def clerk() -> User:
    return make_clerk()


def ways(browser: Client, entry: ProgressEntry) -> tuple[bool, bool]:
    context = browser.get(f"/admin/commitments/progressentry/{entry.pk}/change/").context
    return bool(context.get("correct")), bool(context.get("withdraw"))


def initial(browser: Client, asked: str) -> Any:
    return browser.get(f"{ADD}?corrects={asked}").context["adminform"].form.initial


def test_a_clerk_corrects_and_withdraws_what_waits(sign_in: SignIn, clerk: User) -> None:
    entry = make_entry(make_target_of(clerk, make_plan()), 40, by=clerk)
    assert ways(sign_in(clerk), entry) == (True, True)


def test_a_clerk_corrects_what_counts_and_asks_a_reviewer_to_withdraw_it(
    sign_in: SignIn, clerk: User
) -> None:
    entry = make_counted_entry(make_target_of(clerk, make_plan()), 40, by=clerk)
    assert ways(sign_in(clerk), entry) == (True, False)
    assert ways(sign_in(Role.REVIEWER, agency=clerk.agency), entry) == (False, True)


def test_what_was_returned_is_withdrawn_and_then_left_alone(sign_in: SignIn, clerk: User) -> None:
    entry, browser = make_entry(make_target_of(clerk, make_plan()), 40, by=clerk), sign_in(clerk)
    ledger.return_(entry=entry, reason="佐证不足", by=make_user(), at=NOON)
    assert ways(browser, entry) == (False, True)
    ledger.withdraw(entry=entry, reason="误报", by=clerk, at=NOON)
    assert ways(browser, entry) == (False, False)


def test_a_correction_starts_from_what_it_corrects(office: Client, clerk: User) -> None:
    given: dict[str, Any] = {
        "denominator": Decimal(200),
        "progress": "八月",
        "problems": "雨季",
        "next_steps": "赶工",
    }
    entry = make_entry(make_target_of(clerk, make_plan(), **RATIO), 190, EARLIER, by=clerk, **given)
    found = initial(office, str(entry.pk))
    assert (found["value"], found["denominator"], found["effective_on"]) == ("190", "200", EARLIER)
    assert (found["progress"], found["problems"], found["next_steps"]) == ("八月", "雨季", "赶工")
    assert found["target"] == entry.target


def test_only_the_form_of_a_correction_bears_its_title(office: Client, clerk: User) -> None:
    target = make_target_of(clerk, make_plan())
    entry, other = make_entry(target, 40, by=clerk), make_entry(target, 41, by=clerk)
    page = office.get(f"/admin/commitments/progressentry/{entry.pk}/change/?corrects={other.pk}")
    assert "corrected" not in page.context


def test_a_correction_names_what_it_corrects_and_who_reported_it(office: Client, clerk: User) -> None:
    entry = make_entry(make_target_of(clerk, make_plan()), 40, EARLIER, by=clerk)
    page = office.get(f"{ADD}?corrects={entry.pk}")
    assert page.context["title"] == f"Correct the entry on {entry.code} {entry.figure.target.title_en}"
    assert page.context["figure"] == "40 communities"
    with override("en"):
        assert page.context["signed"] == signed(clerk, NOON)
    assert f"{EARLIER:%Y-%m-%d}" in page.content.decode()


def test_a_refused_correction_still_names_it(office: Client, clerk: User) -> None:
    entry = make_entry(make_target_of(clerk, make_plan()), 40, EARLIER, by=clerk)
    page = office.post(ADD, {"corrects": entry.pk, "value": "x"})
    assert page.context["corrected"] == entry


def test_a_correction_of_nothing_starts_empty(office: Client) -> None:
    assert "value" not in initial(office, "x")


def test_another_agencys_entry_is_not_shown_in_a_form(sign_in: SignIn, clerk: User) -> None:
    entry = make_entry(make_target_of(clerk, make_plan()), 40, by=clerk)
    assert "value" not in initial(sign_in(Role.CLERK), str(entry.pk))


def test_the_withdrawal_knows_its_entry(sign_in: SignIn, clerk: User) -> None:
    browser, entry = sign_in(clerk), make_entry(make_target_of(clerk, make_plan()), 40, by=clerk)
    page = browser.get(f"/admin/commitments/progressentry/{entry.pk}/change/")
    form = browser.get(page.context["withdraw"]).context["adminform"].form
    assert form.initial["entry"] == str(entry.pk)
