"""The last values that count, and a value that waits beside them: a small chart in pixels."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..domain.readings import Reading, share
from ..formats import exact, rounded, short_day
from .charts import depth

# Pixels. The values stand between TOP and BOTTOM, with room for figures above and below, and days under them.
LEFT, STEP, RIGHT = 28, 54, 76
TOP, BOTTOM, DAYS, HEIGHT = 22, 58, 92, 96
ABOVE, BELOW = -9, 18
# Signs of a figure that stands beside another one; longer ones stand in turn above and below.
SHORT = 7
PLANNED_FROM, PLANNED_TO = 8, 22
# Half the width of a sign.
HALF_SIGN = 3.6


class ChartPoint(NamedTuple):
    """A value at its place, with its figure and its day; `words_y` is the place of the figure."""

    x: str
    y: str
    words: str
    words_y: str
    day: str


class PlannedLine(NamedTuple):
    x1: str
    x2: str
    y: str
    words: str
    words_x: str
    words_y: str


class RecentChart(NamedTuple):
    """A chart: `points` count, `new` waits, `dash` leads to it; `described` says all of it in words.

    A correction stands in the column of the value that it replaces, any other in its `own_column`.
    """

    width: int
    height: int
    days_y: int
    line: str
    points: Sequence[ChartPoint]
    new: ChartPoint
    own_column: bool
    dash: str
    planned: PlannedLine | None
    described: str


class _Place(NamedTuple):
    """A value in its column, from left to right."""

    column: int
    reading: Reading


def draw_recent(
    counted: Sequence[Reading], new: Reading, *, replaces: int | None, planned: Decimal | None
) -> RecentChart | None:
    """Draw counted readings, oldest first, and the new one: in the column of the one that it `replaces`, else by day.

    `planned` is the value planned for today, None where the readings are no totals. None without counted readings.
    """
    if not counted:
        return None
    places = _columns(counted, new, replaces)
    values = [worth(place.reading) for place in places]
    levels = values if planned is None else [*values, planned]
    low, high = min(levels), max(levels)
    figures = [_figure(place.reading) for place in places]
    room = max(LEFT, round(HALF_SIGN * max(map(len, figures))))
    points, end = (
        _points(places, figures, low, high, room),
        room + STEP * max(place.column for place in places),
    )
    return RecentChart(
        width=end + room + RIGHT,
        height=HEIGHT,
        days_y=DAYS,
        line=" ".join(f"{point.x},{point.y}" for point in points[:-1]),
        points=points[:-1],
        new=points[-1],
        own_column=places[-1].column not in {place.column for place in places[:-1]},
        dash=_dash(places[:-1], places[-1], points),
        planned=None if planned is None else _planned_line(planned, _y(planned, low, high), room, end),
        described=_describe(counted, new),
    )


def worth(reading: Reading) -> Decimal:
    """Return the value of a reading by itself; of a ratio, its percentage."""
    return reading.value if reading.denominator is None else share(reading.value, reading.denominator)


def _columns(counted: Sequence[Reading], new: Reading, replaces: int | None) -> list[_Place]:
    """Return the places of the counted readings, then that of the new one."""
    replaced = next((at for at, reading in enumerate(counted) if reading.entry == replaces), None)
    if replaced is not None:
        return [*(_Place(at, reading) for at, reading in enumerate(counted)), _Place(replaced, new)]
    earlier = sum(reading.effective_on <= new.effective_on for reading in counted)
    old = (_Place(at if at < earlier else at + 1, reading) for at, reading in enumerate(counted))
    return [*old, _Place(earlier, new)]


def _points(
    places: Sequence[_Place], figures: Sequence[str], low: Decimal, high: Decimal, room: int
) -> list[ChartPoint]:
    is_crowded = max(map(len, figures)) > SHORT
    points = []
    for place, figure in zip(places, figures, strict=True):
        y = _y(worth(place.reading), low, high)
        words_y = y + (ABOVE if _has_words_above(place, places, is_crowded=is_crowded) else BELOW)
        day = short_day(place.reading.effective_on)
        x = room + STEP * place.column
        points.append(ChartPoint(f"{x}", f"{y:.1f}", figure, f"{words_y:.1f}", day))
    return points


def _has_words_above(place: _Place, places: Sequence[_Place], *, is_crowded: bool) -> bool:
    """Tell whether the figure stands above its point: that of a crest does, of two in a column the higher one."""
    value, new = worth(place.reading), places[-1]
    beside = [other for other in places if other.column == place.column and other != place]
    if beside:
        return value > worth(beside[0].reading) or (value == worth(beside[0].reading) and place == new)
    if is_crowded:
        return (new.column - place.column) % 2 == 0
    around = [worth(other.reading) for other in places if abs(other.column - place.column) == 1]
    return sum(value - other for other in around) >= 0


def _dash(old: Sequence[_Place], new: _Place, points: Sequence[ChartPoint]) -> str:
    """Return the line to the new value, from the one that it replaces or the one before it; empty without one."""
    before = [at for at, place in enumerate(old) if place.column in (new.column, new.column - 1)]
    if not before:
        return ""
    start = points[before[-1]]
    return f"{start.x},{start.y} {points[-1].x},{points[-1].y}"


def _planned_line(planned: Decimal, y: float, room: int, end: int) -> PlannedLine:
    return PlannedLine(
        x1=f"{room - PLANNED_FROM}",
        x2=f"{end + PLANNED_TO}",
        y=f"{y:.1f}",
        words=_("planned %(value)s") % {"value": rounded(planned)},
        words_x=f"{end + max(PLANNED_TO, room) + 4}",
        words_y=f"{y + 4:.1f}",
    )


def _describe(counted: Sequence[Reading], new: Reading) -> str:
    comma = pgettext("between figures of a list", ", ")
    facts = {"values": comma.join(map(_figure, counted)), "new": _figure(new)}
    return _("The last values that count: %(values)s. This report: %(new)s.") % facts


def _figure(reading: Reading) -> str:
    return exact(reading.value) if reading.denominator is None else f"{rounded(worth(reading))}%"


def _y(value: Decimal, low: Decimal, high: Decimal) -> float:
    return TOP + (BOTTOM - TOP) * float(depth(value, low, high))
