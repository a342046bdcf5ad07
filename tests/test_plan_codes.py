"""Plans with codes of an office's own choice, everywhere that a plan is named."""

from typing import Any

import pytest
from django.test import Client

from commitments.domain.enums import Role
from commitments.models import Plan, Target
from tests.factories import make_commitment, make_plan, make_target, make_user

pytestmark = pytest.mark.django_db
CODES = ["7", "wb-live-2023", "A" + "-" * 39, "Z" * 40]


@pytest.fixture(params=CODES)
def target(request: pytest.FixtureRequest) -> Target:
    """One of two plans of a place and year, with the code."""
    make_target(make_commitment(make_plan(code="610302-2023")))
    return make_target(make_commitment(make_plan(code=request.param)))


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make_user(Role.ADMIN, language="en"))
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/plans/{plan}/",
        "/en/plans/{plan}/",
        "/method/?plan={plan}",
        "/api/v1/plans/{plan}/",
        "/api/v1/plans/{plan}/commitments/{commitment}/",
        "/api/v1/commitments/?plan={plan}",
        "/api/v1/targets/?plan={plan}",
        "/api/v1/progress/?plan={plan}",
        "/api/v1/priorities/?plan={plan}",
        "/api/v1/summary/?plan={plan}",
        "/admin/log/?plan={plan}",
        "/admin/import/?plan={plan}",
        "/admin/commitments/plan/?q={plan}",
    ],
)
def test_addresses_with_the_code_answer(target: Target, staff: Client, address: str) -> None:
    commitment = target.commitment
    answer = staff.get(address.format(plan=commitment.plan.code, commitment=commitment.code))
    assert answer.status_code == 200


def test_a_list_is_cut_down_to_the_plan(target: Target, staff: Client) -> None:
    found: Any = staff.get("/api/v1/targets/", {"plan": target.commitment.plan.code}).json()
    assert [one["code"] for one in found["results"]] == [target.code]


def test_lists_are_exported(target: Target, staff: Client) -> None:
    answer: Any = staff.get("/admin/commitments/plan/export.csv")
    assert target.commitment.plan.code in b"".join(answer.streaming_content).decode()


def plan_form(**given: Any) -> dict[str, Any]:
    """Return the form of a second plan of a place and year, typed in."""
    first = make_plan(code="WB-2023")
    copied = (
        "year",
        "title",
        "title_en",
        "starts_on",
        "ends_on",
        "time_zone",
        "jurisdiction_id",
        "rule_set_id",
    )
    days = {"reporting_due_day": 5, "statistics_due_day": 25, "reporting_grace_days": 5}
    own = {name.removesuffix("_id"): getattr(first, name) for name in copied}
    return own | days | {"code": "WB-LIVE-2023"} | given


def test_holidays_of_nowhere_are_refused_beside_their_field(staff: Client) -> None:
    answer = staff.post("/admin/commitments/plan/add/", plan_form(holidays="Utopia"))
    assert "There is no holiday calendar “Utopia”" in answer.content.decode()


def test_a_second_plan_of_a_place_and_year_is_entered(staff: Client) -> None:
    staff.post("/admin/commitments/plan/add/", plan_form())
    assert Plan.objects.filter(code="WB-LIVE-2023").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("wb 2024", "consists of letters, digits and hyphens"),
        ("wb-2023", "differs from this one only in upper and lower case"),
    ],
)
def test_a_code_that_cannot_be_is_explained(staff: Client, code: str, said: str) -> None:
    answer = staff.post("/admin/commitments/plan/add/", plan_form(code=code))
    assert said in answer.content.decode()
