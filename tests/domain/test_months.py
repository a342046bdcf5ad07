"""Standings from months, equal to those from every single reading."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import assume, given

from commitments.domain.enums import Accumulation, Comparator, Goal
from commitments.domain.months import (
    NEVER,
    DailyReading,
    MetDays,
    Months,
    days_after_it,
    met_days,
    met_in,
    standing_of,
)
from commitments.domain.periods import month_start
from commitments.domain.readings import ADDED_UP, Reading, Standing, furthest, share, standing
from commitments.domain.targets import RATIOS, TargetSpec

from .cases import day, floor, level, reading, spec
from .strategies import AMOUNTS, ON, Ledger, ledgers


def months_of(target: TargetSpec, readings: Sequence[Reading]) -> Months:
    """Compute the database's sums in plain Python."""
    ordered = sorted(readings, key=lambda each: (each.effective_on, each.entry))
    by_month = groupby(ordered, key=lambda each: month_start(each.effective_on))
    edged = target.accumulation in RATIOS or target.accumulation not in ADDED_UP
    months = Months([], [], [] if edged else None, [])
    for _, of_one in by_month:
        months.append(*_month(target, list(of_one)))
    return months


def _month(target: TargetSpec, readings: Sequence[Reading]) -> tuple[date, Decimal, Decimal | None, Decimal]:
    last, summed = readings[-1], target.accumulation in ADDED_UP
    return (
        last.effective_on,
        sum((each.value for each in readings), Decimal(0)) if summed else _alone(last),
        _edge(target, readings),
        sum((each.denominator or Decimal(0) for each in readings), Decimal(0)),
    )


def _alone(reading: Reading) -> Decimal:
    return share(reading.value, reading.denominator) if reading.denominator else reading.value


def _edge(target: TargetSpec, readings: Sequence[Reading]) -> Decimal | None:
    if target.accumulation in RATIOS:
        return furthest(target)(map(_alone, readings))
    if target.accumulation in ADDED_UP:
        return None
    highest = (target.goal == Goal.REACH) == (target.rises)
    return (max if highest else min)(each.value for each in readings)


def days_of(target: TargetSpec, readings: Sequence[Reading]) -> list[DailyReading]:
    ordered = sorted(readings, key=lambda each: (each.effective_on, each.entry))
    nearest = max if target.rises else min
    groups = [(on, list(of_one)) for on, of_one in groupby(ordered, key=lambda each: each.effective_on)]
    return [
        DailyReading(
            on,
            sum(values, Decimal(0)) if target.accumulation in ADDED_UP else nearest(values),
            values[-1],
            counted_on(of_one[-1].entry),
        )
        for on, of_one in groups
        if (values := [each.value for each in of_one])
    ]


def counted_on(entry: int) -> date:
    """Return a day on which the entry began to count."""
    return day(200 + entry)


def by_months(ledger: Ledger, on: date) -> Standing:
    target = ledger.spec
    known = [each for each in ledger.readings if each.effective_on <= target.last_day(on)]
    months = months_of(target, known)
    index = met_in(target, months)
    met = NEVER
    if index is not None:
        first = month_start(months.last_on[index])
        last = months.last_on[-1 if days_after_it(target) else index]
        asked = [each for each in known if first <= each.effective_on <= last]
        carried = sum(months.values[:index], Decimal(0))
        met = met_days(target, carried, days_of(target, asked))
    newest = sorted(known, key=lambda each: (each.effective_on, each.entry))[:-4:-1]
    return standing_of(
        target,
        months,
        tuple(newest),
        ledger.overdue_since(on),
        met,
        evidenced=False,
        added_at_last=ledger.standing(on).added_at_last,
        included_in=max(
            (month_start(each.effective_on) for each in known if each.entry in ledger.inclusive), default=None
        ),
    )


def is_accepted(target: TargetSpec) -> bool:
    """Tell whether the database's constraints allow the target."""
    if target.goal == Goal.REACH:
        from_above = not target.rises
        return target.accumulation not in RATIOS and (
            not from_above or target.accumulation == Accumulation.LEVEL
        )
    kept_up = target.goal == Goal.MAINTAIN and target.rises
    return not (target.accumulation == Accumulation.INCREMENTS and kept_up)


@given(ledgers(numbers=AMOUNTS), ON)
def test_months_say_what_the_readings_say(ledger: Ledger, on: date) -> None:
    assume(is_accepted(ledger.spec))
    assert by_months(ledger, on) == by_readings(ledger, on)


@given(ledgers((Accumulation.RUNNING_TOTAL, Accumulation.LEVEL)), ON)
def test_totals_and_levels_may_be_negative(ledger: Ledger, on: date) -> None:
    assume(is_accepted(ledger.spec))
    assert by_months(ledger, on) == by_readings(ledger, on)


