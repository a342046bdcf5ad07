"""Standings from months, equal to those from every single reading."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import assume, given

from commitments.domain.enums import Accumulation, Comparator, Goal
from commitments.domain.months import DailyReading, Months, first_met_on, met_in, standing_of
from commitments.domain.periods import month_start
from commitments.domain.readings import ADDED_UP, Reading, Standing, furthest, share
from commitments.domain.targets import RISING, TargetSpec

from .cases import day, floor, reading, spec
from .strategies import AMOUNTS, ON, Ledger, ledgers


def months_of(target: TargetSpec, readings: Sequence[Reading]) -> Months:
    """Compute the database's sums in plain Python."""
    ordered = sorted(readings, key=lambda each: (each.effective_on, each.entry))
    by_month = groupby(ordered, key=lambda each: month_start(each.effective_on))
    edged = target.accumulation == Accumulation.RATIO or target.accumulation not in ADDED_UP
    months = Months([], [], [] if edged else None, [])
    for _, of_one in by_month:
        months.append(*_month(target, list(of_one)))
    return months


def _month(target: TargetSpec, readings: Sequence[Reading]) -> tuple[date, Decimal, Decimal | None, Decimal]:
    last, summed = readings[-1], target.accumulation in ADDED_UP
    return (
        last.effective_on,
        sum((each.value for each in readings), Decimal(0)) if summed else last.value,
        _edge(target, readings),
        sum((each.denominator or Decimal(0) for each in readings), Decimal(0)),
    )


def _edge(target: TargetSpec, readings: Sequence[Reading]) -> Decimal | None:
    if target.accumulation == Accumulation.RATIO:
        return furthest(target)(share(each.value, each.denominator or Decimal(0)) for each in readings)
    if target.accumulation in ADDED_UP:
        return None
    highest = (target.goal == Goal.REACH) == (target.comparator in RISING)
    return (max if highest else min)(each.value for each in readings)


def days_of(target: TargetSpec, readings: Sequence[Reading]) -> list[DailyReading]:
    ordered = sorted(readings, key=lambda each: each.effective_on)
    nearest = max if target.comparator in RISING else min
    return [
        DailyReading(on, sum(values, Decimal(0)) if target.accumulation in ADDED_UP else nearest(values))
        for on, of_one in groupby(ordered, key=lambda each: each.effective_on)
        if (values := [each.value for each in of_one])
    ]


def by_months(ledger: Ledger, on: date) -> Standing:
    target = ledger.spec
    known = [each for each in ledger.readings if each.effective_on <= target.last_day(on)]
    months = months_of(target, known)
    index = met_in(target, months)
    met_on = None
    if index is not None:
        of_month = [
            each for each in known if month_start(each.effective_on) == month_start(months.last_on[index])
        ]
        carried = sum(months.values[:index], Decimal(0))
        met_on = first_met_on(target, carried, days_of(target, of_month))
    newest = sorted(known, key=lambda each: (each.effective_on, each.entry))[:-4:-1]
    return standing_of(
        target,
        months,
        tuple(newest),
        ledger.overdue_since(on),
        met_on,
        evidenced=False,
        added_at_last=ledger.standing(on).added_at_last,
        included_in=max(
            (month_start(each.effective_on) for each in known if each.entry in ledger.inclusive), default=None
        ),
    )


def is_accepted(target: TargetSpec) -> bool:
    """Tell whether the database's constraints allow the target."""
    if target.goal == Goal.REACH:
        from_above = target.comparator not in RISING
        return target.accumulation != Accumulation.RATIO and (
            not from_above or target.accumulation == Accumulation.LEVEL
        )
    kept_up = target.goal == Goal.MAINTAIN and target.comparator in RISING
    return not (target.accumulation == Accumulation.INCREMENTS and kept_up)


@given(ledgers(numbers=AMOUNTS), ON)
def test_months_say_what_the_readings_say(ledger: Ledger, on: date) -> None:
    assume(is_accepted(ledger.spec))
    assert by_months(ledger, on) == ledger.standing(on)


@given(ledgers((Accumulation.RUNNING_TOTAL, Accumulation.LEVEL)), ON)
def test_totals_and_levels_may_be_negative(ledger: Ledger, on: date) -> None:
    assume(is_accepted(ledger.spec))
    assert by_months(ledger, on) == ledger.standing(on)


def test_a_goal_met_in_the_middle_of_a_month_was_met_on_that_day() -> None:
    target = spec(accumulation=Accumulation.INCREMENTS)
    found = by_months(Ledger(target, (reading(5, 150), reading(10, 50), reading(40, 1))), day(60))
    assert (found.first_met_on, found.actual) == (day(10), Decimal(201))


def test_a_peak_within_a_month_meets_a_level() -> None:
    target = spec(accumulation=Accumulation.LEVEL)
    found = by_months(Ledger(target, (reading(5, 200), reading(10, 50))), day(60))
    assert (found.first_met_on, found.actual) == (day(5), Decimal(50))


def test_days_that_do_not_meet_it_name_no_day() -> None:
    assert first_met_on(spec(), Decimal(0), [DailyReading(day(1), Decimal(5))]) is None


def test_the_days_of_a_total_are_not_added_up() -> None:
    days = [DailyReading(day(1), Decimal(150)), DailyReading(day(2), Decimal(160))]
    assert first_met_on(spec(), Decimal(100), days) is None


def test_a_month_without_an_edge_is_judged_by_its_last_value() -> None:
    assert met_in(spec(), Months([day(20), day(50)], [Decimal(199), Decimal(200)])) == 1


def test_a_sum_that_is_to_stay_low_is_judged_by_its_month_ends() -> None:
    ceiling = floor(accumulation=Accumulation.INCREMENTS, comparator=Comparator.AT_MOST)
    months = Months([day(20), day(50)], [Decimal(3), Decimal(4)])
    assert standing_of(ceiling, months, (), None, None, evidenced=False, added_at_last=None).worst == 7


def test_months_of_a_ratio_are_taken_together() -> None:
    months = Months([day(20), day(50)], [Decimal(1), Decimal(98)], out_of=[Decimal(2), Decimal(98)])
    of_both = standing_of(
        spec(accumulation=Accumulation.RATIO), months, (), None, None, evidenced=False, added_at_last=None
    )
    assert of_both.actual == 99


def test_evidence_comes_along() -> None:
    assert standing_of(
        spec(), Months([day(20)], [Decimal(3)]), (), None, None, evidenced=True, added_at_last=None
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
        spec(), Months([], []), (), overdue, None, evidenced=False, added_at_last=None
    ) == Standing(overdue_since=overdue)
