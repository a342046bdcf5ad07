"""Commitments with all facts that their judgement depends on, the ledger included, as the domain's plain values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby, repeat
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from ..domain.enums import (
    Accumulation,
    Comparator,
    Confidence,
    Goal,
    NarrativeFrequency,
    TargetKind,
    TrajectoryKind,
)
from ..domain.months import NEVER, DailyReading, MetDays, Months, days_after_it, met_days, met_in, standing_of
from ..domain.periods import Period, ReportingCalendar, month_start
from ..domain.readings import ADDED_UP, Reading, Standing, added_on_due_date, asks_the_due_date
from ..domain.status import Rules
from ..domain.submissions import (
    NO_FACTS,
    OpenStage,
    ReportFacts,
    Submission,
    WordsChoice,
    narrative_periods,
)
from ..domain.targets import BANDED, ZERO, Point, Stage, TargetSpec, Terms, band_of
from ..models import Commitment
from .sql.cases import (
    DAYS_NOW,
    DAYS_THEN,
    DUE_DATES_NOW,
    DUE_DATES_THEN,
    PARTS,
    READ_NOW,
    READ_THEN,
    REPORTS_NOW,
    REPORTS_THEN,
)
from .sql.run import FEW, column, fetch_rows, send

Row = tuple[Any, ...]
ALWAYS = "infinity"
DELETED = "a commitment was deleted while it was read; read again"
# The groups of columns of `sql.cases.READ`.
CONTEXT, COMMITMENT, TARGET = slice(0, 13), slice(13, 18), slice(18, None)


class PlanDuties(NamedTuple):
    """A plan's first and last day, and its choices about reports in words."""

    starts_on: date
    ends_on: date
    chosen: tuple[WordsChoice, ...]


class PlanContext(NamedTuple):
    """The rules in force and the reporting calendars of a plan on a day."""

    rules: Rules
    calendar: ReportingCalendar
    statistics: ReportingCalendar
    duties: PlanDuties

    def narrative_periods(self, on: date, of: TargetSpec | None = None) -> tuple[Period, ...]:
        """Return the periods for which words are owed about a staged target, or about a commitment."""
        first, last = (of.starts_on, of.due_on) if of else (self.duties.starts_on, self.duties.ends_on)
        return narrative_periods(self.duties.chosen, first, last, on)

    def calendar_of(self, kind: TargetKind) -> ReportingCalendar:
        """Return the calendar of a kind; published growth rates follow that of official statistics."""
        return self.statistics if kind == TargetKind.GROWTH_RATE else self.calendar


class TargetCase(NamedTuple):
    id: int
    headline: bool
    spec: TargetSpec
    standing: Standing
    is_sample: bool
    facts: ReportFacts = NO_FACTS


class CommitmentCase(NamedTuple):
    """A commitment with its targets; `stored_status` is that of the current roll-up, None before the first one.

    One that was dropped takes no more reports and owes none, also before the day from which it is dropped.
    """

    id: int
    context: PlanContext
    dropped: bool
    owner: Confidence | None
    supervision: Confidence | None
    stored_status: str | None
    targets: tuple[TargetCase, ...]
    facts: ReportFacts = NO_FACTS
    owes_reports: bool = True


class _TargetDraft(NamedTuple):
    """A target as read, before its standing is known."""

    id: int
    headline: bool
    spec: TargetSpec
    months: Months
    latest: tuple[Reading, ...]
    open_stages: tuple[OpenStage, ...]
    evidenced: bool
    is_sample: bool
    included_in: date | None


# Targets that have met their goal to reach, by id, each with the index of the month.
Met = dict[int, tuple[_TargetDraft, int]]


# Reports by the ids of their commitment and target.
Sent = dict[tuple[int, int | None], list[Submission]]


class _DayQueries(NamedTuple):
    """The questions about single days of few targets: since goals were first `met`, and due dates."""

    met: Met
    days: CursorWrapper | None
    due_dates: CursorWrapper | None


