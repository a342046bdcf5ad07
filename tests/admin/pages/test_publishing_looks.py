"""The looks of the pages that publish a plan: both languages, light and dark, wide and narrow."""

import pytest
from playwright.sync_api import expect

from commitments.domain.enums import Role
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, Scheme, barriers, width_of
from tests.factories import make_commitment, make_plan, make_target, make_user

pytestmark = [NEEDS_CHROMIUM, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_a_plan_is_published_and_counts(language: str, scheme: Scheme, width: int, open_as: Open) -> None:
    make_plan()
    draft = make_plan(
        published_at=None, code="610399-2023", title="民生实事计划", title_en="Plan of public works"
    )
    for number in range(30):
        make_target(make_commitment(draft, code=f"LIV-SVC-{number:02d}"), headline=number % 2 == 0)
    office = make_user(Role.SUPERVISION, language=language)
    page = open_as(office, f"/admin/plan/{draft.pk}/publish/", width=width, color_scheme=scheme)
    assert barriers(page) == ""
    assert width_of(page) <= width
    page.locator("#deciding_form button").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(f"/admin/plan/{draft.pk}/count/")
    assert barriers(page) == ""
    assert width_of(page) <= width
    page.locator("#deciding_form button").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    draft.refresh_from_db()
    assert draft.counts_for_place
