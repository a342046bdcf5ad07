"""The rules of docs/design.md once more, as slow and obvious as can be: fractions, loops over days, no
shortcuts.

It uses only words and plain records of the domain, none of its arithmetic. Both clocks are here: a day of
the plan's calendar (`on`), and the instant up to which the ledger was known (`known_at`, None for now).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import chinese_calendar

from commitments.domain.enums import (
    Accumulation,
    Comparator,
    Freshness,
    Goal,
    Reason,
    Status,
    TargetKind,
    TrajectoryKind,
)
from commitments.domain.periods import ReportingCalendar
from commitments.domain.status import Rules
from commitments.domain.targets import Revision, TargetSpec

ONE_DAY = timedelta(days=1)
TO_DATE = (Accumulation.RUNNING_TOTAL, Accumulation.LEVEL, Accumulation.RUNNING_RATIO)
UPWARDS = (Comparator.AT_LEAST, Comparator.ABOVE)


@dataclass(frozen=True)
class Entry:
    """A line of the ledger. It counts from `counted_from` up to, not including, `counted_until`.

    `stage` is the index of the stage that it reports done.
    """

    id: int
    effective_on: date
    value: Decimal
    denominator: Decimal | None = None
    stage: int | None = None
    counted_from: datetime | None = None
    counted_until: datetime | None = None
    includes_earlier: bool = False


@dataclass
class Judgement:
    actual: Decimal | None
    planned: Decimal
    progress: Decimal | None
    gap: Decimal | None
    status: Status
    reason: Reason
    freshness: Freshness
    worst: Decimal | None
    first_met_on: date | None
    overdue_since: date | None
    points: list[tuple[date, Fraction]]
    latest: list[int]
    standing_since: date | None
    has_left: bool


@dataclass
class Story:
    """The facts gathered on a walk through the days of a ledger."""

    actual: Fraction | None
    first_met_on: date | None
    worst: Fraction | None
    points: dict[tuple[int, int], tuple[date, Fraction]]
    latest: list[Entry]
    read: list[Entry]
    day_ends: dict[date, tuple[Fraction, Entry]]


def judgement(
    original: TargetSpec,
    revisions: Sequence[Revision],
    entries: Sequence[Entry],
    on: date,
    rules: Rules,
    calendar: ReportingCalendar,
    *,
    dropped: bool = False,
    known_at: datetime | None = None,
) -> Judgement:
    spec = in_force(original, revisions, on)
    known = counted(entries, known_at)
    story = walk(spec, known, on)
    overdue_since = oldest_open_stage(spec, known, on)
    course = planned_course(spec, on)
    if rules.method == 2 and is_ceiling(spec) and spec.trajectory == TrajectoryKind.HOLD:
        course = planned_course(spec._replace(trajectory=TrajectoryKind.LINEAR), on)
    expected, start = course[on], start_of(spec)
    if rules.method == 2 and spec.goal == Goal.FINAL and not is_ceiling(spec) and not gives_a_path(spec):
        expected = Fraction(spec.value)
    elif rules.method == 2 and spec.goal == Goal.FINAL and not is_ceiling(spec):
        expected = expected_from_the_first_point(spec, expected, on)
    if rules.method == 2 and is_ceiling(spec) and on == spec.starts_on:
        held = spec.trajectory == TrajectoryKind.HOLD
        line = spec._replace(trajectory=TrajectoryKind.LINEAR) if held else spec
        expected = planned_course(line, on + ONE_DAY)[on + ONE_DAY]
    progress = share_of_the_way(spec, story.actual)
    due = share_of_the_way(spec, expected)
    something_was_planned = on >= spec.starts_on and (
        spec.trajectory == TrajectoryKind.HOLD
        or on >= spec.due_on
        or any(value != start for value in course.values())
    )
    since = stands_since(spec, story, on) if rules.method == 2 else story.first_met_on
    status, reason = decide(
        spec,
        story,
        on,
        rules,
        calendar,
        overdue_since,
        progress,
        due,
        something_was_planned,
        expected,
        dropped,
        since,
    )
    has_ended = status in (Status.ACHIEVED, Status.ACHIEVED_LATE, Status.NOT_ACHIEVED, Status.DROPPED)
    return Judgement(
        actual=None if story.actual is None else beside_target(spec, story.actual),
        planned=half_up(expected, 4),
        progress=None if progress is None else half_up(clamp(progress, 10**6), 4),
        gap=None if progress is None or due is None else half_up(clamp((progress - due) * 100, 10**8), 2),
        status=status,
        reason=reason,
        freshness=Freshness.CURRENT if has_ended else freshness(spec, story, on, calendar, overdue_since),
        worst=None if story.worst is None else beside_target(spec, story.worst),
        first_met_on=story.first_met_on,
        overdue_since=overdue_since,
        points=list(story.points.values()) if spec.goal == Goal.REACH else [],
        latest=[entry.id for entry in story.latest],
        standing_since=since if rules.method == 2 and not dropped else None,
        has_left=rules.method == 2
        and spec.accumulation == Accumulation.LEVEL
        and story.first_met_on is not None
        and story.actual is not None
        and not meets(spec, story.actual),
    )


def beside_target(spec: TargetSpec, value: Fraction) -> Decimal:
    rounded = half_up(value, 4)
    if meets(spec, Fraction(rounded)) == meets(spec, value):
        return rounded
    step = Decimal("0.0001")
    return rounded - step if rounded > value else rounded + step


def counted(entries: Iterable[Entry], known_at: datetime | None = None) -> list[Entry]:
    """Return the entries that count now, or counted at an instant."""
    found = []
    for entry in entries:
        if entry.counted_from is None:
            continue
        if known_at is None:
            if entry.counted_until is None:
                found.append(entry)
            continue
        began = entry.counted_from <= known_at
        ended = entry.counted_until is not None and entry.counted_until <= known_at
        if began and not ended:
            found.append(entry)
    return found


def in_force(original: TargetSpec, revisions: Sequence[Revision], on: date) -> TargetSpec:
    """Return the terms in force: day by day, each revision replaces the earlier ones."""
    spec = original
    for day in days(min([original.starts_on, on, *(revision.effective_from for revision in revisions)]), on):
        for revision in revisions:
            if revision.effective_from == day:
                spec = spec._replace(value=revision.value, due_on=revision.due_on)
    return spec


def days(first: date, last: date) -> Iterable[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def is_rising(spec: TargetSpec) -> bool:
    return spec.band.rises if spec.band else spec.comparator in UPWARDS


def meets(spec: TargetSpec, value: Fraction) -> bool:
    target = Fraction(spec.value)
    if spec.band is not None:
        stays_above = value >= Fraction(spec.band.low) or (not spec.band.rises and not spec.band.within)
        stays_below = value <= Fraction(spec.band.high) or (spec.band.rises and not spec.band.within)
        return stays_above and stays_below
    if spec.comparator == Comparator.AT_LEAST:
        return value >= target
    if spec.comparator == Comparator.ABOVE:
        return value > target
    if spec.comparator == Comparator.AT_MOST:
        return value <= target
    return value < target


def start_of(spec: TargetSpec) -> Fraction:
    if spec.accumulation == Accumulation.LEVEL and spec.baseline is not None:
        return Fraction(spec.baseline)
    return Fraction(0)


def share_of_the_way(spec: TargetSpec, value: Fraction | None) -> Fraction | None:
    start, target = start_of(spec), Fraction(spec.value)
    if value is None or start == target or meets(spec, start):
        return None
    return (value - start) / (target - start)


def walk(spec: TargetSpec, entries: Sequence[Entry], on: date) -> Story:
    """Each day's readings in the order of their entries."""
    story = Story(None, None, None, {}, [], [], {})
    last = on if spec.goal == Goal.REACH else min(on, spec.due_on)
    total, out_of = Fraction(0), Fraction(0)
    for day in days(min((entry.effective_on for entry in entries), default=on), last):
        todays = sorted((entry for entry in entries if entry.effective_on == day), key=lambda entry: entry.id)
        for entry in todays:
            story.latest = [entry, *story.latest][:3]
            story.read.append(entry)
            if spec.accumulation in TO_DATE:
                look_at(spec, story, day, alone(entry))
            elif spec.accumulation == Accumulation.STAGES:
                assert entry.stage is not None
                total += Fraction(spec.stages[entry.stage].weight)
            elif spec.accumulation == Accumulation.INCREMENTS:
                total += Fraction(entry.value)
            else:
                assert entry.denominator
                total, out_of = total + Fraction(entry.value), out_of + Fraction(entry.denominator)
                keep_worst(spec, story, alone(entry))
        if todays and spec.accumulation in (Accumulation.INCREMENTS, Accumulation.STAGES):
            look_at(spec, story, day, total)
        if todays and spec.accumulation == Accumulation.RATIO:
            worst = story.worst
            look_at(spec, story, day, percent(total, out_of))
            story.worst = worst
        keep_day_end(story, day, todays)
    return story


