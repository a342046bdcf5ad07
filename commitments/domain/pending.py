"""The standing as it would be if the pending entries were approved."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from .enums import Accumulation
from .periods import month_start
from .readings import BY_PERIOD, LATEST, Reading, Standing
from .targets import RATIOS, ZERO, TargetSpec


class Waiting(NamedTuple):
    """A pending figure; it may correct the entry `corrects`, which reported `instead_of`."""

    reading: Reading
    corrects: int | None = None
    instead_of: Decimal = ZERO
    includes_earlier: bool = False


def with_waiting(spec: TargetSpec, standing: Standing, waiting: Sequence[Waiting]) -> Standing:
    """Return the standing as if the pending figures counted already.

    A ratio's actual stays the approved one.
    """
    # Stages are reported once, so pending ones change no later value.
    if not waiting or spec.accumulation == Accumulation.STAGES:
        return standing
    replaced = {each.corrects for each in waiting}
    readings = [each.reading for each in waiting]
    readings += [each for each in standing.latest if each.entry not in replaced]
    latest = tuple(sorted(readings, key=_order, reverse=True)[:LATEST])
    actual = _actual(spec, standing.actual, latest, waiting)
    return _with_reports(spec, standing, waiting)._replace(latest=latest, actual=actual)


def _with_reports(spec: TargetSpec, standing: Standing, waiting: Sequence[Waiting]) -> Standing:
    """Settle the periods that waiting entries would settle: an agency that has reported is not late."""
    if spec.accumulation not in BY_PERIOD:
        return standing
    days = [*standing.reported_on, *(each.reading.effective_on for each in waiting)]
    included = [month_start(each.reading.effective_on) for each in waiting if each.includes_earlier]
    included += [standing.included_in] if standing.included_in else []
    return standing._replace(reported_on=tuple(sorted(days)), included_in=max(included, default=None))


def later_than(previous: Reading | None, waiting: Sequence[Waiting]) -> Reading | None:
    """Return the newest pending figure if it comes after the newest one that counts, else None."""
    newest = max((each.reading for each in waiting), key=_order, default=None)
    if newest is None or (previous is not None and _order(newest) < _order(previous)):
        return None
    return newest


def _order(reading: Reading) -> tuple[object, ...]:
    return reading.effective_on, reading.entry


def _actual(
    spec: TargetSpec, counted: Decimal | None, latest: Sequence[Reading], waiting: Sequence[Waiting]
) -> Decimal | None:
    if spec.accumulation in RATIOS:
        return counted
    if spec.accumulation == Accumulation.INCREMENTS:
        return sum((each.reading.value - each.instead_of for each in waiting), counted or ZERO)
    return latest[0].value
