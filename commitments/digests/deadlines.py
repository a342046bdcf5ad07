"""Deadlines within a fortnight: undecided targets and stages that are not done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..domain.assessment import ENDED
from ..domain.enums import Lifecycle
from ..formats import day, localised
from ..models import Commitment, Milestone, ProgressEntry

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


def deadlines_within(commitments: Sequence[Commitment], on: date) -> list[Deadline]:
    """Return the deadlines, soonest first; a target and its stage on the same day are one deadline."""
    found = {(d.on, d.code): d for d in (*_stages(commitments, on), *_targets(commitments, on))}
    return sorted(found.values(), key=lambda deadline: (deadline.on, deadline.code))


def _targets(commitments: Iterable[Commitment], on: date) -> Iterable[Deadline]:
    for commitment in commitments:
        for target in commitment.targets.all():
            if (
                target.headline
                and target.rollup.status not in ENDED
                and on <= target.rollup.due_on <= on + SOON
            ):
                yield _deadline(commitment, target.rollup.due_on)


def _stages(commitments: Sequence[Commitment], on: date) -> Iterable[Deadline]:
    by_id = {c.pk: c for c in commitments if c.lifecycle == Lifecycle.ACTIVE}
    stages = Milestone.objects.filter(
        target__commitment__in=by_id, target__headline=True, due_on__range=(on, on + SOON)
    ).exclude(entries__in=ProgressEntry.objects.counted())
    for stage in stages.select_related("target"):
        title = localised(stage.title, stage.title_en)
        yield _deadline(by_id[stage.target.commitment_id], stage.due_on, title)


def _deadline(commitment: Commitment, on: date, stage: str = "") -> Deadline:
    title = localised(commitment.title, commitment.title_en)
    return Deadline(on, commitment.code, title, stage, str(commitment.lead_agency))
