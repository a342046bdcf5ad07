"""Refused passwords, and the way to a password that only its owner knows."""

import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from commitments import clock
from commitments.change_log import edits
from commitments.domain.enums import Role
from commitments.models import StaffSession, User
from tests.accounts.conftest import PASSWORD, in_, try_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NEW = "another-long-and-unusual-one"


def said_of(password: str, user: User | None = None) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        return refusal.messages
    return []


@pytest.mark.parametrize(
    "password",
    [
        "123456789012", "83917264058137", "aaaaaaaaaaaa", "abcabcabcabc", "Welcome2023!", "P@ssw0rd1234",
        "qwertyuiop12", "1qaz2wsx3edc", "passwordpassword", "20230928200809", "short-one",
    ],
)  # fmt: skip
def test_a_password_that_is_guessed_early_is_refused(password: str) -> None:
    assert said_of(password)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple",
        "渭河边的三棵老槐树和一只白猫",
        "x7#kQ9!vLm2$",
        "river bank old locust tree, white cat on a roof, 37 lanterns and a slow wooden boat downstream",
    ],
)
def test_any_other_is_taken_whatever_it_is_made_of(password: str) -> None:
    assert said_of(password) == []


def test_the_persons_own_names_make_no_good_password() -> None:
    user = User(username="clerk7", last_name="Ouyang", first_name="Zhenhuaqi", email="oyzhq@example.org")
    assert said_of("Zhenhuaqi_Ouyang") == []
    assert said_of("Zhenhuaqi_Ouyang", user)


@pytest.mark.parametrize(("language", "said"), [("en", "too easy to guess"), ("zh-hans", "太容易")])
def test_it_says_why_in_the_persons_language(language: str, said: str) -> None:
    with override(language):
        assert said in " ".join(said_of("Welcome2023!"))
        assert password_validators_help_text_html().count("<li>") == 5


@pytest.fixture
def admin() -> Client:
    make_user(Role.ADMIN, username="root", password=PASSWORD, language="en")
    browser = Client()
    try_in(browser, "root", PASSWORD)
    return browser


def link_of(admin: Client, user: User) -> str:
    page = admin.post(f"/admin/commitments/user/{user.pk}/password/")
    return str(urlsplit(page.context["link"]).path)


def set_password(link: str, password: str = NEW) -> Any:
    browser = Client(headers={"Accept-Language": "en"})
    form = browser.get(link, follow=True)
    if not form.context["validlink"]:
        return form
    address = form.redirect_chain[-1][0]
    return browser.post(address, {"new_password1": password, "new_password2": password}, follow=True)


@pytest.fixture
def newcomer(admin: Client) -> User:
    typed = {"username": "li", "role": "leader", "language": "en", "is_staff": "on", "is_active": "on"}
    answer = admin.post("/admin/commitments/user/add/", typed)
    user = User.objects.get(username="li")
    assert answer.headers["Location"] == f"/admin/commitments/user/{user.pk}/password/"
    return user


def test_nobody_signs_in_to_a_new_account_before_its_owner_has_set_a_password(newcomer: User) -> None:
    assert not newcomer.has_usable_password()


def test_its_owner_sets_one_with_the_link_and_signs_in(newcomer: User, admin: Client) -> None:
    page = set_password(link_of(admin, newcomer))
    assert page.redirect_chain[-1][0] == "/admin/login/"
    assert "Your password is set" in page.content.decode()
    assert in_(try_in(Client(), "li", NEW))


def test_the_link_works_once(newcomer: User, admin: Client) -> None:
    link = link_of(admin, newcomer)
    set_password(link)
    assert "no longer valid" in set_password(link, "third-long-and-unusual-one").content.decode()
    assert in_(try_in(Client(), "li", NEW))


def test_the_link_is_good_for_a_day(newcomer: User, admin: Client) -> None:
    link = link_of(admin, newcomer)
    with time_machine.travel(clock.real().astimezone() + timedelta(days=1, minutes=1)):
        assert not set_password(link).context["validlink"]


def test_the_link_of_an_account_that_is_switched_off_opens_nothing(newcomer: User, admin: Client) -> None:
    link = link_of(admin, newcomer)
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    assert not set_password(link).context["validlink"]


def test_a_made_up_link_opens_nothing(newcomer: User) -> None:
    assert not set_password("/admin/set-password/MQ/c0ffee-0123456789abcdef/").context["validlink"]


def test_a_weak_password_is_refused_there_too(newcomer: User, admin: Client) -> None:
    page = set_password(link_of(admin, newcomer), "Welcome2023!")
    assert "too easy to guess" in page.content.decode()


def test_who_forgot_the_password_keeps_it_until_the_link_is_used(wang: User, admin: Client) -> None:
    link = link_of(admin, wang)
    assert wang.check_password(PASSWORD)
    browser = Client()
    try_in(browser, "wang", PASSWORD)
    link = link_of(admin, wang)
    set_password(link)
    assert not StaffSession.objects.filter(user=wang).exists()


def test_the_history_says_that_the_person_set_it(newcomer: User, admin: Client) -> None:
    set_password(link_of(admin, newcomer))
    with override("en"):
        edit = edits.list_edits(newcomer)[0]
    assert (edit.verb, edit.who) == ("Password set", "li")


def test_the_link_is_shown_to_who_asks_for_it_and_not_before(newcomer: User, admin: Client) -> None:
    assert (
        "set-password" not in admin.get(f"/admin/commitments/user/{newcomer.pk}/password/").content.decode()
    )


def test_the_link_does_not_stay_in_the_address(newcomer: User, admin: Client) -> None:
    link = link_of(admin, newcomer)
    assert (
        Client().get(link).headers["Location"]
        == "/admin/set-password/" + link.split("/")[3] + "/set-password/"
    )


def printed(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue().strip()


def test_a_command_gives_a_link_for_a_forgotten_password(wang: User) -> None:
    set_password(urlsplit(printed("changepassword", "wang")).path)
    assert in_(try_in(Client(), "wang", NEW))


def test_the_first_account_comes_with_a_link() -> None:
    set_password(urlsplit(printed("createsuperuser", "--username", "root")).path)
    root = User.objects.get()
    assert (root.is_superuser, root.is_staff, root.role) == (True, True, "admin")
    assert in_(try_in(Client(), "root", NEW))


def test_a_command_says_what_is_wrong(wang: User) -> None:
    with pytest.raises(CommandError, match="nobody"):
        call_command("changepassword", "nobody")
    with pytest.raises(CommandError):
        call_command("createsuperuser", "--username", "wang")