class _Batch(NamedTuple):
    """The rows of some commitments, with the answers still to come."""

    found: Sequence[Row]
    drafts: Sequence[_TargetDraft]
    days: _DayQueries
    reports: CursorWrapper


def read(
    commitments: Sequence[int],
    on: date,
    known_at: datetime | None = None,
    stated_by: datetime | None = None,
) -> list[CommitmentCase]:
    """Return the cases of commitments of one plan on a day of its calendar, as known now or at `known_at`.

    Only confidence `stated_by` an instant counts.

    It runs two statements. A day that cuts a stored month needs one more, and so does a goal to reach that has been
    met. A reading on the due date or later needs one too.
    """
    return next(read_in_turn([commitments], on, known_at, stated_by), [])


def read_in_turn(
    batches: Iterable[Sequence[int]],
    on: date,
    known_at: datetime | None = None,
    stated_by: datetime | None = None,
) -> Iterator[list[CommitmentCase]]:
    """Yield the cases of each batch, as `read` returns them."""
    # In a pipeline the server reads the next batch while the caller works on this one. Fetching one answer
    # waits for all queued ones. So each batch queues its queries, the parts of cut months aside, right after
    # a fetch.
    given = {"on": on, "known_at": known_at, "stated_by": stated_by or known_at or ALWAYS}
    turns = filter(None, batches)
    batch, asked = None, _ask(next(turns, ()), given)
    while asked:
        rows, reports = asked
        found = rows.fetchall()
        _check_context(found)
        asked = _ask(next(turns, ()), given)
        drafts = _cut([_draft(row[TARGET], on) for row in found if row[TARGET.start] is not None], on)
        days = _ask_days(drafts, known_at)
        if batch:
            yield _cases(batch, on)
        batch = _Batch(found, drafts, days, reports)
    if batch:
        yield _cases(batch, on)


def _ask(commitments: Sequence[int], given: dict[str, Any]) -> tuple[CursorWrapper, CursorWrapper] | None:
    """Ask for the rows of commitments and for their reports beside the figures that count."""
    if not commitments:
        return None
    statements = (READ_THEN, REPORTS_THEN) if given["known_at"] else (READ_NOW, REPORTS_NOW)
    those = given | {"commitments": column(commitments), "first": min(commitments)}
    rows, reports = (send(statement, those, prepare=True) for statement in statements)
    return rows, reports


def _check_context(found: Sequence[Row]) -> None:
    """Raise DoesNotExist if the first row lacks the plan's own columns."""
    # The plan's own columns are in the rows of the first commitment, which may just have been deleted.
    if not found or found[0][0] is None:
        raise Commitment.DoesNotExist(DELETED)


def _cases(batch: _Batch, on: date) -> list[CommitmentCase]:
    found, drafts, (met_goals, met_days, due_dates), reports = batch
    met, added = _met_days(met_goals, met_days), _added(drafts, due_dates)
    duties, sent = _reports(reports)
    context = _context(found[0][CONTEXT], duties)
    targets = (_target(draft, met.get(draft.id, NEVER), added.get(draft.id)) for draft in drafts)
    return [
        _commitment(list(of_one), context, targets, sent, on)
        for _, of_one in groupby(found, itemgetter(COMMITMENT.start))
    ]


def _reports(asked: CursorWrapper) -> tuple[PlanDuties, Sent]:
    """Return the plan's choices about words, and the reports beside the figures that count."""
    rows = asked.fetchall()
    if not rows:
        raise Commitment.DoesNotExist(DELETED)
    starts_on, ends_on, frequencies, days = rows[0][:4]
    chosen = tuple(map(WordsChoice, map(NarrativeFrequency, frequencies), days))
    sent: Sent = defaultdict(list)
    for commitment, target, *columns in (row[4:] for row in rows if row[4] is not None):
        sent[commitment, target].append(Submission(*columns))
    return PlanDuties(starts_on, ends_on, chosen), sent


