"""Changing a target by authority: the value in force, the effect of a change, and the way back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from commitments.domain.enums import Lifecycle, Role
from commitments.domain.targets import Terms
from commitments.models import Target, TargetRevision
from tests.admin.conftest import SignIn
from tests.admin.opened import opened, read
from tests.factories import TODAY, make_commitment, make_counted_entry, make_target

pytestmark = pytest.mark.django_db
WHY = {"authority": "区政府常务会议", "reason": "范围调整"}
JUNE = "2023-06-01"
DROPPED: dict[str, Any] = {
    "lifecycle": Lifecycle.DROPPED,
    "dropped_on": TODAY,
    "dropped_authority": "区政府",
    "dropped_reason": "合并",
}


def page_of(target: Target) -> str:
    return f"/admin/commitment/{target.commitment_id}/target/{target.pk}/"


def look(office: Client, target: Target, **typed: Any) -> Any:
    return office.post(page_of(target), opened(office, page_of(target)) | WHY | typed | {"look": ""})


def save(office: Client, target: Target, **typed: Any) -> Any:
    """Save a change after its effect was shown."""
    form = opened(office, page_of(target)) | WHY | typed
    return office.post(page_of(target), form | {"looked": look(office, target, **typed).context["looked"]})


def test_it_starts_from_what_is_in_force(office: Client) -> None:
    target = make_target()
    save(office, target, effective_from=JUNE, new_value="70")
    form = opened(office, page_of(target))
    assert (form["new_value"], form["new_due_on"], form["effective_from"]) == (
        ["70"],
        ["2023-12-31"],
        [f"{TODAY:%Y-%m-%d}"],
    )


def test_it_names_the_target_its_unit_and_what_is_in_force(office: Client) -> None:
    target = make_target()
    page = office.get(page_of(target))
    assert page.context["title"] == f"Change the target {target.code} Old communities renovated"
    assert "In force: 76 communities by 31 December 2023" in page.content.decode()
    assert "New value (communities)" in page.content.decode()


def test_a_target_to_come_is_changed_from_its_first_day(office: Client) -> None:
    target = make_target(starts_on=date(2023, 10, 1))
    assert opened(office, page_of(target))["effective_from"] == ["2023-10-01"]


def test_it_leads_back_to_the_commitment(office: Client) -> None:
    target = make_target()
    answer = save(office, target, effective_from=JUNE, new_value="70")
    assert answer.headers["Location"] == f"/admin/commitment/{target.commitment_id}/"
    revision = TargetRevision.objects.get()
    assert (revision.old_value, revision.new_value, revision.authority) == (
        Decimal(76),
        Decimal(70),
        WHY["authority"],
    )


def test_what_the_status_would_become_is_shown_before_anything_is_saved(office: Client) -> None:
    target = make_target()
    make_counted_entry(target, 40)
    page = look(office, target, new_value="40")
    effect = page.context["effect"]
    assert (effect["before"].code, effect["after"].code) == ("off_track", "achieved")
    assert (effect["value"], effect["later"]) == ("40 communities", None)
    assert not TargetRevision.objects.exists()


def test_what_has_not_been_looked_at_is_not_saved(office: Client) -> None:
    target = make_target()
    looked = look(office, target, new_value="40").context["looked"]
    page = office.post(
        page_of(target), opened(office, page_of(target)) | WHY | {"new_value": "1", "looked": looked}
    )
    assert page.context["effect"]["value"] == "1 communities"
    assert "Nothing has been changed yet" in page.content.decode()
    assert not TargetRevision.objects.exists()


def test_the_target_of_a_dropped_commitment_is_not_changed(office: Client) -> None:
    target = make_target(make_commitment(**DROPPED))
    page = office.get(page_of(target)).content.decode()
    assert "Reinstate it first" in page
    assert "deciding_form" not in page


def test_a_change_to_come_is_judged_by_what_is_known_today(office: Client) -> None:
    target = make_target()
    make_counted_entry(target, 40)
    effect = look(office, target, effective_from="2023-11-01", new_value="40").context["effect"]
    assert (effect["after"].code, effect["later"]) == ("achieved", date(2023, 11, 1))


def test_a_change_that_a_later_one_overrules_changes_nothing_today(office: Client) -> None:
    target = make_target()
    make_counted_entry(target, 40)
    save(office, target, effective_from="2023-07-01", new_value="76", new_due_on="2023-11-30")
    effect = look(office, target, effective_from=JUNE, new_value="40").context["effect"]
    assert effect["before"] == effect["after"]


def test_what_is_left_empty_stays(office: Client) -> None:
    target = make_target()
    save(office, target, effective_from=JUNE, new_value="", new_due_on="2023-11-30")
    revision = TargetRevision.objects.get()
    assert (revision.new_value, revision.new_due_on) == (Decimal(76), date(2023, 11, 30))
    save(office, target, effective_from="2023-07-01", new_value="70", new_due_on="")
    assert TargetRevision.objects.get(new_value=70).new_due_on == date(2023, 11, 30)


RANGE: dict[str, Any] = {
    "comparator": "..",
    "value": 70,
    "value_high": 90,
    "goal": "final",
    "trajectory": "hold",
}
ABOUT: dict[str, Any] = {"comparator": "~", "value": 70, "tolerance": 5}


def test_a_range_is_shown_with_both_ends(office: Client) -> None:
    page = office.get(page_of(make_target(**RANGE))).content.decode()
    assert "In force: 70–90 communities by 31 December 2023" in page


def test_both_ends_of_a_range_are_changed(office: Client) -> None:
    target = make_target(**RANGE)
    assert look(office, target, new_value_high="95").context["effect"]["value"] == "70–95 communities"
    save(office, target, new_value_high="95", new_within="on")
    revision = TargetRevision.objects.get()
    assert revision.new_terms == Terms(Decimal(70), Decimal(95), None, within=True)


def test_the_tolerance_of_an_about_is_changed(office: Client) -> None:
    target = make_target(**ABOUT)
    save(office, target, new_tolerance="3")
    assert (
        "70±5 communities → 70±3 communities"
        in office.get(f"/admin/commitment/{target.commitment_id}/").content.decode()
    )


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, set()),
        (RANGE, {"new_value_high", "new_within"}),
        (RANGE | {"goal": "maintain"}, {"new_value_high"}),
        (ABOUT, {"new_tolerance"}),
    ],
)
def test_only_ends_that_the_target_has_are_asked_for(
    office: Client, given: dict[str, Any], asked: set[str]
) -> None:
    form = office.get(page_of(make_target(**given))).context["form"]
    assert form.fields.keys() & {"new_value_high", "new_tolerance", "new_within"} == asked


def test_a_high_end_below_the_low_one_is_refused_beside_its_field(office: Client) -> None:
    form = look(office, make_target(**RANGE), new_value_high="60").context["form"]
    assert list(form.errors) == ["new_value_high"]


@pytest.mark.parametrize("press", [look, save])
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "new_value"),
        ({"new_due_on": "2022-12-31"}, "new_due_on"),
        ({"new_value": "70", "authority": ""}, "authority"),
        ({"new_value": "70", "reason": " "}, "reason"),
        ({"new_value": "70", "effective_from": "2022-12-31"}, "effective_from"),
    ],
)
def test_what_makes_no_sense_is_refused(
    given: dict[str, str], field: str, press: Callable[..., Any], office: Client
) -> None:
    refused = press(office, make_target(), **{"effective_from": JUNE} | given)
    assert list(refused.context["form"].errors) == [field]
    assert refused.context["effect"] is None


def test_a_day_has_one_revision(office: Client) -> None:
    target = make_target()
    save(office, target, effective_from=JUNE, new_value="70")
    refused = save(office, target, effective_from=JUNE, new_value="65")
    assert list(refused.context["form"].errors) == ["effective_from"]


@pytest.mark.parametrize(
    ("seen", "field"), [({}, "__all__"), ({"seen": ""}, "seen"), ({"seen": "x"}, "seen")]
)
def test_what_somebody_else_changed_meanwhile_is_not_overruled_unseen(
    seen: dict[str, str], field: str, office: Client
) -> None:
    target = make_target()
    form = opened(office, page_of(target)) | WHY | seen
    save(office, target, effective_from=JUNE, new_value="70")
    looked = office.post(page_of(target), form | {"new_value": "65"}).context["looked"]
    refused = office.post(page_of(target), form | {"new_value": "65", "looked": looked})
    assert list(refused.context["form"].errors) == [field]
    assert TargetRevision.objects.count() == 1


def test_what_somebody_else_changed_meanwhile_is_told_and_may_be_changed_again(office: Client) -> None:
    target = make_target()
    form = opened(office, page_of(target)) | WHY
    save(office, target, effective_from=JUNE, new_value="70")
    looked = look(office, target, new_value="65").context["looked"]
    refused = office.post(page_of(target), form | {"new_value": "65", "looked": looked})
    (said,) = refused.context["form"].non_field_errors()
    assert "70 communities by 31 December 2023, from " in said
    again = read(office.post(page_of(target), read(refused) | {"look": ""}))
    assert office.post(page_of(target), again).status_code == 302
    assert [revision.new_value for revision in TargetRevision.objects.order_by("pk")] == [70, 65]


def test_only_the_office_changes_a_target(sign_in: SignIn) -> None:
    target = make_target()
    clerk = sign_in(Role.CLERK, agency=target.commitment.lead_agency)
    assert clerk.get(page_of(target)).status_code == 403
    page = clerk.get(f"/admin/commitment/{target.commitment_id}/").content.decode()
    assert page_of(target) not in page


def test_a_target_belongs_to_its_commitment(office: Client) -> None:
    target = make_target()
    other = make_target(make_commitment(target.commitment.plan))
    assert office.get(f"/admin/commitment/{other.commitment_id}/target/{target.pk}/").status_code == 404


def test_the_list_of_revisions_adds_none(office: Client) -> None:
    assert office.get("/admin/commitments/targetrevision/add/").status_code == 403
