"""The planned value of a target on a day (序时进度)."""

from datetime import date, timedelta
from decimal import Decimal

from .enums import Accumulation, Goal, TrajectoryKind
from .targets import ZERO, Point, TargetSpec

ONE_DAY = timedelta(days=1)


def planned(spec: TargetSpec, on: date) -> Decimal:
    """Return the value planned for the end of the day, in the target's unit.

    From the due date on it is the target itself.
    """
    if on >= spec.due_on:
        return spec.value
    if spec.trajectory == TrajectoryKind.LINEAR:
        return _on_line(*_ends(spec), on)
    if spec.trajectory == TrajectoryKind.STEP:
        return _stepped(spec, on)
    if spec.trajectory == TrajectoryKind.CHECKPOINTS:
        return _between(_with_checkpoints(spec), on)
    return spec.value


def paced(spec: TargetSpec, on: date) -> Decimal:
    """Return the planned value of method 2: a ceiling is used up over time.

    A value decided at the end is held to the target on every day if its plan gives no path.
    """
    if spec.is_ceiling:
        return _usable(spec, on)
    if spec.goal == Goal.FINAL and not has_path(spec):
        return spec.value
    if spec.goal == Goal.FINAL and spec.trajectory == TrajectoryKind.CHECKPOINTS and spec.known_start is None:
        return _from_first_point(spec, on)
    return planned(spec, on)


def has_path(spec: TargetSpec) -> bool:
    """Tell whether the plan says how to get to the target: from a known start, or by checkpoints."""
    if spec.trajectory == TrajectoryKind.HOLD:
        return False
    is_linear = spec.trajectory == TrajectoryKind.LINEAR
    has_points = not is_linear and any(point.on < spec.due_on for point in spec.checkpoints)
    return has_points or spec.known_start is not None


def expects_something(spec: TargetSpec, on: date) -> bool:
    """Tell whether anything should have been delivered or reported by the end of the day."""
    if on < spec.starts_on:
        return False
    if spec.trajectory == TrajectoryKind.HOLD or on >= spec.due_on:
        return True
    # A plan that returns to its start has expected a delivery before, so each checkpoint is looked at.
    days = (on, *(point.on for point in spec.checkpoints))
    return any(planned(spec, day) != spec.start_value for day in days if day <= on)


def _usable(spec: TargetSpec, on: date) -> Decimal:
    """Return what may be used of a ceiling by the end of the day: evenly from 0 if it has no checkpoints."""
    is_held = spec.trajectory == TrajectoryKind.HOLD
    # A first day without a share of its own would be off track at the first use.
    day = on + ONE_DAY if on == spec.starts_on else on
    return planned(spec._replace(trajectory=TrajectoryKind.LINEAR) if is_held else spec, day)


def _from_first_point(spec: TargetSpec, on: date) -> Decimal:
    """Return the line of a value with an unknown start: it begins at the first checkpoint."""
    # A line from 0 would be a plan that no office made.
    points = sorted(point for point in spec.checkpoints if point.on < spec.due_on)
    if on < points[0].on:
        return spec.start_value
    return spec.value if on >= spec.due_on else _between([*points, *_ends(spec)[1:]], on)


def _stepped(spec: TargetSpec, on: date) -> Decimal:
    if spec.accumulation == Accumulation.STAGES:
        return sum((stage.weight for stage in spec.stages if stage.due_on <= on), ZERO)
    reached = [point for point in spec.checkpoints if point.on <= on]
    return _capped(spec, max(reached).value) if reached else spec.start_value


def _ends(spec: TargetSpec) -> tuple[Point, Point]:
    return Point(spec.starts_on, spec.start_value), Point(spec.due_on, spec.value)


def _with_checkpoints(spec: TargetSpec) -> list[Point]:
    """Return the start, the approved points before the due date, and the end."""
    start, end = _ends(spec)
    inner = [point for point in spec.checkpoints if start.on < point.on < end.on]
    return [start, *(Point(point.on, _capped(spec, point.value)) for point in sorted(inner)), end]


def _capped(spec: TargetSpec, value: Decimal) -> Decimal:
    """Cap a point at the target of a goal to reach."""
    if spec.goal != Goal.REACH:
        return value
    # Points stay as approved when a target is lowered, but no agency is expected to exceed the target.
    return min(value, spec.value) if spec.rises else max(value, spec.value)


def _between(points: list[Point], on: date) -> Decimal:
    """Interpolate between the points; the day must be before the last of them."""
    after = next(index for index, point in enumerate(points[1:], 1) if point.on > on)
    return _on_line(points[after - 1], points[after], on)


def _on_line(left: Point, right: Point, on: date) -> Decimal:
    """Interpolate between a point and a later one; flat before the first."""
    if on <= left.on:
        return left.value
    # A single division keeps a day's share exact if it can be written as a decimal.
    gone, to_go = (on - left.on).days, (right.on - on).days
    return (left.value * to_go + right.value * gone) / (gone + to_go)
