"""The page in a real browser, in two languages, on light and dark ground, wide and narrow."""

from urllib.parse import urlsplit

import pytest

from tests.browser import NEEDS_CHROMIUM, Open, Scheme, barriers, width_of
from tests.dashboard.plans import make_mixed_plan

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
pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]


@pytest.fixture(autouse=True)
def _plan(demo_clock: None, live_server: object) -> None:
    make_mixed_plan()


@pytest.mark.parametrize(("path", "scheme", "width"), LOOKS)
def test_no_barriers_and_no_sideways_scrolling(open_as: Open, path: str, scheme: Scheme, width: int) -> None:
    page = open_as(None, path, width=width, color_scheme=scheme, locale="zh-CN")
    assert barriers(page) == ""
    assert width_of(page) <= width


def test_nothing_is_refused_by_the_content_security_policy(open_as: Open) -> None:
    said: list[str] = []
    page = open_as(None, "about:blank")
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto("/")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('header.site')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    assert said == []


def test_the_reason_opens_without_a_script_and_leads_to_its_rule(open_as: Open) -> None:
    page = open_as(None, "/en/", java_script_enabled=False)
    reason = page.locator("#ENV-CIT-01 details").first
    assert not reason.locator("dl").is_visible()
    reason.locator("summary").click()
    reason.get_by_role("link", name="Far behind").click()
    assert page.url.endswith("/en/method/?plan=610302-2023#far_behind")


def test_the_keyboard_reaches_the_content_and_the_switch(open_as: Open) -> None:
    page = open_as(None, "/", locale="zh-CN")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || location.hash") in ("content", "#content")
    page.get_by_role("link", name="English").click()
    assert urlsplit(page.url).path == "/en/"
    assert page.locator("html").get_attribute("lang") == "en"


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
def test_no_unit_is_broken_in_the_middle(open_as: Open, width: int) -> None:
    page = open_as(None, "/en/", width=width, locale="zh-CN")
    assert page.evaluate(BROKEN_WORDS) == []


OVERFLOWING = """
[...document.querySelectorAll("td, tbody th")]
  .filter(cell => cell.scrollHeight > cell.clientHeight + 1 || cell.scrollWidth > cell.clientWidth + 1)
  .map(cell => cell.innerText)
"""


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("path", ["/", "/en/", "/method/", "/en/method/"])
def test_nothing_runs_out_of_its_cell(open_as: Open, path: str, width: int) -> None:
    page = open_as(None, path, width=width, locale="zh-CN")
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert page.evaluate(OVERFLOWING) == []
