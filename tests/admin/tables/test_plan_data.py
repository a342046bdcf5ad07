from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from commitments.actions.targets import revise
from commitments.domain.enums import Role
from commitments.models import Baseline, Commitment, RuleSet, Target
from tests.admin.conftest import SignIn
from tests.admin.forms import add, change, errors
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_plan,
    make_priority,
    make_rule_set,
    make_source,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db


def form(commitment: Commitment, **given: Any) -> dict[str, Any]:
    fields = ("code", "title", "title_en", "section", "section_en", "position", "tier", "lifecycle")
    related = {
        "plan": commitment.plan_id,
        "priority": commitment.priority_id,
        "lead_agency": commitment.lead_agency_id,
    }
    return {field: getattr(commitment, field) for field in fields} | related | given


def save(office: Client, commitment: Commitment, **given: Any) -> Any:
    return change(office, commitment, **given)


def test_a_commitment_is_added_with_its_supporting_agencies(office: Client) -> None:
    first, water = make_commitment(), make_agency()
    given = form(first, code="LIV-NEW-01", position=900, supporters=[water.pk])
    add(office, "commitment", **given)
    assert list(Commitment.objects.get(code="LIV-NEW-01").supporting_agencies.all()) == [water]


@pytest.mark.parametrize("missing", [("title", "section"), ("title_en", "section_en")])
def test_one_language_is_enough_in_a_form(office: Client, missing: tuple[str, ...]) -> None:
    commitment = make_commitment()
    save(office, commitment, **dict.fromkeys(missing, ""))
    commitment.refresh_from_db()
    assert [getattr(commitment, field) for field in missing] == ["", ""]


def test_a_text_in_no_language_is_asked_for(office: Client) -> None:
    refused = errors(save(office, make_commitment(), title="", title_en=""))
    assert refused == {"__all__": ["Give the title in Chinese or English; one is enough."]}


def test_two_agencies_of_a_place_do_not_share_a_name(office: Client) -> None:
    agency = make_agency(name="", name_en="Works")
    again = {"code": "b", "name": "", "name_en": "Works", "jurisdiction": agency.jurisdiction_id}
    refused = errors(add(office, "agency", **again))
    assert refused == {"__all__": ["Another agency of the place already has this name."]}


def test_supporting_agencies_are_changed(office: Client) -> None:
    commitment, old, new = make_commitment(), make_agency(), make_agency()
    commitment.supporting_agencies.add(old)
    assert (
        old.name_en in office.get(f"/admin/commitments/commitment/{commitment.pk}/change/").content.decode()
    )
    save(office, commitment, supporters=[new.pk])
    assert list(commitment.supporting_agencies.all()) == [new]


def test_the_edit_form_neither_drops_nor_reinstates(office: Client) -> None:
    why = {"dropped_on": "2023-08-15", "dropped_authority": "区政府常务会议", "dropped_reason": "调整"}
    active = make_commitment()
    dropped = make_commitment(active.plan, lifecycle="dropped", **why | {"dropped_on": date(2023, 8, 15)})
    save(office, active, lifecycle="dropped", **why)
    save(office, dropped, lifecycle="active", dropped_on="", dropped_authority="", dropped_reason="")
    for commitment in (active, dropped):
        commitment.refresh_from_db()
    assert (active.lifecycle, dropped.lifecycle, dropped.dropped_reason) == ("active", "dropped", "调整")


def test_the_edit_form_leads_to_the_page_that_drops(office: Client) -> None:
    commitment = make_commitment()
    page = office.get(f"/admin/commitments/commitment/{commitment.pk}/change/").content.decode()
    assert f'href="/admin/commitment/{commitment.pk}/drop/">Drop it' in page


def test_a_priority_of_another_plan_is_refused(office: Client) -> None:
    other = make_priority(make_plan(year=2024))
    assert list(errors(save(office, make_commitment(), priority=other.pk))) == ["priority"]


@pytest.mark.parametrize(
    ("start", "end", "field"), [("10", "", "source"), ("10", "10", "char_end"), ("25", "10", "char_end")]
)
def test_a_source_is_cited_with_its_characters(start: str, end: str, field: str, office: Client) -> None:
    given = {"source": make_source().pk, "char_start": start, "char_end": end}
    assert field in errors(save(office, make_commitment(), **given))


def target_page(office: Client, target: Target) -> Any:
    return office.get(f"/admin/commitments/target/{target.pk}/change/").context


def test_a_target_is_edited_until_progress_counts(office: Client) -> None:
    target = make_target()
    assert "value" in target_page(office, target)["adminform"].form.fields
    make_counted_entry(target, 40)
    after = target_page(office, target)["adminform"].form.fields
    assert "value" not in after
    assert "title" in after


def test_stages_are_edited_until_progress_counts(office: Client) -> None:
    target = make_staged_target(None, date(2023, 6, 30), date(2023, 9, 30))
    first = target.milestones.first()

    def stages() -> Any:
        return target_page(office, target)["inline_admin_formsets"][1]

    assert stages().has_change_permission
    make_counted_entry(target, 1, milestone=first)
    assert not any(
        (stages().has_add_permission, stages().has_change_permission, stages().has_delete_permission)
    )


