"""Invariants that hold for every table, and a few that need a row to show."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from commitments.domain.enums import Role
from commitments.models import CommitmentSupport, Evidence, Jurisdiction, Plan, StatusCount, User
from commitments.models.validators import validate_time_zone
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_entry,
    make_jurisdiction,
    make_plan,
    make_source,
    make_target,
    make_user,
)

MODELS = list(apps.get_app_config("commitments").get_models())


def test_there_is_well_over_one_constraint_per_model() -> None:
    own = sum(len(model._meta.constraints) for model in MODELS)
    assert own / len(MODELS) >= 1.5


def test_every_constraint_is_named_for_its_table() -> None:
    for model in MODELS:
        for constraint in model._meta.constraints:
            assert constraint.name.startswith(f"{model._meta.model_name}_")


REFUSED: dict[str, dict[str, Any]] = {
    "a dropped one without authority": {"lifecycle": "dropped"},
    "a date of dropping while active": {"dropped_on": date(2023, 5, 1)},
    "an unknown tier": {"tier": "D"},
    "no title in any language": {"title": "", "title_en": ""},
    "no section in any language": {"section": "", "section_en": ""},
    "a span without a source": {"char_start": 1, "char_end": 2},
}


@pytest.mark.django_db
@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses_a_commitment_with(given: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_commitment(**given)


TARGETS: dict[str, dict[str, Any]] = {
    "a comparator against its direction": {"comparator": "<="},
    "an about without a tolerance": {"comparator": "~"},
    "a range without a high end": {"comparator": ".."},
    "a range upside down": {"comparator": "..", "value_high": 1},
    "a tolerance down to its start": {"comparator": "~", "tolerance": 76},
    "a range from its start": {"comparator": "..", "value": 0, "value_high": 1},
    "a tolerance of a plain value": {"tolerance": 1},
    "a range to reach and stay within": {"comparator": "..", "value_high": 999, "within": True},
    "a due date before its start": {"due_on": date(2022, 1, 1)},
    "stages that are no stages": {"kind": "stages"},
    "a held trajectory to something to be reached": {"trajectory": "hold"},
    "a ratio in another unit than percent": {"accumulation": "ratio", "goal": "maintain", "unit": "户"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("given", TARGETS.values(), ids=TARGETS.keys())
def test_the_database_refuses_a_target_with(given: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_target(**given)


REVISIONS: dict[str, dict[str, Any]] = {
    "a high end and a tolerance": {
        "old_value_high": 90,
        "new_value_high": 90,
        "old_tolerance": 1,
        "new_tolerance": 1,
    },
    "a high end that was none": {"new_value_high": 90},
    "a high end that is none": {"old_value_high": 90},
    "a tolerance that was none": {"new_tolerance": 1},
    "a tolerance that is none": {"old_tolerance": 1},
    "one value to stay within": {"new_within": True},
    "one value to have stayed within": {"old_within": True},
}


@pytest.mark.django_db
@pytest.mark.parametrize("given", REVISIONS.values(), ids=REVISIONS.keys())
def test_the_database_refuses_a_revision_with(given: dict[str, Any]) -> None:
    target = make_target()
    days = {"effective_from": target.starts_on, "old_due_on": target.due_on, "new_due_on": target.due_on}
    why = {"authority": "区政府", "reason": "调整", "revised_by": make_user(), "revised_at": NOON}
    with pytest.raises(IntegrityError, match="targetrevision_"), transaction.atomic():
        target.revisions.create(old_value=70, new_value=80, **days, **why, **given)


@pytest.mark.django_db
def test_a_code_is_used_once_in_a_plan() -> None:
    commitment = make_commitment()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_commitment(commitment.plan, code=commitment.code)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["61030", "061030", "61030x"])
def test_a_jurisdiction_has_a_six_digit_code(code: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_jurisdiction(code=code)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["E08000018", "GB-LND", "1.2.3", "012345"])
def test_other_schemes_have_codes_of_their_own(code: str) -> None:
    assert make_jurisdiction(code=code, scheme="ONS").code == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "scheme"), [("E08 18", "ONS"), ("a/b", "ONS"), ("..", "ONS"), ("E08000018", "")]
)
def test_a_code_of_another_scheme_fits_an_address(code: str, scheme: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_jurisdiction(code=code, scheme=scheme)


@pytest.mark.django_db
def test_one_code_is_one_place_in_all_schemes() -> None:
    make_jurisdiction(code="610302")
    with pytest.raises(IntegrityError), transaction.atomic():
        Jurisdiction.objects.create(code="610302", scheme="ONS", name="Elsewhere", name_en="Elsewhere")


@pytest.mark.django_db
def test_a_jurisdiction_is_not_its_own_parent() -> None:
    place = make_jurisdiction()
    with pytest.raises(IntegrityError), transaction.atomic():
        Jurisdiction.objects.filter(pk=place.pk).update(parent=place)


@pytest.mark.django_db
def test_a_clerk_belongs_to_an_agency() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("nobody", role=Role.CLERK)


@pytest.mark.django_db
def test_evidence_is_a_link_or_a_file() -> None:
    entry = make_entry(make_target(), 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(entry=entry, title="照片", added_by=make_user(), added_at=NOON)


@pytest.mark.django_db
def test_a_count_of_a_priority_names_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusCount.objects.create(plan=make_plan(), scope="priority", status="on_track", commitments=1)


@pytest.mark.django_db
def test_a_plans_due_day_exists_in_every_month() -> None:
    make_plan()
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.update(reporting_due_day=31)


def test_a_time_zone_must_exist() -> None:
    validate_time_zone("Asia/Shanghai")
    with pytest.raises(ValidationError):
        validate_time_zone("Asia/Baoji")


@pytest.mark.django_db
def test_rows_introduce_themselves() -> None:
    target = make_target()
    entry = make_entry(target, "5.50")
    with override("en"):
        assert str(target.commitment.plan) == "2023 work plan"
        assert str(target) == f"{target.code} Old communities renovated"
        assert str(entry) == f"{target.code} 5.5 communities, 28 September 2023"
        assert str(make_agency(name_en="Housing Bureau")) == "Housing Bureau"
        assert str(make_source(title="计划")) == "计划"
        agency = make_agency(name_en="Water Bureau")
        assert str(CommitmentSupport(commitment=target.commitment, agency=agency)) == "Water Bureau"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["7", "WB", "wb-live-2023", "610302-2023", "a-", "a" * 40])
def test_a_plans_code_is_of_letters_digits_and_hyphens(code: str) -> None:
    assert Plan.objects.get(code=make_plan(code=code).code).code == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", ["", "-2023", "wb_2023", "wb 2023", "渭滨2023", "wb/2023", "wb.2023", "wb\n"]
)
def test_the_database_refuses_another_code_of_a_plan(code: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_plan(code=code)


@pytest.mark.django_db
def test_a_place_has_several_plans_of_a_year() -> None:
    make_plan(code="WB-2023")
    make_plan(code="WB-LIVE-2023")
    assert Plan.objects.filter(year=2023).count() == 2


@pytest.mark.django_db
def test_the_database_refuses_a_plans_code_that_differs_only_in_case() -> None:
    make_plan(code="WB-2023")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_plan(code="wb-2023")
