"""Errors that no view answers: pages for people, problems for programs."""

import logging
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from commitments.api.plans import PlanList
from tests.factories import make_plan

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}
PROBLEM = "application/problem+json"


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def fails(*_given: Any) -> Any:
    raise RuntimeError("nobody foresaw this")


def test_a_fault_is_a_problem_in_the_api_and_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(PlanList, "get_queryset", fails)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/api/v1/plans/", headers=EN)
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    assert (answer.json()["status"], answer.json()["type"]) == (
        500,
        "http://testserver/api/v1/problems/fault/",
    )
    assert "nobody foresaw this" in caplog.text


def test_a_fault_is_a_page_elsewhere(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_plan()
    monkeypatch.setattr("commitments.dashboard.views.page_of", fails)
    answer = client.get("/en/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", ["/api/", "/api/v2/", "/api/v1/plans/a/b/c", "/api/x"])
def test_an_address_that_is_none_of_the_apis_is_a_problem(path: str, client: Client) -> None:
    answer = client.get(path, headers=EN, follow=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)


def test_an_address_that_is_none_is_a_page_elsewhere(client: Client) -> None:
    answer = client.get("/en/nowhere/")
    assert (answer.status_code, "Page not found" in answer.content.decode()) == (404, True)


def test_nobody_reads_what_is_sent_to_an_address_that_is_none() -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    form = b"[" * 5_000
    answer = browser.post("/en/nowhere/", form, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 404


def test_too_many_fields_are_told_so(client: Client, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = client.post("/admin/login/", dict.fromkeys("abcde", "1"), headers=EN)
    assert (answer.status_code, "Too much was sent at once" in answer.content.decode()) == (400, True)


def test_a_form_that_cannot_be_read_is_told_so(client: Client) -> None:
    answer = client.post("/admin/login/", b"x", content_type="multipart/form-data", headers=EN)
    assert (answer.status_code, "cannot be read" in answer.content.decode()) == (400, True)


def test_a_host_that_is_none_of_ours_gets_a_problem_without_it(
    client: Client, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS = ["ours.example"]
    answer = client.get("/api/v1/plans/", headers=EN | {"Host": "theirs.example"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/api/v1/problems/invalid-parameter/")
