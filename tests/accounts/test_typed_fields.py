"""Every form of the staff pages: fields that people type in are told from hidden ones, ticks and buttons."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from bench.faults.routes import Route, keys, known, routes
from commitments.accounts.typed_fields import is_typed
from commitments.domain.enums import Role
from tests.accounts.conftest import PASSWORD, try_in
from tests.admin.conftest import _clock
from tests.admin.pages.progress_import.stages import job_at
from tests.admin.rows import make_side
from tests.factories import make_user

__all__ = ["_clock"]

pytestmark = pytest.mark.django_db
UNTYPED = ("hidden", "checkbox", "radio", "submit", "button")
NEVER_SHOWN = ("file", "password")
FORMLESS = ("<kind>", "/history/", "/autocomplete/")
ROWS = {"/admin/import/": "commitments.importjob", "/admin/plan/": "commitments.plan"}


class Controls(HTMLParser):
    """A reader of the names in posted forms, by whether a person types there; choices are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[bool, set[str]] = {True: set(), False: set()}
        self._is_posted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_posted = given.get("method") == "post"
        kind = given.get("type", "submit" if tag == "button" else "text")
        if tag not in ("input", "textarea", "button") or not given.get("name") or kind in NEVER_SHOWN:
            return
        if self._is_posted or "form" in given:
            self.found[kind not in UNTYPED].add(given["name"])

    def handle_endtag(self, tag: str) -> None:
        self._is_posted = self._is_posted and tag != "form"


def addresses() -> set[str]:
    """Each staff page that may have a form of its own."""
    rows = keys()

    def value(route: Route, name: str) -> str:
        tables = [table for start, table in ROWS.items() if name == "pk" and route.template.startswith(start)]
        return rows[tables[0]][0] if tables else known(route, name, rows)[0]

    return {
        route.address(lambda name, of=route: value(of, name))  # type: ignore[misc]
        for route in routes()
        if route.template.startswith("/admin/") and not route.template.endswith(FORMLESS)
    }


@pytest.fixture
def controls(settings: LazySettings, tmp_path: Path) -> dict[bool, set[str]]:
    """Return the names in every page that an administrator may open after two sign-ins."""
    settings.MEDIA_ROOT = tmp_path
    root = make_user(Role.ADMIN, username="root", password=PASSWORD, is_superuser=True)
    make_side(job_at("doubtful", root).plan, "OURS")
    browsers = [Client(), Client()]
    for browser in browsers:
        try_in(browser, "root", PASSWORD)
    reader = Controls()
    for address in (*addresses(), "/admin/log/?period=2023-09"):
        answer = browsers[0].get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            reader.feed(answer.content.decode())
    return reader.found


def test_fields_that_people_type_in_are_told_from_all_others(controls: dict[bool, set[str]]) -> None:
    assert {"reason", "note", "title", "day", "effective_on"} <= controls[True]
    assert {"entry", "end", "index", "select_across", "header_row", "language"} <= controls[False]
    assert {name for name in controls[True] if not is_typed(name)} == set()
    assert {name for name in controls[False] if is_typed(name)} == set()


def test_an_unknown_name_is_taken_for_typed() -> None:
    assert is_typed("opinion")
    assert is_typed("published_0")
