"""Deadlines within a fortnight: undecided targets and stages that are not done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..domain.assessment import ENDED
from ..domain.enums import Lifecycle
from ..formats import day, localised
from ..models import Commitment, Milestone, ProgressEntry
from ..states import CommitmentState

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Deadline:
    """One deadline; `stage` is empty if the target itself falls due."""

    on: date
    code: str
    title: str
    stage: str
    agency: str

    @property
    def day(self) -> str:
        return day(self.on)


def deadlines_within(states: Sequence[CommitmentState], on: date) -> list[Deadline]:
    """Return the deadlines, soonest first; a target and its stage on the same day are one deadline."""
    found = {(d.on, d.code): d for d in (*_stages(states, on), *_targets(states, on))}
    return sorted(found.values(), key=lambda deadline: (deadline.on, deadline.code))


def _targets(states: Iterable[CommitmentState], on: date) -> Iterable[Deadline]:
    for state in states:
        verdicts = [each.verdict for each in state.targets if each.target.headline and each.verdict]
        for verdict in verdicts:
            if verdict.status not in ENDED and on <= verdict.due_on <= on + SOON:
                yield _deadline(state.commitment, verdict.due_on)


def _stages(states: Sequence[CommitmentState], on: date) -> Iterable[Deadline]:
    active = [state.commitment for state in states if state.lifecycle.lifecycle == Lifecycle.ACTIVE]
    by_id = {commitment.pk: commitment for commitment in active}
    stages = Milestone.objects.filter(
        target__commitment__in=by_id, target__headline=True, due_on__range=(on, on + SOON)
    ).exclude(entries__in=ProgressEntry.objects.counted())
    for stage in stages.select_related("target"):
        title = localised(stage.title, stage.title_en)
        yield _deadline(by_id[stage.target.commitment_id], stage.due_on, title)


def _deadline(commitment: Commitment, on: date, stage: str = "") -> Deadline:
    title = localised(commitment.title, commitment.title_en)
    return Deadline(on, commitment.code, title, stage, commitment.lead_agency.short_name)
