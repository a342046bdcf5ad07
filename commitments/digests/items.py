"""One commitment as a mail shows it, with the words and figures of its stored roll-up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from .. import explanations
from ..domain.enums import Status
from ..formats import day, localised
from ..states import CommitmentState, TargetState
from .status_lights import StatusLight, light_of


@dataclass(frozen=True)
class TargetMeasure:
    """The state of one target; `progress` is a fraction, `gap` in percentage points."""

    aim: str
    progress: Decimal | None
    gap: Decimal | None
    due_on: date

    @property
    def due(self) -> str:
        return day(self.due_on)

    @property
    def percent(self) -> int:
        """Return the filled part of a bar, in percent."""
        return min(100, max(0, int((self.progress or 0) * 100)))


@dataclass(frozen=True)
class DigestItem:
    code: str
    title: str
    agency: str
    status: Status
    why: str
    measure: TargetMeasure | None

    @property
    def light(self) -> StatusLight:
        return light_of(self.status)

    @property
    def details(self) -> list[str]:
        """Return the aim and the due date, unless the reason mentions it."""
        if self.measure is None:
            return []
        due = "" if self.measure.due in self.why else _("due %(day)s") % {"day": self.measure.due}
        return [part for part in (self.measure.aim, due) if part]


def build_item(state: CommitmentState) -> DigestItem:
    """Build a mail's item with the figures of the commitment's deciding target."""
    commitment = state.commitment
    return DigestItem(
        code=commitment.code,
        title=localised(commitment.title, commitment.title_en),
        agency=commitment.lead_agency.short_name,
        status=Status(state.status),
        why=explanations.why_commitment(state),
        measure=_measure(state.decider),
    )


def _measure(decider: TargetState | None) -> TargetMeasure | None:
    if decider is None or decider.verdict is None:
        return None
    verdict = decider.verdict
    return TargetMeasure(
        explanations.aim(decider.target, verdict), verdict.progress, verdict.gap, verdict.due_on
    )
