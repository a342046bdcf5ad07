"""A figure is sent back, sent again from the sheet as it opens, approved, corrected there, and counts everywhere."""

import pytest
from django.test import Client
from django.urls import reverse

from commitments import clock
from commitments.domain.enums import Role
from commitments.models import ProgressEntry, Target
from commitments.rollups import refresh
from tests.factories import make_commitment, make_plan, make_target, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SHEET = "/admin/log/?period=2023-08"


@pytest.fixture
def target() -> Target:
    return make_target(make_commitment(make_plan(review_required=True)))


def signed_in(role: Role, target: Target) -> Client:
    client = Client()
    client.force_login(make_user(role, agency=target.commitment.lead_agency, language="en"))
    return client


def send(clerk: Client, place: str, **typed: str) -> ProgressEntry:
    fields = {f"{place}-{name}": text for name, text in ({"progress": ""} | typed).items()}
    clerk.post(SHEET, {"day": "2023-08-31"} | fields)
    return ProgressEntry.objects.pending().get()


def decide(reviewer: Client, entry: ProgressEntry, decision: str, reason: str = "") -> None:
    review = {"entry": entry.pk, "decision": decision, "reason": reason}
    assert reviewer.post(reverse("admin:commitments_review_add"), review).status_code == 302


def shown_by_api(target: Target) -> object:
    refresh.drain(clock=clock.now)
    answer = Client().get("/api/v1/commitments/", {"plan": target.commitment.plan.code}).json()
    return answer["results"][0]["targets"][0]["actual"]


def test_a_return_a_second_try_and_a_correction_end_in_one_figure(target: Target) -> None:
    clerk, reviewer = signed_in(Role.CLERK, target), signed_in(Role.REVIEWER, target)
    decide(reviewer, send(clerk, str(target.pk), value="30", progress="新增"), "return", "与台账不符")
    (line,) = clerk.get(SHEET).context["lines"]
    assert (line.typed.value, line.reason) == ("30", "与台账不符")
    again = send(clerk, line.id, **line.typed.texts() | {"value": "10"})
    decide(reviewer, again, "approve")
    assert shown_by_api(target) == 10
    correction = send(clerk, f"e{again.pk}", value="9", reason="twice", progress="一处重复")
    assert shown_by_api(target) == 10
    decide(reviewer, correction, "approve")
    assert shown_by_api(target) == 9
