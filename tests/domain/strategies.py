"""Targets and ledgers of every kind, for Hypothesis: sensible and senseless ones alike.

The numbers are small and even on purpose. So thresholds are met exactly, sums come to 0 and targets equal
their baselines far more often than in life.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from commitments.domain.assessment import Assessment, assess
from commitments.domain.enums import Accumulation, Comparator, Direction, Goal, TargetKind, TrajectoryKind
from commitments.domain.periods import ReportingCalendar
from commitments.domain.readings import Reading, Standing, standing
from commitments.domain.status import Rules
from commitments.domain.targets import BANDED, RATIOS, RISING, Point, Stage, TargetSpec, Terms, band_of
from commitments.domain.workdays import CHINA, NO_HOLIDAYS

from .cases import CALENDAR, RULES, START

# The largest value that the ledger takes, and the smallest denominator.
LARGEST, SMALLEST = Decimal("9999999999999999.9999"), Decimal("0.0001")


def decimals(least: int, most: int, places: int = 0) -> st.SearchStrategy[Decimal]:
    """As `st.decimals`, ten times as fast."""
    return st.integers(least * 10**places, most * 10**places).map(
        lambda number: Decimal(number).scaleb(-places)
    )


EVEN_NUMBERS = st.one_of(
    decimals(-4, 24), decimals(-40, 400), decimals(-50, 500, places=2), decimals(-2, 2, places=4)
)
EVERY_NUMBER = st.one_of(EVEN_NUMBERS, st.sampled_from([LARGEST, -LARGEST, SMALLEST, -SMALLEST]))
AMOUNTS = decimals(0, 50, places=1)
# Made once: to make a strategy takes longer than to draw from it.
GAPS, FLOORS = decimals(0, 30, places=1), decimals(-5, 5, places=1)
UNITS, WIDTHS = decimals(0, 3), decimals(1, 20, places=1)
OTHER_KINDS = st.sampled_from([kind for kind in TargetKind if kind != TargetKind.STAGES])
WEIGHTS = st.sampled_from([Decimal(20), Decimal(30), Decimal(50)])
OPPOSITE = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.ABOVE: Comparator.BELOW,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.BELOW: Comparator.ABOVE,
}
CALENDARS = st.builds(
    ReportingCalendar,
    st.integers(1, 28),
    st.integers(0, 40),
    st.sampled_from([CHINA, NO_HOLIDAYS]),
    st.booleans(),
    st.booleans(),
)
SPANS = st.sampled_from([20, 99, 100, 364]) | st.integers(0, 300)
# Hypothesis likes what comes first: a day on which most targets run.
ON = st.sampled_from([START + timedelta(days=number) for number in (*range(50, 400), *range(-10, 50))])


class Ledger(NamedTuple):
    """A target and its counted readings; `done` holds the day on which each stage was done, if at all."""

    spec: TargetSpec
    counted: tuple[Reading, ...] = ()
    done: tuple[date | None, ...] = ()

    @property
    def readings(self) -> tuple[Reading, ...]:
        stages = enumerate(zip(self.spec.stages, self.done, strict=True), 1)
        return self.counted + tuple(Reading(on, stage.weight, entry) for entry, (stage, on) in stages if on)

    def overdue_since(self, on: date) -> date | None:
        stages = zip(self.spec.stages, self.done, strict=True)
        late = [stage.due_on for stage, done in stages if stage.due_on < on and not (done and done <= on)]
        return min(late, default=None)

    def standing(self, on: date) -> Standing:
        return standing(self.spec, self.readings, on, self.overdue_since(on), inclusive=self.inclusive)

    @property
    def inclusive(self) -> tuple[int, ...]:
        """Every third entry says that it includes all before it."""
        return tuple(reading.entry for reading in self.readings if reading.entry % 3 == 0)

    def assess(
        self, on: date, rules: Rules = RULES, calendar: ReportingCalendar = CALENDAR, *, dropped: bool = False
    ) -> Assessment:
        return assess(self.spec, self.standing(on), on=on, rules=rules, calendar=calendar, dropped=dropped)


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Any that a rule set may hold."""
    at_risk = draw(st.integers(1, 99))
    on_track = draw(st.integers(at_risk + 1, 100))
    method = draw(st.sampled_from([1, 2]))
    return Rules(
        version="any",
        on_track_ratio=Decimal(on_track) / 100,
        at_risk_ratio=Decimal(at_risk) / 100,
        small_gap_points=draw(GAPS),
        stage_grace_days=draw(st.integers(0, 60)),
        growth_floor=draw(FLOORS),
        near_units=None if method == 1 else draw(UNITS),
        method=method,
    )


