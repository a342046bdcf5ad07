"""The course of a target: lines for an SVG that is stretched to its place, in percent of width and height."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from ..domain.enums import Accumulation
from ..domain.readings import ADDED_UP, share
from ..domain.status import Line
from ..domain.targets import HUNDRED, ZERO, Point, TargetSpec
from ..domain.trajectory import planned
from ..formats import rounded
from ..models import TargetMonth
from .charts import depth

# A screen cannot show more places of the planned line apart.
PLACES = 60


@dataclass(frozen=True)
class Mark:
    """A figure beside its point; `anchor` is the end of the words at the point."""

    x: str
    y: str
    words: str
    anchor: str


@dataclass(frozen=True)
class Course:
    """A chart: `actual` and `planned` are points of lines, `target` is the target's height, `today` a place in time.

    `start`, `goal` and `latest` mark the first value, the target and the newest value.
    """

    first: date
    last: date
    actual: str
    planned: str
    target: str
    today: str
    start: Mark
    goal: Mark
    latest: Mark


def course(spec: TargetSpec, points: Sequence[Point], on: date, line: Line = planned) -> Course | None:
    """Draw the course from the start to the due date, or to the newest point after it; None for a single point.

    `line` is the plan line of the method in force.
    """
    if len(points) < 2:
        return None
    last = max(spec.due_on, points[-1].on)
    plan = [Point(day, line(spec, day)) for day in _days(spec.starts_on, last)]
    values = [point.value for point in (*plan, *points)]
    scale = _Scale(spec.starts_on, last, min(values), max(values))
    return Course(
        first=spec.starts_on,
        last=last,
        actual=scale.line(points),
        planned=scale.line(plan),
        target=scale.y(spec.value),
        today=scale.x(min(on, last)),
        start=scale.mark(plan[0]),
        goal=scale.mark(Point(last, spec.value)),
        latest=scale.mark(points[-1]),
    )


def points_of(accumulation: Accumulation, months: Iterable[TargetMonth]) -> list[Point]:
    """Return the values of the target after the last reading of each month, oldest first."""
    full = [month for month in months if month.last_on]
    if accumulation == Accumulation.RATIO:
        sums = zip(_sums(full, "added"), _sums(full, "out_of"), strict=True)
        values = [share(added, out_of) for added, out_of in sums]
    elif accumulation in ADDED_UP:
        values = _sums(full, "added")
    else:
        values = [month.closing or ZERO for month in full]
    return [Point(month.last_on, value) for month, value in zip(full, values, strict=True) if month.last_on]


def _sums(months: Iterable[TargetMonth], column: str) -> list[Decimal]:
    return list(accumulate(getattr(month, column) or ZERO for month in months))


def _days(first: date, last: date) -> list[date]:
    span = (last - first).days
    return sorted({first + timedelta(days=span * place // PLACES) for place in range(PLACES + 1)})


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    low: Decimal
    high: Decimal

    def x(self, day: date) -> str:
        return f"{HUNDRED * (day - self.first).days / max((self.last - self.first).days, 1):.2f}"

    def y(self, value: Decimal) -> str:
        return f"{HUNDRED * depth(value, self.low, self.high):.2f}"

    def mark(self, point: Point) -> Mark:
        # The words run towards the middle.
        is_early = point.on - self.first < self.last - point.on
        return Mark(
            self.x(point.on), self.y(point.value), rounded(point.value), "start" if is_early else "end"
        )

    def line(self, points: Sequence[Point]) -> str:
        return " ".join(f"{self.x(point.on)},{self.y(point.value)}" for point in points)
