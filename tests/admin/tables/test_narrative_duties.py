"""The supervision office chooses how often a plan asks for words, from a day on."""

import pytest
from django.test import Client

from commitments.domain.enums import NarrativeFrequency, Role
from commitments.models import NarrativeDuty
from tests.admin.conftest import SignIn
from tests.admin.forms import add, errors
from tests.admin.opened import opened
from tests.factories import NOON, make_plan

pytestmark = pytest.mark.django_db


def test_it_begins_today_and_asks_every_quarter_unless_told_otherwise(office: Client) -> None:
    form = opened(office, "/admin/commitments/narrativeduty/add/")
    assert (form["effective_from"], form["frequency"]) == (["2023-09-28"], ["quarterly"])


def test_it_is_kept_with_who_chose_and_when(office: Client) -> None:
    add(office, "narrativeduty", plan=make_plan().pk, frequency="monthly", effective_from="2023-10-01")
    chosen = NarrativeDuty.objects.get()
    assert chosen.frequency == NarrativeFrequency.MONTHLY
    assert chosen.set_at >= NOON
    assert chosen.set_by is not None


def test_a_day_that_is_over_is_refused(office: Client) -> None:
    answer = add(office, "narrativeduty", plan=make_plan().pk, frequency="none", effective_from="2023-09-27")
    assert list(errors(answer)) == ["effective_from"]


def test_the_page_of_its_plan_lists_the_choices_and_leads_to_a_new_one(office: Client) -> None:
    plan = make_plan()
    answer = add(office, "narrativeduty", plan=plan.pk, frequency="monthly", effective_from="2023-10-01")
    page = f"/admin/commitments/plan/{plan.pk}/change/"
    assert answer["Location"] == page
    said = office.get(page).content.decode()
    assert "<strong>Every month</strong>, in force from 1 October 2023" in said
    assert f"/admin/commitments/narrativeduty/add/?plan={plan.pk}" in said
    form = opened(office, f"/admin/commitments/narrativeduty/add/?plan={plan.pk}")
    assert form["plan"] == [str(plan.pk)]


def test_who_may_not_choose_sees_the_choices_alone(sign_in: SignIn) -> None:
    plan = make_plan(published_at=NOON)
    said = sign_in(Role.LEADER).get(f"/admin/commitments/plan/{plan.pk}/change/").content.decode()
    assert "Duty to report in words" in said
    assert "narrativeduty/add/" not in said


def test_a_new_plan_has_none_to_show(office: Client) -> None:
    assert 'id="words"' not in office.get("/admin/commitments/plan/add/").content.decode()
