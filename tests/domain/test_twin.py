"""The domain against its slow, obvious twin (tests/oracles/judgement.py), on both clocks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.domain.aggregate import WORST_FIRST, TargetVerdict, commitment_verdict
from commitments.domain.assessment import assess
from commitments.domain.enums import Accumulation, DutyState, Goal, Reason, Status
from commitments.domain.flags import Flag
from commitments.domain.owed import ReportDuty
from commitments.domain.periods import ReportingCalendar
from commitments.domain.readings import Reading, Standing, standing
from commitments.domain.status import Rules
from commitments.domain.targets import Revision, TargetSpec, in_force
from tests.oracles.judgement import Entry, closing_day, counted, half_up, judgement, planned_course, start_of

from .cases import CALENDAR
from .strategies import (
    AMOUNTS,
    CALENDARS,
    EVEN_NUMBERS,
    ON,
    SMALLEST,
    Ledger,
    banded_ledgers,
    ledgers,
    rules,
    specs,
)

YEAR = datetime(2023, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 40).map(lambda number: YEAR + timedelta(hours=number))
ADDED_UP = (Accumulation.INCREMENTS, Accumulation.RATIO)
COUNTED = (Accumulation.INCREMENTS, Accumulation.RUNNING_TOTAL, Accumulation.LEVEL)
NOT_STAGED = (*ADDED_UP, Accumulation.RUNNING_TOTAL, Accumulation.LEVEL, Accumulation.RUNNING_RATIO)


@st.composite
def lives(draw: st.DrawFn, ledger: Ledger) -> list[Entry]:
    """Every reading as an entry with a life: waiting, counted, returned before it counted, or ended since."""
    stages = [_done(index, day) for index, day in enumerate(ledger.done) if day]
    return [_with_a_life(draw, entry) for entry in [*stages, *map(_entry, ledger.counted)]]


def _done(stage: int, on: date) -> Entry:
    return Entry(stage + 1, on, Decimal(1), stage=stage, counted_from=YEAR)


def _entry(reading: Reading) -> Entry:
    """Every third one of what is reported period by period includes all before it."""
    return Entry(
        reading.entry,
        reading.effective_on,
        reading.value,
        reading.denominator,
        counted_from=YEAR,
        includes_earlier=reading.entry % 3 == 0,
    )


def _with_a_life(draw: st.DrawFn, entry: Entry) -> Entry:
    began, ended = draw(INSTANTS | st.none()), draw(st.none() | INSTANTS)
    if began and ended:
        began, ended = min(began, ended), max(began, ended)
    return replace(entry, counted_from=began, counted_until=ended)


REVISIONS = st.lists(
    st.builds(Revision, ON, EVEN_NUMBERS, ON), max_size=2, unique_by=lambda revision: revision.effective_from
)


def as_read(spec: TargetSpec, entries: Sequence[Entry]) -> list[Reading]:
    return [
        Reading(
            e.effective_on, e.value if e.stage is None else spec.stages[e.stage].weight, e.id, e.denominator
        )
        for e in entries
    ]


def overdue_since(spec: TargetSpec, entries: Sequence[Entry], on: date) -> date | None:
    done = {entry.stage for entry in entries if entry.effective_on <= on}
    late = [s.due_on for index, s in enumerate(spec.stages) if index not in done and s.due_on < on]
    return min(late, default=None)


@settings(max_examples=500)
@given(ledgers(), ON, rules(), CALENDARS)
def test_the_domain_says_what_its_twin_says(
    ledger: Ledger, on: date, thresholds: Rules, calendar: ReportingCalendar
) -> None:
    stages = [_done(index, day) for index, day in enumerate(ledger.done) if day]
    _agree(ledger.spec, [], [*stages, *map(_entry, ledger.counted)], on, thresholds, calendar)


@settings(max_examples=300)
@given(banded_ledgers(), ON, rules(), CALENDARS)
def test_on_targets_about_a_value_or_within_a_range_too(
    ledger: Ledger, on: date, thresholds: Rules, calendar: ReportingCalendar
) -> None:
    _agree(ledger.spec, [], list(map(_entry, ledger.counted)), on, thresholds, calendar)


@settings(max_examples=200)
@given(ledgers(), REVISIONS, st.data(), ON, rules(), st.none() | INSTANTS, st.booleans())
def test_on_both_clocks_and_under_revisions_too(
    ledger: Ledger,
    revisions: list[Revision],
    data: st.DataObject,
    on: date,
    thresholds: Rules,
    known_at: datetime | None,
    dropped: bool,
) -> None:
    if ledger.spec.accumulation == Accumulation.STAGES:
        revisions = [revision._replace(value=ledger.spec.value) for revision in revisions]
    entries = data.draw(lives(ledger))
    _agree(ledger.spec, revisions, entries, on, thresholds, CALENDAR, known_at=known_at, dropped=dropped)


def _agree(
    original: TargetSpec,
    revisions: Sequence[Revision],
    entries: Sequence[Entry],
    on: date,
    rules: Rules,
    calendar: ReportingCalendar,
    *,
    known_at: datetime | None = None,
    dropped: bool = False,
) -> None:
    twin = judgement(original, revisions, entries, on, rules, calendar, known_at=known_at, dropped=dropped)
    spec, known = _revised(original, revisions, on), counted(entries, known_at)
    inclusive = [entry.id for entry in known if entry.includes_earlier]
    counted_on = {entry.id: entry.counted_from.date() for entry in known if entry.counted_from}
    found = standing(
        spec,
        as_read(spec, known),
        on,
        overdue_since(spec, known, on),
        inclusive=inclusive,
        counted_on=counted_on,
    )
    verdict = assess(spec, found, on=on, rules=rules, calendar=calendar, dropped=dropped)
    assert (verdict.status, verdict.reason, verdict.freshness) == (twin.status, twin.reason, twin.freshness)
    assert (verdict.actual, verdict.planned, verdict.worst) == (twin.actual, twin.planned, twin.worst)
    assert (verdict.progress, verdict.gap) == (twin.progress, twin.gap)
    assert (found.first_met_on, found.overdue_since) == (twin.first_met_on, twin.overdue_since)
    assert (verdict.standing_since, Flag.LEFT_AGAIN in verdict.flags) == (twin.standing_since, twin.has_left)
    assert [tuple(point) for point in found.month_ends] == twin.points
    assert [reading.entry for reading in found.latest] == twin.latest


@given(CALENDARS, st.dates(date(2003, 1, 1), date(2040, 12, 31)))
def test_reports_close_on_the_twins_day(calendar: ReportingCalendar, day: date) -> None:
    """Holidays of years that are known, plain weekends before and after them."""
    assert calendar.closes_on(day) == closing_day(calendar, day)


@settings(max_examples=300)
@given(specs(COUNTED, (Goal.REACH,)), rules(), st.data())
def test_at_and_around_every_threshold_too(spec: TargetSpec, thresholds: Rules, data: st.DataObject) -> None:
    """A reading on a threshold of pace, a ten-thousandth of a unit above or below it."""
    on = spec.starts_on + timedelta(days=data.draw(st.integers(0, (spec.due_on - spec.starts_on).days)))
    threshold = data.draw(st.sampled_from(thresholds_of(spec, thresholds, on)))
    value = half_up(threshold, 4) + data.draw(st.sampled_from([Decimal(0), SMALLEST, -SMALLEST]))
    entry = Entry(1, on, value, counted_from=YEAR)
    twin = judgement(spec, [], [entry], on, thresholds, CALENDAR)
    found = assess(
        spec, standing(spec, as_read(spec, [entry]), on), on=on, rules=thresholds, calendar=CALENDAR
    )
    assert (found.status, found.reason, found.gap) == (twin.status, twin.reason, twin.gap)


def thresholds_of(spec: TargetSpec, rules: Rules, on: date) -> list[Fraction]:
    """In the target's unit."""
    start, expected = start_of(spec), planned_course(spec, on)[on]
    way = Fraction(spec.value) - start
    towards = 1 if way > 0 else -1
    return [
        expected,
        start + (expected - start) * Fraction(rules.on_track_ratio),
        start + (expected - start) * Fraction(rules.at_risk_ratio),
        expected - way * Fraction(rules.small_gap_points) / 100,
        expected - towards,
    ]


