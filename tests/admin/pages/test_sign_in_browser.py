"""The sign-in page in a real browser."""

import pytest

from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, Scheme, barriers, width_of

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_no_barriers_and_no_sideways_scrolling(
    open_as: Open, language: str, scheme: Scheme, width: int
) -> None:
    page = open_as(None, "/admin/login/", width=width, color_scheme=scheme, locale=language)
    assert page.locator("html").get_attribute("lang") == language
    assert barriers(page) == ""
    page.get_by_role("textbox").first.fill("nobody")
    page.locator("[type=password]").fill("wrong")
    page.keyboard.press("Enter")
    page.locator(".errornote").wait_for()
    assert barriers(page) == ""
    assert width_of(page) <= width
