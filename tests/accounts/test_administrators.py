"""The last administrator able to add accounts stays."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from commitments.domain.enums import Role
from commitments.models import User
from tests.admin.conftest import sign_in
from tests.admin.forms import change
from tests.admin.opened import opened
from tests.factories import make_user

__all__ = ["sign_in"]
LAST = "This is the last administrator. Make another account an administrator first."
LOST: dict[str, dict[str, Any]] = {
    "demoted": {"role": "leader"},
    "deactivated": {"is_active": ""},
    "kept out": {"is_staff": ""},
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", LOST)
def test_the_last_administrator_is_not(how: str, sign_in: Any) -> None:
    admin = make_user(Role.ADMIN, language="en")
    answer = change(sign_in(admin), admin, **{"is_active": "on", "is_staff": "on"} | LOST[how])
    assert LAST in answer.content.decode()
    admin.refresh_from_db()
    assert (admin.role, admin.is_active, admin.is_staff) == ("admin", True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("how", LOST)
def test_another_one_is(how: str, sign_in: Any) -> None:
    admin, other = make_user(Role.ADMIN), make_user(Role.ADMIN)
    assert change(sign_in(admin), other, **LOST[how]).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("lost", [{"role": "leader"}, {"is_active": False}, {"is_staff": False}])
def test_the_database_refuses_it_from_whatever_side(lost: dict[str, Any]) -> None:
    make_user(Role.ADMIN)
    with pytest.raises(IntegrityError, match="last administrator"), transaction.atomic():
        User.objects.update(**lost)


@pytest.mark.django_db
def test_all_of_them_are_not_lost_in_one_statement() -> None:
    make_user(Role.ADMIN)
    make_user(Role.LEADER, is_superuser=True)
    with pytest.raises(IntegrityError, match="last administrator"), transaction.atomic():
        User.objects.update(is_active=False)


@pytest.mark.django_db
def test_a_superuser_is_one() -> None:
    make_user(Role.LEADER, is_superuser=True)
    make_user(Role.ADMIN).delete()


@pytest.mark.django_db
def test_the_last_one_is_not_deleted_and_says_why(sign_in: Any) -> None:
    root = make_user(Role.ADMIN, is_superuser=True, language="en")
    browser = sign_in(root)
    page = browser.get(f"/admin/commitments/user/{root.pk}/delete/", follow=True)
    address = page.redirect_chain[-1][0]
    assert LAST in browser.post(address, {"post": "yes"}, follow=True).content.decode()
    assert User.objects.filter(pk=root.pk).exists()


@pytest.mark.django_db
def test_another_refusal_to_delete_stays_what_it_is(sign_in: Any) -> None:
    browser = sign_in(make_user(Role.ADMIN, is_superuser=True))
    other = make_user()
    address = browser.get(f"/admin/commitments/user/{other.pk}/delete/", follow=True).redirect_chain[-1][0]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE elsewhere (of_user bigint REFERENCES commitments_user)")
        cursor.execute("INSERT INTO elsewhere VALUES (%s)", [other.pk])
    with pytest.raises(IntegrityError, match="elsewhere"):
        browser.post(address, {"post": "yes"})


@pytest.fixture
def two(transactional_db: None) -> list[User]:
    """Make two administrators."""
    return [make_user(Role.ADMIN), make_user(Role.ADMIN)]


def test_of_two_who_demote_each_other_at_once_one_stays(two: list[User], sign_in: Any) -> None:
    """Each has opened the other's form; both press at the same moment."""
    barrier, answers = Barrier(2), []
    browsers = [(sign_in(by), of) for by, of in (two, two[::-1])]

    def demote(browser: Client, other: User) -> None:
        try:
            address = f"/admin/commitments/user/{other.pk}/change/"
            form = opened(browser, address) | {"role": "leader"}
            barrier.wait(30)
            answers.append(browser.post(address, form).status_code)
        finally:
            connection.close()

    threads = [Thread(target=demote, args=each) for each in browsers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert User.objects.filter(role=Role.ADMIN).count() == 1
    assert 302 in answers