def by_readings(ledger: Ledger, on: date) -> Standing:
    counted = {each.entry: counted_on(each.entry) for each in ledger.readings}
    return standing(
        ledger.spec,
        ledger.readings,
        on,
        ledger.overdue_since(on),
        inclusive=ledger.inclusive,
        counted_on=counted,
    )


@given(ledgers((Accumulation.RUNNING_TOTAL,), (Goal.REACH,), least=1), ON)
def test_totals_that_rise_and_fall_stand_since_the_same_day(ledger: Ledger, on: date) -> None:
    rising = ledger._replace(spec=ledger.spec._replace(comparator=Comparator.AT_LEAST, value=Decimal(3)))
    assert by_months(rising, on) == by_readings(rising, on)


def test_a_goal_met_in_the_middle_of_a_month_was_met_on_that_day() -> None:
    target = spec(accumulation=Accumulation.INCREMENTS)
    found = by_months(Ledger(target, (reading(5, 150), reading(10, 50), reading(40, 1))), day(60))
    assert (found.first_met_on, found.actual) == (day(10), Decimal(201))


def test_a_peak_within_a_month_meets_a_level() -> None:
    target = spec(accumulation=Accumulation.LEVEL)
    found = by_months(Ledger(target, (reading(5, 200), reading(10, 50))), day(60))
    assert (found.first_met_on, found.actual) == (day(5), Decimal(50))


def test_days_that_do_not_meet_it_name_no_day() -> None:
    assert met_days(spec(), Decimal(0), [a_day(1, 5)]) == MetDays()


def test_the_days_of_a_total_are_not_added_up() -> None:
    assert met_days(spec(), Decimal(100), [a_day(1, 150), a_day(2, 160)]) == MetDays()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((200, 210), MetDays(day(1), since=day(1))),
        ((200, 120, 210), MetDays(day(1), since=day(3))),
        ((200, 120, 130), MetDays(day(1), lowered_on=day(102))),
    ],
)
def test_a_total_stands_since_its_last_stretch_began(values: Sequence[int], expected: MetDays) -> None:
    days = [a_day(number, value) for number, value in enumerate(values, 1)]
    assert met_days(spec(), Decimal(0), days) == expected


def test_a_level_that_was_met_has_no_stretch() -> None:
    assert met_days(level(), Decimal(0), [a_day(1, 200), a_day(2, 10)]) == MetDays(day(1))


def a_day(number: int, value: int) -> DailyReading:
    """Return a day with one reading, which began to count a hundred days later."""
    return DailyReading(day(number), Decimal(value), Decimal(value), day(100 + number))


def test_a_month_without_an_edge_is_judged_by_its_last_value() -> None:
    assert met_in(spec(), Months([day(20), day(50)], [Decimal(199), Decimal(200)])) == 1


def test_a_sum_that_is_to_stay_low_is_judged_by_its_month_ends() -> None:
    ceiling = floor(accumulation=Accumulation.INCREMENTS, comparator=Comparator.AT_MOST)
    months = Months([day(20), day(50)], [Decimal(3), Decimal(4)])
    assert standing_of(ceiling, months, (), None, NEVER, evidenced=False, added_at_last=None).worst == 7


def test_months_of_a_ratio_are_taken_together() -> None:
    months = Months([day(20), day(50)], [Decimal(1), Decimal(98)], out_of=[Decimal(2), Decimal(98)])
    of_both = standing_of(
        spec(accumulation=Accumulation.RATIO), months, (), None, NEVER, evidenced=False, added_at_last=None
    )
    assert of_both.actual == 99


def test_evidence_comes_along() -> None:
    assert standing_of(
        spec(), Months([day(20)], [Decimal(3)]), (), None, NEVER, evidenced=True, added_at_last=None
    ).evidenced


@pytest.mark.parametrize("comparator", [Comparator.AT_MOST, Comparator.BELOW])
def test_what_is_reached_from_above_is_nearest_at_its_lowest(comparator: Comparator) -> None:
    target = spec(
        accumulation=Accumulation.LEVEL, comparator=comparator, value=Decimal(10), baseline=Decimal(50)
    )
    months = Months([day(20), day(50)], [Decimal(30), Decimal(30)], edges=[Decimal(12), Decimal(9)])
    assert met_in(target, months) == 1


def test_without_readings_only_stages_can_be_late() -> None:
    overdue = day(1) - timedelta(days=1)
    assert standing_of(
        spec(), Months([], []), (), overdue, NEVER, evidenced=False, added_at_last=None
    ) == Standing(overdue_since=overdue)
