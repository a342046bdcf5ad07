"""Several figures in a month: all listed in the row; amounts add up, and of totals the later one counts."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.actions import ledger
from commitments.domain.enums import Accumulation
from commitments.models import Agency, Plan, ProgressEntry, Target, TargetRollup
from commitments.rollups import refresh
from tests.admin.pages.quick_log.posting import AUGUST, by_code, look, post
from tests.factories import (
    NOON,
    make_commitment,
    make_counted_entry,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MIDDLE = date(2023, 8, 15)
INCREMENTS = {"accumulation": Accumulation.INCREMENTS}


def reported(plan: Plan, agency: Agency, **given: Any) -> Target:
    target = make_target(make_commitment(plan, lead_agency=agency), **given)
    make_counted_entry(target, 9, MIDDLE)
    refresh.drain(clock=lambda: NOON)
    return target


def add(browser: Client, target: Target, value: str) -> Any:
    line = look(browser)[target.code]
    typed = {"value": value, "seen": line.typed.seen, "progress": "再报"}
    return by_code(post(browser, {target.pk: typed}))[target.code]


@pytest.mark.parametrize(
    ("given", "said", "actual"),
    [({}, "The later figure counts.", 10), (INCREMENTS, "Added to what is already reported.", 19)],
)
def test_a_second_figure_says_what_becomes_of_it(
    browser: Client, plan: Plan, agency: Agency, given: dict[str, Any], said: str, actual: int
) -> None:
    target = reported(plan, agency, **given)
    assert look(browser)[target.code].main.adds == said
    line = add(browser, target, "10")
    assert [report.value for report in line.listed] == ["9 communities", "10 communities"]
    second = ProgressEntry.objects.pending().get()
    ledger.approve(entry=second, by=make_user(), at=second.recorded_at)
    refresh.drain(clock=lambda: NOON)
    assert TargetRollup.objects.get(target=target).actual == actual


def test_no_change_is_not_offered_for_a_second_figure(browser: Client, plan: Plan, agency: Agency) -> None:
    target = reported(plan, agency, **INCREMENTS)
    line = look(browser)[target.code]
    assert (line.main.unchanged, line.enters_again, line.main.is_folded) == ("", True, True)


def test_a_second_figure_below_the_first_is_doubted(browser: Client, plan: Plan, agency: Agency) -> None:
    target = reported(plan, agency)
    line = look(browser)[target.code]
    answer = by_code(post(browser, {target.pk: {"value": "8", "seen": line.typed.seen}}))[target.code]
    assert answer.outcome.doubts[0].startswith("Lower than the previous value, 9 communities.")
    assert not answer.main.is_folded


def test_another_stage_can_be_reported_in_the_same_month(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST, date(2023, 12, 31))
    first, second = target.milestones.all()
    make_counted_entry(target, 1, AUGUST, milestone=first)
    line = look(browser)[target.code]
    assert (line.enters_again, line.main.adds) == (True, "")
    post(browser, {target.pk: {"milestone": str(second.pk), "seen": line.typed.seen, "progress": "提前"}})
    assert ProgressEntry.objects.filter(milestone=second).exists()


def test_a_pasted_list_adds_no_second_figure(browser: Client, plan: Plan, agency: Agency) -> None:
    target = reported(plan, agency)
    body = {"text": f"{target.code}\t12", "into": str(target.pk), "rows": [[str(target.pk), {}]]}
    answer = browser.post("/admin/log/pasted/?period=2023-08", body, content_type="application/json").json()
    assert (answer["rows"], "already reported" in answer["said"]) == ({}, True)
