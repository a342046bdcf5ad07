"""The page of a commitment in a real browser."""

from typing import Literal

import pytest

from commitments.actions import commitments
from commitments.models import Commitment
from tests.admin.waiting import make_busy_commitment, make_clerk
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, barriers, width_of
from tests.factories import NOON, TODAY, make_user

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


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS[1:3])
def test_decisions_have_no_barriers(
    open_as: Open, commitment: Commitment, language: str, scheme: Literal["light", "dark"], width: int
) -> None:
    user, target = make_user(language=language), commitment.targets.all()[0]
    path = f"/admin/commitment/{commitment.pk}/"
    page = open_as(user, f"{path}target/{target.pk}/", width=width, color_scheme=scheme)
    for name, text in {"new_value": "30", "authority": "区政府常务会议", "reason": "范围调整"}.items():
        page.fill(f"[name={name}]", text)
    page.click("[name=look]")
    assert barriers(page) == ""
    assert width_of(page) <= width
    commitments.drop(
        commitment=commitment, on=TODAY, authority="区政府", reason="误操作", seen=0, by=user, at=NOON
    )
    page.goto(page.url.replace(f"target/{target.pk}", "reinstate"))
    assert barriers(page) == ""
    assert width_of(page) <= width


def test_it_works_without_a_script(open_as: Open, commitment: Commitment) -> None:
    path = f"/admin/commitment/{commitment.pk}/"
    page = open_as(make_user(language="en"), path, java_script_enabled=False)
    page.get_by_text("State confidence").click()
    page.get_by_label("Confidence", exact=True).select_option("medium")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("Your assessment has been saved.").is_visible()
