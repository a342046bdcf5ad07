from decimal import Decimal

import pytest

from commitments.domain.aggregate import WORST_FIRST, CommitmentVerdict, TargetVerdict, commitment_verdict
from commitments.domain.enums import Freshness, Reason, Status


def verdict_of(
    status: Status,
    *,
    target: int = 1,
    headline: bool = True,
    reason: Reason = Reason.ON_PACE,
    freshness: Freshness = Freshness.CURRENT,
    gap: int | None = 0,
) -> TargetVerdict:
    return TargetVerdict(target, headline, status, reason, freshness, None if gap is None else Decimal(gap))


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
        verdict_of(Status.OFF_TRACK, headline=False, freshness=Freshness.LATE),
    ]
    found = commitment_verdict(targets, dropped=False)
    assert (found.status, found.freshness) == (Status.ACHIEVED, Freshness.CURRENT)


@pytest.mark.parametrize("targets", [[], [verdict_of(Status.ACHIEVED, headline=False)]])
def test_nothing_measurable_is_not_rated(targets: list[TargetVerdict]) -> None:
    expected = CommitmentVerdict(Status.NOT_RATED, Reason.NOTHING_MEASURABLE, None, None)
    assert commitment_verdict(targets, dropped=False) == expected


@pytest.mark.parametrize("targets", [[], [verdict_of(Status.ACHIEVED)]])
def test_dropped_hides_what_the_targets_say(targets: list[TargetVerdict]) -> None:
    found = commitment_verdict(targets, dropped=True)
    assert found == CommitmentVerdict(Status.DROPPED, Reason.DROPPED, None, None)


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ((Freshness.CURRENT, Freshness.LATE, Freshness.DUE), Freshness.LATE),
        ((Freshness.CURRENT, Freshness.DUE), Freshness.DUE),
        ((Freshness.CURRENT,), Freshness.CURRENT),
    ],
)
def test_a_commitment_is_as_late_as_its_latest_report(
    each: tuple[Freshness, ...], expected: Freshness
) -> None:
    targets = [verdict_of(Status.ON_TRACK, freshness=freshness) for freshness in each]
    assert commitment_verdict(targets, dropped=False).freshness == expected