def test_a_baseline_keeps_its_value_once_its_target_has_progress(office: Client) -> None:
    target = make_target()
    baseline = Baseline.objects.create(
        commitment=target.commitment,
        target=target,
        indicator="小区",
        value=58,
        unit="个",
        on="2022-12-31",
        comparability="same",
    )
    address = f"/admin/commitments/baseline/{baseline.pk}/change/"
    assert "value" in office.get(address).context["adminform"].form.fields
    make_counted_entry(target, 40)
    assert "value" not in office.get(address).context["adminform"].form.fields


def make_baseline(beside: Target, **given: Any) -> Baseline:
    plain = {"indicator": "小区", "value": 58, "unit": "个", "on": "2022-12-31", "comparability": "same"}
    return Baseline.objects.create(commitment=beside.commitment, **plain | given)


def link(office: Client, baseline: Baseline, target: Target) -> Any:
    return change(office, baseline, indicator_en="Communities", target=target.pk)


def test_a_baseline_is_linked_to_a_target_until_progress_counts(office: Client) -> None:
    target = make_target()
    baseline = make_baseline(target)
    assert link(office, baseline, target).status_code == 302
    baseline.refresh_from_db()
    assert baseline.target == target


def test_a_baseline_is_not_linked_to_a_target_with_progress(office: Client) -> None:
    target = make_target()
    make_counted_entry(target, 40)
    refused = errors(link(office, make_baseline(target), target))
    assert refused["target"] == [
        "This target already has approved progress, so its start value can no longer change."
    ]


def test_a_baseline_of_a_target_with_progress_keeps_its_words_editable(office: Client) -> None:
    target = make_target()
    baseline = make_baseline(target, target=target)
    make_counted_entry(target, 40)
    assert change(office, baseline, indicator="旧小区", indicator_en="Old ones").status_code == 302


ABOUT_LEVEL: dict[str, Any] = {
    "kind": "level", "accumulation": "level", "comparator": "~", "value": 70, "tolerance": 5,
}  # fmt: skip
NOTHING_LEFT = (
    "The start value already meets the target with its tolerance or range: nothing is left to reach."
)


@pytest.mark.parametrize(("value", "refused"), [(64, False), (65, True)])
def test_a_baseline_stays_outside_the_ends_of_its_target(office: Client, value: int, refused: bool) -> None:
    target = make_target(**ABOUT_LEVEL)
    answer = change(office, make_baseline(target, target=target), value=value)
    assert (answer.status_code == 200) is refused
    if refused:
        assert errors(answer) == {"value": [NOTHING_LEFT]}


def test_a_baseline_within_the_ends_is_not_linked(office: Client) -> None:
    target = make_target(**ABOUT_LEVEL)
    assert errors(link(office, make_baseline(target, value=66), target)) == {"value": [NOTHING_LEFT]}


def widen(target: Target, tolerance: int) -> None:
    revise(
        target=target, effective_from=date(2023, 6, 1), new_value=None, new_due_on=None, authority="区政府",
        reason="放宽", seen=0, by=make_user(), at=NOON, new_tolerance=Decimal(tolerance),
    )  # fmt: skip


def test_a_baseline_stays_outside_the_ends_of_a_revision(office: Client) -> None:
    target = make_target(**ABOUT_LEVEL)
    baseline = make_baseline(target, target=target)
    widen(target, 10)
    assert errors(change(office, baseline, value=62)) == {"value": [NOTHING_LEFT]}


def test_a_revised_target_keeps_its_comparator(office: Client) -> None:
    target = make_target(**ABOUT_LEVEL)
    plain = {"comparator": ">=", "tolerance": ""}
    assert change(office, target, **plain).status_code == 302
    assert change(office, target, comparator="~", tolerance=5).status_code == 302
    widen(target, 10)
    refused = errors(change(office, target, **plain))
    assert refused["comparator"] == ["It has been revised, so its comparator can no longer change."]


@pytest.mark.parametrize("given", [{"accumulation": "running_total", "kind": "count"}, {"goal": "final"}])
def test_a_baseline_that_is_no_start_to_reach_from_may_lie_anywhere(
    office: Client, given: dict[str, Any]
) -> None:
    target = make_target(**ABOUT_LEVEL | given)
    assert change(office, make_baseline(target, target=target), value=70).status_code == 302


@pytest.mark.parametrize(("tolerance", "refused"), [(11, False), (12, True)])
def test_a_target_keeps_its_baseline_outside_its_ends(office: Client, tolerance: int, refused: bool) -> None:
    target = make_target(**ABOUT_LEVEL)
    make_baseline(target, target=target)
    answer = change(office, target, tolerance=tolerance)
    assert (answer.status_code == 200) is refused
    if refused:
        assert errors(answer) == {"value": [NOTHING_LEFT]}


