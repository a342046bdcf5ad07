"""Administrators see lock-outs and lift them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments import clock
from commitments.accounts import attempts
from commitments.domain.enums import Role
from commitments.models import LockOut, User
from tests.accounts.conftest import PASSWORD, guess, in_, try_in
from tests.admin.conftest import sign_in

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
LIST = "/admin/commitments/lockout/"


@pytest.fixture
def admin(sign_in: Any) -> Client:
    browser: Client = sign_in(Role.ADMIN, last_name="", first_name="Root")
    return browser


@pytest.fixture
def locked_out(wang: User) -> LockOut:
    guess(10, "wang", address=lambda number: f"10.0.1.{number}")
    return LockOut.objects.get()


def test_the_administrator_sees_who_is_locked_out_and_until_when(locked_out: LockOut, admin: Client) -> None:
    page = admin.get(LIST).content.decode()
    assert "wang" in page
    assert "in force" in page


def test_lifted_it_lets_the_person_in_again(locked_out: LockOut, admin: Client) -> None:
    assert try_in(Client(), "wang", PASSWORD).status_code == 429
    page = admin.post(f"{LIST}{locked_out.pk}/lift/", follow=True).content.decode()
    assert "Lifted: wang may sign in again." in page
    assert in_(try_in(Client(), "wang", PASSWORD))


def test_the_history_says_who_lifted_it(locked_out: LockOut, admin: Client) -> None:
    history = f"{LIST}{locked_out.pk}/history/"
    assert [edit.verb for edit in admin.get(history).context["edits"]] == ["Locked out"]
    admin.post(f"{LIST}{locked_out.pk}/lift/")
    assert [(edit.verb, edit.who) for edit in admin.get(history).context["edits"]] == [
        ("Lifted", "Root"),
        ("Locked out", ""),
    ]
    assert "lifted by Root" in admin.get(LIST).content.decode()


def test_a_history_of_nothing_leads_home(admin: Client) -> None:
    assert admin.get(f"{LIST}0/history/").status_code == 302


def test_one_that_has_ended_is_not_lifted(locked_out: LockOut, admin: Client) -> None:
    with time_machine.travel(clock.real() + attempts.WINDOW + timedelta(minutes=1)):
        page = admin.get(LIST).content.decode()
    assert "ended" in page
    assert "/lift/" not in page


@pytest.mark.parametrize("role", [Role.SUPERVISION, Role.LEADER])
def test_nobody_else_lifts_it(role: Role, locked_out: LockOut, sign_in: Any) -> None:
    assert sign_in(role).post(f"{LIST}{locked_out.pk}/lift/").status_code == 403
    assert LockOut.objects.get().lifted_at is None


def test_who_may_only_look_has_no_button(locked_out: LockOut, admin: Client, monkeypatch: Any) -> None:
    from commitments import permissions

    monkeypatch.setitem(permissions.OF_ROLE, Role.ADMIN, {"commitments.view_lockout"})
    assert "/lift/" not in admin.get(LIST).content.decode()
