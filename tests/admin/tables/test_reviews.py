import pytest
from django.test import Client

from commitments.actions import ledger
from commitments.domain.enums import Role
from commitments.models import Review, Withdrawal
from tests.admin.conftest import SignIn
from tests.admin.forms import add, errors
from tests.factories import NOON, make_agency, make_commitment, make_entry, make_plan, make_target, make_user

pytestmark = pytest.mark.django_db


def test_an_approved_entry_counts(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    add(office, "review", entry=entry.pk, decision="approve")
    entry.refresh_from_db()
    assert entry.counted_from is not None


def test_a_returned_entry_keeps_the_reason(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    add(office, "review", entry=entry.pk, decision="return", reason="佐证不足")
    assert (Review.objects.get().decision, Review.objects.get().reason) == ("return", "佐证不足")


def test_returning_needs_a_reason(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    assert list(errors(add(office, "review", entry=entry.pk, decision="return"))) == ["reason"]


def test_nobody_reviews_an_entry_of_their_own(sign_in: SignIn) -> None:
    author = make_user(language="en")
    entry = make_entry(make_target(), 40, by=author)
    refused = errors(add(sign_in(author), "review", entry=entry.pk, decision="approve"))
    assert refused["__all__"] == ["You recorded this entry yourself; somebody else has to review it."]


def test_a_second_review_comes_too_late(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    ledger.approve(entry=entry, by=make_user(), at=NOON)
    refused = errors(add(office, "review", entry=entry.pk, decision="return", reason="佐证不足"))
    assert "already" in refused["__all__"][0]


def test_a_reviewer_cannot_choose_another_agencys_entry(sign_in: SignIn) -> None:
    entry = make_entry(make_target(), 40)
    assert list(errors(add(sign_in(Role.REVIEWER), "review", entry=entry.pk, decision="approve"))) == [
        "entry"
    ]


def test_a_clerk_takes_a_pending_entry_back(sign_in: SignIn) -> None:
    agency = make_agency()
    author = make_user(Role.CLERK, agency=agency)
    entry = make_entry(make_target(make_commitment(lead_agency=agency)), 40, by=author)
    add(sign_in(Role.CLERK, agency=agency), "withdrawal", entry=entry.pk, reason="重复填报")
    assert Withdrawal.objects.get().entry == entry


def test_an_entry_is_withdrawn_once(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    ledger.withdraw(entry=entry, reason="重复填报", by=make_user(), at=NOON)
    assert "__all__" in errors(add(office, "withdrawal", entry=entry.pk, reason="重复填报"))


@pytest.mark.parametrize("model", ["review", "withdrawal"])
def test_decisions_stay_as_they_are(model: str, office: Client) -> None:
    plan = make_plan()
    reviewed, withdrawn = (make_entry(make_target(make_commitment(plan)), 40) for _ in range(2))
    made = {
        "review": ledger.approve(entry=reviewed, by=make_user(), at=NOON),
        "withdrawal": ledger.withdraw(entry=withdrawn, reason="重复填报", by=make_user(), at=NOON),
    }
    address = f"/admin/commitments/{model}/{made[model].pk}"
    assert office.get(f"{address}/change/").status_code == 200
    assert office.post(f"{address}/change/", {}).status_code == 403
    assert office.post(f"{address}/delete/", {}).status_code == 403


def test_past_decisions_are_a_list_without_a_form_to_add(office: Client) -> None:
    page = office.get("/admin/commitments/review/").content.decode()
    assert "Review decisions" in page
    assert "/admin/commitments/review/add/" not in page
