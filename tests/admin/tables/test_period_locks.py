from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.domain.enums import Role
from commitments.models import PeriodLock, Plan
from tests.admin.conftest import SignIn
from tests.admin.forms import add, errors
from tests.admin.opened import opened
from tests.factories import make_plan, make_user

pytestmark = pytest.mark.django_db


def form(plan: Plan, **given: Any) -> dict[str, Any]:
    newest = PeriodLock.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return {"plan": plan.pk, "through": "2023-08-31", "reason": "数据已发布", "seen": newest} | given


def test_a_period_is_locked_in_the_name_of_who_is_signed_in(sign_in: SignIn) -> None:
    office, plan = make_user(Role.SUPERVISION), make_plan()
    add(sign_in(office), "periodlock", **form(plan))
    lock = PeriodLock.objects.get()
    assert (lock.plan, lock.through, lock.locked_by) == (plan, date(2023, 8, 31), office)


def test_it_is_opened_by_another_line(office: Client) -> None:
    plan = make_plan()
    add(office, "periodlock", **form(plan))
    add(office, "periodlock", **form(plan, through="", reason="补报"))
    assert [lock.through for lock in PeriodLock.objects.all()] == [None, date(2023, 8, 31)]


def test_the_form_knows_the_newest_line(office: Client) -> None:
    add(office, "periodlock", **form(make_plan()))
    opened_now = opened(office, "/admin/commitments/periodlock/add/")
    assert opened_now["seen"] == [str(PeriodLock.objects.get().pk)]


@pytest.mark.parametrize(("seen", "field"), [("0", "__all__"), ("", "seen")])
def test_a_line_written_meanwhile_is_not_overruled_unseen(seen: str, field: str, office: Client) -> None:
    plan = make_plan()
    add(office, "periodlock", **form(plan))
    refused = add(office, "periodlock", **form(plan, through="", seen=seen))
    assert list(errors(refused)) == [field]
    assert PeriodLock.objects.count() == 1


@pytest.mark.parametrize(
    ("through", "said"), [("2023-08-31", "locked the plan through 31 August 2023"), ("", "unlocked the plan")]
)
def test_a_line_written_meanwhile_is_told_and_may_be_overruled(
    through: str, said: str, office: Client
) -> None:
    plan = make_plan()
    mine = form(plan, through="2023-07-31")
    add(office, "periodlock", **form(plan, through=through))
    refused = add(office, "periodlock", **mine)
    assert said in str(errors(refused))
    add(office, "periodlock", **mine | {"seen": refused.context["adminform"].form["seen"].value()})
    assert PeriodLock.objects.count() == 2


def test_what_is_refused_stands_at_its_field(office: Client) -> None:
    assert list(errors(add(office, "periodlock", **form(make_plan(), through="2023-12-31")))) == ["through"]


def test_a_line_shows_who_wrote_it_and_when(office: Client) -> None:
    add(office, "periodlock", **form(make_plan()))
    lock = PeriodLock.objects.get()
    page = office.get(f"/admin/commitments/periodlock/{lock.pk}/change/").content.decode()
    assert lock.locked_by.username in page


def test_a_clerk_locks_nothing(sign_in: SignIn) -> None:
    assert add(sign_in(Role.CLERK), "periodlock", **form(make_plan())).status_code == 403
