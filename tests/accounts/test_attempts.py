"""Guesses at passwords, as attackers make them, and the users that must not suffer from them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from commitments import clock
from commitments.accounts import attempts, hashing_turns
from commitments.accounts.addresses import network
from commitments.domain.enums import Guarded, Role
from commitments.models import LockOut, SignInFailure, User
from tests.accounts.conftest import PASSWORD, guess, in_, try_in
from tests.factories import make_user
from tests.local.conftest import wait_for

pytestmark = pytest.mark.django_db


def from_anywhere(number: int) -> str:
    return f"10.0.1.{number}"


def from_one_place(_number: int) -> str:
    return "10.0.0.9"


def test_guessing_at_one_account_from_thirty_addresses_is_refused(wang: User) -> None:
    assert guess(30, "wang", address=from_anywhere) == [200] * 10 + [429] * 20


def test_guessing_at_forty_names_from_one_address_is_refused() -> None:
    answers = [try_in(Client(), f"name-{each}", "wrong").status_code for each in range(40)]
    assert answers == [200] * 20 + [429] * 20


def test_the_right_password_does_not_help_a_stranger_while_others_guess(wang: User) -> None:
    guess(10, "wang", address=from_anywhere)
    assert try_in(Client(), "wang", PASSWORD, address="10.9.9.9").status_code == 429


def test_a_browser_that_signed_in_before_still_gets_in_while_others_guess(wang: User) -> None:
    known = Client()
    assert in_(try_in(known, "wang", PASSWORD))
    known.post("/admin/logout/")
    guess(30, "wang", address=from_anywhere)
    assert in_(try_in(known, "wang", PASSWORD))


def test_it_gets_in_from_an_address_that_is_locked_out(wang: User) -> None:
    known = Client()
    try_in(known, "wang", PASSWORD, address="10.0.0.9")
    guess(25, "nobody", address=from_one_place)
    assert in_(try_in(known, "wang", PASSWORD, address="10.0.0.9"))


def test_a_browser_is_known_to_the_accounts_that_signed_in_there_alone(wang: User) -> None:
    known = Client()
    try_in(known, "wang", PASSWORD)
    li = make_user(Role.LEADER, username="li", password=PASSWORD)
    guess(10, li.username, address=from_anywhere)
    assert try_in(known, li.username, PASSWORD).status_code == 429


def test_a_known_browser_locks_out_itself_alone(wang: User) -> None:
    known = Client()
    try_in(known, "wang", PASSWORD)
    answers = [try_in(known, "wang", "wrong").status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2
    assert in_(try_in(Client(), "wang", PASSWORD))


def test_a_forged_cookie_makes_no_browser_known(wang: User, settings: Any) -> None:
    forger = Client()
    forger.cookies[settings.KNOWN_BROWSER_COOKIE_NAME] = "W1sxLCJhYiJdXQ:1vO3bK:xxxx"
    guess(10, "wang", address=from_anywhere)
    assert try_in(forger, "wang", PASSWORD).status_code == 429


def test_five_people_share_a_browser(wang: User) -> None:
    shared = Client()
    try_in(shared, "wang", PASSWORD)
    for number in range(4):
        make_user(Role.LEADER, username=f"li-{number}", password=PASSWORD)
        assert in_(try_in(shared, f"li-{number}", PASSWORD))
    guess(10, "wang", address=from_anywhere)
    assert in_(try_in(shared, "wang", PASSWORD))


def test_successes_are_not_counted(wang: User) -> None:
    assert all(in_(try_in(Client(), "wang", PASSWORD)) for _ in range(25))
    assert not SignInFailure.objects.exists()


def test_a_lock_out_ends_by_itself(wang: User) -> None:
    guess(10, "wang", address=from_anywhere)
    with time_machine.travel(clock.real() + attempts.WINDOW + timedelta(seconds=1)):
        assert in_(try_in(Client(), "wang", PASSWORD))


def test_failures_of_long_ago_do_not_count(wang: User) -> None:
    guess(9, "wang", address=from_anywhere)
    with time_machine.travel(clock.real() + attempts.WINDOW + timedelta(seconds=1)):
        assert guess(9, "wang", address=from_anywhere) == [200] * 9


def test_who_is_refused_is_told_when_to_come_again(wang: User) -> None:
    guess(10, "wang", address=from_anywhere)
    seconds = int(try_in(Client(), "wang", "wrong").headers["Retry-After"])
    assert 0 < seconds <= attempts.WINDOW.total_seconds()


@contextmanager
def full(lane: hashing_turns.Lane) -> Iterator[None]:
    """One hashes and one waits: a third is told to come again."""
    with lane._places, lane._places:
        yield


def test_no_password_is_hashed_for_who_is_locked_out(wang: User) -> None:
    guess(10, "wang", address=from_anywhere)
    with full(hashing_turns.UNKNOWN), full(hashing_turns.KNOWN):
        assert try_in(Client(), "wang", "wrong").status_code == 429


def text(answer: Any) -> str:
    """Return the page without the values that are new in each."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_an_account_that_does_not_exist_answers_like_one_that_does(wang: User) -> None:
    assert text(try_in(Client(), "wang", "wrong")) == text(try_in(Client(), "nobody", "wrong"))


