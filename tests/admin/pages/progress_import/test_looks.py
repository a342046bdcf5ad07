"""Every own page in both languages, on light and dark ground, wide and narrow."""

from itertools import product

import pytest

from commitments.domain.enums import Role
from tests.admin.pages.progress_import.stages import job_at
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, Scheme, barriers, width_of
from tests.factories import make_agency, make_commitment, make_plan, make_user

STAGES = ("received", "unmapped", "faulty", "doubtful", "applied", "refused")

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]


@pytest.mark.parametrize(("stage", "look"), list(product(STAGES, LOOKS)))
def test_no_barriers_and_no_sideways_scrolling(
    open_as: Open, stage: str, look: tuple[str, Scheme, int]
) -> None:
    language, scheme, width = look
    clerk = make_user(Role.CLERK, language=language)
    page = open_as(clerk, f"/admin/import/{job_at(stage, clerk).pk}/", width=width, color_scheme=scheme)
    assert barriers(page) == ""
    assert width_of(page) <= width


@pytest.mark.parametrize("look", LOOKS)
def test_the_list_of_sheets_has_no_barriers_either(open_as: Open, look: tuple[str, Scheme, int]) -> None:
    language, scheme, width = look
    clerk = make_user(Role.CLERK, language=language)
    job_at("doubtful", clerk)
    page = open_as(clerk, "/admin/import/", width=width, color_scheme=scheme)
    assert barriers(page) == ""
    assert width_of(page) <= width


def test_a_long_name_of_an_agency_makes_no_page_wider(open_as: Open) -> None:
    name = "District Bureau of Housing, Construction and Urban Renewal"
    make_commitment(make_plan(), lead_agency=make_agency(name_en=name))
    page = open_as(make_user(Role.SUPERVISION, language="en"), "/admin/import/", width=375)
    assert width_of(page) <= 375
