"""Every page, form and route without a database: 503, in the reader's language, with the typed texts kept."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from html import unescape
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from commitments.digests.unsubscribe import token
from commitments.domain.enums import Role
from commitments.models import Heartbeat, ProgressEntry, Subscription
from tests.admin.opened import opened
from tests.factories import NOON, make_agency, make_target, make_user
from tests.waiting import impatient

pytestmark = pytest.mark.django_db(transaction=True)
# These live without the database.
ALWAYS = {
    *(
        "/healthz",
        "/favicon.ico",
        "/api/v1/",
        "/api/v1/schema/",
        "/api/v1/docs/",
        "/api/v1/problems/not-found/",
    ),
    # Leads those who read English on.
    "/",
    # Refused as they are asked here, before the database is.
    *("/api/v1/movements/", "/digests/unsubscribe/1/", "/digests/resubscribe/1/"),
}
VALUES = {"str:kind": "csv", "slug:name": "not-found"}
REGEX = "^$?("
JSON = "application/json"


@pytest.fixture
def office() -> Iterator[Client]:
    headers = {"Accept-Language": "en", "Origin": "http://testserver"}
    client = Client(raise_request_exception=False, headers=headers)
    client.force_login(make_user(Role.SUPERVISION, is_superuser=True, language="en"))
    yield client
    connection.close()


@contextmanager
def gone() -> Iterator[None]:
    """No server listens where the database was."""
    connection.close()
    begin_request()
    port = connection.settings_dict["PORT"]
    connection.settings_dict["PORT"] = 1
    try:
        yield
    finally:
        connection.settings_dict["PORT"] = port
        connection.close()


@pytest.fixture
def away(office: Client) -> Iterator[None]:
    with gone():
        yield


def begin_request() -> None:
    """As Django does before each request but a test's own."""
    connection.close_if_unusable_or_obsolete()


