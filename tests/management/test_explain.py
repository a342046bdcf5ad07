from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from commitments import clock
from commitments.actions import ledger
from commitments.change_log import editing
from commitments.domain.enums import Accumulation, Goal, TargetKind, TrajectoryKind
from commitments.models import Commitment
from commitments.rollups import refresh
from tests import factories as make

pytestmark = pytest.mark.django_db
RATIO = {
    "kind": TargetKind.FLOOR,
    "accumulation": Accumulation.RATIO,
    "goal": Goal.MAINTAIN,
    "trajectory": TrajectoryKind.HOLD,
    "value": 95,
    "unit": "%",
    "unit_en": "%",
}


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: make.NOON)


@pytest.fixture
def commitment() -> Commitment:
    commitment = make.make_commitment(code="ENV-CIT-01")
    make.make_target(commitment, code="ENV-CIT-01-S", headline=False, title_en="Communities started")
    make.make_counted_entry(
        make.make_target(commitment), 33, date(2023, 8, 31), at=datetime(2023, 9, 4, 1, tzinfo=UTC)
    )
    refresh.rebuild_plan(commitment.plan, at=make.NOON)
    return commitment


def explain(*given: str) -> str:
    out = StringIO()
    call_command("explain", *given, stdout=out)
    return out.getvalue()


def english(*given: str) -> list[str]:
    return [line.strip() for line in explain(*given).split("== English ==\n")[1].splitlines()]


def test_a_commitment_is_explained_with_all_its_targets_in_both_languages(commitment: Commitment) -> None:
    told = explain("ENV-CIT-01")
    assert "原因：改造老旧小区：已完成33个（目标76个），按序时应完成56.4个，进度滞后30.8个百分点。" in told
    assert "目标：ENV-CIT-01-S" in told
    assert "Why: Old communities renovated: 33 of 76 communities; 56.4 expected by now (30.8 points" in told
    assert "Target: ENV-CIT-01-S Communities started" in told


def test_a_target_is_explained_with_its_numbers_its_rule_and_what_it_rests_on(commitment: Commitment) -> None:
    entry = commitment.targets.get(code="ENV-CIT-01").entries.get()
    told = english("ENV-CIT-01")
    assert told[told.index("Target: ENV-CIT-01 Old communities renovated") :][:23] == [
        "Target: ENV-CIT-01 Old communities renovated",
        "Status: ■ Off track",
        "Why: 33 of 76 communities; 56.4 expected by now (30.8 points behind).",
        "Rule: far_behind · Far behind",
        "Actual: 33 communities",
        "Planned: 56.4 communities",
        "Target: 76 communities",
        "Due: 31 December 2023",
        "Start value: 0 communities",
        "Progress: 43.4%",
        "Gap: −30.8 points",
        "Reporting: Reported",
        "Data as of: 31 August 2023",
        "Forecast: Too few figures for a forecast yet.",
        "Pace: Needed: 13.7 communities a month.",
        "Rule set: 1.0",
        "On track from: 95% of planned progress",
        "At risk from: 80% of planned progress",
        "A small gap is less than: 5 points",
        "A stage is at risk while overdue by up to: 30 days",
        "Floor of what is decided by its last reading: 0",
        f"Entry {entry.pk}: 31 August 2023 33 communities",
        "Target: ENV-CIT-01-S Communities started",
    ]


def test_the_code_of_a_target_explains_that_target_alone(commitment: Commitment) -> None:
    told = english("ENV-CIT-01-S")
    assert told[1] == "Target: ENV-CIT-01-S Communities started"
    assert "Why: Nothing reported; 56.4 communities expected by now." in told
    assert "Old communities renovated" not in " ".join(told)


def test_without_a_day_the_stored_verdict_is_told(commitment: Commitment) -> None:
    assert english("ENV-CIT-01")[0] == "2023 work plan · as stored now"


def test_a_past_day_is_told_as_known_now_or_as_known_then(commitment: Commitment) -> None:
    now = english("ENV-CIT-01", "--as-of", "2023-08-31")
    assert now[0] == "2023 work plan · state on 31 August 2023, as known now"
    assert "Actual: 33 communities" in now
    then = english("ENV-CIT-01", "--as-of", "2023-08-31", "--known-at", "2023-08-31T18:00:00+08:00")
    assert then[0] == "2023 work plan · state on 31 August 2023, as known at 31 August 2023, 18:00"
    assert "Actual: 33 communities" not in then


def test_a_day_to_come_is_told_as_if_nothing_more_came_in(commitment: Commitment) -> None:
    told = explain("ENV-CIT-01", "--as-of", "2023-12-31")
    assert "state on 31 December 2023, if nothing more is reported until then" in told
    assert "33 of 76 communities; 76 expected by now" in told


