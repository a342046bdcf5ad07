"""The page of a commitment in a real browser."""

from typing import Literal

import pytest

from commitments.models import Commitment
from tests.admin.waiting import make_busy_commitment, make_clerk
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, barriers, width_of
from tests.factories import make_user

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]


@pytest.fixture
def commitment() -> Commitment:
    return make_busy_commitment(make_clerk())


@pytest.mark.parametrize("page", ["", "drop/"])
@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_no_barriers_and_no_sideways_scrolling(
    open_as: Open,
    commitment: Commitment,
    page: str,
    language: str,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    path = f"/admin/commitment/{commitment.pk}/{page}"
    shown = open_as(make_user(language=language), path, width=width, color_scheme=scheme)
    assert barriers(shown) == ""
    assert width_of(shown) <= width


def test_it_works_without_a_script(open_as: Open, commitment: Commitment) -> None:
    path = f"/admin/commitment/{commitment.pk}/"
    page = open_as(make_user(language="en"), path, java_script_enabled=False)
    page.get_by_text("State confidence").click()
    page.get_by_label("Confidence", exact=True).select_option("medium")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("Your confidence has been noted.").is_visible()
