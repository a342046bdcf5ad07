"""The page that shows the description of the API, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, Scheme, barriers, width_of

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]
DOCS = "/api/v1/docs/"


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_no_barriers_and_no_sideways_scrolling(
    open_as: Open, language: str, scheme: Scheme, width: int
) -> None:
    page = open_as(None, f"{DOCS}?lang={language}", width=width, color_scheme=scheme, locale=language)
    # With one operation open; the others show what a closed one is like.
    page.locator(".opblock-summary-control").first.click()
    page.locator(".json-schema-2020-12-accordion").last.click()
    expect(page.locator(".opblock.is-open select").first).to_be_visible()
    assert barriers(page) == ""
    assert width_of(page) <= width


@pytest.mark.parametrize("width", [1280, 375])
def test_an_answer_has_no_barriers(open_as: Open, width: int) -> None:
    page = open_as(None, f"{DOCS}#/plans/plans_list", width=width, locale="en")
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table")).to_contain_text("results")
    assert barriers(page) == ""
    assert width_of(page) <= width


def test_an_address_of_its_own_opens_an_operation(open_as: Open) -> None:
    page = open_as(None, f"{DOCS}#/plans/plans_list")
    expect(page.locator(".opblock.is-open")).to_have_attribute("id", "operations-plans-plans_list")


def test_nothing_is_refused_by_the_content_security_policy(open_as: Open) -> None:
    said: list[str] = []
    page = open_as(None, "about:blank")
    page.on("console", lambda message: said.append(message.text))
    page.goto(DOCS)
    expect(page.locator(".opblock").first).to_be_visible()
    assert said == []
