"""A form with text that cannot be stored: it is neither saved nor lost, and one press sends the rest."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bench.faults.pages import Form, FormReader
from commitments.domain.enums import Role
from commitments.models import Commitment
from tests.admin.conftest import SignIn
from tests.admin.opened import opened
from tests.factories import make_commitment, make_entry, make_target, make_user

pytestmark = pytest.mark.django_db
TURNED = "新\u202e标题"


def page_of(commitment: Commitment) -> str:
    return f"/admin/commitments/commitment/{commitment.pk}/change/"


def forms(answer: Any) -> list[Form]:
    reader = FormReader()
    reader.feed(answer.content.decode())
    return reader.forms


@pytest.fixture
def office(sign_in: SignIn) -> Client:
    return sign_in(Role.SUPERVISION)


@pytest.fixture
def sign_in() -> SignIn:
    def browser(role: Any, **given: Any) -> Client:
        client = Client()
        client.force_login(make_user(role, **{"language": "en"} | given))
        return client

    return browser


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (TURNED, "“Title” holds an invisible sign that turns the text round, U+202E, after “新”."),
        ("新\0标题", "“Title” holds a character that cannot be stored, U+0000, after “新”."),
    ],
)
def test_the_field_is_named_and_nothing_saved(title: str, said: str, office: Client) -> None:
    commitment = make_commitment()
    answer = office.post(page_of(commitment), opened(office, page_of(commitment)) | {"title": title})
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert Commitment.objects.get().title == commitment.title


def test_one_press_sends_the_rest(office: Client) -> None:
    commitment = make_commitment()
    typed = {"title": TURNED, "note": "第一行\r\n第二行"}
    answer = office.post(page_of(commitment), opened(office, page_of(commitment)) | typed)
    assert office.post(page_of(commitment), forms(answer)[-1]).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title, commitment.note.split()) == ("新标题", ["第一行", "第二行"])


def test_a_field_is_named_in_the_readers_language(sign_in: SignIn) -> None:
    entry = make_entry(make_target(), 40)
    reviewer = sign_in(Role.SUPERVISION, language="zh-hans")
    answer = reviewer.post(f"/admin/review/{entry.pk}/", {"decision": "return", "reason": "不\u2066对"})
    assert "“原因”中“不”之后有改变文字方向的不可见字符（U+2066）。" in answer.content.decode()


def test_a_field_that_no_column_is_called_like_goes_by_its_own_name(office: Client) -> None:
    answer = office.post("/admin/language/", {"77": "a\0"})
    assert "“77” holds" in answer.content.decode()


def test_the_action_on_a_list_is_looked_at_too(office: Client) -> None:
    answer = office.post("/admin/commitments/progressentry/", {"action": "\0", "_selected_action": "1"})
    assert answer.status_code == 400


def test_a_password_is_not_shown_again(client: Client) -> None:
    answer = client.post(
        "/admin/login/", {"username": "a\0", "password": "secret"}, headers={"Accept-Language": "en"}
    )
    assert "secret" not in answer.content.decode()
    assert "enter this again" in answer.content.decode()


def test_files_have_to_be_chosen_again(office: Client) -> None:
    file = SimpleUploadedFile("a.csv", b"code,value\n")
    answer = office.post("/admin/import/", {"plan": "\0", "file": file})
    assert "Files are not sent once more" in answer.content.decode()


def test_another_sites_form_is_not_shown_with_our_token() -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user())
    assert browser.post("/admin/language/", {"next": "a\0"}).status_code == 403


def test_a_script_is_told_which_text_it_was(office: Client) -> None:
    drafts = json.dumps({"ends_on": "2023-08-31", "rows": {"7": {"progress": "a\ud800", "value": "1"}}})
    answer = office.post("/admin/log/drafts/", drafts, content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert [error["parameter"] for error in answer.json()["errors"]] == ["rows.7.progress"]


@pytest.mark.parametrize("document", ['["\\u0000"]', '{"a\\u202e": 1}', '{"a": {"b": ["\\ud800"]}}'])
def test_a_document_is_looked_through(document: str, office: Client) -> None:
    answer = office.post("/admin/log/drafts/", document, content_type="application/json")
    assert len(answer.json()["errors"]) == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_looked_at_too(method: str, office: Client) -> None:
    answer = getattr(office, method)("/admin/log/drafts/", '["\\u0000"]', content_type="application/json")
    assert answer.status_code == 400


class BrokenBody(BytesIO):
    """A body with a sender that goes away in the middle of it."""

    def read(self, *_size: Any) -> bytes:
        raise OSError("the browser has gone")


def test_a_body_that_ends_too_soon_is_no_fault(office: Client) -> None:
    form: dict[str, Any] = {"wsgi.input": BrokenBody(), "CONTENT_LENGTH": "99"}
    sent = "application/x-www-form-urlencoded"
    assert office.post("/digests/unsubscribe/x/", content_type=sent, **form).status_code == 400