def _revised(spec: TargetSpec, revisions: Sequence[Revision], on: date) -> TargetSpec:
    current = in_force(Revision(spec.starts_on, spec.value, spec.due_on), tuple(revisions), on)
    return spec._replace(value=current.value, due_on=current.due_on)


WORST_FIRST_TO_REPORT = (
    DutyState.LATE,
    DutyState.DUE,
    DutyState.IN_REVIEW,
    DutyState.REPORTED,
    DutyState.NOT_DUE,
)
VERDICTS = st.lists(
    st.builds(
        TargetVerdict,
        st.integers(1, 99),
        st.booleans(),
        st.sampled_from(WORST_FIRST),
        st.sampled_from(Reason),
        st.builds(ReportDuty, st.sampled_from(DutyState)),
        st.none() | AMOUNTS,
    ),
    max_size=5,
    unique_by=lambda verdict: verdict.target,
)


@given(VERDICTS, st.booleans())
def test_a_commitment_is_as_good_as_its_worst_headline_target(
    targets: list[TargetVerdict], dropped: bool
) -> None:
    found = commitment_verdict(targets, dropped=dropped)
    headline = [target for target in targets if target.headline]
    if dropped or not headline:
        assert found.status == (Status.DROPPED if dropped else Status.NOT_RATED)
        return
    for rank in WORST_FIRST:
        of_rank = [target for target in headline if target.status == rank]
        if of_rank:
            break
    known = [target.gap for target in of_rank if target.gap is not None]
    furthest = [target for target in of_rank if not known or target.gap == min(known)]
    decides = min(furthest, key=lambda target: target.target)
    assert found[:2] == (decides.status, decides.reason)
    assert found.decided_by == decides.target
    states = {target.duty.state for target in targets}
    assert found.duty.state == next(state for state in WORST_FIRST_TO_REPORT if state in states)