def alone(entry: Entry) -> Fraction:
    value = Fraction(entry.value)
    return percent(value, Fraction(entry.denominator)) if entry.denominator else value


def keep_day_end(story: Story, day: date, todays: Sequence[Entry]) -> None:
    if todays:
        assert story.actual is not None
        story.day_ends[day] = (story.actual, todays[-1])


def stands_since(spec: TargetSpec, story: Story, on: date) -> date | None:
    """Return the day that counts by method 2: nothing counted up counts that was lowered again."""
    if story.first_met_on is None or spec.accumulation == Accumulation.LEVEL:
        return story.first_met_on
    since = None
    for day in days(story.first_met_on, on):
        if day in story.day_ends:
            holds = meets(spec, story.day_ends[day][0])
            since = None if not holds else day if since is None else since
    return since


def was_lowered_on(spec: TargetSpec, story: Story, on: date) -> date | None:
    """Return the day on which the reading began to count that ended the last stretch at the target."""
    if story.first_met_on is None or stands_since(spec, story, on) is not None:
        return None
    stood, lowering = True, None
    for day in days(story.first_met_on, on):
        if day in story.day_ends:
            value, entry = story.day_ends[day]
            holds = meets(spec, value)
            if stood and not holds:
                lowering = entry
            stood = holds
    assert lowering is not None
    assert lowering.counted_from is not None
    return lowering.counted_from.date()


