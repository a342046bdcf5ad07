"""How long a session lasts, and how people end their own."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from commitments import clock
from commitments.accounts import purge, sessions, user_agents
from commitments.domain.enums import Role
from commitments.models import LockOut, StaffSession, User
from tests.accounts.conftest import PASSWORD, in_, try_in
from tests.factories import make_user
from tests.sql import statements

pytestmark = pytest.mark.django_db
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0"
NEW = "another-long-and-unusual-one"


def signed_in(address: str = "10.0.0.1") -> Client:
    browser = Client(headers={"User-Agent": EDGE})
    assert in_(try_in(browser, "wang", PASSWORD, address=address))
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/admin/sessions/").status_code == 200


def after(**time: float) -> Any:
    return time_machine.travel(clock.real() + timedelta(**time))


def test_a_session_ends_after_three_idle_hours(wang: User) -> None:
    browser = signed_in()
    with after(hours=3, minutes=1):
        assert not is_in(browser)


def test_a_session_in_use_goes_on(wang: User) -> None:
    browser = signed_in()
    for hours in (2, 4, 6):
        with after(hours=hours):
            assert is_in(browser)


def test_a_session_in_use_ends_after_twelve_hours(wang: User) -> None:
    browser = signed_in()
    for hours in (2, 4, 6, 8, 10, 11.9):
        with after(hours=hours):
            assert is_in(browser)
    with after(hours=12, minutes=1):
        assert not is_in(browser)


def test_the_cookie_of_an_ended_session_opens_nothing(wang: User) -> None:
    browser = signed_in()
    stolen = browser.cookies["sessionid"].value
    browser.post("/admin/logout/")
    browser.cookies["sessionid"] = stolen
    assert not is_in(browser)


def written(browser: Client) -> list[str]:
    with statements() as sent:
        browser.get("/admin/password_change/")
    return [statement for statement in sent if not statement.startswith("SELECT")]


def test_its_use_is_written_down_every_few_minutes_and_not_each_time(wang: User) -> None:
    browser = signed_in()
    assert written(browser) == []
    with after(minutes=6):
        assert len(written(browser)) == 1
        assert written(browser) == []


def test_people_see_where_they_are_signed_in(wang: User) -> None:
    browser = signed_in("10.7.7.7")
    (line,) = browser.get("/admin/sessions/").context["sessions"]
    assert (line["browser"], line["address"], line["is_this"]) == ("Edge, Windows", "10.7.7.7", True)


def test_an_address_of_any_length_can_sign_in(wang: User, settings: LazySettings) -> None:
    settings.PROXIES = 1
    browser = Client(headers={"X-Forwarded-For": "[2001:db8:1111:2222:3333:4444:5555:6666%ethernet0]:50123"})
    assert in_(try_in(browser, "wang", PASSWORD))
    assert StaffSession.objects.get().address == "2001:db8:1111:2222:3333:4444:5555:6666"


def test_the_page_gives_no_session_away(wang: User) -> None:
    browser, other = signed_in(), signed_in()
    page = browser.get("/admin/sessions/").content.decode()
    assert other.cookies["sessionid"].value not in page
    assert browser.cookies["sessionid"].value not in page


def test_others_sessions_are_neither_seen_nor_ended(wang: User) -> None:
    make_user(Role.LEADER, username="li", password=PASSWORD)
    other = Client()
    try_in(other, "li", PASSWORD)
    browser = signed_in()
    assert len(browser.get("/admin/sessions/").context["sessions"]) == 1
    browser.post("/admin/sessions/", {"end": sessions.name_of(StaffSession.objects.get(user__username="li"))})
    assert is_in(other)


def test_one_session_is_ended(wang: User) -> None:
    browser, lost, kept = signed_in(), signed_in("10.0.0.2"), signed_in("10.0.0.3")
    browser.post("/admin/sessions/", {"end": sessions.name_of(StaffSession.objects.get(address="10.0.0.2"))})
    assert (is_in(browser), is_in(lost), is_in(kept)) == (True, False, True)


def test_all_others_are_ended(wang: User) -> None:
    browser, lost, forgotten = signed_in(), signed_in(), signed_in()
    browser.post("/admin/sessions/", {"end": "others"})
    assert (is_in(browser), is_in(lost), is_in(forgotten)) == (True, False, False)


def change_password(browser: Client, old: str = PASSWORD) -> Any:
    typed = {"old_password": old, "new_password1": NEW, "new_password2": NEW}
    return browser.post("/admin/password_change/", typed)


def test_a_new_password_ends_the_persons_other_sessions(wang: User) -> None:
    browser, other = signed_in(), signed_in()
    change_password(browser)
    assert (is_in(browser), is_in(other)) == (True, False)
    assert StaffSession.objects.count() == 1


def test_the_old_password_is_guessed_no_more_often_than_at_a_sign_in(wang: User) -> None:
    browser = signed_in()
    answers = [change_password(browser, old=f"wrong {each}").status_code for each in range(11)]
    assert answers == [200] * 10 + [429]


def test_an_account_that_is_switched_off_is_out_at_once(wang: User) -> None:
    browser = signed_in()
    User.objects.update(is_active=False)
    assert not is_in(browser)


def test_deleting_the_own_account_leads_to_the_sign_in() -> None:
    """The request ends its own session, which then cannot be stored."""
    root = make_user(Role.ADMIN, username="root", password=PASSWORD, is_superuser=True)
    make_user(Role.ADMIN, username="other", is_superuser=True)
    browser = Client(raise_request_exception=False)
    try_in(browser, "root", PASSWORD)
    asked = browser.get(f"/admin/commitments/user/{root.pk}/delete/").headers["Location"]
    answer = browser.post(asked, {"post": "yes"})
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/admin/login/")
    assert not User.objects.filter(pk=root.pk).exists()


@pytest.mark.parametrize(
    "address", ["password_change/", "password_change/done/", "", "login/", "jsi18n/", "sessions/", "log/"]
)
def test_no_staff_page_is_stored(address: str, wang: User) -> None:
    said = signed_in().get(f"/admin/{address}").headers["Cache-Control"]
    assert {"no-store", "private"} <= set(said.split(", "))


def test_cookies_are_out_of_reach_of_scripts(wang: User) -> None:
    cookies = signed_in().cookies
    assert {name for name, cookie in cookies.items() if cookie["httponly"]} == {"sessionid", "known"}


def test_what_has_ended_is_forgotten(wang: User) -> None:
    signed_in()
    LockOut.objects.create(
        kind="account", subject="wang", since=clock.real(), until=clock.real() + timedelta(minutes=15)
    )
    purge.run(at=clock.real())
    assert (StaffSession.objects.count(), LockOut.objects.count()) == (1, 1)
    purge.run(at=clock.real() + timedelta(days=91))
    assert (StaffSession.objects.count(), LockOut.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (EDGE, "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; UOS) Chrome/108 Safari/537", "Chrome, UOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) MicroMessenger/8.0", "WeChat, iPhone"),
        ("curl/8.4.0", "curl/8.4.0"),
        ("", ""),
    ],
)
def test_browsers_are_called_as_people_call_them(user_agent: str, name: str) -> None:
    assert user_agents.describe(user_agent) == name
