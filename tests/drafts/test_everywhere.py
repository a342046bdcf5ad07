"""A draft's privacy: only its office is shown any part of it, at any address."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile, is_zipfile

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from commitments import permissions
from commitments.api.urls import v1
from commitments.domain.enums import Role
from commitments.models import EDITS, Agency, Jurisdiction, Plan, RuleSet, SourceDocument
from tests.admin.conftest import SignIn, _clock, sign_in
from tests.admin.rows import ADMINS
from tests.drafts.addresses import everywhere
from tests.drafts.rows import CODE, MARK, NO_CODE, PART, Draft, make_draft

__all__ = ["_clock", "sign_in"]

pytestmark = pytest.mark.django_db
OFFICE = (Role.SUPERVISION, Role.ADMIN)
PUBLIC = [each.name for each in v1 if each.name and not each.pattern.converters]
# Hundreds of fields are read ten times as fast as those of a form with files.
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft() -> Draft:
    return make_draft()


@pytest.fixture(params=["anonymous", Role.CLERK, Role.REVIEWER, Role.LEADER, "leader of the place"])
def browser(request: pytest.FixtureRequest, sign_in: SignIn, draft: Draft) -> Client:
    """Sign in as each role outside the office, in the agency that leads the draft's commitment."""
    if request.param == "anonymous":
        return Client()
    if request.param == "leader of the place":
        return sign_in(Role.LEADER)
    return sign_in(request.param, agency=draft.agency)


def shown(answer: Any) -> bool:
    body = answer.getvalue() if answer.streaming else answer.content
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist())
    return MARK in body.decode("utf-8", "replace") + "".join(answer.headers.values())


def queries(draft: Draft, page: str) -> Iterator[str]:
    yield ""
    if page.startswith("/api/"):
        yield from (f"?search={PART}", f"?plan={CODE}", f"?plan={CODE}&as_of=2023-09-28")
        yield f"?plan={CODE}&since=2023-09-01"
    elif not any(part.isdecimal() for part in page.split("/")):
        yield from (f"?q={PART}", f"?plan={CODE}&as_of=2023-09-28", f"?plan={draft.plan.pk}")
        yield f"?agency={draft.agency.code}&plan={CODE}&commitment={draft.commitment.pk}"


def asked(draft: Draft) -> list[str]:
    return [page + query for page in everywhere(draft) for query in queries(draft, page)]


def test_no_address_shows_anything_of_it(browser: Client, draft: Draft) -> None:
    """Ask every address for traces of the draft."""
    # Public pages are the same for all users, so only the signed-out user asks for all of them.
    is_anonymous = not browser.session
    pages = [page for page in asked(draft) if is_anonymous or "?" not in page or page.startswith("/admin/")]
    assert len(pages) > 700
    assert [page for page in pages if shown(browser.get(page))] == []


@pytest.mark.parametrize("role", OFFICE)
def test_its_office_sees_it_in_the_admin_and_nowhere_else(role: Role, sign_in: SignIn, draft: Draft) -> None:
    browser = sign_in(role)
    found = [page for page in everywhere(draft) if shown(browser.get(page))]
    assert len(found) > 60
    assert [page for page in found if not page.startswith("/admin/")] == []


def test_no_search_for_choices_finds_anything_of_it(browser: Client, draft: Draft) -> None:
    for model, page in ADMINS.items():
        for field in page.autocomplete_fields:
            given = {
                "app_label": "commitments",
                "model_name": str(model._meta.model_name),
                "field_name": field,
                "term": "",
            }
            assert not shown(browser.get("/admin/autocomplete/", given))


def test_nothing_of_it_is_changed_by_anybody_else(browser: Client, draft: Draft) -> None:
    numbers = [str(row.pk) for model in ADMINS for row in draft.rows(model)]
    form = {
        "post": "yes", "title": "OURS", "public": "on", "value": "1", "entry": numbers, "target": numbers,
        "decision": "approve", "reason": "OURS", "authority": "OURS", "holder": "owner", "confidence": "low",
        "effective_on": "2023-09-28", "plan": [str(draft.plan.pk)], "url": "https://example.org",
        "action": "approve", "_selected_action": numbers,
    }  # fmt: skip
    before = everything(draft)
    for page in everywhere(draft):
        if not page.startswith("/digests/"):
            shown(browser.post(page, urlencode(form, doseq=True), content_type=FORM))
    assert everything(draft) == before


def everything(draft: Draft) -> dict[type[Model], list[Any]]:
    return {
        model: list(model._default_manager.filter(pk__in=[row.pk for row in draft.rows(model)]).values())
        for model in ADMINS
    }


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("rest", ["", "&as_of=2023-09-28", "&since=2023-09-01"])
def test_the_api_answers_as_if_there_were_no_such_plan(name: str, rest: str, draft: Draft) -> None:
    address = reverse(f"api:{name}")
    assert answer(f"{address}?plan={CODE}{rest}") == answer(f"{address}?plan={NO_CODE}{rest}")


@pytest.mark.parametrize(
    "address",
    [
        "/plans/{}/", "/en/plans/{}/", "/plans/{}/?as_of=2023-09-28", "/method/?plan={}", "/api/v1/plans/{}/",
        "/api/v1/plans/{}/commitments/X-00/", "/api/v1/plans/{}/commitments/X-00/?as_of=2023-09-28",
        "/api/v1/commitments/?plan=610302-2023,{}",
    ],
)  # fmt: skip
def test_its_own_address_is_that_of_nothing(address: str, draft: Draft) -> None:
    assert answer(address.format(CODE)) == answer(address.format(NO_CODE))


def answer(address: str) -> tuple[int, str]:
    got = Client().get(address)
    return got.status_code, got.content.decode().replace(CODE, NO_CODE)


def test_a_year_with_a_draft_alone_is_a_year_without_a_plan(draft: Draft) -> None:
    Plan.objects.filter(pk=draft.plan.pk).update(year=2024)
    assert (
        Client().get("/api/v1/summary/jurisdictions/610302/2024/").json()["detail"]
        == "610302没有2024年度计划。"
    )


SHARED = {Jurisdiction, RuleSet, Agency, SourceDocument}


def test_every_table_says_how_its_rows_name_their_plan() -> None:
    """A table that is not in `policy` would be shown whole."""
    known = {*permissions.OF_COMMITMENT, *permissions.OF_PLAN, *SHARED}
    own = apps.get_app_config("commitments").get_models()
    assert [each for each in own if each not in {*known, *EDITS.values()} and leads_to_a_plan(each)] == []


def leads_to_a_plan(model: type[Model]) -> bool:
    if issubclass(model, Plan):
        return True
    parents = [
        field.related_model for field in model._meta.concrete_fields if field.many_to_one or field.one_to_one
    ]
    return any(
        leads_to_a_plan(parent) for parent in parents if isinstance(parent, type) and parent is not model
    )
