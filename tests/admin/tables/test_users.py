from typing import Any

import pytest
from django.test import Client

from commitments.domain.enums import Role
from commitments.models import User
from tests.admin.conftest import SignIn
from tests.admin.forms import add, change, errors
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in(Role.ADMIN)


def form(**given: Any) -> dict[str, Any]:
    return {
        "username": "wang",
        "role": "clerk",
        "language": "en",
        "is_staff": "on",
        "is_active": "on",
    } | given


def test_an_administrator_adds_a_clerk(admin: Client) -> None:
    agency = make_agency()
    add(admin, "user", **form(agency=agency.pk))
    wang = User.objects.get(username="wang")
    assert (wang.role, wang.agency, wang.language) == ("clerk", agency, "en")


def test_a_name_that_differs_in_large_letters_alone_is_taken(admin: Client) -> None:
    make_user(username="Wang")
    assert "username" in errors(add(admin, "user", **form(role="leader")))


def test_one_account_is_added_after_another(admin: Client) -> None:
    answer = add(admin, "user", **form(role="leader", _addanother="1"))
    assert answer.headers["Location"] == "/admin/commitments/user/add/"


def test_a_clerk_without_an_agency_is_refused(admin: Client) -> None:
    assert errors(add(admin, "user", **form()))["agency"] == [
        "Clerks and reviewers belong to an agency. Choose one."
    ]


def test_a_role_is_changed(admin: Client) -> None:
    user = make_user(Role.LEADER)
    change(admin, user, role="supervision")
    user.refresh_from_db()
    assert user.role == "supervision"


def test_an_administrator_makes_nobody_a_superuser(admin: Client) -> None:
    user = make_user(Role.LEADER)
    change(admin, user, first_name="丽", is_superuser="on")
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser) == ("丽", False)


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_administrator_makes_no_link_for_a_superuser(method: str, admin: Client) -> None:
    root = make_user(Role.ADMIN, is_superuser=True)
    assert getattr(admin, method)(f"/admin/commitments/user/{root.pk}/password/").status_code == 403


def test_there_is_no_link_for_nobody(admin: Client) -> None:
    assert admin.get("/admin/commitments/user/0/password/").status_code == 404


def test_a_new_role_stands_in_the_history(admin: Client) -> None:
    user = make_user(Role.LEADER)
    change(admin, user, role="supervision")
    (told,) = admin.get(f"/admin/commitments/user/{user.pk}/history/").context["edits"][0].changes
    assert (told.field, told.before, told.after) == ("Role", "Leader", "Supervision office")


def test_a_superuser_does(sign_in: SignIn) -> None:
    root = make_user(Role.ADMIN, is_superuser=True)
    assert sign_in(root).get(f"/admin/commitments/user/{root.pk}/password/").status_code == 200


def test_the_supervision_office_sees_no_accounts(office: Client) -> None:
    assert office.get("/admin/commitments/user/").status_code == 403


def test_a_new_account_may_sign_in_unless_told_otherwise(admin: Client) -> None:
    form = admin.get("/admin/commitments/user/add/").context["adminform"].form
    assert form["is_staff"].value() is True
