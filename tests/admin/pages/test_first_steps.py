"""The first steps on the front page tick themselves, and are gone once all are done."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from commitments.admin.pages import first_steps
from commitments.domain.enums import Role
from commitments.models import SetupDone, User
from tests.admin.conftest import SignIn
from tests.factories import make_commitment, make_jurisdiction, make_plan, make_user
from tests.mails.sink import Sink
from tracker.local.ports import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user(Role.ADMIN, language="en", email="admin@example.org")


@pytest.fixture
def browser(user: User, sign_in: SignIn) -> Client:
    return sign_in(user)


def open_steps(user: User) -> list[int]:
    return [number for number, step in enumerate(first_steps.pending_steps(user)) if not step.done]


def test_everything_is_to_do_at_first(user: User) -> None:
    assert open_steps(user) == [0, 1, 2, 3, 4, 5]


def test_what_is_there_ticks_itself(user: User) -> None:
    make_jurisdiction()
    assert open_steps(user) == [1, 2, 3, 4, 5]
    make_commitment()
    assert open_steps(user) == [2, 3, 4]
    make_user(Role.CLERK)
    make_user(Role.REVIEWER)
    assert open_steps(user) == [3, 4]


def test_somebody_says_that_the_calendar_is_right(browser: Client, user: User) -> None:
    make_plan()
    assert "due by the 5th of each month, statistics by the 25th" in browser.get("/admin/").content.decode()
    browser.post("/admin/calendar/")
    assert SetupDone.objects.get().done_by == user
    assert 3 not in open_steps(user)


def test_saying_it_twice_keeps_who_said_it_first(browser: Client, user: User, office: Client) -> None:
    browser.post("/admin/calendar/")
    office.post("/admin/calendar/")
    assert SetupDone.objects.get().done_by == user


def test_a_test_mail_goes_to_oneself(browser: Client, user: User) -> None:
    browser.post("/admin/mail/")
    assert mail.outbox[0].to == ["admin@example.org"]
    assert 4 not in open_steps(user)


def test_without_an_address_none_is_sent(sign_in: SignIn) -> None:
    page = sign_in(Role.SUPERVISION).post("/admin/mail/", follow=True)
    assert "no email address" in page.content.decode()
    assert not SetupDone.objects.exists()


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Controller]:
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "commitments.mails.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield controller
    controller.stop()


def test_a_real_server_takes_it(browser: Client, sink: Controller) -> None:
    browser.post("/admin/mail/")
    assert SetupDone.objects.filter(step="mail").exists()


def test_what_the_server_says_against_it_is_shown(
    browser: Client, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "commitments.mails.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    page = browser.post("/admin/mail/", follow=True)
    assert "The email could not be sent" in page.content.decode()
    assert not SetupDone.objects.exists()


@pytest.mark.parametrize("address", ["/admin/calendar/", "/admin/mail/"])
def test_looking_does_nothing(address: str, browser: Client) -> None:
    assert browser.get(address).status_code == 405


@pytest.mark.parametrize("address", ["/admin/calendar/", "/admin/mail/"])
@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.LEADER])
def test_others_take_no_first_steps(role: Role, address: str, sign_in: SignIn) -> None:
    browser = sign_in(role)
    assert browser.post(address).status_code == 403
    assert "First steps" not in browser.get("/admin/").content.decode()


def test_once_all_are_done_the_list_is_gone(browser: Client, user: User) -> None:
    make_commitment()
    make_user(Role.CLERK)
    make_user(Role.REVIEWER)
    assert "First steps" in browser.get("/admin/").content.decode()
    browser.post("/admin/calendar/")
    browser.post("/admin/mail/")
    assert "First steps" not in browser.get("/admin/").content.decode()


def test_a_first_step_has_a_name() -> None:
    assert str(SetupDone(step="mail"))
