"""The planned value as a sentence writes it: rounded only so far that its reader finds what the sentence claims."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from ..domain.enums import Reason, TargetKind
from ..domain.targets import HUNDRED, ZERO
from ..formats import FINER, LARGE, shortened, side, tenth
from ..models import Target
from ..states import TargetJudgement

ONE_UNIT = Decimal(1)
TWO_PLACES = Decimal("0.01")
# The ratios of the rule set between which the sentence of a reason puts the share: at least one, under the other.
RATIOS: Mapping[Reason, tuple[str, str]] = {
    Reason.ON_PACE: ("on_track_ratio", ""),
    Reason.SLIGHTLY_BEHIND: ("at_risk_ratio", "on_track_ratio"),
    Reason.USED_IN_PACE: ("on_track_ratio", ""),
    Reason.USED_SLIGHTLY_FAST: ("at_risk_ratio", "on_track_ratio"),
    Reason.USED_TOO_FAST: ("", "at_risk_ratio"),
}
SMALL = (Reason.SMALL_GAP, Reason.USED_SMALL_GAP)
USES = (Reason.USED_IN_PACE, Reason.USED_SLIGHTLY_FAST, Reason.USED_SMALL_GAP, Reason.USED_TOO_FAST)


def planned_figure(target: Target, verdict: TargetJudgement) -> Decimal:
    """Return the roughest figure by which all claims hold; else one that leaves the actual on its side."""
    figures = list(_figures(verdict.planned or ZERO))
    words = _keeps_the_side, _keeps_the_share, _keeps_the_small_gap
    # The stored gap was rounded before it is rounded for the sentence.
    orders = (*words, _gives_the_gap), words, (_keeps_the_side, _gives_the_gap), (_keeps_the_side,)
    return next(
        figure
        for claims in orders
        for figure in figures
        if all(holds(target, verdict, figure) for holds in claims)
    )


def _figures(planned: Decimal) -> Iterator[Decimal]:
    """Yield the planned value in ever finer rounding, and its neighbours, since what is stored was rounded too."""
    yield _near(planned)
    yield from (planned.quantize(step, ROUND_HALF_UP) for step in FINER)
    yield from (planned - FINER[-1], planned + FINER[-1])


def _near(value: Decimal) -> Decimal:
    """Round to a tenth, or to a hundredth if a tenth would wrongly show a whole number."""
    shown = tenth(value)
    if abs(value) >= LARGE or shown % 1 or shown == value:
        return shortened(value)
    return value.quantize(TWO_PLACES, ROUND_HALF_UP)


def _keeps_the_side(_target: Target, verdict: TargetJudgement, figure: Decimal) -> bool:
    """Tell whether the actual is above, at or below the figure as it is to the planned value itself."""
    actual = verdict.actual
    if actual is None or (actual == figure and _is_as_planned(verdict)):
        return True
    return side(actual, figure) == side(actual, verdict.planned or ZERO)


def _is_as_planned(verdict: TargetJudgement) -> bool:
    """Tell whether the sentence says so, of a gap that is none to the tenth."""
    return verdict.reason == Reason.ON_PACE and verdict.gap is not None and not tenth(verdict.gap)


def _gives_the_gap(_target: Target, verdict: TargetJudgement, figure: Decimal) -> bool:
    """Tell whether a reader who computes with the figure gets the gap in points, to the tenth that is told."""
    way = abs(verdict.target_value - verdict.start_value)
    if verdict.gap is None or verdict.actual is None or verdict.target_high is not None or not way:
        return True
    gap = tenth(verdict.gap)
    return tenth((verdict.actual - figure) * HUNDRED / way) in (gap, -gap)


def _keeps_the_share(_target: Target, verdict: TargetJudgement, figure: Decimal) -> bool:
    """Tell whether the share of the figure lies between the ratios that the sentence names."""
    reason = Reason(verdict.reason)
    if reason not in RATIOS or verdict.actual is None:
        return True
    done, due = _from_start(verdict, verdict.actual), _from_start(verdict, figure)
    part, whole = (figure, verdict.actual) if reason in USES else (done, due)
    least, under = (getattr(verdict.rule_set, ratio, None) for ratio in RATIOS[reason])
    reaches = least is None or part >= min(whole, whole * least)
    return reaches and (under is None or part < whole * under)


def _from_start(verdict: TargetJudgement, value: Decimal) -> Decimal:
    start = verdict.start_value
    return value - start if verdict.target_value > start else start - value


def _keeps_the_small_gap(target: Target, verdict: TargetJudgement, figure: Decimal) -> bool:
    """Tell whether a gap that is called small is so beside the figure too."""
    if verdict.reason not in SMALL:
        return True
    if is_small_by_units(target, verdict):
        return abs(figure - (verdict.actual or ZERO)) < ONE_UNIT
    return verdict.reason == Reason.SMALL_GAP or _is_small_excess(verdict, figure)


def is_small_by_units(target: Target, verdict: TargetJudgement) -> bool:
    """Tell whether a small gap is small only because it is less than one whole unit."""
    planned = verdict.planned or ZERO
    if verdict.reason == Reason.SMALL_GAP:
        in_points = abs(verdict.gap or ZERO) < verdict.rule_set.small_gap_points
    else:
        in_points = _is_small_excess(verdict, planned)
    # A gap just under either limit may be stored as the limit.
    in_units = target.kind == TargetKind.COUNT and abs(planned - (verdict.actual or ZERO)) <= ONE_UNIT
    return in_units and not in_points


def _is_small_excess(verdict: TargetJudgement, planned: Decimal) -> bool:
    """Tell whether a ceiling is used too fast by less than the small gap, in points of the ceiling."""
    above = (verdict.actual or ZERO) - planned
    return above * HUNDRED < verdict.rule_set.small_gap_points * verdict.target_value