@given(ledgers(), st.data(), INSTANTS, ON)
def test_what_was_known_then_never_changes(
    ledger: Ledger, data: st.DataObject, known_at: datetime, on: date
) -> None:
    """Leave the facts known at an instant untouched by later changes."""
    entries = data.draw(lives(ledger))
    later = [_from_then_on(entry, known_at, data.draw(st.booleans())) for entry in entries]
    stage = 0 if ledger.spec.stages else None
    new = Entry(99, on, Decimal(1), Decimal(1), stage, known_at + timedelta(hours=1))
    known = as_read(ledger.spec, counted(entries, known_at))
    assert as_read(ledger.spec, counted([*later, new], known_at)) == known


def _from_then_on(entry: Entry, known_at: datetime, ends: bool) -> Entry:
    """Return the entry after a possible later change: approved, or ended."""
    after = known_at + timedelta(minutes=1)
    if entry.counted_from is None and entry.counted_until is None:
        return replace(entry, counted_from=after)
    if entry.counted_from and entry.counted_from <= known_at and entry.counted_until is None and ends:
        return replace(entry, counted_until=after)
    return entry


@given(ledgers(NOT_STAGED), st.data(), ON)
def test_correcting_and_correcting_again_equals_having_recorded_it_right(
    ledger: Ledger, data: st.DataObject, on: date
) -> None:
    """Correct an entry twice, for totals and levels with one reading a day.

    A correction is a later entry, and of two entries of a day the later one stands.
    """
    right = list(ledger.counted)
    if ledger.spec.accumulation not in ADDED_UP:
        right = list({reading.effective_on: reading for reading in right}.values())
    history = [entry for reading in right for entry in _corrected(data, reading)]
    corrected = as_read(ledger.spec, counted(history))
    assert _facts_of(standing(ledger.spec, corrected, on)) == _facts_of(standing(ledger.spec, right, on))


def _corrected(data: st.DataObject, right: Reading) -> list[Entry]:
    """Return the entries that lead to a right one; each wrong one counts until the next."""
    wrong = data.draw(st.lists(st.tuples(ON, EVEN_NUMBERS), max_size=3))
    versions = [*wrong, (right.effective_on, right.value)]
    last = len(versions) - 1
    return [
        Entry(
            id=right.entry * 10 + version,
            effective_on=on,
            value=value,
            denominator=right.denominator,
            counted_from=YEAR + timedelta(days=version),
            counted_until=None if version == last else YEAR + timedelta(days=version + 1),
        )
        for version, (on, value) in enumerate(versions)
    ]


def _facts_of(found: Standing) -> Standing:
    """Without the entries' numbers, by which corrections differ."""
    return found._replace(latest=tuple(reading._replace(entry=0) for reading in found.latest))
