"""The page that shows a refused form again, and the one that refuses an address, in a browser."""

import pytest

from commitments.domain.enums import Role
from commitments.models import Commitment
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, Scheme, barriers, width_of
from tests.factories import make_commitment, make_user

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_what_was_typed_is_sent_with_one_press(
    language: str, scheme: Scheme, width: int, open_as: Open
) -> None:
    commitment = make_commitment()
    address = f"/admin/commitments/commitment/{commitment.pk}/change/"
    office = make_user(Role.SUPERVISION, language=language)
    page = open_as(office, address, width=width, color_scheme=scheme)
    page.locator("#id_title").fill("改造\u202e老旧小区及周边道路")
    page.locator("[name=_save]").click()
    page.locator("main textarea:visible").wait_for()
    assert barriers(page) == ""
    assert width_of(page) <= width
    page.locator("main form button").click()
    page.wait_for_url("**/commitment/")
    assert Commitment.objects.get().title == "改造老旧小区及周边道路"


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_what_an_address_may_not_hold_is_told(
    language: str, scheme: Scheme, width: int, open_as: Open
) -> None:
    prefix = "/en" if language == "en" else ""
    page = open_as(None, f"{prefix}/?q=a%E2%80%AEb", width=width, color_scheme=scheme)
    assert barriers(page) == ""
    assert width_of(page) <= width
    assert "U+202E" in page.inner_text("main")
