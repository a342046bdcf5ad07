from datetime import date
from decimal import Decimal

import pytest

from commitments.domain.aggregate import WORST_FIRST, CommitmentVerdict, TargetVerdict, commitment_verdict
from commitments.domain.enums import DutyState, Freshness, Reason, Status
from commitments.domain.owed import NOTHING_DUE, ReportDuty


def verdict_of(
    status: Status,
    *,
    target: int = 1,
    headline: bool = True,
    reason: Reason = Reason.ON_PACE,
    state: DutyState = DutyState.REPORTED,
    gap: int | None = 0,
) -> TargetVerdict:
    return TargetVerdict(
        target, headline, status, reason, ReportDuty(state), None if gap is None else Decimal(gap)
    )


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([Status.ACHIEVED, Status.ACHIEVED], Status.ACHIEVED),
        ([Status.ACHIEVED, Status.ACHIEVED_LATE], Status.ACHIEVED_LATE),
        ([Status.ACHIEVED_LATE, Status.ON_TRACK], Status.ON_TRACK),
        ([Status.ON_TRACK, Status.NOT_STARTED], Status.NOT_STARTED),
        ([Status.NOT_STARTED, Status.AT_RISK], Status.AT_RISK),
        ([Status.AT_RISK, Status.NO_DATA], Status.NO_DATA),
        ([Status.NO_DATA, Status.OFF_TRACK], Status.OFF_TRACK),
        ([Status.OFF_TRACK, Status.NOT_ACHIEVED], Status.NOT_ACHIEVED),
    ],
)
def test_the_worst_headline_target_decides(statuses: list[Status], expected: Status) -> None:
    for order in (statuses, statuses[::-1]):
        assert commitment_verdict(map(verdict_of, order), dropped=False).status == expected


def test_every_status_a_target_can_have_is_ranked() -> None:
    assert {*WORST_FIRST} == {*Status}


def test_it_brings_its_reason_and_its_name() -> None:
    targets = [
        verdict_of(Status.ON_TRACK, target=1),
        verdict_of(Status.OFF_TRACK, target=2, reason=Reason.FAR_BEHIND),
    ]
    found = commitment_verdict(targets, dropped=False)
    assert (found.reason, found.decided_by) == (Reason.FAR_BEHIND, 2)


@pytest.mark.parametrize(
    ("first", "second", "decides"),
    [(-10, -20, 2), (-20, -10, 1), (None, -1, 2), (5, None, 1), (-10, -10, 1), (None, None, 1)],
)
def test_of_equals_the_one_furthest_behind_decides_then_the_first(
    first: int | None, second: int | None, decides: int
) -> None:
    targets = [
        verdict_of(Status.OFF_TRACK, target=2, gap=second),
        verdict_of(Status.OFF_TRACK, target=1, gap=first),
    ]
    assert commitment_verdict(targets, dropped=False).decided_by == decides


def test_other_targets_are_shown_but_do_not_decide() -> None:
    targets = [
        verdict_of(Status.ACHIEVED),
        verdict_of(Status.OFF_TRACK, headline=False),
    ]
    assert commitment_verdict(targets, dropped=False).status == Status.ACHIEVED


def test_every_target_owes_its_reports() -> None:
    targets = [verdict_of(Status.ACHIEVED), verdict_of(Status.ACHIEVED, headline=False, state=DutyState.LATE)]
    assert commitment_verdict(targets, dropped=False).freshness == Freshness.LATE


NOT_DUE = verdict_of(Status.ACHIEVED, headline=False, state=DutyState.NOT_DUE)


@pytest.mark.parametrize("targets", [[], [NOT_DUE]])
def test_nothing_measurable_is_not_rated(targets: list[TargetVerdict]) -> None:
    expected = CommitmentVerdict(Status.NOT_RATED, Reason.NOTHING_MEASURABLE, NOTHING_DUE, None)
    assert commitment_verdict(targets, dropped=False) == expected


@pytest.mark.parametrize("targets", [[], [verdict_of(Status.ACHIEVED)]])
def test_dropped_hides_what_the_targets_say(targets: list[TargetVerdict]) -> None:
    found = commitment_verdict(targets, dropped=True)
    assert found == CommitmentVerdict(Status.DROPPED, Reason.DROPPED, NOTHING_DUE, None)


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ((DutyState.DUE, DutyState.LATE, DutyState.IN_REVIEW), DutyState.LATE),
        ((DutyState.IN_REVIEW, DutyState.DUE), DutyState.DUE),
        ((DutyState.REPORTED, DutyState.IN_REVIEW), DutyState.IN_REVIEW),
        ((DutyState.NOT_DUE, DutyState.REPORTED), DutyState.REPORTED),
        ((DutyState.NOT_DUE,), DutyState.NOT_DUE),
    ],
)
def test_a_commitment_is_as_late_as_its_latest_report(
    each: tuple[DutyState, ...], expected: DutyState
) -> None:
    targets = [verdict_of(Status.ON_TRACK, state=state) for state in each]
    assert commitment_verdict(targets, dropped=False).duty.state == expected


def test_what_has_words_only_owes_words() -> None:
    found = commitment_verdict([], dropped=False, words=ReportDuty(DutyState.LATE, date(2023, 9, 30)))
    assert (found.status, found.freshness) == (Status.NOT_RATED, Freshness.LATE)
