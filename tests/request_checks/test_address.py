"""Barred characters in addresses, headers and cookies, and the answers to them."""

from importlib import import_module
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from commitments.domain.enums import Role
from commitments.request_checks.middleware import LONGEST_ADDRESS
from tests.factories import make_plan, make_user

pytestmark = pytest.mark.django_db
API = "/api/v1/commitments/"
ZH, EN = {"Accept-Language": "zh-CN"}, {"Accept-Language": "en"}
NUL, TURNED, BROKEN = "a%00b", "a%E2%80%AEb", "a%FFb"


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        (NUL, ZH, "“plan”中“a”之后有无法保存的字符（U+0000）。"),
        (TURNED, ZH, "“plan”中“a”之后有改变文字方向的不可见字符（U+202E）。"),
        (NUL, EN, "“plan” holds a character that cannot be stored, U+0000, after “a”."),
        (TURNED, EN, "“plan” holds an invisible sign that turns the text round, U+202E, after “a”."),
        ("%00", EN, "“plan” holds a character that cannot be stored, U+0000, at its beginning."),
        (BROKEN, EN, "“plan” holds a character that cannot be stored, U+DCFF, after “a”."),
    ],
)
def test_a_page_says_which_parameter_holds_what(
    value: str, language: dict[str, str], said: str, client: Client
) -> None:
    answer = client.get(f"/method/?plan={value}", headers=language)
    assert answer.status_code == 400
    assert said in answer.content.decode()


@pytest.mark.parametrize("value", [NUL, TURNED, BROKEN])
def test_the_api_names_the_parameter(value: str, client: Client) -> None:
    answer = client.get(f"{API}?search={value}", headers=EN)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert [error["parameter"] for error in answer.json()["errors"]] == ["search"]


def test_a_name_counts_like_a_value(client: Client) -> None:
    assert client.get("/?a%00b=1").status_code == 400


@pytest.mark.parametrize(
    "path", ["/plans/a%00b/", "/en/plans/a%E2%80%AEb/", "/admin/commitments/plan/%00/change/"]
)
def test_nothing_is_called_by_what_cannot_be_stored(path: str, client: Client) -> None:
    answer = client.get(path, headers=EN)
    assert (answer.status_code, "Page not found" in answer.content.decode()) == (404, True)


def test_nor_in_the_api(client: Client) -> None:
    answer = client.get("/api/v1/plans/%00/", headers=EN)
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


@pytest.mark.parametrize(("path", "kind"), [("/", "text/html"), (API, "application/problem+json")])
def test_an_address_without_end_is_refused(path: str, kind: str, client: Client) -> None:
    answer = client.get(path, {"q": "x" * LONGEST_ADDRESS})
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (414, kind)


def test_text_in_another_encoding_is_refused(client: Client) -> None:
    answer = client.post("/admin/login/", b"a=1", content_type="text/plain; charset=gbk", headers=EN)
    assert answer.status_code == 400
    assert "UTF-8" in answer.content.decode()


@pytest.mark.parametrize("encoding", ["charset=hex", "charset=undefined", "charset*=utf-8''hex"])
def test_an_encoding_that_is_none_of_text_is_refused(encoding: str) -> None:
    statuses: list[str] = []

    def start(status: str, *_headers: Any) -> None:
        statuses.append(status)

    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/\xe6\xb8\xad/", "QUERY_STRING": "a=1", "wsgi.input": BytesIO(),
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
        "CONTENT_TYPE": f"text/plain; {encoding}",
    }  # fmt: skip
    import_module("tracker.wsgi").application(environ, start)
    assert statuses == ["400 Bad Request"]


def test_a_broken_cookie_is_as_good_as_none(client: Client) -> None:
    client.cookies["sessionid"] = "abcdefgh\0"
    assert client.get("/admin/", headers=EN).headers["Location"].startswith("/admin/login/")


def test_what_a_browser_says_of_itself_locks_nobody_out(client: Client) -> None:
    make_user(Role.CLERK, username="wang", password="long enough 1")
    typed = {"username": "wang", "password": "wrong"}
    assert client.post("/admin/login/", typed, headers={"User-Agent": "a\0b"}).status_code == 200


def test_a_name_that_no_account_can_have_is_refused_like_a_wrong_one(client: Client) -> None:
    answer = client.post("/admin/login/", {"username": "x" * 256, "password": "x"}, headers=EN)
    assert "Please enter the correct username and password" in answer.content.decode()


def test_what_a_search_may_hold_still_finds(client: Client) -> None:
    make_plan()
    assert client.get("/", {"q": "渭滨 \ufeff 😀 \ufffd"}).status_code == 200
