"""Properties of every judgement, for any promise and any reports."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commitments.domain.aggregate import WORST_FIRST
from commitments.domain.assessment import Assessment
from commitments.domain.enums import Accumulation, Freshness, Goal, Reason, Status, TargetKind
from commitments.domain.periods import ReportingCalendar
from commitments.domain.readings import Reading
from commitments.domain.status import Rules
from commitments.domain.targets import RATIOS, RISING, Point, Revision, in_force

from .cases import total_freshness
from .strategies import (
    AMOUNTS,
    CALENDARS,
    EVEN_NUMBERS,
    EVERY_NUMBER,
    ON,
    OPPOSITE,
    Ledger,
    leading_on,
    ledgers,
    rules,
)

ONE_DAY = timedelta(days=1)
LATENESS = (Freshness.LATE, Freshness.DUE, Freshness.CURRENT)
NOT_STAGED = tuple(word for word in Accumulation if word != Accumulation.STAGES)
ONE_BY_ONE = (Accumulation.RUNNING_TOTAL, Accumulation.LEVEL)
REACH = (Goal.REACH,)
SILENT = {Status.NO_DATA, Status.NOT_STARTED}
STATUS_OF = {
    Reason.DROPPED: {Status.DROPPED},
    Reason.REACHED_IN_TIME: {Status.ACHIEVED},
    Reason.REACHED_LATE: {Status.ACHIEVED_LATE},
    Reason.NOTHING_PLANNED_YET: {Status.NOT_STARTED},
    Reason.NOTHING_PUBLISHED_YET: {Status.NOT_STARTED},
    Reason.NOTHING_REPORTED: {Status.NO_DATA},
    Reason.KEPT_THROUGHOUT: {Status.ACHIEVED},
    Reason.NOT_KEPT: {Status.NOT_ACHIEVED},
    Reason.LAST_READING_MEETS: {Status.ACHIEVED, Status.ON_TRACK},
    Reason.LAST_READING_MISSES: {Status.NOT_ACHIEVED, Status.OFF_TRACK},
    Reason.NOT_REACHED: {Status.NOT_ACHIEVED},
    Reason.LOWERED_AGAIN: {Status.NOT_ACHIEVED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK},
    Reason.USED_IN_PACE: {Status.ON_TRACK},
    Reason.USED_SLIGHTLY_FAST: {Status.AT_RISK},
    Reason.USED_SMALL_GAP: {Status.AT_RISK},
    Reason.USED_TOO_FAST: {Status.OFF_TRACK},
    Reason.OVER_CEILING: {Status.OFF_TRACK, Status.NOT_ACHIEVED},
    Reason.CEILING_KEPT: {Status.ACHIEVED},
    Reason.BREACHED_NOW: {Status.OFF_TRACK},
    Reason.BREACHED_BEFORE: {Status.AT_RISK},
    Reason.KEPT_SO_FAR: {Status.ON_TRACK},
    Reason.ABOVE_FLOOR: {Status.AT_RISK},
    Reason.BELOW_FLOOR: {Status.OFF_TRACK},
    Reason.NEAR_TARGET: {Status.AT_RISK},
    Reason.UNITS_AWAY: {Status.AT_RISK},
    Reason.STAGES_IN_TIME: {Status.ON_TRACK},
    Reason.STAGE_OVERDUE: {Status.AT_RISK},
    Reason.STAGE_LONG_OVERDUE: {Status.OFF_TRACK},
    Reason.NO_WAY_TO_GO: {Status.AT_RISK},
    Reason.ON_PACE: {Status.ON_TRACK},
    Reason.SLIGHTLY_BEHIND: {Status.AT_RISK},
    Reason.SMALL_GAP: {Status.AT_RISK},
    Reason.FAR_BEHIND: {Status.OFF_TRACK},
}


def rank(assessment: Assessment) -> int:
    """Higher is better."""
    return WORST_FIRST.index(assessment.status)


def stands(assessment: Assessment) -> tuple[Status, Reason, Decimal | None, Decimal | None]:
    return assessment.status, assessment.reason, assessment.progress, assessment.gap


@settings(max_examples=500)
@given(ledgers(numbers=EVERY_NUMBER), ON, rules(), CALENDARS, st.booleans())
def test_every_target_has_exactly_one_status_on_every_day(
    ledger: Ledger, on: date, thresholds: Rules, calendar: ReportingCalendar, dropped: bool
) -> None:
    """No combination of words, no number that can be stored and no day stops the judgement or leaves it open."""
    found = ledger.assess(on, thresholds, calendar, dropped=dropped)
    assert found.status in STATUS_OF[found.reason]


@given(ledgers(numbers=EVERY_NUMBER), ON)
def test_every_number_can_be_stored(ledger: Ledger, on: date) -> None:
    found = ledger.assess(on)
    assert found.actual is None or abs(found.actual) < Decimal("1E+26")
    assert found.worst is None or abs(found.worst) < Decimal("1E+26")
    assert abs(found.planned) < Decimal("1E+16")
    assert found.progress is None or abs(found.progress) <= 1_000_000
    assert found.gap is None or abs(found.gap) <= 100_000_000


@given(ledgers(), ON, rules(), CALENDARS)
def test_silence_is_neither_green_nor_failure(
    ledger: Ledger, on: date, thresholds: Rules, calendar: ReportingCalendar
) -> None:
    found = ledger.assess(on, thresholds, calendar)
    assert (found.status in SILENT) == (found.actual is None)


@given(ledgers(), ON, st.randoms(use_true_random=False))
def test_the_order_in_which_entries_are_read_does_not_matter(
    ledger: Ledger, on: date, random: Random
) -> None:
    shuffled = random.sample(ledger.counted, len(ledger.counted))
    assert ledger._replace(counted=tuple(shuffled)).standing(on) == ledger.standing(on)


@settings(max_examples=300)
@given(ledgers(NOT_STAGED, least=1), ON, AMOUNTS, st.data())
def test_delivering_more_never_worsens_a_status_on_the_same_day(
    ledger: Ledger, on: date, more: Decimal, data: st.DataObject
) -> None:
    """Improve any one reading, of any kind and goal: higher for at_least, lower for at_most.

    For a ratio it is the numerator; the denominator stays.
    """
    index = data.draw(st.integers(0, len(ledger.counted) - 1))
    one = ledger.counted[index]
    better = one._replace(value=one.value + (more if ledger.spec.rises else -more))
    improved = (*ledger.counted[:index], better, *ledger.counted[index + 1 :])
    assert rank(ledger._replace(counted=improved).assess(on)) >= rank(ledger.assess(on))


@given(ledgers((Accumulation.INCREMENTS,), (Goal.REACH, Goal.FINAL), least=1), ON, AMOUNTS, st.data())
def test_one_more_increment_never_worsens_a_status(
    ledger: Ledger, on: date, more: Decimal, data: st.DataObject
) -> None:
    """Add an increment on any day to a sum that should rise, once a report exists.

    The first report of all may worsen the status: 0 of 76 is known to be far behind, silence was not. A
    goal to maintain is judged by every day's sum, and no sum can stay above a value from 0 on.
    """
    spec = ledger.spec._replace(comparator=data.draw(st.sampled_from(RISING)))
    ledger = ledger._replace(spec=spec)
    assume(ledger.standing(on).actual is not None)
    extra = Reading(data.draw(st.dates(spec.starts_on, spec.due_on)), more, len(ledger.counted) + 1)
    grown = ledger._replace(counted=(*ledger.counted, extra))
    assert rank(grown.assess(on)) >= rank(ledger.assess(on))


@given(ledgers(ONE_BY_ONE, least=1), ON, AMOUNTS)
def test_a_new_reading_no_worse_than_the_last_never_worsens_a_status(
    ledger: Ledger, on: date, more: Decimal
) -> None:
    last = ledger.standing(on).latest
    assume(last)
    value = last[0].value + (more if ledger.spec.rises else -more)
    newest = Reading(last[0].effective_on, value, len(ledger.counted) + 1)
    grown = ledger._replace(counted=(*ledger.counted, newest))
    assert rank(grown.assess(on)) >= rank(ledger.assess(on))


@given(ledgers((Accumulation.STAGES,)), ON, st.data())
def test_one_more_stage_done_never_worsens_a_status(ledger: Ledger, on: date, data: st.DataObject) -> None:
    assume(ledger.standing(on).actual is not None and None in ledger.done)
    index = data.draw(st.sampled_from([i for i, day in enumerate(ledger.done) if day is None]))
    day = data.draw(st.dates(ledger.spec.starts_on, ledger.spec.due_on))
    further = ledger._replace(done=(*ledger.done[:index], day, *ledger.done[index + 1 :]))
    assert rank(further.assess(on)) >= rank(ledger.assess(on))


@settings(max_examples=500)
@given(ledgers(goals=REACH).map(leading_on), ON, st.integers(1, 200), rules(), CALENDARS)
def test_time_alone_never_makes_a_goal_to_reach_better(
    ledger: Ledger, on: date, days: int, thresholds: Rules, calendar: ReportingCalendar
) -> None:
    """Compare a later day's status, with the same readings: it ranks no higher.

    Pace, silence, stages and the end all press on. The claim holds for plans that only lead forward. If
    checkpoints turn back, the plan asks for less as time goes by, and standing still is then rightly better
    than before. A goal to maintain, or decided at the end, gets better by ending.
    """
    later = on + timedelta(days=days)
    known = tuple(reading for reading in ledger.counted if reading.effective_on <= on)
    done = tuple(day if day and day <= on else None for day in ledger.done)
    same = ledger._replace(counted=known, done=done)
    before, after = (same.assess(day, thresholds, calendar) for day in (on, later))
    assert rank(after) <= rank(before)


@given(CALENDARS, ON, st.none() | ON, ON, st.integers(0, 200))
def test_time_alone_never_makes_a_report_more_punctual(
    calendar: ReportingCalendar, starts_on: date, latest_on: date | None, on: date, days: int
) -> None:
    before = total_freshness(calendar, starts_on, latest_on, on)
    after = total_freshness(calendar, starts_on, latest_on, on + timedelta(days=days))
    assert LATENESS.index(after) <= LATENESS.index(before)


@given(CALENDARS, ON, st.none() | ON, ON, st.integers(0, 200))
def test_a_newer_reading_never_makes_a_report_less_punctual(
    calendar: ReportingCalendar, starts_on: date, latest_on: date | None, on: date, days: int
) -> None:
    newer = (latest_on or starts_on) + timedelta(days=days)
    before, after = (total_freshness(calendar, starts_on, latest, on) for latest in (latest_on, newer))
    assert LATENESS.index(after) >= LATENESS.index(before)


@given(ledgers(), ON)
def test_readings_of_later_days_change_nothing_on_a_day(ledger: Ledger, on: date) -> None:
    known = tuple(reading for reading in ledger.counted if reading.effective_on <= on)
    assert ledger._replace(counted=known).assess(on) == ledger.assess(on)


@given(ledgers(NOT_STAGED, (Goal.MAINTAIN, Goal.FINAL)), st.integers(100, 600))
def test_what_the_end_decides_stays_decided(ledger: Ledger, days: int) -> None:
    closed = ledger.spec.due_on + timedelta(days=100)
    known = tuple(reading for reading in ledger.counted if reading.effective_on <= ledger.spec.due_on)
    settled = ledger._replace(counted=known).assess(closed)
    assert ledger.assess(ledger.spec.due_on + timedelta(days=days)).status == settled.status


@given(ledgers(NOT_STAGED, (Goal.REACH, Goal.MAINTAIN)), ON, rules(), CALENDARS)
def test_lower_is_better_is_the_mirror_image_of_higher_is_better(
    ledger: Ledger, on: date, thresholds: Rules, calendar: ReportingCalendar
) -> None:
    """Turn every number into its opposite, and every comparator round."""
    # Only final rates have a floor, and a ratio's denominator has no sign. An amount to stay under is used up
    # over time by method 2, and none counts down.
    assume(thresholds.method == 1 or not (ledger.spec.is_ceiling or mirrored(ledger).spec.is_ceiling))
    assert stands(mirrored(ledger).assess(on, thresholds, calendar)) == stands(
        ledger.assess(on, thresholds, calendar)
    )


def mirrored(ledger: Ledger) -> Ledger:
    opposite = _with_values(ledger, lambda value: -value)
    return opposite._replace(spec=opposite.spec._replace(comparator=OPPOSITE[ledger.spec.comparator]))


@given(ledgers(NOT_STAGED), ON, st.sampled_from([Decimal("0.1"), Decimal(10), Decimal(1000)]))
def test_the_unit_in_which_a_level_is_written_does_not_matter(
    ledger: Ledger, on: date, times: Decimal
) -> None:
    """Yuan or ten thousand yuan: the same status, progress and gap. A count is different: its unit cannot be split."""
    level = ledger._replace(spec=ledger.spec._replace(kind=TargetKind.LEVEL))
    assume(ledger.spec.accumulation not in RATIOS)
    other = _with_values(level, lambda value: value * times)
    assert stands(other.assess(on)) == stands(level.assess(on))


def _with_values(ledger: Ledger, change: Callable[[Decimal], Decimal]) -> Ledger:
    spec = ledger.spec
    changed = spec._replace(
        value=change(spec.value),
        baseline=None if spec.baseline is None else change(spec.baseline),
        checkpoints=tuple(Point(point.on, change(point.value)) for point in spec.checkpoints),
    )
    counted = tuple(reading._replace(value=change(reading.value)) for reading in ledger.counted)
    return ledger._replace(spec=changed, counted=counted)


@given(ledgers(), ON, st.integers(1, 400))
def test_a_target_reached_stays_reached_whatever_is_reported_of_later_days(
    ledger: Ledger, on: date, days: int
) -> None:
    assume(ledger.spec.goal == Goal.REACH)
    before, after = ledger.assess(on), ledger.assess(on + timedelta(days=days))
    if before.status in {Status.ACHIEVED, Status.ACHIEVED_LATE}:
        assert (after.status, after.reason) == (before.status, before.reason)


@given(ledgers(), ON)
def test_what_has_ended_owes_no_report_and_has_no_outlook(ledger: Ledger, on: date) -> None:
    found = ledger.assess(on)
    if found.status in {Status.ACHIEVED, Status.ACHIEVED_LATE, Status.NOT_ACHIEVED}:
        assert (found.freshness, found.forecast, found.required_pace) == (Freshness.CURRENT, None, None)


@given(
    EVEN_NUMBERS, st.lists(st.tuples(st.integers(1, 300), EVEN_NUMBERS), max_size=4, unique_by=lambda r: r[0])
)
def test_a_revision_changes_no_day_before_its_own(value: Decimal, changes: list[tuple[int, Decimal]]) -> None:
    first = date(2023, 1, 1)
    original = Revision(first, value, first)
    revisions = tuple(Revision(first + timedelta(days=day), changed, first) for day, changed in changes)
    for newest in revisions:
        older = tuple(revision for revision in revisions if revision.effective_from < newest.effective_from)
        known = tuple(revision for revision in revisions if revision.effective_from <= newest.effective_from)
        day_before = newest.effective_from - ONE_DAY
        assert in_force(original, known, day_before) == in_force(original, older, day_before)
        assert in_force(original, revisions, newest.effective_from) == newest
