"""Where a target should be on a day (序时进度)."""

from datetime import date
from decimal import Decimal

from .enums import Accumulation, Goal, TrajectoryKind
from .targets import RISING, ZERO, Point, TargetSpec


def planned(spec: TargetSpec, on: date) -> Decimal:
    """The value expected at the end of the day, in the target's unit; from the due date on, the target itself."""
    if spec.trajectory == TrajectoryKind.HOLD or on >= spec.due_on:
        return spec.value
    if spec.trajectory == TrajectoryKind.STEP:
        return _stepped(spec, on)
    if spec.trajectory == TrajectoryKind.CHECKPOINTS:
        return _between(_with_checkpoints(spec), on)
    return _on_line(*_ends(spec), on)


def expects_something(spec: TargetSpec, on: date) -> bool:
    """Whether by the end of the day anything should have been delivered or reported.

    A plan that comes back to its start has expected something before.
    """
    if on < spec.starts_on:
        return False
    if spec.trajectory == TrajectoryKind.HOLD or on >= spec.due_on:
        return True
    days = (on, *(point.on for point in spec.checkpoints))
    return any(planned(spec, day) != spec.start_value for day in days if day <= on)


def _stepped(spec: TargetSpec, on: date) -> Decimal:
    if spec.accumulation == Accumulation.STAGES:
        return sum((stage.weight for stage in spec.stages if stage.due_on <= on), ZERO)
    reached = [point for point in spec.checkpoints if point.on <= on]
    return _capped(spec, max(reached).value) if reached else spec.start_value


def _ends(spec: TargetSpec) -> tuple[Point, Point]:
    return Point(spec.starts_on, spec.start_value), Point(spec.due_on, spec.value)


def _with_checkpoints(spec: TargetSpec) -> list[Point]:
    """The approved points between start and due date, and those two ends."""
    start, end = _ends(spec)
    inner = [point for point in spec.checkpoints if start.on < point.on < end.on]
    return [start, *(Point(point.on, _capped(spec, point.value)) for point in sorted(inner)), end]


def _capped(spec: TargetSpec, value: Decimal) -> Decimal:
    """What is to be reached is never expected to be exceeded: points stay as approved when a target is lowered."""
    if spec.goal != Goal.REACH:
        return value
    return min(value, spec.value) if spec.comparator in RISING else max(value, spec.value)


def _between(points: list[Point], on: date) -> Decimal:
    """Straight lines between the points. The day is before the last of them."""
    after = next(index for index, point in enumerate(points[1:], 1) if point.on > on)
    return _on_line(points[after - 1], points[after], on)


def _on_line(left: Point, right: Point, on: date) -> Decimal:
    """The straight line from one point to a later one; flat before the first.

    One division, so that what a day's share comes to is exact wherever it can be written down.
    """
    if on <= left.on:
        return left.value
    gone, to_go = (on - left.on).days, (right.on - on).days
    return (left.value * to_go + right.value * gone) / (gone + to_go)