def test_whether_a_target_decides_is_settled_with_its_progress(office: Client) -> None:
    target = make_target()
    assert "headline" in target_page(office, target)["adminform"].form.fields
    make_counted_entry(target, 40)
    assert "headline" not in target_page(office, target)["adminform"].form.fields


def test_a_settled_target_says_why_and_where_it_is_changed(office: Client) -> None:
    target = make_target()
    address = f"/admin/commitments/target/{target.pk}/change/"
    revise = f'href="/admin/commitment/{target.commitment_id}/target/{target.pk}/"'
    assert revise not in office.get(address).content.decode()
    make_counted_entry(target, 40)
    assert revise in office.get(address).content.decode()


def test_who_revises_nothing_is_told_who_does(sign_in: SignIn) -> None:
    target = make_target()
    make_counted_entry(target, 40)
    clerk = sign_in(Role.CLERK, agency=target.commitment.lead_agency)
    page = clerk.get(f"/admin/commitments/target/{target.pk}/change/").content.decode()
    assert "Only the supervision office can change" in page


@pytest.mark.parametrize(
    "given",
    [
        {"goal": "reach", "trajectory": "hold"},
        {"kind": "count", "accumulation": "stages"},
        {"kind": "stages", "accumulation": "stages", "value": "90"},
    ],
)
def test_faults_are_told_in_the_words_of_the_form(given: dict[str, str], sign_in: SignIn) -> None:
    browser = sign_in(Role.SUPERVISION, language="zh-hans")
    refused = errors(browser.post("/admin/commitments/target/add/", target_form("count") | given))
    words = " ".join(refused["__all__"])
    assert "“" in words
    assert not any(code in words for code in ("hold", "stages", "reach", "maintain", "final", "Stages"))


def test_a_version_of_the_rules_never_changes(office: Client) -> None:
    rules = make_rule_set()
    assert office.post(f"/admin/commitments/ruleset/{rules.pk}/change/", {"version": "x"}).status_code == 403


def test_a_new_version_of_the_rules_is_checked(office: Client) -> None:
    given = {"version": "2", "on_track_ratio": "0.8", "at_risk_ratio": "0.9", "small_gap_points": "5"}
    assert errors(add(office, "ruleset", **given, stage_grace_days="30", growth_floor="0", method="1"))
    add(
        office,
        "ruleset",
        **given | {"at_risk_ratio": "0.7"},
        stage_grace_days="30",
        growth_floor="0",
        method="1",
    )
    assert RuleSet.objects.filter(version="2").exists()


def target_form(kind: str, *weights: str) -> dict[str, Any]:
    staged = kind == "stages"
    commitment = make_commitment()
    form: dict[str, Any] = {
        "commitment": commitment.pk, "code": commitment.code, "headline": "on", "title": "改造", "title_en": "Renovate",
        "kind": kind, "accumulation": "stages" if staged else "running_total", "direction": "at_least", "goal": "reach",
        "comparator": ">=", "value": "100", "unit": "%", "unit_en": "%", "starts_on": "2023-01-01",
        "due_on": "2023-12-31", "due_basis": "implied", "trajectory": "step",
        "checkpoints-TOTAL_FORMS": 0, "checkpoints-INITIAL_FORMS": 0,
        "milestones-TOTAL_FORMS": len(weights), "milestones-INITIAL_FORMS": 0,
    }  # fmt: skip
    for number, weight in enumerate(weights):
        stage = {
            "position": number + 1,
            "title": "一",
            "title_en": "One",
            "due_on": "2023-06-30",
            "weight": weight,
        }
        form |= {f"milestones-{number}-{name}": value for name, value in stage.items()}
    return form


@pytest.mark.parametrize(
    ("kind", "weights", "complaint"),
    [
        ("stages", ["33.33", "33.33"], "The milestone weights add up to 66.66 instead of 100."),
        ("stages", [], "The milestone weights add up to 0 instead of 100."),
        ("count", ["100"], "Only a target of the kind “Stages” has milestones."),
    ],
)
def test_stages_make_a_hundred_points(office: Client, kind: str, weights: list[str], complaint: str) -> None:
    answer: Any = office.post("/admin/commitments/target/add/", target_form(kind, *weights))
    assert answer.context["inline_admin_formsets"][1].non_form_errors() == [complaint]


def test_a_staged_target_is_kept_with_its_stages(office: Client) -> None:
    office.post("/admin/commitments/target/add/", target_form("stages", "40", "60"))
    assert Target.objects.get().milestones.count() == 2


def test_what_is_judged_stays_where_it_is(office: Client) -> None:
    target = make_target()
    baseline = Baseline.objects.create(
        commitment=target.commitment,
        indicator="小区",
        value=58,
        unit="个",
        on="2022-12-31",
        comparability="same",
    )
    fields = {
        "plan": f"commitment/{target.commitment_id}",
        "commitment": f"target/{target.pk}",
        "indicator": f"baseline/{baseline.pk}",
    }
    for field, address in fields.items():
        form = office.get(f"/admin/commitments/{address}/change/").context["adminform"].form
        assert (field in form.fields) == (field == "indicator")
        assert field == "plan" or "commitment" not in form.fields
