"""One commitment as a mail shows it, with the words and figures of its stored roll-up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from .. import explanations
from ..domain.enums import Status
from ..formats import day, localised
from ..models import Commitment, Target
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


def build_item(commitment: Commitment) -> DigestItem:
    """Build a mail's item with the figures of the commitment's deciding target."""
    decisive = commitment.deciding_target
    return DigestItem(
        code=commitment.code,
        title=localised(commitment.title, commitment.title_en),
        agency=str(commitment.lead_agency),
        status=Status(commitment.rollup.status),
        why=explanations.why_commitment(commitment),
        measure=_measure(decisive) if decisive else None,
    )


def _measure(target: Target) -> TargetMeasure:
    rollup = target.rollup
    return TargetMeasure(explanations.aim(target, rollup), rollup.progress, rollup.gap, rollup.due_on)
