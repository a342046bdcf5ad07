"""The figure of an entry beside the one that counts now."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from commitments.actions import ledger
from commitments.admin.pages.review_queue.figures import FigureChange
from commitments.domain.enums import Accumulation
from commitments.models import Plan, ProgressEntry, Target, User
from commitments.rollups.preview import preview_entries
from tests.admin.waiting import EARLIER, LATELY, RATIO, make_clerk, make_target_of, make_waiting_correction
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_correction,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


@pytest.fixture
def clerk() -> User:
    return make_clerk()


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def target(clerk: User, plan: Plan) -> Target:
    return make_target_of(clerk, plan)


def change(entry: ProgressEntry) -> FigureChange:
    loaded = ProgressEntry.objects.select_related("target__commitment__plan", "milestone", "corrects").get(
        pk=entry.pk
    )
    return FigureChange(loaded, preview_entries([loaded], at=NOON)[entry.pk])


def test_a_total_is_compared_with_the_value_that_counts(target: Target, clerk: User) -> None:
    make_counted_entry(target, 38, EARLIER, at=NOON - timedelta(days=30))
    found = change(make_entry(target, 45, by=clerk))
    assert (found.old, found.new, found.step, found.total) == ("38", "45 communities", "+7", "")
    assert found.counts_now == "38 communities (29 Aug, in force 29 Aug)"


def test_the_plan_and_the_target_stand_beside_it(target: Target, clerk: User) -> None:
    assert change(make_entry(target, 45, by=clerk)).aim == "56.4 / 76 communities, due 31 Dec"


def test_a_large_planned_value_has_no_decimals(clerk: User, plan: Plan) -> None:
    target = make_target_of(clerk, plan, value=28000)
    assert change(make_entry(target, 45, by=clerk)).aim == "20,769 / 28,000 communities, due 31 Dec"


def test_a_first_value_is_compared_with_nothing(target: Target, clerk: User) -> None:
    found = change(make_entry(target, 45, by=clerk))
    assert (found.old, found.step, found.counts_now, found.chart) == ("", "", "", None)


def test_a_value_of_an_earlier_day_goes_on_from_the_one_before_it(target: Target, clerk: User) -> None:
    make_counted_entry(target, 38, EARLIER)
    make_counted_entry(target, 50, TODAY)
    found = change(make_entry(target, 45, LATELY, by=clerk))
    assert (found.old, found.counts_now[:14]) == ("38", "50 communities")


def test_an_amount_is_shown_with_its_total(clerk: User, plan: Plan) -> None:
    target = make_target_of(clerk, plan, accumulation=Accumulation.INCREMENTS)
    make_counted_entry(target, 8, EARLIER)
    found = change(make_entry(target, 12, by=clerk))
    assert (found.old, found.new, found.total) == ("", "+12 communities", "8 → 20 communities")
    assert found.chart is not None
    assert found.chart.planned is None


def test_a_corrected_amount_is_compared_with_the_one_that_counts(clerk: User, plan: Plan) -> None:
    target = make_target_of(clerk, plan, accumulation=Accumulation.INCREMENTS)
    wrong = make_counted_entry(target, 8, EARLIER, by=clerk)
    found = change(make_correction(wrong, 12, EARLIER, by=clerk))
    assert (found.old, found.new, found.step, found.total) == (
        "+8",
        "+12 communities",
        "+4",
        "8 → 12 communities",
    )


def test_a_ratio_is_shown_with_both_parts(clerk: User, plan: Plan) -> None:
    target = make_target_of(clerk, plan, **RATIO)
    make_counted_entry(target, 180, EARLIER, denominator=Decimal(200))
    found = change(make_entry(target, 190, by=clerk, denominator=Decimal(200)))
    assert (found.old, found.new, found.step) == ("180 / 200 (90%)", "190 / 200 (95%)", "")
    assert found.counts_now.startswith("90% (29 Aug")


def test_a_stage_is_shown_by_its_name_and_the_share_done(clerk: User, plan: Plan) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=clerk.agency), EARLIER, LATELY)
    make_counted_entry(target, 1, EARLIER, milestone=target.milestones.first())
    found = change(make_entry(target, 1, milestone=target.milestones.last(), by=clerk))
    assert (found.old, found.new, found.total, found.chart) == ("", "Stage 2", "50 → 100%", None)
    assert [stage.kind for stage in found.stages] == ["done", "reported"]


def test_a_correction_is_compared_with_what_it_replaces(clerk: User, plan: Plan) -> None:
    found = change(make_waiting_correction(clerk, plan))
    assert (found.is_correction, found.old, found.new, found.step) == (True, "41", "44 communities", "+3")
    assert found.days == "29 August 2023 → 28 September 2023"
    assert found.chart is not None
    assert not found.chart.own_column


def test_a_correction_of_the_same_day_names_it_once(target: Target, clerk: User) -> None:
    wrong = make_counted_entry(target, 41, EARLIER, by=clerk)
    assert change(make_correction(wrong, 44, EARLIER, by=clerk)).days == "29 August 2023"


def test_a_value_that_never_counted_is_compared_with_nothing(target: Target, clerk: User) -> None:
    make_counted_entry(target, 38, EARLIER)
    pending = make_entry(target, 70, LATELY, by=clerk)
    found = change(make_correction(pending, 45, LATELY, by=clerk))
    assert (found.is_correction, found.old, found.days) == (False, "38", "25 September 2023")


def test_a_corrected_value_that_was_withdrawn_counts_no_more(target: Target, clerk: User) -> None:
    make_counted_entry(target, 38, EARLIER)
    wrong = make_counted_entry(target, 41, LATELY, by=clerk)
    correction = make_correction(wrong, 44, LATELY, by=clerk)
    ledger.withdraw(entry=wrong, reason="重复填报", by=make_user(), at=NOON)
    found = change(correction)
    assert (found.is_correction, found.old) == (False, "38")
