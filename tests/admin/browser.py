"""A real browser in which somebody has signed in to the admin site."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from commitments.models import User

CHROMIUM = Path("/usr/bin/chromium")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NEEDS_CHROMIUM = pytest.mark.skipif(
    not CHROMIUM.exists() and "CI" not in os.environ, reason="needs Debian's chromium"
)
# Language, ground and width: each pair of them is seen together.
LOOKS: list[tuple[str, Literal["light", "dark"], int]] = [
    ("zh-hans", "light", 1280),
    ("zh-hans", "dark", 375),
    ("en", "dark", 1280),
    ("en", "light", 375),
]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which makes Django think that its database code is async.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Open]:
    """Opens a path as a person, in a browser window of its own."""
    # The test server serves what it finds beside the code, and knows no hashed names.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    contexts = []

    def window(who: User, path: str, *, width: int = 1280, **given: Any) -> Page:
        client = Client()
        client.force_login(who)
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **given))
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        contexts[-1].add_cookies([cookie])  # type: ignore[list-item]
        page = contexts[-1].new_page()
        page.goto(live_server.url + path)
        return page

    yield window
    for context in contexts:
        context.close()


def barriers(page: Page) -> str:
    """What axe finds, in words; empty where it finds nothing."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    found = Axe().run(page, options=WCAG)
    return found.generate_report() if found.violations_count else ""


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))