def look_at(spec: TargetSpec, story: Story, day: date, value: Fraction) -> None:
    story.actual = value
    story.points[day.year, day.month] = (day, value)
    if spec.goal == Goal.REACH and story.first_met_on is None and meets(spec, value):
        story.first_met_on = day
    keep_worst(spec, story, value)


def keep_worst(spec: TargetSpec, story: Story, value: Fraction) -> None:
    if spec.goal != Goal.MAINTAIN:
        return
    if story.worst is None:
        story.worst = value
    story.worst = min(story.worst, value) if is_rising(spec) else max(story.worst, value)


def percent(numerator: Fraction, denominator: Fraction) -> Fraction:
    return Fraction(half_up(numerator / denominator * 100, 10))


def oldest_open_stage(spec: TargetSpec, entries: Sequence[Entry], on: date) -> date | None:
    oldest = None
    for index, stage in enumerate(spec.stages):
        done = any(entry.stage == index and entry.effective_on <= on for entry in entries)
        if not done and stage.due_on < on and (oldest is None or stage.due_on < oldest):
            oldest = stage.due_on
    return oldest


def planned_course(spec: TargetSpec, on: date) -> dict[date, Fraction]:
    """Return the value expected at the end of each day, up to the day."""
    start, target = start_of(spec), Fraction(spec.value)
    corners = {point.on: at_most_the_target(spec, Fraction(point.value)) for point in spec.checkpoints}
    expected, course = start, {}
    for day in days(min([on, spec.starts_on, *corners, *(stage.due_on for stage in spec.stages)]), on):
        if day >= spec.due_on or spec.trajectory == TrajectoryKind.HOLD:
            expected = target
        elif spec.trajectory == TrajectoryKind.STEP and spec.accumulation == Accumulation.STAGES:
            expected += sum(Fraction(stage.weight) for stage in spec.stages if stage.due_on == day)
        elif spec.trajectory == TrajectoryKind.STEP:
            expected = corners.get(day, expected)
        elif day > spec.starts_on:
            ahead = corners if spec.trajectory == TrajectoryKind.CHECKPOINTS else {}
            next_on, next_value = min(
                [(spec.due_on, target)]
                + [(at, value) for at, value in ahead.items() if day <= at < spec.due_on]
            )
            days_to_go = (next_on - day).days + 1
            expected += (next_value - expected) / days_to_go
        course[day] = expected
    return course


