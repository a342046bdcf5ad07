"""The page in a real browser, in two languages, on light and dark ground, wide and narrow."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.dashboard.plans import make_mixed_plan

CHROMIUM = Path("/usr/bin/chromium")
# Each pair of language, ground and width is seen together.
LOOKS = [
    (language + page, scheme, width)
    for page in ("", "method/")
    for language, scheme, width in (
        ("/", "light", 1280),
        ("/", "dark", 375),
        ("/en/", "dark", 1280),
        ("/en/", "light", 375),
    )
]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists() and "CI" not in os.environ, reason="needs Debian's chromium"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which makes Django think that its database code is async.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def plan_url(live_server: LiveServer, settings: Settings, demo_clock: None) -> str:
    # The test server serves what it finds beside the code, and knows no hashed names.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    make_mixed_plan()
    return live_server.url


def opened(
    chromium: Browser, url: str, scheme: Literal["light", "dark"] = "light", width: int = 1280
) -> Page:
    page = chromium.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN", reduced_motion="reduce"
    )
    page.goto(url)
    return page


@pytest.mark.parametrize(("path", "scheme", "width"), LOOKS)
def test_no_barriers_and_no_sideways_scrolling(
    chromium: Browser, plan_url: str, path: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page = opened(chromium, plan_url + path, scheme, width)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page, options=WCAG)
    assert results.violations_count == 0, results.generate_report()
    page.close()


def test_nothing_is_refused_by_the_content_security_policy(chromium: Browser, plan_url: str) -> None:
    said: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto(plan_url)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('header.site')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    assert said == []
    page.close()


def test_the_reason_opens_without_a_script_and_leads_to_its_rule(chromium: Browser, plan_url: str) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{plan_url}/en/")
    reason = page.locator("#ENV-CIT-01 details").first
    assert not reason.locator("dl").is_visible()
    reason.locator("summary").click()
    reason.get_by_role("link", name="Far behind").click()
    assert page.url.endswith("/en/method/?plan=610302-2023#far_behind")
    page.close()


def test_the_keyboard_reaches_the_content_and_the_switch(chromium: Browser, plan_url: str) -> None:
    page = opened(chromium, plan_url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || location.hash") in ("content", "#content")
    page.get_by_role("link", name="English").click()
    assert page.url == f"{plan_url}/en/"
    assert page.locator("html").get_attribute("lang") == "en"
    page.close()


BROKEN_WORDS = r"""
[...document.querySelectorAll("td.n")].flatMap(cell => {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), broken = [];
  for (let node; (node = walker.nextNode()); )
    for (const word of node.data.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (range.getClientRects().length > 1) broken.push(word[0]);
    }
  return broken;
})
"""


@pytest.mark.parametrize("width", [1280, 1124])
def test_no_unit_is_broken_in_the_middle(chromium: Browser, plan_url: str, width: int) -> None:
    page = opened(chromium, f"{plan_url}/en/", "light", width)
    assert page.evaluate(BROKEN_WORDS) == []
    page.close()


OVERFLOWING = """
[...document.querySelectorAll("td, tbody th")]
  .filter(cell => cell.scrollHeight > cell.clientHeight + 1 || cell.scrollWidth > cell.clientWidth + 1)
  .map(cell => cell.innerText)
"""


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("path", ["/", "/en/", "/method/", "/en/method/"])
def test_nothing_runs_out_of_its_cell(chromium: Browser, plan_url: str, path: str, width: int) -> None:
    page = opened(chromium, plan_url + path, "light", width)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert page.evaluate(OVERFLOWING) == []
    page.close()