@st.composite
def specs(
    draw: st.DrawFn,
    accumulations: tuple[Accumulation, ...] = tuple(Accumulation),
    goals: tuple[Goal, ...] = tuple(Goal),
    numbers: st.SearchStrategy[Decimal] = EVEN_NUMBERS,
) -> TargetSpec:
    """Any combination of the words but that stages are a kind of their own."""
    accumulation = draw(st.sampled_from(accumulations))
    staged = accumulation == Accumulation.STAGES
    starts_on, span = draw(st.dates(START, START + timedelta(days=40))), draw(SPANS)
    day = st.sampled_from([starts_on + timedelta(days=number) for number in range(-5, span + 6)])
    points = {draw(day): draw(numbers) for _ in range(draw(st.integers(0, 3)))}
    spec = TargetSpec(
        kind=TargetKind.STAGES if staged else draw(OTHER_KINDS),
        accumulation=accumulation,
        goal=Goal.REACH if staged else draw(st.sampled_from(goals)),
        comparator=Comparator.AT_LEAST if staged else draw(st.sampled_from(list(OPPOSITE))),
        value=Decimal(100) if staged else draw(numbers),
        starts_on=starts_on,
        due_on=starts_on + timedelta(days=span),
        trajectory=draw(st.sampled_from(TrajectoryKind)),
        baseline=draw(st.none() | numbers),
        checkpoints=tuple(map(Point, points.keys(), points.values())),
        stages=tuple(
            Stage(draw(day), draw(WEIGHTS)) for _ in range(draw(st.integers(1, 4)) if staged else 0)
        ),
    )
    senseless = staged or draw(st.integers(0, 3)) == 3
    return spec if senseless else _with_a_way_to_go(spec)


@st.composite
def _banded(draw: st.DrawFn, spec: TargetSpec) -> TargetSpec:
    """Turn a target into an “about” or a range of the same direction; what the end decides may be `within` it."""
    comparator = draw(st.sampled_from(BANDED))
    width = draw(WIDTHS)
    terms = Terms(
        spec.value,
        spec.value + width if comparator == Comparator.RANGE else None,
        width if comparator == Comparator.ABOUT else None,
        spec.goal == Goal.FINAL and draw(st.booleans()),
    )
    direction = Direction.AT_LEAST if spec.rises else Direction.AT_MOST
    band = band_of(comparator, direction, terms)
    assert band is not None
    return spec._replace(comparator=comparator, value=band.near, band=band)


@st.composite
def banded_ledgers(draw: st.DrawFn) -> Ledger:
    """Return ledgers of targets about a value, or within a range."""
    ledger = draw(ledgers(tuple(word for word in Accumulation if word != Accumulation.STAGES)))
    return ledger._replace(spec=draw(_banded(ledger.spec)))


def _with_a_way_to_go(spec: TargetSpec) -> TargetSpec:
    rises = spec.value > spec.start_value
    return (
        spec if rises == (spec.comparator in RISING) else spec._replace(comparator=OPPOSITE[spec.comparator])
    )


@st.composite
def ledgers(
    draw: st.DrawFn,
    accumulations: tuple[Accumulation, ...] = tuple(Accumulation),
    goals: tuple[Goal, ...] = tuple(Goal),
    numbers: st.SearchStrategy[Decimal] = EVEN_NUMBERS,
    *,
    least: int = 0,
) -> Ledger:
    """Entries are numbered as they come, in no order of days; from before the start until after the end.

    Half of the values are so and so many hundredths of the way to the target.
    """
    spec = draw(specs(accumulations, goals, numbers))
    span = (spec.due_on - spec.starts_on).days
    day = st.sampled_from([spec.starts_on + timedelta(days=number) for number in range(-5, span + 30)])
    if spec.accumulation == Accumulation.STAGES:
        return Ledger(spec, done=tuple(draw(st.none() | day) for _ in spec.stages))
    silent = not least and draw(st.integers(0, 9)) == 9
    count = 0 if silent else draw(st.integers(1, 5))

    def reading(entry: int) -> Reading:
        value = draw(numbers) if draw(st.booleans()) else _part_of_the_way(spec, draw(st.integers(-5, 105)))
        out_of = max(abs(draw(numbers)), SMALLEST) if spec.accumulation in RATIOS else None
        return Reading(draw(day), value, entry, out_of)

    return Ledger(spec, tuple(map(reading, range(1, count + 1))))


def _part_of_the_way(spec: TargetSpec, hundredths: int) -> Decimal:
    way = spec.value - spec.start_value
    return min(LARGEST, (spec.start_value + way * hundredths / 100).quantize(SMALLEST))


def leading_on(ledger: Ledger) -> Ledger:
    """Return the same ledger with checkpoints that never turn back, each at least as near to the target."""
    spec = ledger.spec
    nearest = max if spec.value > spec.start_value else min
    values = sorted(nearest(point.value, spec.start_value) for point in spec.checkpoints)
    ordered = values if spec.value > spec.start_value else values[::-1]
    days = sorted(point.on for point in spec.checkpoints)
    return ledger._replace(spec=spec._replace(checkpoints=tuple(map(Point, days, ordered))))
