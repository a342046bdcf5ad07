"""A form from before the newest sign-in: its author sees it again and sends it; other sites' forms stay outside."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments.domain.enums import Role
from commitments.models import Plan
from tests.admin.opened import opened
from tests.factories import make_plan, make_user
from tests.request_checks.test_form import forms

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}
FROM_PAGE = {"Referer": "http://testserver/admin/"}
TITLE = "新的“标题”"


@pytest.fixture
def address() -> str:
    return f"/admin/commitments/plan/{make_plan().pk}/change/"


@pytest.fixture
def browser() -> Client:
    found = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    found.force_login(make_user(Role.SUPERVISION, username="wang", language="en"))
    return found


def sent(browser: Client, address: str, headers: dict[str, str] = HERE, **typed: Any) -> Any:
    """With a token of before, as a second window has it."""
    form = {"csrfmiddlewaretoken": "a" * 64, "title": TITLE, "year": "2023", "_save": "x"} | typed
    return browser.post(address, form, headers=headers)


@pytest.mark.parametrize("headers", [HERE, FROM_PAGE, HERE | FROM_PAGE])
def test_what_was_typed_is_shown_and_not_saved(
    headers: dict[str, str], browser: Client, address: str
) -> None:
    answer = sent(browser, address, headers)
    assert answer.status_code == 403
    assert "opened before you signed in as wang, so nothing was saved" in answer.content.decode()
    assert Plan.objects.get().title != TITLE


def test_sent_once_more_it_is_saved(browser: Client, address: str) -> None:
    form: dict[str, Any] = opened(browser, address) | {"title": TITLE, "csrfmiddlewaretoken": "a" * 64}
    answer = browser.post(address, forms(sent(browser, address, **form))[-1], headers=HERE)
    assert answer.status_code == 302
    assert Plan.objects.get().title == TITLE


def test_typed_fields_are_shown_and_buttons_hidden(browser: Client, address: str) -> None:
    page = sent(browser, address, note="").content.decode()
    assert 'name="title" rows' in page
    assert 'name="_save" hidden' in page
    assert 'name="note" hidden' in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"} | FROM_PAGE,
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver.evil.example"},
        {"Referer": "http://testserver.evil.example/admin/"},
        {"Referer": "https://evil.example/?http://testserver/"},
    ],
)
def test_a_form_that_may_be_another_sites_is_never_shown(
    headers: dict[str, str], browser: Client, address: str
) -> None:
    page = sent(browser, address, headers).content.decode()
    assert "The form has expired" in page
    assert TITLE not in page


def test_nothing_is_offered_to_those_who_are_not_signed_in(address: str) -> None:
    page = sent(Client(enforce_csrf_checks=True), address).content.decode()
    assert TITLE not in page


def test_a_form_with_a_password_is_not_shown(browser: Client) -> None:
    page = sent(browser, "/admin/password_change/", old_password="Rosengarten").content.decode()
    assert "Rosengarten" not in page
    assert TITLE not in page


def test_a_button_alone_is_pressed_anew_on_its_page(browser: Client, address: str) -> None:
    answer = browser.post(address, {"post": "yes"}, headers=HERE)
    assert "The form has expired" in answer.content.decode()


def test_a_script_is_only_refused(browser: Client, address: str) -> None:
    answer = sent(browser, address, HERE | {"Accept": "application/json"})
    assert answer.status_code == 403
    assert TITLE not in answer.content.decode()


def test_files_have_to_be_chosen_again(browser: Client) -> None:
    file = SimpleUploadedFile("a.csv", b"code,value\n")
    page = sent(browser, "/admin/import/", effective_on="2023-09-15", file=file).content.decode()
    assert "Files are not sent once more" in page