def test_a_day_to_come_may_rest_on_what_was_known_then(commitment: Commitment) -> None:
    told = explain("ENV-CIT-01", "--as-of", "2023-12-31", "--known-at", "2023-09-01T00:00")
    assert "2023年12月31日的状态，按2023年9月1日 00:00掌握的数据，此后无新填报" in told
    assert "as known at 1 September 2023, 00:00, if nothing more is reported after that" in told
    assert "33 communities so far" not in told


@pytest.mark.parametrize("code", ["env-cit-01", "Env-Cit-01-s"])
def test_the_case_of_a_code_does_not_matter(commitment: Commitment, code: str) -> None:
    assert english(code) == english(code.upper())


def test_a_time_alone_asks_for_its_own_day_on_the_plans_clock(commitment: Commitment) -> None:
    told = english("ENV-CIT-01", "--known-at", "2023-09-05T07:30")
    assert told[0] == "2023 work plan · state on 5 September 2023, as known at 5 September 2023, 07:30"


def test_a_stage_is_named_and_a_ratio_keeps_its_parts(commitment: Commitment) -> None:
    stages = make.make_staged_target(commitment, date(2023, 6, 30), code="STAGES")
    stage = make.make_counted_entry(stages, 1, date(2023, 6, 28), milestone=stages.milestones.get())
    share = make.make_target(commitment, code="SHARE", **RATIO)
    ratio = make.make_counted_entry(share, 190, date(2023, 8, 31), denominator=Decimal(200))
    refresh.rebuild_plan(commitment.plan, at=make.NOON)
    assert f"Entry {stage.pk}: 28 June 2023 Stage 1" in english("STAGES")
    assert f"Entry {ratio.pk}: 31 August 2023 190/200" in english("SHARE")


def test_flags_are_told_in_one_line(commitment: Commitment) -> None:
    make.make_counted_entry(commitment.targets.get(code="ENV-CIT-01"), 30, date(2023, 9, 20))
    refresh.rebuild_plan(commitment.plan, at=make.NOON)
    assert "Data checks: The newest reading is below the one before." in english("ENV-CIT-01")


def test_what_has_no_verdict_says_so() -> None:
    make.make_target(make.make_commitment(code="NEW"))
    assert english("NEW").count("There is no verdict.") == 2


def test_a_commitment_that_cannot_be_measured_has_its_sentence() -> None:
    commitment = make.make_commitment(code="DEV-IND-01")
    refresh.rebuild_plan(commitment.plan, at=make.NOON)
    assert "Why: No measurable target has been set yet; not rated." in english("DEV-IND-01")


def test_the_newest_plan_with_the_code_is_meant_unless_one_is_named(commitment: Commitment) -> None:
    older = make.make_plan(year=2022)
    make.make_commitment(older, code="ENV-CIT-01")
    make.make_commitment(older, code="ONLY-2022")
    assert english("ENV-CIT-01")[0].startswith("2023 work plan")
    assert english("ENV-CIT-01", "--plan", "610302-2022")[0].startswith("2022 work plan")
    assert english("ONLY-2022")[0].startswith("2022 work plan")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("NOWHERE",), "There is no commitment or target NOWHERE in 610302-2023."),
        (("ENV-CIT-01", "--plan", "999999-2023"), "There is no plan 999999-2023."),
        (("ENV-CIT-01", "--as-of", "yesterday"), "yesterday is not a day; write for example 2023-03-31."),
        (
            ("ENV-CIT-01", "--known-at", "noon"),
            "noon is not a time; write for example 2023-10-15T09:00",
        ),
        (("ENV-CIT-01", "--known-at", "2023-12-01"), "This time is in the future."),
        (
            ("ENV-CIT-01", "--as-of", "2022-12-31"),
            "The day must lie between 2023-01-01 and 2023-12-31.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_plain_words(
    commitment: Commitment, given: tuple[str, ...], said: str
) -> None:
    with override("en"), pytest.raises(CommandError, match=said):
        explain(*given)


def test_what_was_added_since_has_no_verdict_of_then(commitment: Commitment) -> None:
    with editing.by(make.make_user().pk, at=make.NOON):
        make.make_target(commitment, code="ENV-CIT-01-N")
    then = ("--as-of", "2023-08-31", "--known-at", "2023-09-20T00:00")
    assert "There is no verdict." in english("ENV-CIT-01-N", *then)


def test_a_correction_moves_what_was_known_and_not_what_was_known_then(commitment: Commitment) -> None:
    entry = commitment.targets.get(code="ENV-CIT-01").entries.get()
    corrected = make.make_correction(
        entry, 45, entry.effective_on, by=make.make_user(), at=datetime(2023, 9, 20, 1, tzinfo=UTC)
    )
    ledger.approve(entry=corrected, by=make.make_user(), at=make.NOON)
    refresh.rebuild_plan(commitment.plan, at=make.NOON)
    day = ("--as-of", "2023-09-10")
    assert "Actual: 45 communities" in english("ENV-CIT-01", *day)
    assert "Actual: 33 communities" in english("ENV-CIT-01", *day, "--known-at", "2023-09-10T23:00")
