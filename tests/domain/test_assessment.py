from datetime import date
from decimal import Decimal

import pytest

from commitments.domain.aggregate import CommitmentVerdict, TargetVerdict, commitment_verdict
from commitments.domain.assessment import Assessment, assess
from commitments.domain.ledger import Standing, standing
from commitments.domain.targets import TargetSpec
from commitments.domain.words import Accumulation, Freshness, Kind, Reason, Status, TrajectoryKind

from .cases import CALENDAR, RULES, day, reading, spec


def assessed(target: TargetSpec, found: Standing, on: int = 50) -> Assessment:
    return assess(target, found, on=day(on), rules=RULES, calendar=CALENDAR)


def test_the_gap_is_in_percentage_points() -> None:
    verdict = assessed(spec(), standing(spec(), [reading(50, 80)], day(150)))
    assert (verdict.progress, verdict.gap) == (Decimal("0.4"), Decimal("-10.00"))


def test_without_readings_there_is_no_gap() -> None:
    verdict = assessed(spec(), Standing())
    assert (verdict.actual, verdict.progress, verdict.gap, verdict.planned) == (
        None,
        None,
        None,
        Decimal(100),
    )


def test_without_a_way_to_go_progress_is_not_defined() -> None:
    still = spec(accumulation=Accumulation.LEVEL, baseline=Decimal(200))
    verdict = assessed(still, standing(still, [reading(50, 150)], day(150)))
    assert (verdict.progress, verdict.gap) == (None, None)


def test_the_gap_against_an_unreachable_plan_is_not_defined_either() -> None:
    still = spec(accumulation=Accumulation.LEVEL, baseline=Decimal(200))
    assert assessed(still, Standing()).gap is None


@pytest.mark.parametrize(("value", "gap"), [("1E+15", "100000000"), ("-1E+15", "-100000000")])
def test_a_mistyped_value_is_stored_as_the_most_there_is(value: str, gap: str) -> None:
    verdict = assessed(spec(), standing(spec(value=Decimal("1E+16")), [reading(50, value)], day(150)))
    assert verdict.gap == Decimal(gap).quantize(Decimal("0.01"))


def test_what_is_achieved_needs_no_further_report() -> None:
    assert (
        assessed(spec(), standing(spec(), [reading(1, 200)], day(150)), on=99).freshness == Freshness.CURRENT
    )


def test_what_runs_is_as_fresh_as_its_newest_reading() -> None:
    assert assessed(spec(), standing(spec(), [reading(1, 2)], day(150)), on=100).freshness == Freshness.LATE


@pytest.mark.parametrize(
    ("overdue_since", "expected"),
    [(None, Freshness.CURRENT), (day(65), Freshness.DUE), (day(20), Freshness.LATE)],
)
def test_a_staged_target_owes_a_report_only_for_a_stage_that_is_due(
    overdue_since: date | None, expected: Freshness
) -> None:
    staged = spec(kind=Kind.STAGES, accumulation=Accumulation.STAGES, trajectory=TrajectoryKind.STEP)
    assert (
        assessed(staged, Standing(Decimal(10), day(1), overdue_since=overdue_since), on=90).freshness
        == expected
    )


def verdict_of(
    status: Status, *, headline: bool = True, freshness: Freshness = Freshness.CURRENT
) -> TargetVerdict:
    return TargetVerdict(headline, status, Reason.ON_PACE, freshness)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([Status.ACHIEVED, Status.ACHIEVED], Status.ACHIEVED),
        ([Status.ACHIEVED, Status.ACHIEVED_LATE], Status.ACHIEVED_LATE),
        ([Status.ACHIEVED, Status.ON_TRACK], Status.ON_TRACK),
        ([Status.ACHIEVED, Status.NOT_STARTED], Status.NOT_STARTED),
        ([Status.AT_RISK, Status.ON_TRACK], Status.AT_RISK),
        ([Status.AT_RISK, Status.NO_DATA], Status.NO_DATA),
        ([Status.NO_DATA, Status.OFF_TRACK], Status.OFF_TRACK),
        ([Status.OFF_TRACK, Status.NOT_ACHIEVED], Status.NOT_ACHIEVED),
    ],
)
def test_the_worst_headline_target_decides(statuses: list[Status], expected: Status) -> None:
    assert commitment_verdict(map(verdict_of, statuses), dropped=False).status == expected


def test_other_targets_are_shown_but_do_not_decide() -> None:
    targets = [verdict_of(Status.ACHIEVED), verdict_of(Status.OFF_TRACK, headline=False)]
    assert commitment_verdict(targets, dropped=False).status == Status.ACHIEVED


def test_nothing_measurable_is_not_rated() -> None:
    expected = CommitmentVerdict(Status.NOT_RATED, Reason.NOTHING_MEASURABLE, None)
    assert commitment_verdict([], dropped=False) == expected


def test_dropped_hides_what_the_targets_say() -> None:
    found = commitment_verdict([verdict_of(Status.ACHIEVED)], dropped=True)
    assert found == CommitmentVerdict(Status.DROPPED, Reason.DROPPED, None)


def test_a_commitment_is_as_late_as_its_latest_report() -> None:
    targets = [
        verdict_of(Status.ON_TRACK, freshness=f) for f in (Freshness.CURRENT, Freshness.LATE, Freshness.DUE)
    ]
    assert commitment_verdict(targets, dropped=False).freshness == Freshness.LATE