def expected_from_the_first_point(spec: TargetSpec, expected: Fraction, on: date) -> Fraction:
    """Expect nothing before the first checkpoint of a value with an unknown start, and begin the line there."""
    if spec.trajectory != TrajectoryKind.CHECKPOINTS or knows_its_start(spec) or on >= spec.due_on:
        return expected
    first = min(point for point in spec.checkpoints if point.on < spec.due_on)
    if on < first.on:
        return start_of(spec)
    later = spec._replace(starts_on=first.on, accumulation=Accumulation.LEVEL, baseline=first.value)
    return planned_course(later, on)[on]


def gives_a_path(spec: TargetSpec) -> bool:
    if spec.trajectory == TrajectoryKind.HOLD:
        return False
    if spec.trajectory == TrajectoryKind.LINEAR or all(point.on >= spec.due_on for point in spec.checkpoints):
        return knows_its_start(spec)
    return True


def knows_its_start(spec: TargetSpec) -> bool:
    if spec.accumulation in (Accumulation.RATIO, Accumulation.RUNNING_RATIO):
        return False
    return spec.accumulation != Accumulation.LEVEL or spec.baseline is not None


def at_most_the_target(spec: TargetSpec, value: Fraction) -> Fraction:
    """Cap an expectation: a goal to reach is never expected to be exceeded."""
    if spec.goal != Goal.REACH:
        return value
    target = Fraction(spec.value)
    return min(value, target) if is_rising(spec) else max(value, target)


def decide(  # noqa: C901 the whole table at a glance
    spec: TargetSpec,
    story: Story,
    on: date,
    rules: Rules,
    calendar: ReportingCalendar,
    overdue_since: date | None,
    progress: Fraction | None,
    due: Fraction | None,
    something_was_planned: bool,
    expected: Fraction,
    dropped: bool,
    since: date | None,
) -> tuple[Status, Reason]:
    if dropped:
        return Status.DROPPED, Reason.DROPPED
    if since is not None and since <= spec.due_on:
        return Status.ACHIEVED, Reason.REACHED_IN_TIME
    if since is not None:
        return Status.ACHIEVED_LATE, Reason.REACHED_LATE
    if story.actual is None and not something_was_planned:
        return Status.NOT_STARTED, Reason.NOTHING_PLANNED_YET
    if story.actual is None and calendar.official and on <= closing_day(calendar, spec.starts_on):
        return Status.NOT_STARTED, Reason.NOTHING_PUBLISHED_YET
    if story.actual is None:
        return Status.NO_DATA, Reason.NOTHING_REPORTED
    if rules.method == 2 and is_ceiling(spec):
        return use(spec, story.actual, rules, expected, is_over=on > closing_day(calendar, spec.due_on))
    if story.first_met_on is not None:
        if on > closing_day(calendar, spec.due_on):
            return Status.NOT_ACHIEVED, Reason.LOWERED_AGAIN
        return pace(spec, story.actual, rules, progress, due, expected)[0], Reason.LOWERED_AGAIN
    holds = meets(spec, story.actual)
    held = story.worst is None or meets(spec, story.worst)
    if on > closing_day(calendar, spec.due_on):
        if spec.goal == Goal.REACH:
            return Status.NOT_ACHIEVED, Reason.NOT_REACHED
        if spec.goal == Goal.MAINTAIN:
            return (
                (Status.ACHIEVED, Reason.KEPT_THROUGHOUT) if held else (Status.NOT_ACHIEVED, Reason.NOT_KEPT)
            )
        if holds:
            return Status.ACHIEVED, Reason.LAST_READING_MEETS
        return Status.NOT_ACHIEVED, Reason.LAST_READING_MISSES
    if spec.goal == Goal.MAINTAIN:
        if not holds:
            return Status.OFF_TRACK, Reason.BREACHED_NOW
        return (Status.ON_TRACK, Reason.KEPT_SO_FAR) if held else (Status.AT_RISK, Reason.BREACHED_BEFORE)
    if spec.goal == Goal.FINAL and rules.method == 2:
        return last(spec, story.actual, rules, progress, due, expected)
    if spec.goal == Goal.FINAL:
        if holds:
            return Status.ON_TRACK, Reason.LAST_READING_MEETS
        if not is_rising(spec):
            return Status.OFF_TRACK, Reason.LAST_READING_MISSES
        if story.actual > Fraction(rules.growth_floor):
            return Status.AT_RISK, Reason.ABOVE_FLOOR
        return Status.OFF_TRACK, Reason.BELOW_FLOOR
    if spec.kind == TargetKind.STAGES:
        if overdue_since is None:
            return Status.ON_TRACK, Reason.STAGES_IN_TIME
        if on <= overdue_since + timedelta(days=rules.stage_grace_days):
            return Status.AT_RISK, Reason.STAGE_OVERDUE
        return Status.OFF_TRACK, Reason.STAGE_LONG_OVERDUE
    return pace(spec, story.actual, rules, progress, due, expected)