def _commitment(
    of_one: Sequence[Row], context: PlanContext, targets: Iterator[TargetCase], sent: Sent, on: date
) -> CommitmentCase:
    """Build a case; `targets` come in the order of the rows, one for each row that has one."""
    commitment, dropped_on, owner, supervision, stored_status = of_one[0][COMMITMENT]
    words = tuple(sent.get((commitment, None), ()))
    own = [next(targets) for row in of_one if row[TARGET.start] is not None]
    return CommitmentCase(
        commitment,
        context,
        dropped_on is not None and dropped_on <= on,
        owner and Confidence(owner),
        supervision and Confidence(supervision),
        stored_status,
        tuple([_with_reports(each, context, sent.get((commitment, each.id), ()), words, on) for each in own]),
        NO_FACTS if own else ReportFacts(words, context.narrative_periods(on)),
        dropped_on is None,
    )


def _with_reports(
    target: TargetCase,
    context: PlanContext,
    sent: Sequence[Submission],
    words: Sequence[Submission],
    on: date,
) -> TargetCase:
    """Add a target's reports; what is said about the commitment is said about its staged targets."""
    if target.spec.accumulation == Accumulation.STAGES:
        periods = context.narrative_periods(on, target.spec)
        return target._replace(facts=ReportFacts((*sent, *words), periods, target.facts.open_stages))
    return target._replace(facts=ReportFacts(tuple(sent))) if sent else target


def _context(row: Row, duties: PlanDuties) -> PlanContext:
    *rules, due_day, statistics_day, grace_days, holidays, joins_january = row
    return PlanContext(
        Rules(*rules),
        ReportingCalendar(due_day, grace_days, holidays),
        ReportingCalendar(statistics_day, grace_days, holidays, official=True, joins_january=joins_january),
        duties,
    )


def _draft(row: Row, on: date) -> _TargetDraft:
    target, headline = row[:2]
    stages_on, done, stages = row[17], row[19], row[20]
    last_on, values, edges, out_of, is_sample, included_in = row[21:27]
    days, worths, ids, denominators, evidenced = row[27:]
    return _TargetDraft(
        target,
        headline,
        _spec(row[2:19]),
        Months(last_on or [], values or [], edges, out_of),
        tuple(map(Reading, days, worths, ids, denominators or repeat(None))) if days else (),
        open_stages(stages, stages_on, done, on) if stages_on else (),
        evidenced,
        bool(is_sample),
        included_in,
    )


def _spec(row: Row) -> TargetSpec:
    *words, direction = row[:6]
    *numbers, starts_on, due_on, baseline = row[6:13]
    points_on, points, stages_on, weights = row[13:]
    kind, accumulation, goal, comparator, trajectory = _words(*words)
    band = band_of(comparator, direction, Terms(*numbers)) if comparator in BANDED else None
    return TargetSpec(
        kind,
        accumulation,
        goal,
        comparator,
        numbers[0] if band is None else band.near,
        starts_on,
        due_on,
        trajectory,
        baseline,
        tuple(map(Point, points_on, points)) if points_on else (),
        tuple(map(Stage, stages_on, weights)) if stages_on else (),
        band,
    )


@cache
def _words(
    kind: str, accumulation: str, goal: str, comparator: str, trajectory: str
) -> tuple[TargetKind, Accumulation, Goal, Comparator, TrajectoryKind]:
    """Turn words into enums."""
    return (
        # There are few such words, and looking up an enum is slow.
        TargetKind(kind),
        Accumulation(accumulation),
        Goal(goal),
        Comparator(comparator),
        TrajectoryKind(trajectory),
    )


def open_stages(
    ids: Sequence[int], due: Sequence[date], done: Sequence[bool], on: date
) -> tuple[OpenStage, ...]:
    """Return the stages that were due before the day and are not done."""
    stages = zip(ids, due, done, strict=True)
    return tuple(OpenStage(stage, day) for stage, day, is_done in stages if day < on and not is_done)


