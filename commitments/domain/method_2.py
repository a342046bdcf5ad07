"""The rules in which method 2 differs from method 1."""

from decimal import Decimal

from .enums import Accumulation, Goal, Reason, Status, TargetKind
from .status import (
    ABOVE_FLOOR,
    BELOW_FLOOR,
    LAST_MEETS,
    LAST_MISSES,
    MISSED_AT_LAST,
    Case,
    Verdict,
    actual_of,
    by_pace,
    is_closed,
    is_small,
    reaches,
)
from .targets import ZERO, TargetSpec
from .trajectory import has_path

CEILING_KEPT = Verdict(Status.ACHIEVED, Reason.CEILING_KEPT)
NEAR_TARGET = Verdict(Status.AT_RISK, Reason.NEAR_TARGET)
UNITS_AWAY = Verdict(Status.AT_RISK, Reason.UNITS_AWAY)


def if_standing(case: Case) -> Verdict | None:
    """Take what is counted up for achieved while it stands at its target; a level stays reached."""
    if case.spec.goal != Goal.REACH:
        return None
    is_level = case.spec.accumulation == Accumulation.LEVEL
    since = case.standing.first_met_on if is_level else case.standing.standing_since
    if since is None:
        return None
    if since <= case.spec.due_on:
        return Verdict(Status.ACHIEVED, Reason.REACHED_IN_TIME, since)
    return Verdict(Status.ACHIEVED_LATE, Reason.REACHED_LATE, since)


def if_lowered(case: Case) -> Verdict | None:
    """Judge by pace again what had been reached and was lowered; after the end it is not achieved."""
    if case.spec.goal != Goal.REACH or case.standing.first_met_on is None:
        return None
    status = Status.NOT_ACHIEVED if is_closed(case) else by_pace(case).status
    return Verdict(status, Reason.LOWERED_AGAIN)


def if_ceiling(case: Case) -> Verdict | None:
    """Judge a ceiling that is counted up by the share of it that may be used by the day."""
    spec = case.spec
    if not spec.is_ceiling:
        return None
    used, closed = actual_of(case), is_closed(case)
    if not spec.is_met_by(used) and used >= spec.value:
        return Verdict(Status.NOT_ACHIEVED if closed else Status.OFF_TRACK, Reason.OVER_CEILING)
    if closed:
        return CEILING_KEPT if spec.is_met_by(used) else MISSED_AT_LAST
    return _by_use(case, used)


def _by_use(case: Case, used: Decimal) -> Verdict:
    """Compare the amount used with the line from 0; a small gap is never worse than at risk."""
    allowed, rules = case.expected, case.rules
    if reaches(allowed, used * rules.on_track_ratio):
        return Verdict(Status.ON_TRACK, Reason.USED_IN_PACE)
    if reaches(allowed, used * rules.at_risk_ratio):
        return Verdict(Status.AT_RISK, Reason.USED_SLIGHTLY_FAST)
    if is_small(case, used - allowed, case.spec.value):
        return Verdict(Status.AT_RISK, Reason.USED_SMALL_GAP)
    return Verdict(Status.OFF_TRACK, Reason.USED_TOO_FAST)


def if_final(case: Case) -> Verdict | None:
    """Judge a value decided at the end: a growth rate by its floor, others by their path or by nearness."""
    spec = case.spec
    if spec.goal != Goal.FINAL:
        return None
    # A path of checkpoints may ask for more than a target that was lowered.
    if spec.is_met_by(actual_of(case)):
        return LAST_MEETS
    if _follows_a_path(case):
        return by_pace(case)
    if _has_floor(case):
        return ABOVE_FLOOR if _is_above_floor(case, actual_of(case)) else BELOW_FLOOR
    return _by_nearness(case)


def _follows_a_path(case: Case) -> bool:
    """Tell whether a value is planned for each day; a growth rate has none, nor what must stay within its ends."""
    spec = case.spec
    has_line = has_path(spec) and case.way is not None
    return has_line and spec.kind != TargetKind.GROWTH_RATE and not spec.within


def _has_floor(case: Case) -> bool:
    """Tell whether a growth rate has a floor on its way to the target; beyond its far end there is none."""
    spec = case.spec
    is_rate = spec.kind == TargetKind.GROWTH_RATE and not spec.is_passed_by(actual_of(case))
    return is_rate and _is_above_floor(case, spec.value)


def _is_above_floor(case: Case, rate: Decimal) -> bool:
    """Tell whether a growth rate goes in the right direction at least; the floor of falling ones is mirrored."""
    return (rate if case.spec.rises else -rate) > case.rules.growth_floor


def _by_nearness(case: Case) -> Verdict:
    """Call a missed value at risk within the at-risk ratio of the target or, of a count, within a few units."""
    spec, actual, ratio = case.spec, actual_of(case), case.rules.at_risk_ratio
    wanted, got = _on_the_missed_side(spec, actual)
    # A target below 0 is divided by the ratio, and so is one to stay under; no value is a share of 0.
    if wanted and ((got >= wanted * ratio) if wanted > ZERO else (got * ratio >= wanted)):
        return NEAR_TARGET
    if spec.kind == TargetKind.COUNT and wanted - got <= (case.rules.near_units or ZERO):
        return UNITS_AWAY
    return LAST_MISSES


def _on_the_missed_side(spec: TargetSpec, actual: Decimal) -> tuple[Decimal, Decimal]:
    """Return the end that is missed and the value, turned round so that more is better."""
    if spec.band is not None and spec.is_passed_by(actual):
        return (-spec.band.high, -actual) if spec.rises else (spec.band.low, actual)
    return (spec.value, actual) if spec.rises else (-spec.value, -actual)
