"""Forms that act while they are checked: they act once, wholly or not at all, and only when they are sent."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments.actions import evidence, ledger, period_locks
from commitments.actions.proposals import ProposedEntry
from commitments.domain.enums import Role
from commitments.models import Evidence, PeriodLock, ProgressEntry, Subscription, User, Withdrawal
from tests.admin.conftest import SignIn
from tests.admin.forms import add, entry_form, errors
from tests.admin.opened import opened, read
from tests.factories import NOON, make_entry, make_plan, make_target, make_user
from tests.waiting import busy, impatient

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_what_the_database_refuses_at_the_end_leaves_nothing_but_the_form(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = ledger.record

    def record_and_dangle(entry: ProposedEntry, *, by: User, at: datetime) -> ProgressEntry:
        made = record(entry, by=by, at=at)
        # A reference is checked at the end of the transaction.
        Subscription.objects.create(plan_id=0, email="a@example.org")
        return made

    monkeypatch.setattr(ledger, "record", record_and_dangle)
    refused = add(sign_in(Role.SUPERVISION), "progressentry", **entry_form(make_target(), progress="已完成"))
    assert errors(refused)["__all__"] == [
        "Someone else has just submitted the same. Reload the page and check."
    ]
    assert read(refused)["progress"] == ["已完成"]
    assert not ProgressEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_another_writer_is_asked_to_press_again(sign_in: SignIn) -> None:
    office, plan = sign_in(Role.SUPERVISION), make_plan()
    form = {"plan": plan.pk, "through": "2023-08-31", "reason": "数据已发布", "seen": "0"}
    with busy(plan), impatient():
        refused = add(office, "periodlock", **form)
    assert errors(refused)["__all__"] == ["A spreadsheet is being recorded. Please submit again."]
    assert read(refused)["reason"] == ["数据已发布"]
    assert not PeriodLock.objects.exists()


def test_a_form_with_an_error_does_not_act(office: Client) -> None:
    refused = errors(add(office, "progressentry", **entry_form(make_target(), effective_on="gestern")))
    assert list(refused) == ["effective_on"]
    assert not ProgressEntry.objects.exists()


def test_a_refusal_of_a_field_that_the_form_lacks_is_told_above_it(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    plan, day = entry.commitment.plan, entry.effective_on
    period_locks.lock(
        plan=plan, through=day, reason="数据已发布", seen=0, by=make_user(Role.SUPERVISION), at=NOON
    )
    refused = add(office, "withdrawal", entry=entry.pk, reason="重复")
    ((said,),) = errors(refused).values()
    assert said.startswith("Locked through")
    assert not Withdrawal.objects.exists()


def test_one_form_is_one_row(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    file = SimpleUploadedFile("验收单.pdf", b"%PDF-1.7 proof")
    add(office, "evidence", entry=entry.pk, title="验收单", file=file)
    made = Evidence.objects.get()
    assert (made.title, made.added_by.role) == ("验收单", Role.SUPERVISION)


def test_the_page_after_it_names_the_row(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    form = {"entry": entry.pk, "reason": "重复填报"}
    answer = office.post("/admin/commitments/withdrawal/add/", form, follow=True)
    (said,) = answer.context["messages"]
    assert entry.code in str(said)
    assert Withdrawal.objects.get().entry == entry


def test_what_somebody_changed_since_is_not_changed_unseen(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    kept = evidence.attach(entry=entry, by=make_user(), at=NOON, title="验收单", url="https://example.org/1")
    address = f"/admin/commitments/evidence/{kept.pk}/change/"
    form = opened(office, address)
    Evidence.objects.update(public=True)
    answer = office.post(address, form)
    assert [each.theirs for each in answer.context["conflict"].differences] == ["Yes"]
    assert Evidence.objects.get().public