def _cut(drafts: list[_TargetDraft], on: date) -> list[_TargetDraft]:
    """Replace the last stored month by its first part, if the target's last day lies within it."""
    cut = {
        draft.id: draft
        for draft in drafts
        if draft.months.last_on and draft.months.last_on[-1] > draft.spec.last_day(on)
    }
    if not cut:
        return drafts
    for draft in cut.values():
        draft.months.drop_last()
    untils = [draft.spec.last_day(on) for draft in cut.values()]
    given = {"targets": column(cut), "untils": column(untils)}
    for target, *part in fetch_rows(PARTS, given, prepare=len(cut) <= FEW):
        cut[target] = _with_part(cut[target], part)
    return [cut.get(draft.id, draft) for draft in drafts]


def _with_part(draft: _TargetDraft, part: Sequence[Any]) -> _TargetDraft:
    """Add the first part of the newest month."""
    is_sample, included_in, *month = part
    draft.months.append(*month)
    return draft._replace(
        is_sample=draft.is_sample or is_sample, included_in=included_in or draft.included_in
    )


def _met(drafts: Sequence[_TargetDraft]) -> Met:
    """Find the targets that have met their goal to reach, each with the index of the month in which it first did."""
    return {
        draft.id: (draft, index)
        for draft in drafts
        if (index := met_in(draft.spec, draft.months)) is not None
    }


def _ask_days(drafts: Sequence[_TargetDraft], known_at: datetime | None) -> _DayQueries:
    met = _met(drafts)
    at_last = [draft for draft in drafts if asks_the_due_date(draft.spec, draft.latest)]
    return _DayQueries(
        met,
        _ask_months(met, known_at) if met else None,
        _ask_due_dates(at_last, known_at) if at_last else None,
    )


def _ask_months(met: Met, known_at: datetime | None) -> CursorWrapper:
    given = {
        "targets": column(met),
        "firsts": column(month_start(draft.months.last_on[index]) for draft, index in met.values()),
        "lasts": column(
            draft.months.last_on[-1 if days_after_it(draft.spec) else index] for draft, index in met.values()
        ),
        "known_at": known_at,
    }
    return send(DAYS_THEN if known_at else DAYS_NOW, given, prepare=len(met) <= FEW)


def _ask_due_dates(drafts: Sequence[_TargetDraft], known_at: datetime | None) -> CursorWrapper:
    given = {
        "targets": column(draft.id for draft in drafts),
        "due_on": column(draft.spec.due_on for draft in drafts),
        "known_at": known_at,
    }
    return send(DUE_DATES_THEN if known_at else DUE_DATES_NOW, given, prepare=len(drafts) <= FEW)


def _met_days(met: Met, days: CursorWrapper | None) -> dict[int, MetDays]:
    """Return the days on which each target met its goal to reach."""
    found = days.fetchall() if days else ()
    return {
        target: _days_of(*met[target], [DailyReading(*row[1:]) for row in of_target])
        for target, of_target in groupby(found, key=lambda row: row[0])
    }


def _days_of(draft: _TargetDraft, index: int, days: Sequence[DailyReading]) -> MetDays:
    before = draft.months.values[:index] if draft.spec.accumulation in ADDED_UP else ()
    return met_days(draft.spec, sum(before, ZERO), days)


def _added(drafts: Sequence[_TargetDraft], due_dates: CursorWrapper | None) -> dict[int, Decimal | None]:
    found = due_dates.fetchall() if due_dates else ()
    specs = {draft.id: draft.spec for draft in drafts} if found else {}
    return {
        target: added_on_due_date(specs[target], added=added, last=last, before=before)
        for target, added, last, before in found
    }


def _target(draft: _TargetDraft, met: MetDays, added: Decimal | None) -> TargetCase:
    standing = standing_of(
        draft.spec,
        draft.months,
        draft.latest,
        min([stage.due_on for stage in draft.open_stages]) if draft.open_stages else None,
        met,
        evidenced=draft.evidenced,
        added_at_last=added,
        included_in=draft.included_in,
    )
    facts = ReportFacts(open_stages=draft.open_stages) if draft.open_stages else NO_FACTS
    return TargetCase(draft.id, draft.headline, draft.spec, standing, draft.is_sample, facts)
