"""One commitment as a mail shows it: the figures are those of its stored roll-up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from ..domain.aggregate import SEVERITY
from ..domain.words import Status, TrajectoryKind
from ..formats import amount, exact, localised, rounded
from ..models import Commitment, Target
from .wording import Light, day, light

WORST_FIRST = (*SEVERITY, Status.NOT_RATED, Status.DROPPED)
NO_GAP = Decimal("Infinity")


@dataclass(frozen=True)
class Measure:
    """The state of one target, values in its unit, `gap` in percentage points."""

    unit: str
    actual: Decimal | None
    planned: Decimal
    target: Decimal
    progress: Decimal | None
    gap: Decimal | None
    due_on: date
    held: bool

    @property
    def figures(self) -> str:
        values = {
            "actual": "" if self.actual is None else amount(exact(self.actual), self.unit),
            "planned": amount(rounded(self.planned), self.unit),
            "target": amount(exact(self.target), self.unit),
        }
        if self.actual is None:
            return _("Nothing reported; planned by now: %(planned)s; target: %(target)s") % values
        return _("Done: %(actual)s; planned by now: %(planned)s; target: %(target)s") % values

    @property
    def behind(self) -> str:
        """In points of progress; beside a target held on every day, the two values say it better."""
        if self.held or self.gap is None or self.gap >= 0:
            return ""
        return _("%(points)s points behind") % {"points": rounded(-self.gap)}

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
    measure: Measure | None

    @property
    def light(self) -> Light:
        return light(self.status)


def line(commitment: Commitment) -> Line:
    """With the figures of the headline target that decides the commitment's status."""
    headline = (target for target in commitment.targets.all() if target.headline)
    decisive = min(headline, key=_rank, default=None)
    return Line(
        code=commitment.code,
        title=localised(commitment.title, commitment.title_en),
        agency=str(commitment.lead_agency),
        status=Status(commitment.rollup.status),
        measure=_measure(decisive) if decisive else None,
    )


def largest_gap(line: Line) -> Decimal:
    """A sort key: what is furthest behind comes first, what has no gap to show comes last."""
    return NO_GAP if line.measure is None or line.measure.gap is None else line.measure.gap


def _rank(target: Target) -> tuple[int, Decimal]:
    rollup = target.rollup
    return WORST_FIRST.index(Status(rollup.status)), NO_GAP if rollup.gap is None else rollup.gap


def _measure(target: Target) -> Measure:
    rollup = target.rollup
    return Measure(
        unit=localised(target.unit, target.unit_en),
        actual=rollup.actual,
        planned=rollup.planned or Decimal(0),
        target=rollup.target_value,
        progress=rollup.progress,
        gap=rollup.gap,
        due_on=rollup.due_on,
        held=target.trajectory == TrajectoryKind.HOLD,
    )