def last(  # noqa: C901 the whole step at a glance
    spec: TargetSpec,
    actual: Fraction,
    rules: Rules,
    progress: Fraction | None,
    due: Fraction | None,
    expected: Fraction,
) -> tuple[Status, Reason]:
    """Judge a running target by its last reading, by method 2."""
    rising, target, ratio = is_rising(spec), Fraction(spec.value), Fraction(rules.at_risk_ratio)
    has_path = gives_a_path(spec) and progress is not None
    has_path = has_path and not (spec.band and spec.band.within)
    if spec.band and spec.band.within and not meets(spec, actual):
        # Beyond the far end it is missed from the other side.
        beyond = actual > spec.band.high if rising else actual < spec.band.low
        if beyond:
            target, rising = Fraction(spec.band.high if rising else spec.band.low), not rising
    if meets(spec, actual):
        return Status.ON_TRACK, Reason.LAST_READING_MEETS
    if spec.kind != TargetKind.GROWTH_RATE and has_path:
        return pace(spec, actual, rules, progress, due, expected)
    floor = Fraction(rules.growth_floor)
    lies_beyond_floor = target > floor if rising else target < -floor
    if spec.kind == TargetKind.GROWTH_RATE and rising == is_rising(spec) and lies_beyond_floor:
        if actual > floor if rising else actual < -floor:
            return Status.AT_RISK, Reason.ABOVE_FLOOR
        return Status.OFF_TRACK, Reason.BELOW_FLOOR
    if target != 0:
        limit = target * ratio if rising == (target > 0) else target / ratio
        if actual >= limit if rising else actual <= limit:
            return Status.AT_RISK, Reason.NEAR_TARGET
    assert rules.near_units is not None
    if spec.kind == TargetKind.COUNT and abs(actual - target) <= Fraction(rules.near_units):
        return Status.AT_RISK, Reason.UNITS_AWAY
    return Status.OFF_TRACK, Reason.LAST_READING_MISSES


def is_ceiling(spec: TargetSpec) -> bool:
    counted_up = spec.accumulation in (Accumulation.INCREMENTS, Accumulation.RUNNING_TOTAL)
    return counted_up and not is_rising(spec) and spec.value > 0


def use(
    spec: TargetSpec, used: Fraction, rules: Rules, allowed: Fraction, *, is_over: bool
) -> tuple[Status, Reason]:
    """Judge a ceiling by the mirror image of pace: what may be used, over what has been."""
    is_too_little = spec.band is not None and used < Fraction(spec.band.low)
    if is_too_little and is_over and not meets(spec, used):
        return Status.NOT_ACHIEVED, Reason.LAST_READING_MISSES
    if not is_too_little and not meets(spec, used):
        return Status.NOT_ACHIEVED if is_over else Status.OFF_TRACK, Reason.OVER_CEILING
    if is_over:
        return Status.ACHIEVED, Reason.CEILING_KEPT
    if used <= allowed / Fraction(rules.on_track_ratio):
        return Status.ON_TRACK, Reason.USED_IN_PACE
    if used <= allowed / Fraction(rules.at_risk_ratio):
        return Status.AT_RISK, Reason.USED_SLIGHTLY_FAST
    if (used - allowed) / Fraction(spec.value) * 100 < Fraction(rules.small_gap_points):
        return Status.AT_RISK, Reason.USED_SMALL_GAP
    if spec.kind == TargetKind.COUNT and used - allowed < 1:
        return Status.AT_RISK, Reason.USED_SMALL_GAP
    return Status.OFF_TRACK, Reason.USED_TOO_FAST


