"""The plan of 2023 and its sample progress, as they are delivered."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from commitments import clock
from commitments.actions.plans import publish_loaded
from commitments.domain.enums import Accumulation, Comparability, Goal, Status, Tier
from commitments.models import Commitment, ProgressEntry, Target
from commitments.plan_import.apply import apply
from commitments.plan_import.files.read import read_plan
from commitments.plan_import.files.rows import PlanFile
from commitments.plan_import.files.samples import read_demo
from commitments.plan_import.samples import load_once
from commitments.rollups import refresh
from commitments.rollups.assess import assess_commitments
from tests.factories import NOON

FIXTURES = Path(__file__).parents[2] / "fixtures"
DEMO_DAY = date(2023, 9, 28)
STAGED = {
    "ENV-CIT-01-S": 76,
    "DEV-COM-01-C": 30,
    "DEV-PRJ-03-C": 316,
    "ENV-CIT-05-C": 38,
    "LIV-EDU-06-C": 18,
}


@pytest.fixture(scope="module")
def plan() -> PlanFile:
    return read_plan(FIXTURES / "610302-2023")


def statuses(on: date) -> dict[str, Status]:
    codes = dict(Commitment.objects.values_list("pk", "code"))
    while refresh.drain(clock=clock.now):
        pass
    return {codes[found.case.id]: found.verdict.status for found in assess_commitments(list(codes), on=on)}


def test_the_plan_holds_every_pledge_of_the_text(plan: PlanFile) -> None:
    assert Counter(row.tier for row in plan.commitments) == {
        Tier.NUMBER: 17,
        Tier.DELIVERABLE: 29,
        Tier.DIRECTION: 35,
    }
    assert len({row.section for row in plan.commitments}) == 17


def test_the_numbers_are_those_of_the_text(plan: PlanFile) -> None:
    tier_a = {row.code for row in plan.commitments if row.tier is Tier.NUMBER}
    values = {row.code: int(row.value) for row in plan.targets if row.commitment in tier_a and row.headline}
    assert values == {
        "DEV-COM-01": 30, "DEV-COM-05": 30, "DEV-COM-07": 2, "DEV-COM-08": 8, "DEV-RUR-03": 6000,
        "DEV-RUR-04": 10000, "DEV-RUR-05": 28000, "DEV-PRJ-02": 20, "DEV-PRJ-03": 316, "DEV-PRJ-04": 5,
        "ENV-CIT-01": 76, "ENV-CIT-05": 38, "ENV-CIT-06": 3, "LIV-EDU-06": 18, "LIV-AGE-03": 6,
        "LIV-SVC-04": 7900, "LIV-SVC-05": 28000,
    }  # fmt: skip


def test_pledges_that_can_be_read_two_ways_have_a_second_target(plan: PlanFile) -> None:
    assert {row.code: row.value for row in plan.targets if not row.headline} == STAGED


def test_only_the_jobs_pledge_names_its_deadline(plan: PlanFile) -> None:
    assert [row.code for row in plan.targets if row.due_basis == "explicit"] == ["LIV-SVC-04"]
    assert {row.due_on for row in plan.targets} == {date(2023, 12, 31)}


@pytest.mark.parametrize(
    ("code", "accumulation", "goal", "comparator"),
    [
        ("DEV-RUR-03", Accumulation.LEVEL, Goal.REACH, ">"),
        ("DEV-RUR-05", Accumulation.LEVEL, Goal.MAINTAIN, ">="),
        ("DEV-PRJ-04", Accumulation.LEVEL, Goal.FINAL, ">="),
        ("LIV-SVC-04", Accumulation.INCREMENTS, Goal.REACH, ">="),
        ("ENV-CIT-01", Accumulation.RUNNING_TOTAL, Goal.REACH, ">="),
    ],
)
def test_each_number_is_judged_in_its_own_way(
    plan: PlanFile, code: str, accumulation: Accumulation, goal: Goal, comparator: str
) -> None:
    target = next(row for row in plan.targets if row.code == code)
    assert (target.accumulation, target.goal, target.comparator) == (accumulation, goal, comparator)


def test_three_baselines_have_the_very_definition_of_the_pledge(plan: PlanFile) -> None:
    same = {row.target: row.value for row in plan.baselines if row.comparability is Comparability.SAME}
    assert same == {"LIV-SVC-04": 8317, "LIV-SVC-05": 31900, "ENV-CIT-06": 4}


def test_no_two_pledges_cite_the_same_words(plan: PlanFile) -> None:
    spans = sorted((row.char_start, row.char_end) for row in plan.commitments)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_no_two_targets_share_a_name(plan: PlanFile) -> None:
    """A name such as “Stages completed” would say nothing in a list."""
    for titles in ([row.title for row in plan.targets], [row.title_en for row in plan.targets]):
        assert [title for title, times in Counter(titles).items() if times > 1] == []


def test_english_titles_fit_a_table(plan: PlanFile) -> None:
    assert max(len(row.title_en) for row in plan.commitments) <= 70


@pytest.mark.django_db
def test_without_progress_nothing_is_judged(plan: PlanFile) -> None:
    apply(plan)
    assert set(statuses(DEMO_DAY).values()) == {Status.NO_DATA, Status.NOT_STARTED, Status.NOT_RATED}


@pytest.mark.django_db
def test_on_the_demo_day_every_status_occurs(plan: PlanFile) -> None:
    apply(plan)
    publish_loaded("610302-2023", at=NOON)
    load_once(read_demo(FIXTURES / "610302-2023-demo"), password=None)
    found = statuses(DEMO_DAY)
    assert set(found.values()) == set(Status)
    assert found["DEV-PRJ-01"] == Status.ACHIEVED_LATE
    assert found["ENV-CIT-01"] == Status.AT_RISK
    assert found["LIV-AGE-04"] == Status.NOT_ACHIEVED
    assert found["ENV-CIT-04"] == Status.DROPPED


@pytest.mark.django_db
def test_the_sample_progress_is_of_every_sort_and_marked_as_such(plan: PlanFile) -> None:
    apply(plan)
    publish_loaded("610302-2023", at=NOON)
    load_once(read_demo(FIXTURES / "610302-2023-demo"), password=None)
    entries = ProgressEntry.objects.all()
    assert not entries.filter(is_sample=False).exists()
    assert entries.pending().exists()
    assert entries.filter(review__decision="return").exists()
    assert entries.filter(corrects__isnull=False).exists()
    assert entries.filter(value__lt=0).exists()
    assert entries.counted().filter(target__code="ENV-CIT-01").latest("effective_on").value == Decimal(52)
    assert entries.latest("recorded_at").recorded_at < datetime(2023, 9, 28, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_a_plan_with_sample_progress_is_still_the_file(plan: PlanFile) -> None:
    apply(plan)
    publish_loaded("610302-2023", at=NOON)
    load_once(read_demo(FIXTURES / "610302-2023-demo"), password=None)
    assert apply(plan).changes == []
    assert Target.objects.get(code="DEV-COM-05").value == 30
