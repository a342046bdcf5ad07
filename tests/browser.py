"""A real browser: one Chromium for all tests, a window of its own for each person."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from commitments.models import User

Open = Callable[..., Page]
Scheme = Literal["light", "dark"]
# The same engine, without a window around the page where there is one like that: a third of the processor time.
INSTALLED = [Path("/usr/lib/chromium/chromium-headless-shell"), Path("/usr/bin/chromium")]
CHROMIUM = next(filter(Path.exists, INSTALLED), None)
# Optimized code pays for itself on a page that stays open; these are closed after a look.
ARGUMENTS = ["--no-sandbox", "--js-flags=--no-opt"]
NEEDS_CHROMIUM = pytest.mark.skipif(not CHROMIUM and "CI" not in os.environ, reason="needs Debian's chromium")
# A machine that does other things as well is slow now and then; what is expected comes sooner or never.
PATIENCE_MS = 30_000
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Rules that a page keeps are told of at length: that would be collected, sent and parsed for nothing.
    "reporter": "no-passes",
}
# Language, ground and width: each pair of them is seen together.
LOOKS: list[tuple[str, Scheme, int]] = [
    ("zh-hans", "light", 1280),
    ("zh-hans", "dark", 375),
    ("en", "dark", 1280),
    ("en", "light", 375),
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which makes Django think that its database code is async.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE_MS)
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Open]:
    """Return a function that opens a path as a user or signed out, in a window of its own."""
    # Further paths are relative to the same site.
    # The test server serves what it finds beside the code, and knows no hashed names.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    contexts: list[BrowserContext] = []

    def window(who: User | None, path: str, *, width: int = 1280, **given: Any) -> Page:
        look = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce"}
        context = chromium.new_context(base_url=live_server.url, **look | given)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if who:
            sign_in(context, who, live_server.url)
        page = context.new_page()
        # Shown with a test that fails: a script that did not come explains most of what the page did not do.
        page.on("requestfailed", lambda request: print("not loaded:", request.url, request.failure))
        page.on("response", print_missing)
        page.on("pageerror", lambda error: print("script error:", error))
        page.goto(path)
        return page

    yield window
    for context in contexts:
        context.close()
    wait_for_server()


def print_missing(response: Response) -> None:
    """Print a script or style that the server refused: no failed request tells of it."""
    if response.status >= 400 and response.request.resource_type in ("script", "stylesheet"):
        print("not loaded:", response.url, response.status)


def wait_for_server() -> None:
    """Wait until the test server has ended the requests of all closed windows."""
    # A request left behind would meet an empty database, and leave settings of this test in Django's caches.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE_MS / 1000)
            assert not thread.is_alive(), "a request has not ended"


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for the effect of a request that no page shows."""
    ends = time.monotonic() + PATIENCE_MS / 1000
    while not holds():
        assert time.monotonic() < ends, "it has not come about"
        time.sleep(0.05)


def sign_in(context: BrowserContext, who: User, url: str) -> None:
    client = Client()
    client.force_login(who)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def barriers(page: Page) -> str:
    """Return axe's report with everything unfolded; empty without violations."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    found = Axe().run(page, options=WCAG)
    return found.generate_report() if found.violations_count else ""


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))