def cut() -> None:
    """End the connection from the server's side, as its shutdown does."""
    pid = connection.connection.info.backend_pid
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def cut_when_the_account_is_read(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    result = execute(sql, *rest)
    if sql.startswith("SELECT") and 'FROM "commitments_user"' in sql:
        cut()
    return result


def cut_before_rows_are_sent(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if isinstance(rest[-1]["cursor"].cursor, psycopg.ServerCursor):
        cut()
    return execute(sql, *rest)


def every(patterns: Iterable[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """One address of each kind that there is."""
    for url in patterns:
        path = before + re.sub("<(.+?)>", lambda found: VALUES.get(found[1], "1"), str(url.pattern))
        if isinstance(url, URLResolver):
            yield from every(url.url_patterns, path)
        elif not any(mark in path for mark in REGEX):
            yield path


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_answers_503_or_lives_without_the_database(method: str, office: Client) -> None:
    addresses = set(every(get_resolver().url_patterns))
    assert len(addresses) > 150
    answers = {address: getattr(office, method)(address) for address in addresses}
    away = {address for address, got in answers.items() if got.status_code == 503}
    assert addresses - away <= ALWAYS
    assert [address for address in away - {"/readyz"} if "Retry-After" not in answers[address]] == []


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize(
    ("address", "asked_for", "words"),
    [
        ("/method/", "en", "数据库"),
        ("/en/method/", "zh-CN", "The database"),
        ("/admin/", "en", "The database"),
        ("/admin/", "zh-CN", "数据库"),
        ("/digests/unsubscribe/{token}/", "en", "The database"),
    ],
)
def test_the_page_speaks_as_the_one_asked_for_would(address: str, asked_for: str, words: str) -> None:
    client = Client(raise_request_exception=False, headers={"Accept-Language": asked_for})
    client.cookies["sessionid"] = "a" * 32
    answer = client.get(address.format(token=token(Subscription(pk=1))))
    assert words in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_who_is_known_reads_the_language_of_the_account(office: Client) -> None:
    with connection.execute_wrapper(cut_when_the_account_is_read):
        answer = office.get("/admin/", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 503
    assert "The database" in answer.content.decode()


def test_a_file_that_cannot_begin_is_no_empty_file(office: Client) -> None:
    make_agency()
    with connection.execute_wrapper(cut_before_rows_are_sent):
        assert office.get("/admin/commitments/agency/export.csv").status_code == 503


@pytest.mark.usefixtures("away")
def test_what_was_typed_can_be_sent_again(office: Client) -> None:
    typed = {"title": "“Ten” <homes>", "body": "a\nb", "csrfmiddlewaretoken": "t" * 64}
    page = office.post("/admin/commitments/plan/add/?_popup=1", typed).content.decode()
    assert "Nothing you sent was saved." in page
    assert '<form method="post" action="/admin/commitments/plan/add/?_popup=1">' in page
    assert '<input type="hidden" name="title" value="“Ten” &lt;homes&gt;">' in page
    assert '<input type="hidden" name="body" value="a\nb">' in page
    assert page.count("<input") == 3


def test_what_is_sent_again_is_saved(office: Client) -> None:
    target, address = make_target(), "/admin/commitments/progressentry/add/"
    typed = {"target": target.pk, "effective_on": "2023-09-28", "value": "40", "progress": "“Ten” <homes>"}
    form = opened(office, address) | typed
    with gone():
        page = office.post(address, form).content.decode()
    kept = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', page, re.DOTALL)
    assert office.post(address, {name: unescape(value) for name, value in kept}).status_code == 302
    assert ProgressEntry.objects.get().progress == "“Ten” <homes>"


@pytest.mark.usefixtures("away")
def test_with_files_what_was_typed_is_shown_and_not_sent_without_them(office: Client) -> None:
    file = SimpleUploadedFile("proof.pdf", b"%PDF-1.7")
    typed = {"title": "验收单", "entry": "41", "file": file}
    page = office.post("/admin/commitments/evidence/add/", typed).content.decode()
    assert "Files have to be chosen again" in page
    assert re.findall("<blockquote>(.*?)</blockquote>", page) == ["验收单"]
    assert "<form" not in page


@pytest.mark.usefixtures("away")
def test_another_sites_form_cannot_be_sent_from_our_page(office: Client) -> None:
    headers = {"Origin": "https://evil.example"}
    page = office.post("/admin/commitments/plan/add/", {"title": "“Ten”"}, headers=headers).content.decode()
    assert "Go back to the page and send it again." in page
    assert "“Ten”" not in page


@pytest.mark.usefixtures("away")
def test_a_password_is_not_repeated(office: Client) -> None:
    page = office.post("/admin/login/", {"username": "li", "password": "Rosengarten"}).content.decode()
    assert "Go back to the page and send it again." in page
    assert "Rosengarten" not in page


def test_what_may_have_been_committed_is_not_called_unsaved(office: Client) -> None:
    begin_request()
    with transaction.atomic():
        Heartbeat.beat("beat")
    cut()
    page = office.post("/admin/log/", {"1-value": "7"}).content.decode()
    assert "Your input may or may not have been saved." in page
    assert "Send again" not in page


def test_a_write_that_commits_by_itself_may_have_been_saved(office: Client) -> None:
    begin_request()
    Heartbeat.objects.filter(name="beat").update(at=NOON)
    cut()
    page = office.post("/admin/log/", {"1-value": "7"}).content.decode()
    assert "Your input may or may not have been saved." in page


def test_what_was_only_read_is_not_saved(office: Client) -> None:
    begin_request()
    Heartbeat.objects.exists()
    cut()
    page = office.post("/admin/log/", {"1-value": "7"}).content.decode()
    assert "Nothing you sent was saved." in page


def test_what_was_rolled_back_is_not_saved(office: Client) -> None:
    begin_request()
    with suppress(ValueError), transaction.atomic():
        Heartbeat.beat("beat")
        raise ValueError
    cut()
    page = office.post("/admin/log/", {"1-value": "7"}).content.decode()
    assert "Nothing you sent was saved." in page


@pytest.mark.usefixtures("away")
def test_no_link_of_the_page_leads_elsewhere() -> None:
    client = Client(raise_request_exception=False)
    answer = client.generic("POST", "//evil.example/plans/x/")
    assert 'href="//evil.example' not in answer.content.decode()
    answer = client.generic("GET", "//evil.example/")
    assert 'href="//evil.example' not in answer.content.decode()


@pytest.mark.usefixtures("away")
def test_the_api_and_scripts_are_answered_by_a_problem(office: Client) -> None:
    for answer in (office.get("/api/v1/plans/"), office.post("/admin/review/1/", headers={"Accept": JSON})):
        assert answer.headers["Content-Type"] == "application/problem+json"
        problem = json.loads(answer.content)
        assert (problem["status"], problem["title"]) == (503, "The service is interrupted")
        assert problem["type"].endswith("/api/v1/problems/unavailable/")
        assert answer.headers["Retry-After"] == "5"


def test_the_kind_of_problem_is_explained() -> None:
    assert json.loads(Client().get("/api/v1/problems/unavailable/").content)["title"]


@pytest.mark.parametrize("limit", ["statement_timeout", "lock_timeout"])
def test_who_waits_too_long_is_told_so(limit: str, office: Client) -> None:
    with psycopg.connect(**connection.get_connection_params()) as other, impatient(limit):
        other.execute("LOCK TABLE commitments_plan")
        answers = office.get("/api/v1/plans/"), office.get("/en/method/")
    assert [answer.status_code for answer in answers] == [503, 503]
    assert all("That took too long" in answer.content.decode() for answer in answers)


@pytest.mark.usefixtures("away")
def test_the_log_names_the_outage_in_one_line(office: Client, caplog: pytest.LogCaptureFixture) -> None:
    office.get("/method/")
    (line,) = [line for line in caplog.records if line.name == "django.request"]
    assert "/method/: connection failed" in line.getMessage()
    assert line.exc_info is None


def test_a_fault_of_ours_is_still_500(office: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE commitments_plan RENAME code TO kode")
    try:
        assert office.get("/plans/x/").status_code == 500
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE commitments_plan RENAME kode TO code")
