"""Another rule set is adopted from a day on; the days before keep the one they had."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from commitments.models import RuleSetAdoption, TargetRollup
from commitments.rollups import refresh, snapshots
from tests.admin.forms import add, errors
from tests.admin.opened import opened
from tests.factories import NOON, make_counted_entry, make_rule_set, make_target

pytestmark = pytest.mark.django_db
EARLIER = date(2023, 9, 20)


def adopt(office: Client, **given: object) -> RuleSetAdoption:
    target = make_target()
    make_counted_entry(target, 45, EARLIER)
    strict = make_rule_set(
        version="2.0", on_track_ratio=Decimal(1), at_risk_ratio=Decimal("0.99"), small_gap_points=0
    )
    form = {
        "plan": target.commitment.plan.pk,
        "rule_set": strict.pk,
        "effective_from": "2023-09-28",
        "authority": "区政府常务会议",
    }
    add(office, "rulesetadoption", **form | given)
    return RuleSetAdoption.objects.get()


def test_it_starts_on_the_day_of_the_services_clock(office: Client) -> None:
    form = opened(office, "/admin/commitments/rulesetadoption/add/")
    assert form["effective_from"] == ["2023-09-28"]


def test_who_adopts_and_when_is_on_record(office: Client) -> None:
    adoption = adopt(office)
    assert adoption.adopted_by.username
    assert adoption.adopted_at


def test_adopting_judges_the_plan_anew(office: Client) -> None:
    adopt(office)
    refresh.drain(clock=lambda: NOON)
    rollup = TargetRollup.objects.get()
    assert (rollup.rule_set_id, rollup.status) == ("2.0", "off_track")


def test_days_before_keep_their_rules(office: Client) -> None:
    adoption = adopt(office)
    snapshots.write(adoption.plan, on=date(2023, 9, 27))
    assert adoption.plan.commitments.get().targets.get().snapshots.get().rule_set_id == "1.0"


def test_a_plan_in_use_keeps_its_first_rules(office: Client) -> None:
    plan = make_target().commitment.plan
    page = office.get(reverse("admin:commitments_plan_change", args=[plan.pk]))
    assert "rule_set" not in page.context["adminform"].form.fields
    plan.rule_set = make_rule_set(version="2.0")
    with pytest.raises(DatabaseError), transaction.atomic():
        plan.save()


def test_an_adoption_stays(office: Client) -> None:
    adoption = adopt(office)
    adoption.authority = "别的"
    with pytest.raises(DatabaseError), transaction.atomic():
        adoption.save()


@pytest.mark.parametrize("day", ["2023-09-27", "2022-09-01", "2024-01-01"])
def test_what_was_judged_stays_judged(day: str, office: Client) -> None:
    plan = make_target().commitment.plan
    form = {"plan": plan.pk, "rule_set": plan.rule_set.pk, "effective_from": day, "authority": "区政府"}
    assert list(errors(add(office, "rulesetadoption", **form))) == ["effective_from"]


def test_a_plan_in_use_keeps_its_time_zone(office: Client) -> None:
    plan = make_target().commitment.plan
    page = office.get(reverse("admin:commitments_plan_change", args=[plan.pk]))
    assert "time_zone" not in page.context["adminform"].form.fields


def test_an_adoption_names_its_plan(office: Client) -> None:
    form = {"rule_set": make_rule_set().pk, "effective_from": "2023-09-28", "authority": "区政府"}
    assert list(errors(add(office, "rulesetadoption", **form))) == ["plan"]