def pace(
    spec: TargetSpec,
    actual: Fraction,
    rules: Rules,
    progress: Fraction | None,
    due: Fraction | None,
    expected: Fraction,
) -> tuple[Status, Reason]:
    if progress is None or due is None:
        return Status.AT_RISK, Reason.NO_WAY_TO_GO
    if progress >= due or (due > 0 and progress / due >= Fraction(rules.on_track_ratio)):
        return Status.ON_TRACK, Reason.ON_PACE
    if due > 0 and progress / due >= Fraction(rules.at_risk_ratio):
        return Status.AT_RISK, Reason.SLIGHTLY_BEHIND
    if (due - progress) * 100 < Fraction(rules.small_gap_points):
        return Status.AT_RISK, Reason.SMALL_GAP
    if spec.kind == TargetKind.COUNT and abs(expected - actual) < 1:
        return Status.AT_RISK, Reason.SMALL_GAP
    return Status.OFF_TRACK, Reason.FAR_BEHIND


def freshness(
    spec: TargetSpec, story: Story, on: date, calendar: ReportingCalendar, overdue_since: date | None
) -> Freshness:
    if spec.accumulation == Accumulation.STAGES:
        if overdue_since is None:
            return Freshness.CURRENT
        return Freshness.DUE if on <= closing_day(calendar, overdue_since) else Freshness.LATE
    lowered_on = was_lowered_on(spec, story, on)
    missing = [
        last_of_period
        for first_of_period, last_of_period in periods(calendar, spec.starts_on, on)
        if first_of_period <= spec.due_on
        and not (lowered_on and first_of_period <= lowered_on)
        and not any(settles(spec, entry, first_of_period, last_of_period) for entry in story.read)
    ]
    if any(on > closing_day(calendar, last_of_period) for last_of_period in missing):
        return Freshness.LATE
    return Freshness.DUE if missing else Freshness.CURRENT


def settles(spec: TargetSpec, entry: Entry, first_of_period: date, last_of_period: date) -> bool:
    """Its own period always; an earlier one where it is a total or level, or says that it includes what was missed."""
    if first_of_period <= entry.effective_on <= last_of_period:
        return True
    is_total = spec.accumulation in TO_DATE
    return entry.effective_on > last_of_period and (is_total or entry.includes_earlier)


def periods(calendar: ReportingCalendar, starts_on: date, on: date) -> Iterable[tuple[date, date]]:
    """Return first and last day of each period over before the day, from the target's start on."""
    first = starts_on.replace(day=1)
    if calendar.joins_january and first.month == 2:
        first = first.replace(month=1)
    while (last := last_of_period(calendar, first)) < on:
        yield first, last
        first = last + ONE_DAY


def last_of_period(calendar: ReportingCalendar, day: date) -> date:
    while (day + ONE_DAY).month == day.month or (calendar.joins_january and day.month == 1):
        day += ONE_DAY
    return day


def closing_day(calendar: ReportingCalendar, day: date) -> date:
    """Return the last day on which the report for the day's period is in time."""
    due = last_of_period(calendar, day) + ONE_DAY
    while due.day != calendar.due_day:
        due += ONE_DAY
    latest = working_day(due, calendar.holidays) + timedelta(days=calendar.grace_days)
    return working_day(latest, calendar.holidays)


def working_day(day: date, holidays: str) -> date:
    while not is_worked(day, holidays):
        day += ONE_DAY
    return day


def is_worked(day: date, holidays: str) -> bool:
    if not holidays:
        return day.strftime("%a") not in ("Sat", "Sun")
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.strftime("%a") not in ("Sat", "Sun")


def clamp(value: Fraction, limit: int) -> Fraction:
    return max(Fraction(-limit), min(Fraction(limit), value))


def half_up(value: Fraction, places: int) -> Decimal:
    whole = int(abs(value) * 10**places + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)
