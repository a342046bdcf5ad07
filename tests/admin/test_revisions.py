from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from commitments.models import Target, TargetRevision
from tests.admin.forms import add, errors
from tests.factories import TODAY, make_target

pytestmark = pytest.mark.django_db


def form(target: Target, **given: Any) -> dict[str, Any]:
    day = {"target": target.pk, "effective_from": "2023-06-01"}
    return day | {"authority": "区政府常务会议", "reason": "范围调整"} | given


def test_the_old_value_is_the_one_in_force(office: Client) -> None:
    target = make_target()
    add(office, "targetrevision", **form(target, new_value="70"))
    add(office, "targetrevision", **form(target, effective_from="2023-07-01", new_value="65"))
    second = TargetRevision.objects.get(effective_from=date(2023, 7, 1))
    assert (second.old_value, second.new_value) == (Decimal(70), Decimal(65))


def test_what_is_left_empty_stays(office: Client) -> None:
    target = make_target()
    add(office, "targetrevision", **form(target, new_due_on="2023-11-30"))
    revision = TargetRevision.objects.get()
    assert (revision.new_value, revision.new_due_on, revision.old_due_on) == (
        Decimal(76),
        date(2023, 11, 30),
        target.due_on,
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "new_value"),
        ({"new_value": "76"}, "new_value"),
        ({"new_due_on": "2022-12-31"}, "new_due_on"),
        ({"new_value": "70", "authority": ""}, "authority"),
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, str], field: str, office: Client) -> None:
    assert list(errors(add(office, "targetrevision", **form(make_target(), **given)))) == [field]


def test_a_day_has_one_revision(office: Client) -> None:
    target = make_target()
    add(office, "targetrevision", **form(target, new_value="70"))
    refused = errors(add(office, "targetrevision", **form(target, new_value="65")))
    assert list(refused) == ["effective_from"]


def test_a_revision_is_in_force_only_once_the_target_has_started(office: Client) -> None:
    form_before = form(make_target(), effective_from="2022-12-31", new_value="70")
    assert list(errors(add(office, "targetrevision", **form_before))) == ["effective_from"]


def initial(office: Client, asked: str) -> Any:
    return (
        office.get(f"/admin/commitments/targetrevision/add/?target={asked}").context["adminform"].form.initial
    )


def test_a_revision_starts_from_what_is_in_force(office: Client) -> None:
    target = make_target()
    add(office, "targetrevision", **form(target, new_value="70"))
    found = initial(office, str(target.pk))
    assert (found["new_value"], found["new_due_on"], found["effective_from"]) == ("70", target.due_on, TODAY)


def test_a_revision_of_a_target_to_come_starts_with_it(office: Client) -> None:
    target = make_target(starts_on=date(2023, 10, 1))
    assert initial(office, str(target.pk))["effective_from"] == date(2023, 10, 1)


def test_a_revision_of_nothing_starts_empty(office: Client) -> None:
    assert "new_value" not in initial(office, "x")