def test_an_account_that_may_not_come_in_answers_like_a_wrong_password(wang: User) -> None:
    make_user(Role.LEADER, username="li", password=PASSWORD, is_staff=False)
    assert text(try_in(Client(), "li", PASSWORD)) == text(try_in(Client(), "li", "wrong"))


def test_accounts_that_do_not_exist_are_locked_out_too() -> None:
    assert guess(12, "nobody", address=from_anywhere) == [200] * 10 + [429] * 2


def test_a_password_is_hashed_for_an_account_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    real = MD5PasswordHasher.encode

    def encode(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    try_in(Client(), "nobody", "wrong")
    assert hashed == ["wrong"]


@pytest.mark.parametrize("name", ["x" * 256, "x" * 100_000, "ﷺ" * 100])
def test_a_name_that_no_account_can_have_is_refused_like_any_other(name: str) -> None:
    assert text(try_in(Client(), name, "wrong")) == text(try_in(Client(), "nobody", "wrong"))


def test_where_nobody_can_tell_addresses_apart_none_is_locked_out(wang: User) -> None:
    answers = [try_in(Client(), f"name-{each}", "wrong", address="").status_code for each in range(25)]
    assert answers == [200] * 25


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"),
        ("10.0.0.1:443", "10.0.0.1"),
        ("what a proxy made up", "what a proxy made up"),
        ("x" * 1000, "x" * 45),
    ],
)
def test_one_customer_is_one_place(address: str, place: str) -> None:
    assert network(address) == place


def test_one_password_is_hashed_at_a_time_and_one_waits() -> None:
    lane, has_its_turn = hashing_turns.Lane(), Event()

    def hash_password() -> None:
        with lane.take():
            has_its_turn.set()

    second = Thread(target=hash_password)
    with lane.take():
        second.start()
        wait_for(lambda: lane._places._value == 0)
        assert not has_its_turn.is_set()
    assert has_its_turn.wait(30)
    second.join()


def test_who_would_wait_as_the_second_is_told_to_come_again(wang: User) -> None:
    with full(hashing_turns.UNKNOWN):
        answer = try_in(Client(headers={"Accept-Language": "en"}), "wang", "wrong")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert "Many people are signing in" in answer.content.decode()


def test_known_browsers_do_not_wait_for_unknown_ones(wang: User) -> None:
    known = Client()
    try_in(known, "wang", PASSWORD)
    with full(hashing_turns.UNKNOWN):
        assert in_(try_in(known, "wang", PASSWORD))


def test_attempts_still_under_way_count_towards_the_cap(wang: User) -> None:
    counted = attempts.subjects("wang", None, None)
    for _ in range(attempts.CAPS[Guarded.ACCOUNT]):
        SignInFailure.objects.create(kind=Guarded.ACCOUNT, subject="wang", at=clock.real())
    with pytest.raises(attempts.LockedOutError), attempts.attempt(counted, at=clock.real()):
        pass
    assert SignInFailure.objects.count() == attempts.CAPS[Guarded.ACCOUNT]


def test_a_lifted_lock_out_lets_the_next_in_and_starts_counting_anew(wang: User) -> None:
    guess(10, "wang", address=from_anywhere)
    attempts.lift(LockOut.objects.get(kind=Guarded.ACCOUNT), by=wang, at=clock.real())
    assert guess(9, "wang", address=from_anywhere) == [200] * 9


def test_what_counts_no_more_is_forgotten(wang: User) -> None:
    guess(1, "wang", address=from_anywhere)
    attempts.forget_failures(at=clock.real())
    assert SignInFailure.objects.count() == 2
    attempts.forget_failures(at=clock.real() + attempts.WINDOW + timedelta(seconds=1))
    assert not SignInFailure.objects.exists()


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""])
def test_an_unsafe_address_to_go_on_to_leads_home(address: str, wang: User) -> None:
    answer = Client().post("/admin/login/", {"username": "wang", "password": PASSWORD, "next": address})
    assert answer.headers["Location"] == "/admin/"


def test_a_safe_one_is_gone_on_to(wang: User) -> None:
    typed = {"username": "wang", "password": PASSWORD, "next": "/admin/log/"}
    assert Client().post("/admin/login/", typed).headers["Location"] == "/admin/log/"


def test_who_is_in_already_needs_no_sign_in(wang: User) -> None:
    browser = Client()
    try_in(browser, "wang", PASSWORD)
    assert browser.get("/admin/login/").headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    "typed", [{}, {"username": "wang"}, {"password": PASSWORD}, {"username": "", "password": ""}]
)
def test_a_sign_in_without_a_name_or_a_password_counts_for_nobody(typed: dict[str, str]) -> None:
    assert Client().post("/admin/login/", typed).status_code == 200
    assert not SignInFailure.objects.exists()


def test_signing_out_is_no_address_to_be_led_to(wang: User) -> None:
    browser = Client()
    try_in(browser, "wang", PASSWORD)
    assert browser.get("/admin/logout/").status_code == 405
    assert browser.get("/admin/sessions/").status_code == 200
