"""One commitment as a mail shows it: the words and figures are those of its stored roll-up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from .. import explanations
from ..domain.enums import Status
from ..formats import day, localised
from ..states import CommitmentState, TargetState
from .status_lights import Light, light


@dataclass(frozen=True)
class Measure:
    """The state of one target: what it aims at, `progress` as a fraction, `gap` in percentage points."""

    aim: str
    progress: Decimal | None
    gap: Decimal | None
    due_on: date

    @property
    def due(self) -> str:
        return day(self.due_on)

    @property
    def percent(self) -> int:
        """The filled part of a bar."""
        return min(100, max(0, int((self.progress or 0) * 100)))


@dataclass(frozen=True)
class Line:
    code: str
    title: str
    agency: str
    status: Status
    why: str
    measure: Measure | None

    @property
    def light(self) -> Light:
        return light(self.status)

    @property
    def details(self) -> list[str]:
        """What is aimed at and by when, as far as the reason does not say so."""
        if self.measure is None:
            return []
        due = "" if self.measure.due in self.why else _("due %(day)s") % {"day": self.measure.due}
        return [part for part in (self.measure.aim, due) if part]


def line(state: CommitmentState) -> Line:
    """With the figures of the headline target that decides the commitment's status."""
    commitment = state.commitment
    return Line(
        code=commitment.code,
        title=localised(commitment.title, commitment.title_en),
        agency=str(commitment.lead_agency),
        status=Status(state.status),
        why=explanations.why_commitment(state),
        measure=_measure(state.decider),
    )


def _measure(decider: TargetState | None) -> Measure | None:
    if decider is None or decider.verdict is None:
        return None
    verdict = decider.verdict
    return Measure(explanations.aim(decider.target, verdict), verdict.progress, verdict.gap, verdict.due_on)
