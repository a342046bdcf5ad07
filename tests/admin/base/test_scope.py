"""The scope of one agency's staff: they see and reach no row of another agency, at any address."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from commitments.admin.urls import urlpatterns
from commitments.domain.enums import Role
from commitments.models import Commitment, CommitmentSupport, Evidence, ProgressEntry, Target
from tests.admin.conftest import SignIn
from tests.admin.rows import ADMINS, Side, make_side
from tests.factories import make_plan
from tests.sql import statements

pytestmark = pytest.mark.django_db
OF_ONE_AGENCY = (Role.CLERK, Role.REVIEWER, Role.LEADER)
NOT_HERE = (302, 403, 404)
# Hundreds of fields are read ten times as fast as those of a form with files.
FORM = "application/x-www-form-urlencoded"
Model = type[models.Model]


@pytest.fixture(autouse=True)
def _media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ours() -> Side:
    return make_side(make_plan(), "OURS")


@pytest.fixture
def theirs(ours: Side) -> Side:
    return make_side(ours.commitment.plan, "THEIRS")


@pytest.fixture(params=OF_ONE_AGENCY)
def browser(request: pytest.FixtureRequest, sign_in: SignIn, ours: Side) -> Client:
    return sign_in(request.param, agency=ours.agency)


def page_of(model: Model) -> str:
    return f"/admin/commitments/{model._meta.model_name}/"


def pages_of(side: Side) -> Iterator[str]:
    """Every page of every row: all that is registered, with each id put in."""
    for model, page in ADMINS.items():
        named = [
            url
            for url in page.get_urls()
            if url.name and not url.name.endswith(("_changelist", "_add", "_export"))
        ]
        for row in side.rows(model):
            yield from (reverse(f"admin:{url.name}", args=[row.pk]) for url in named)


def lists() -> list[str]:
    pages = [page_of(model) + end for model in ADMINS for end in ("", "export.csv")]
    return ["/admin/", "/admin/commitments/", *pages]


def shows(answer: Any, mark: str) -> bool:
    body = answer.getvalue() if answer.streaming else answer.content
    return mark in body.decode("utf-8", "replace")


def test_no_page_of_a_row_of_theirs_opens(browser: Client, theirs: Side) -> None:
    pages = list(pages_of(theirs))
    answers = {page: browser.get(page) for page in pages}
    assert len(pages) > 60
    assert {page: got.status_code for page, got in answers.items() if got.status_code not in NOT_HERE} == {}
    assert [page for page, got in answers.items() if shows(got, theirs.mark)] == []


def test_pages_of_ours_do_open(browser: Client, ours: Side) -> None:
    answers = {page: browser.get(page) for page in pages_of(ours)}
    opened = [page for page, got in answers.items() if b"".join(got) and got.status_code == 200]
    assert len(opened) > 30


def test_nothing_is_posted_to_a_row_of_theirs(browser: Client, theirs: Side) -> None:
    form = {"post": "yes", "title": "OURS", "public": "on", "value": "1"}
    answers = {page: browser.post(page, form).status_code for page in pages_of(theirs)}
    assert {page: code for page, code in answers.items() if code not in (*NOT_HERE, 405)} == {}
    assert not Commitment.objects.filter(pk=theirs.commitment.pk, title="OURS").exists()
    assert not Evidence.objects.filter(public=True).exists()


@pytest.mark.parametrize("query", ["", "?q=HEIR", "?all="])
def test_no_list_shows_theirs(query: str, browser: Client, theirs: Side) -> None:
    found = {page: browser.get(page + query) for page in lists()}
    assert [page for page, got in found.items() if shows(got, theirs.mark)] == []


def test_no_filter_of_a_list_finds_theirs(browser: Client, theirs: Side) -> None:
    by_agency = f"target__commitment__lead_agency__id__exact={theirs.agency.pk}"
    got = browser.get(f"{page_of(ProgressEntry)}?{by_agency}")
    assert not shows(got, theirs.mark)


def test_no_form_and_no_box_offers_theirs(browser: Client, theirs: Side) -> None:
    assert not [model for model in ADMINS if shows(browser.get(f"{page_of(model)}add/"), theirs.mark)]


def test_no_search_for_choices_finds_theirs(browser: Client, theirs: Side) -> None:
    for model, page in ADMINS.items():
        for field in page.autocomplete_fields:
            asked: dict[str, Any] = {
                "app_label": "commitments",
                "model_name": model._meta.model_name,
                "field_name": field,
                "term": "",
            }
            assert not shows(browser.get("/admin/autocomplete/", asked), theirs.mark)


@pytest.mark.parametrize("model", ["progressentry", "withdrawal", "evidence", "review"])
def test_no_line_is_added_to_theirs(model: str, browser: Client, theirs: Side) -> None:
    target = theirs.commitment.targets.get(code=theirs.commitment.code)
    entry = target.entries.pending().first()
    assert entry is not None
    before = {kind: len(theirs.rows(kind)) for kind in ADMINS}
    form: dict[str, Any] = {
        "target": target.pk, "entry": entry.pk, "commitment": theirs.commitment.pk, "corrects": entry.pk,
        "effective_on": "2023-09-28", "value": "50", "decision": "approve", "reason": "OURS", "title": "OURS",
        "url": "https://example.org", "holder": "owner", "confidence": "low",
    }  # fmt: skip
    browser.post(f"/admin/commitments/{model}/add/", form)
    assert {kind: len(theirs.rows(kind)) for kind in ADMINS} == before


def test_the_approval_of_many_leaves_theirs(browser: Client, theirs: Side) -> None:
    pending = ProgressEntry.objects.pending().filter(target__commitment=theirs.commitment)
    chosen = {"action": "approve", "_selected_action": [entry.pk for entry in pending]}
    browser.post(page_of(ProgressEntry), chosen)
    assert pending.exists()


def every(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for url in patterns:
        if isinstance(url, URLPattern):
            yield url
        else:
            yield from every(url.url_patterns)


def own_pages(side: Side) -> Iterator[str]:
    """Each page of the staff's own, with a number from each table of theirs where it takes one."""
    numbers = {row.pk for model in ADMINS for row in side.rows(model)[:1]}
    for url in every(urlpatterns):
        names = list(url.pattern.converters)
        for number in numbers if names else (0,):
            yield reverse(f"staff:{url.name}", kwargs=dict.fromkeys(names, number))


