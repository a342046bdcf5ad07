"""The admin site in a real browser."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page

from commitments.models import User

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
Scheme = Literal["light", "dark"]


def signed_in(
    chromium: Browser, url: str, user: User, *, scheme: Scheme = "light", width: int = 1280
) -> Page:
    """A browser of the person's own, on the admin's first page."""
    client = Client()
    client.force_login(user)
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    page = context.new_page()
    page.goto(f"{url}/admin/")
    return page


def barriers(page: Page) -> str:
    """What axe finds against WCAG 2.2 AA; nothing where it finds none."""
    results = Axe().run(page, options=WCAG)
    return "" if results.violations_count == 0 else results.generate_report()
