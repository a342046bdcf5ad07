"""What has been reported and waits for review: whoever reports next goes on from it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from .enums import Accumulation
from .periods import month_start
from .readings import BY_PERIOD, LATEST, Reading, Standing
from .targets import ZERO, TargetSpec


class Waiting(NamedTuple):
    """A figure that waits; `corrects` is the entry that it would replace, `instead_of` the value of that."""

    reading: Reading
    corrects: int | None = None
    instead_of: Decimal = ZERO
    includes_earlier: bool = False


def with_waiting(spec: TargetSpec, standing: Standing, waiting: Sequence[Waiting]) -> Standing:
    """The newest readings and the actual as if what waits counted already.

    A ratio's actual stays that of what counts, and so does all that is known of stages, which are reported once.
    """
    if not waiting or spec.accumulation == Accumulation.STAGES:
        return standing
    replaced = {each.corrects for each in waiting}
    readings = [each.reading for each in waiting]
    readings += [each for each in standing.latest if each.entry not in replaced]
    latest = tuple(sorted(readings, key=_order, reverse=True)[:LATEST])
    actual = _actual(spec, standing.actual, latest, waiting)
    return _with_reports(spec, standing, waiting)._replace(latest=latest, actual=actual)


def _with_reports(spec: TargetSpec, standing: Standing, waiting: Sequence[Waiting]) -> Standing:
    """The periods that what waits would settle are settled: nobody who has reported is late."""
    if spec.accumulation not in BY_PERIOD:
        return standing
    days = [*standing.reported_on, *(each.reading.effective_on for each in waiting)]
    included = [month_start(each.reading.effective_on) for each in waiting if each.includes_earlier]
    included += [standing.included_in] if standing.included_in else []
    return standing._replace(reported_on=tuple(sorted(days)), included_in=max(included, default=None))


def later_than(previous: Reading | None, waiting: Sequence[Waiting]) -> Reading | None:
    """The newest that waits, where it goes before the previous value that counts."""
    newest = max((each.reading for each in waiting), key=_order, default=None)
    if newest is None or (previous is not None and _order(newest) < _order(previous)):
        return None
    return newest


def _order(reading: Reading) -> tuple[object, ...]:
    return reading.effective_on, reading.entry


def _actual(
    spec: TargetSpec, counted: Decimal | None, latest: Sequence[Reading], waiting: Sequence[Waiting]
) -> Decimal | None:
    if spec.accumulation == Accumulation.RATIO:
        return counted
    if spec.accumulation == Accumulation.INCREMENTS:
        return sum((each.reading.value - each.instead_of for each in waiting), counted or ZERO)
    return latest[0].value
