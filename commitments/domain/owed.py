"""The reports that a target or commitment owes, and the state of that duty on a day."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from .enums import Accumulation, DutyState, Freshness
from .periods import Period, ReportingCalendar, complete_periods, month_start
from .readings import BY_PERIOD, Standing
from .submissions import NO_FACTS, OpenStage, ReportFacts, Submission
from .targets import TargetSpec

FRESHNESS = {DutyState.DUE: Freshness.DUE, DutyState.LATE: Freshness.LATE}
WORST_FIRST = {state: rank for rank, state in enumerate(reversed(DutyState))}


class ReportDuty(NamedTuple):
    """The duty to report on a day.

    `since` is the last day of the oldest period without its report, or the due day of an open stage. `due_on` is
    the day on which that report is due; for one that was returned, the last day in time. Both are None if
    nothing is owed.
    """

    state: DutyState
    since: date | None = None
    due_on: date | None = None

    @property
    def freshness(self) -> Freshness:
        """Return current, due or late; a report in review is current."""
        return FRESHNESS.get(self.state, Freshness.CURRENT)


class _Settling(NamedTuple):
    """Days and periods that reports beside the figures that count would settle.

    - `days`: of their figures.
    - `included`: first days of the months of figures that include all since the report before.
    - `without`: periods that are said to have no figure.
    """

    days: Sequence[date] = ()
    included: Sequence[date] = ()
    without: Set[Period] = frozenset()


class _Lacking(NamedTuple):
    """A report that is not there, with its due day and its last day in time."""

    since: date
    due_on: date
    closes_on: date


NOTHING_DUE = ReportDuty(DutyState.NOT_DUE)
REPORTED = ReportDuty(DutyState.REPORTED)
NOTHING_SENT = _Settling()


def report_duty(
    spec: TargetSpec,
    standing: Standing,
    calendar: ReportingCalendar,
    on: date,
    facts: ReportFacts = NO_FACTS,
    *,
    running: bool = True,
) -> ReportDuty:
    """Return a target's duty to report; one that has ended owes nothing, but a report may be in review.

    A report stays late until it is there: the next period's end makes nobody punctual again.
    """
    if not running:
        return _without_lack(facts.submissions, owed=False)
    if spec.accumulation == Accumulation.STAGES:
        return _of_stages(standing, calendar, on, facts)
    asked = _asked(spec, standing, calendar, on)
    missing = _unsettled(spec, standing, calendar, asked, facts.submissions)
    if not missing:
        return _without_lack(facts.submissions, owed=bool(asked))
    # Words alone stand for no figure, whether they were returned or not.
    figures = [each for each in facts.submissions if not each.in_words or each.no_figure]
    return _oldest_first([_of_period(period, calendar, figures) for period in missing], on)


def words_duty(calendar: ReportingCalendar, on: date, facts: ReportFacts) -> ReportDuty:
    """Return the duty to report of a commitment that has words only."""
    lacking = list(_periods_without_words(calendar, facts, ()))
    if lacking:
        return _oldest_first(lacking, on)
    return _without_lack(facts.submissions, owed=bool(facts.narrative_periods))


def worst_duty(duties: Iterable[ReportDuty]) -> ReportDuty:
    """Return the worst of several duties, the oldest among equals; nothing is due without any."""
    return min(
        duties, key=lambda duty: (WORST_FIRST[duty.state], duty.since or date.max), default=NOTHING_DUE
    )


def unsettled(
    spec: TargetSpec,
    standing: Standing,
    calendar: ReportingCalendar,
    on: date,
    submissions: Sequence[Submission] = (),
) -> list[Period]:
    """Return the periods, over before the day, that lack a figure, oldest first.

    A later total or level settles the periods before it. An amount or part of a ratio settles its own period, and
    those before it only where it includes all since the last report. While a target stood reached no report was
    due, up to the period in which its lowering began to count. A report in review settles as one that counts, and
    the word that there is no figure settles its own period.
    """
    asked = _asked(spec, standing, calendar, on)
    return _unsettled(spec, standing, calendar, asked, submissions)


def _asked(spec: TargetSpec, standing: Standing, calendar: ReportingCalendar, on: date) -> Sequence[Period]:
    """Return the periods, over before the day, for which a figure is owed."""
    over = complete_periods(calendar, spec.starts_on, spec.due_on, on)
    return _begun_after(standing.lowered_on, over) if standing.lowered_on else over


def _begun_after(day: date, periods: Sequence[Period]) -> Sequence[Period]:
    """Return the periods, oldest first, that begin after the day."""
    return periods[bisect_right(periods, day, key=attrgetter("first")) :]


def _unsettled(
    spec: TargetSpec,
    standing: Standing,
    calendar: ReportingCalendar,
    asked: Sequence[Period],
    submissions: Sequence[Submission],
) -> list[Period]:
    days, included, without = _settling(spec, calendar, submissions) if submissions else NOTHING_SENT
    if spec.accumulation not in BY_PERIOD:
        latest = max([standing.latest_on or date.min, *days])
        return [period for period in _begun_after(latest, asked) if period not in without]
    since = max([standing.included_in or date.min, *included])
    reported = {calendar.period_of(day) for day in (*standing.reported_on, *days)} | without
    return [period for period in asked if period.last >= since and period not in reported]


def _settling(spec: TargetSpec, calendar: ReportingCalendar, submissions: Sequence[Submission]) -> _Settling:
    settling = [each for each in submissions if each.settles_figure]
    # A figure that would not be judged settles nothing in review either.
    last = spec.last_day(date.max)
    figures = [each for each in settling if not each.no_figure and each.effective_on <= last]
    return _Settling(
        [each.effective_on for each in figures],
        [month_start(each.effective_on) for each in figures if each.includes_earlier],
        {calendar.period_of(each.effective_on) for each in settling if each.no_figure},
    )


def _of_stages(standing: Standing, calendar: ReportingCalendar, on: date, facts: ReportFacts) -> ReportDuty:
    """Return the duty of a staged target: its open stages, and the words owed between them."""
    stages_done = [on for on, _ in standing.month_ends]
    # A caller that names no stages has the oldest open one in the standing.
    oldest = [OpenStage(0, standing.overdue_since)] if standing.overdue_since else []
    open_stages = facts.open_stages or oldest
    lacking = [
        *_unreported(open_stages, calendar, facts),
        *_periods_without_words(calendar, facts, stages_done),
    ]
    if lacking:
        return _oldest_first(lacking, on)
    owed = bool(stages_done or open_stages or facts.narrative_periods)
    return _without_lack(facts.submissions, owed=owed)


def _unreported(
    open_stages: Sequence[OpenStage], calendar: ReportingCalendar, facts: ReportFacts
) -> Iterator[_Lacking]:
    """Yield the stages that were due, are neither done nor in review, and of which nothing was said since."""
    waiting = {each.stage for each in facts.submissions if each.waits}
    said = max(
        (each.effective_on for each in facts.submissions if each.in_words and each.is_live), default=date.min
    )
    for stage in open_stages:
        if stage.id not in waiting and stage.due_on > said:
            own = [
                each
                for each in facts.submissions
                if each.stage == stage.id or (each.in_words and each.effective_on >= stage.due_on)
            ]
            yield _lacking(stage.due_on, stage.due_on, calendar, own)


def _periods_without_words(
    calendar: ReportingCalendar, facts: ReportFacts, stages_done: Sequence[date]
) -> Iterator[_Lacking]:
    said = [*stages_done, *(each.effective_on for each in facts.submissions if each.is_live)]
    for period in facts.narrative_periods:
        if not any(period.first <= day <= period.last for day in said):
            yield _of_period(period, calendar, facts.submissions)


def _of_period(period: Period, calendar: ReportingCalendar, submissions: Sequence[Submission]) -> _Lacking:
    # Thousands of targets lack the same periods, and few of them have a report beside their figures.
    if not submissions:
        return _silence(calendar, period.last)
    own = [each for each in submissions if period.first <= each.effective_on <= period.last]
    return _lacking(period.last, calendar.due_on(period.last), calendar, own)


@lru_cache(maxsize=4096)
def _silence(calendar: ReportingCalendar, last: date) -> _Lacking:
    """Return the lack of a period about which nothing was sent."""
    return _lacking(last, calendar.due_on(last), calendar, ())


def _lacking(since: date, due_on: date, calendar: ReportingCalendar, own: Sequence[Submission]) -> _Lacking:
    """Return the lack of a report; one of its `own` that was returned is in time for a grace after it."""
    closes_on = calendar.closes_on(since)
    returned = max((each.returned_on for each in own if each.returned_on), default=None)
    extended = calendar.extended_to(returned) if returned else closes_on
    late = _Lacking(since, extended, extended)
    return late if extended > closes_on else _Lacking(since, due_on, closes_on)


def _oldest_first(lacking: Sequence[_Lacking], on: date) -> ReportDuty:
    """Return the duty by the oldest late report, else the oldest that is lacking."""
    late = [each for each in lacking if on > each.closes_on]
    oldest = min(late or lacking)
    return ReportDuty(DutyState.LATE if late else DutyState.DUE, oldest.since, oldest.due_on)


def _without_lack(submissions: Sequence[Submission], *, owed: bool) -> ReportDuty:
    if any(each.waits for each in submissions):
        return ReportDuty(DutyState.IN_REVIEW)
    return REPORTED if owed else NOTHING_DUE
