"""Where a target should be on a day (序时进度)."""

from datetime import date
from decimal import Decimal

from .targets import ZERO, Point, TargetSpec
from .words import Accumulation, TrajectoryKind


def planned(spec: TargetSpec, on: date) -> Decimal:
    """The value expected at the end of the day, in the target's unit."""
    if spec.trajectory == TrajectoryKind.HOLD:
        return spec.value
    if spec.trajectory == TrajectoryKind.STEP:
        return _stepped(spec, on)
    if spec.trajectory == TrajectoryKind.CHECKPOINTS:
        return _between(_with_checkpoints(spec), on)
    return _between(_ends(spec), on)


def expects_something(spec: TargetSpec, on: date) -> bool:
    """Whether by the end of the day anything should have been delivered or reported."""
    if on < spec.starts_on:
        return False
    return spec.trajectory == TrajectoryKind.HOLD or planned(spec, on) != spec.start_value


def _stepped(spec: TargetSpec, on: date) -> Decimal:
    if spec.accumulation == Accumulation.STAGES:
        return sum((stage.weight for stage in spec.stages if stage.due_on <= on), ZERO)
    reached = [point for point in (*spec.checkpoints, Point(spec.due_on, spec.value)) if point.on <= on]
    return max(reached, key=lambda point: point.on).value if reached else spec.start_value


def _ends(spec: TargetSpec) -> list[Point]:
    return [Point(spec.starts_on, spec.start_value), Point(spec.due_on, spec.value)]


def _with_checkpoints(spec: TargetSpec) -> list[Point]:
    """The approved points between start and due date, and those two ends."""
    start, end = _ends(spec)
    inner = [point for point in spec.checkpoints if start.on < point.on < end.on]
    return [start, *sorted(inner, key=lambda point: point.on), end]


def _between(points: list[Point], on: date) -> Decimal:
    """Straight lines between the points; flat before the first and after the last."""
    if on >= points[-1].on:
        return points[-1].value
    if on <= points[0].on:
        return points[0].value
    after = next(index for index, point in enumerate(points) if point.on > on)
    left, right = points[after - 1], points[after]
    share = Decimal((on - left.on).days) / Decimal((right.on - left.on).days)
    return left.value + (right.value - left.value) * share
