"""Commitments that have changed their status."""

from collections.abc import Iterable
from dataclasses import dataclass

from ...models import Target
from ...states import CommitmentJudgement, CommitmentState, TargetJudgement
from .verdicts import Verdicts


@dataclass(frozen=True)
class Movement:
    """A commitment with a changed status; `decided_before` is the target that had decided, if it still exists."""

    now: CommitmentState
    before: CommitmentJudgement
    decided_before: tuple[Target, TargetJudgement] | None


def movements(states: Iterable[CommitmentState], before: Verdicts) -> list[Movement]:
    """Return the states with another status than in the verdicts before, the worst off now first."""
    found = [
        Movement(state, then, _decided(state, then, before))
        for state in states
        if state.verdict
        and (then := before.commitments.get(state.commitment.pk))
        and then.status != state.status
    ]
    return sorted(found, key=lambda movement: movement.now.rank)


def _decided(
    state: CommitmentState, then: CommitmentJudgement, before: Verdicts
) -> tuple[Target, TargetJudgement] | None:
    """Return the target in its words of now, with its verdict before."""
    verdict = before.targets.get(then.decided_by_id) if then.decided_by_id else None
    targets = (each.target for each in state.targets if each.target.pk == then.decided_by_id)
    target = next(targets, None)
    return (target, verdict) if target and verdict else None
