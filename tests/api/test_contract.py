"""Rules of every address: languages, paging, problems, caching."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.test import APIRequestFactory

from commitments.api import errors
from commitments.rollups import refresh
from tests.api.conftest import Get
from tests.factories import NOON, make_commitment, make_plan

pytestmark = pytest.mark.django_db
ROOT = Path(settings.ROOT)


def status_label(client: Client, query: str = "", **headers: str) -> str:
    commitment = make_commitment()
    refresh.rebuild_plan(commitment.plan, at=NOON)
    label: str = client.get(f"/api/v1/commitments/{query}", headers=headers).json()["results"][0][
        "status_label"
    ]
    return label


def test_the_index_lists_the_resources(get: Get) -> None:
    assert get("")["commitments"] == "http://testserver/api/v1/commitments/"


def test_labels_follow_accept_language(client: Client) -> None:
    assert status_label(client, **{"Accept-Language": "fr, en-GB;q=0.8, zh;q=0.5"}) == "Not rated"


def test_the_query_wins_over_accept_language(client: Client) -> None:
    assert status_label(client, "?lang=en", **{"Accept-Language": "zh-CN"}) == "Not rated"


@pytest.mark.parametrize(
    ("header", "language"), [("", "zh-hans"), ("zh-CN", "zh-hans"), ("en", "en"), ("fr", "zh-hans")]
)
def test_an_answer_names_its_language(header: str, language: str, client: Client) -> None:
    answer = client.get("/api/v1/plans/", headers={"Accept-Language": header})
    assert answer.headers["Content-Language"] == language


def test_an_answer_varies_by_the_language_asked_for_and_by_no_cookie(client: Client) -> None:
    vary = client.get("/api/v1/plans/").headers["Vary"]
    assert "Accept-Language" in vary
    assert "Cookie" not in vary


def test_a_language_that_there_is_not_is_refused(get: Get) -> None:
    assert get("plans/", lang="xx")["errors"][0]["parameter"] == "lang"


def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named(get: Get) -> None:
    problem = get("plans/", yaer=2023)
    assert (problem["status"], problem["errors"][0]["parameter"], problem["errors"][0]["code"]) == (
        400,
        "yaer",
        "unknown",
    )
    assert "jurisdiction, lang, ordering, page, page_size, search, year" in problem["detail"]


def test_a_list_parameter_is_unknown_to_a_single_resource(client: Client) -> None:
    make_plan()
    assert client.get("/api/v1/plans/610302-2023/?page=1").status_code == 400


def test_a_parameter_given_twice_is_refused(client: Client) -> None:
    problem = client.get("/api/v1/commitments/?status=on_track&status=at_risk").json()
    assert problem["errors"][0]["code"] == "repeated"


PARAMETERS = [
    (path, parameter["name"])
    for path, described in yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text())["paths"].items()
    for parameter in described["get"].get("parameters", ())
    if parameter["in"] == "query" and "{" not in path and not path.endswith("schema/")
]


@pytest.mark.parametrize(("path", "name"), PARAMETERS)
def test_an_empty_value_is_refused_by_name_and_nobody_searches_for_nothing(
    path: str, name: str, client: Client
) -> None:
    for text in ("", ","):
        answer = client.get(path, {name: text})
        named = [error["parameter"] for error in answer.json().get("errors", ())]
        assert (answer.status_code, named[:1]) == ((200, []) if name == "search" else (400, [name]))


@pytest.mark.parametrize(
    ("resource", "name", "text"),
    [
        ("targets", "headline", "1"),
        ("progress", "sample", "maybe"),
        ("plans", "year", "2023.0"),
        ("plans", "year", "٢٠٢٣"),
        ("plans", "year", "10000"),
        ("plans", "page", "0"),
        ("plans", "page", "last"),
        ("plans", "page_size", "9" * 5000),
        ("plans", "search", "x" * 101),
        ("plans", "jurisdiction", "渭滨"),
        ("targets", "due_before", "12/31/2023"),
        ("commitments", "plan", ",".join(["610302-2023"] * 101)),
        ("commitments", "tier", "A,,B"),
        ("commitments", "lang", "en-GB"),
    ],
)
def test_a_value_of_another_kind_than_described_is_refused_by_name(
    resource: str, name: str, text: str, get: Get
) -> None:
    assert [error["parameter"] for error in get(f"{resource}/", **{name: text})["errors"]] == [name]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("commitments/?plan=610302-1999", 404),
        ("commitments/?plan=610302-2023&as_of=2022-12-31", 404),
        ("movements/?plan=610302-2023&since=2999-01-01", 404),
        ("commitments/?as_of=2023-06-30", 409),
        ("commitments/?plan=610302-2023&known_at=2023-06-30T00:00:00Z", 409),
        ("commitments/?plan=610302-2023,610302-2022&as_of=2023-06-30", 409),
    ],
)
def test_a_value_that_names_nothing_is_not_found_and_one_that_needs_another_conflicts(
    address: str, status: int, client: Client
) -> None:
    make_plan()
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, len(answer.json()["errors"])) == (status, 1)


def test_a_method_that_there_is_not_is_refused_before_its_parameters(client: Client) -> None:
    assert client.trace("/api/v1/commitments/?as_of=2023-06-30").status_code == 405


def test_a_body_that_cannot_be_read_is_a_problem() -> None:
    answer = errors.problem(ParseError(), {"request": APIRequestFactory().get("/")})
    assert answer is not None
    assert (answer.status_code, answer.data["errors"]) == (400, [])


def test_an_unknown_word_is_refused(get: Get) -> None:
    assert get("commitments/", status="red")["errors"][0] == {
        "parameter": "status",
        "code": "invalid_choice",
        "detail": "Select a valid choice. red is not one of the available choices.",
    }


@pytest.mark.parametrize("size", ["0", "-1", "many", "1.5"])
def test_a_page_size_that_is_no_number_is_refused(size: str, get: Get) -> None:
    assert get("plans/", page_size=size)["errors"][0]["parameter"] == "page_size"


def test_a_page_holds_a_hundred_rows_unless_asked_otherwise(get: Get) -> None:
    plan = make_plan()
    for _ in range(3):
        make_commitment(plan)
    assert len(get("commitments/")["results"]) == 3
    assert len(get("commitments/", page_size=2)["results"]) == 2


def test_a_page_holds_a_thousand_rows_at_most(get: Get) -> None:
    make_plan()
    assert get("plans/", page_size=5000)["count"] == 1


def test_a_page_past_the_last_is_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/plans/?page=9")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_an_unknown_address_is_a_problem(get: Get) -> None:
    assert get("promises/")["title"] == "Not found"


def test_a_slash_left_off_is_added(client: Client) -> None:
    assert client.get("/api/v1/plans").headers["Location"] == "/api/v1/plans/"


def test_writing_is_a_problem_that_names_what_is_allowed(client: Client) -> None:
    answer = client.post("/api/v1/commitments/", {})
    assert (answer.status_code, answer.json()["status"], answer.headers["Allow"]) == (
        405,
        405,
        "GET, HEAD, OPTIONS",
    )


def test_other_formats_are_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/plans/", headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.json()["status"]) == (406, 406)


def test_a_problems_type_leads_to_an_explanation(client: Client, get: Get) -> None:
    address = get("promises/")["type"]
    assert client.get(address).json()["type"] == address


def test_an_unknown_type_of_problem_is_not_found(client: Client) -> None:
    assert client.get("/api/v1/problems/unknown/").status_code == 404


def test_a_refusal_without_a_page_of_its_own_has_no_address() -> None:
    answer = errors.problem(UnsupportedMediaType("text/csv"), {"request": APIRequestFactory().get("/")})
    assert answer is not None
    assert (answer.data["type"], answer.data["title"]) == ("about:blank", "Unsupported Media Type")


def test_what_nobody_foresaw_is_left_to_django() -> None:
    assert errors.problem(RuntimeError(), {}) is None


@pytest.mark.parametrize("method", ["head", "options"])
def test_other_ways_to_read_work(method: str, client: Client) -> None:
    assert getattr(client, method)("/api/v1/commitments/").status_code == 200


def test_an_unchanged_answer_is_not_sent_again(client: Client) -> None:
    make_plan()
    tag = client.get("/api/v1/plans/").headers["ETag"]
    assert client.get("/api/v1/plans/", headers={"If-None-Match": tag}).status_code == 304


def test_the_answer_in_another_language_has_another_tag(client: Client) -> None:
    commitment = make_commitment()
    refresh.rebuild_plan(commitment.plan, at=NOON)
    tag = client.get("/api/v1/commitments/?lang=zh-hans").headers["ETag"]
    answer = client.get("/api/v1/commitments/?lang=en", headers={"If-None-Match": tag})
    assert answer.headers["Content-Language"] == "en"


def test_other_sites_may_read(client: Client) -> None:
    answer: Any = client.get("/api/v1/plans/", headers={"Origin": "https://news.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_code_with_a_nul_is_not_found(client: Client) -> None:
    assert client.get("/api/v1/plans/%00/").status_code == 404


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("plans/610302-1999/", "There is no plan 610302-1999."),
        ("plans/610302-2023/commitments/X/", "610302-2023 has no commitment X."),
        ("plans/610302-1999/commitments/X/?as_of=2023-06-30", "610302-1999 has no commitment X."),
        ("summary/jurisdictions/999999/2022/", "There is no jurisdiction 999999."),
        ("summary/jurisdictions/610302/2022/", "610302 has no plan for 2022."),
        (
            "summary/jurisdictions/610302/2023/",
            "The 2023 plan of 610302 has not been judged yet.",
        ),
    ],
)
def test_what_is_not_found_is_named(address: str, said: str, get: Get) -> None:
    make_plan()
    assert get(address)["detail"] == said


@pytest.mark.parametrize("resource", ["commitments", "targets", "progress", "priorities", "summary"])
def test_a_plan_that_does_not_exist_is_no_empty_list(resource: str, get: Get) -> None:
    plan = make_plan()
    answer = get(f"{resource}/", plan=f"{plan.code},610302-1999")
    assert answer["errors"] == [
        {"parameter": "plan", "code": "invalid", "detail": "There is no plan 610302-1999."}
    ]


def test_and_in_the_readers_language(get: Get) -> None:
    assert get("plans/610302-1999/", lang="zh-hans")["detail"] == "没有年度计划610302-1999。"