def test_no_page_of_our_own_shows_theirs(browser: Client, theirs: Side) -> None:
    asked: dict[str, Any] = {"agency": theirs.agency.pk, "plan": theirs.commitment.plan_id, "q": "HEIR"}
    shown = [
        page
        for page in own_pages(theirs)
        for query in ({}, asked)
        if shows(browser.get(page, query), theirs.mark)
    ]
    assert shown == []


def test_nothing_of_theirs_is_changed_through_a_page_of_our_own(browser: Client, theirs: Side) -> None:
    before = everything(theirs)
    numbers = [str(row.pk) for model in ADMINS for row in theirs.rows(model)]
    typed = {
        f"{target.pk}-{name}": "1" for target in theirs.commitment.targets.all() for name in ("value", "note")
    }
    form = {
        "entry": numbers,
        "target": numbers,
        "commitment": numbers,
        "decision": "approve",
        "reason": "OURS",
    }
    given: dict[str, Any] = {
        "agency": theirs.agency.pk,
        "confidence": "low",
        "holder": "owner",
        "authority": "OURS",
    }
    for page in own_pages(theirs):
        browser.post(page, urlencode(form | typed | given, doseq=True), content_type=FORM)
    assert everything(theirs) == before


def everything(side: Side) -> dict[Model, list[Any]]:
    return {
        model: list(model._default_manager.filter(pk__in=[row.pk for row in side.rows(model)]).values())
        for model in ADMINS
    }


def test_who_supports_a_commitment_sees_it(sign_in: SignIn, ours: Side, theirs: Side) -> None:
    CommitmentSupport.objects.create(commitment=theirs.commitment, agency=ours.agency)
    browser = sign_in(Role.CLERK, agency=ours.agency)
    assert browser.get(f"{page_of(Commitment)}{theirs.commitment.pk}/change/").status_code == 200
    assert shows(browser.get("/admin/commitments/agency/"), theirs.mark)


@pytest.mark.parametrize("role", [Role.SUPERVISION, Role.LEADER, Role.ADMIN])
def test_who_is_there_for_the_whole_plan_sees_all_of_it(
    role: Role, sign_in: SignIn, ours: Side, theirs: Side
) -> None:
    got = sign_in(role).get(page_of(Commitment))
    assert shows(got, ours.mark)
    assert shows(got, theirs.mark)


def test_scope_costs_no_query_more(sign_in: SignIn, ours: Side) -> None:
    def taken(browser: Client) -> int:
        browser.get(page_of(Target))
        with statements() as sent:
            browser.get(page_of(Target))
        return len(sent)

    assert taken(sign_in(Role.CLERK, agency=ours.agency)) == taken(sign_in(Role.LEADER))
