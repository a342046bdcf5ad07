"""One line for each event, which no stranger's text can break."""

import logging
from typing import Any

import pytest
from django.test import Client

from commitments.accounts import security_log
from commitments.domain.enums import Role
from commitments.models import LockOut, User
from tests.accounts.conftest import PASSWORD, guess, try_in
from tests.admin.conftest import sign_in
from tests.admin.forms import change
from tests.factories import make_user

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
NEW = "another-long-and-unusual-one"


@pytest.fixture(autouse=True)
def _heard(caplog: pytest.LogCaptureFixture) -> Any:
    """Attach the captured log: the security log does not reach the root logger."""
    logger = logging.getLogger("security")
    logger.addHandler(caplog.handler)
    yield
    logger.removeHandler(caplog.handler)


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "security"]


def test_a_sign_in_and_a_sign_out(wang: User, caplog: pytest.LogCaptureFixture) -> None:
    browser = Client()
    try_in(browser, "wang", PASSWORD, address="10.0.0.7")
    browser.post("/admin/logout/", REMOTE_ADDR="10.0.0.7")
    assert lines(caplog) == [
        "event=signed_in account=wang address=10.0.0.7",
        "event=signed_out account=wang address=10.0.0.7",
    ]


def test_one_that_failed_without_its_password(wang: User, caplog: pytest.LogCaptureFixture) -> None:
    try_in(Client(), "wang", "my-secret", address="10.0.0.7")
    assert lines(caplog) == ["event=sign_in_failed account=wang address=10.0.0.7"]


def test_a_lock_out_and_a_refusal(wang: User, caplog: pytest.LogCaptureFixture) -> None:
    guess(11, "wang", address=lambda number: f"10.0.0.{number}")
    until = str(LockOut.objects.get().until)
    assert lines(caplog)[-2:] != []
    assert f'event=locked_out kind=account subject=wang until="{until}"' in lines(caplog)
    assert lines(caplog)[-1] == f'event=sign_in_refused account=wang address=10.0.0.10 until="{until}"'


def test_what_somebody_was_not_allowed_to_do(sign_in: Any, caplog: pytest.LogCaptureFixture) -> None:
    sign_in(Role.LEADER, username="li").get("/admin/commitments/user/")
    assert lines(caplog) == [
        "event=refused account=li address=127.0.0.1 method=GET path=/admin/commitments/user/"
    ]


def test_a_changed_password(wang: User, caplog: pytest.LogCaptureFixture) -> None:
    browser = Client()
    try_in(browser, "wang", PASSWORD)
    typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    browser.post("/admin/password_change/", typed)
    assert lines(caplog)[-1] == ("event=password_changed account=wang address=127.0.0.1 sessions_ended=0")


def test_a_changed_role(sign_in: Any, caplog: pytest.LogCaptureFixture) -> None:
    admin = sign_in(Role.ADMIN, username="root")
    change(admin, make_user(Role.LEADER, username="li"), role="supervision")
    assert lines(caplog) == ["event=account_changed account=root address=127.0.0.1 of=li role=supervision"]


def test_a_change_of_nothing_that_matters_is_none(sign_in: Any, caplog: pytest.LogCaptureFixture) -> None:
    change(sign_in(Role.ADMIN), make_user(Role.LEADER), first_name="丽")
    assert lines(caplog) == []


def test_an_account_that_was_added_and_deleted(sign_in: Any, caplog: pytest.LogCaptureFixture) -> None:
    root = sign_in(Role.ADMIN, username="root", is_superuser=True)
    typed = {"username": "li", "role": "leader", "language": "en", "is_staff": "on", "is_active": "on"}
    root.post("/admin/commitments/user/add/", typed)
    address = f"/admin/commitments/user/{User.objects.get(username='li').pk}/delete/"
    root.post(root.get(address, follow=True).redirect_chain[-1][0], {"post": "yes"})
    assert [line.split(" address")[0] for line in lines(caplog)] == [
        "event=account_added account=root",
        "event=account_deleted account=root",
    ]


def test_a_name_of_several_lines_stays_on_one(caplog: pytest.LogCaptureFixture) -> None:
    security_log.note(
        "sign_in_failed", account='wang\n2026 security event=signed_in account="root"\x1b[2J\u2028'
    )
    (line,) = lines(caplog)
    assert line.isprintable()
    assert line.startswith('event=sign_in_failed account="wang\\\\n2026 ')


def test_a_text_without_end_has_one(caplog: pytest.LogCaptureFixture) -> None:
    security_log.note("sign_in_failed", account="x" * 100_000)
    (line,) = lines(caplog)
    assert len(line) < 300


def test_it_does_not_depend_on_the_level_of_other_logs(settings: Any) -> None:
    assert settings.LOGGING["loggers"]["security"]["level"] == "INFO"
    assert logging.getLogger("security").isEnabledFor(logging.INFO)
