"""Every own page in both languages, on light and dark ground, wide and narrow."""

import os
from itertools import product

import pytest
from playwright.sync_api import Browser

from commitments.domain.words import Role
from tests.admin.browsing import Scheme, barriers, signed_in
from tests.admin.imports.stages import job_at
from tests.dashboard.test_browser import CHROMIUM
from tests.factories import make_user

STAGES = ("received", "unmapped", "faulty", "doubtful", "applied", "refused")
LOOKS: list[tuple[str, Scheme, int]] = [
    ("zh-hans", "light", 1280),
    ("zh-hans", "dark", 375),
    ("en", "light", 375),
    ("en", "dark", 1280),
]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists() and "CI" not in os.environ, reason="needs Debian's chromium"),
]


@pytest.mark.parametrize(("stage", "look"), list(product(STAGES, LOOKS)))
def test_no_barriers_and_no_sideways_scrolling(
    chromium: Browser, site: str, stage: str, look: tuple[str, Scheme, int]
) -> None:
    language, scheme, width = look
    clerk = make_user(Role.CLERK, language=language)
    job = job_at(stage, clerk)
    page = signed_in(chromium, site, clerk, scheme=scheme, width=width)
    for address in (f"/admin/import/{job.pk}/", "/admin/import/"):
        page.goto(site + address)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert barriers(page) == ""
    page.context.close()
