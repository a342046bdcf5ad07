"""The facts of one weekly mail, in the active language; each number is one of the stored roll-ups."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from ..domain.aggregate import RANKS, WORST_FIRST
from ..domain.enums import Status
from ..domain.periods import week_start
from ..formats import day, days, signed
from ..models import Agency, Commitment, Plan, ProgressEntry, Subscription
from ..presenters.words import ReportedWords
from ..rollups import read
from ..states import CommitmentState
from . import deadlines, status_lights
from .deadlines import Deadline
from .items import DigestItem, build_item
from .late_reports import LateReport, late_reports

MOST_BEHIND, MOST_NEWS, MOST_LATE = 7, 7, 7
BEHIND = (Status.OFF_TRACK, Status.NOT_ACHIEVED, Status.NO_DATA)
DONE = (Status.ACHIEVED, Status.ACHIEVED_LATE)
# A Monday's mail looks back on its week from the Sunday before. A mail that goes out late reaches further,
# so that no change falls between two mails.
LOOK_BACK = timedelta(days=8)


@dataclass(frozen=True)
class DigestCount:
    """The number of commitments with a status; `change` is None if last week's figures were not kept."""

    light: status_lights.StatusLight
    commitments: int
    change: int | None
    percent: int

    @property
    def difference(self) -> str:
        return signed(Decimal(self.change)) if self.change else ""


@dataclass(frozen=True)
class DigestMove:
    line: DigestItem
    before: status_lights.StatusLight
    better: bool
    worse: bool


@dataclass(frozen=True)
class DigestWords:
    """A commitment with new words: the day they are about, and their first sentence."""

    line: DigestItem
    day: str
    first: str


@dataclass(frozen=True)
class Digest:
    """One weekly mail; `place` is its agency or, for the whole plan, the plan's place."""

    plan: str
    place: str
    whole_plan: bool
    week: str
    since: date
    compared: bool
    total: int
    off_track: int
    missed: int
    counts: Sequence[DigestCount]
    moves: Sequence[DigestMove]
    behind: Sequence[DigestItem]
    done: Sequence[DigestItem]
    reported: Sequence[DigestItem]
    told: Sequence[DigestWords]
    deadlines: Sequence[Deadline]
    late: Sequence[LateReport]
    assessed_on: date | None
    latest_on: date | None
    is_sample: bool

    @property
    def days(self) -> str:
        """Return the days that the mail looks back on: the whole week before its own."""
        monday = week_start(self.week)
        return days(monday - timedelta(days=7), monday - timedelta(days=1))

    @property
    def worst(self) -> Sequence[DigestItem]:
        return self.behind[:MOST_BEHIND]

    @property
    def more(self) -> int:
        return len(self.behind) - len(self.worst)

    @property
    def news(self) -> Sequence[DigestItem]:
        return self.reported[:MOST_NEWS]

    @property
    def more_news(self) -> int:
        return len(self.reported) - len(self.news)

    @property
    def newest_told(self) -> Sequence[DigestWords]:
        return self.told[:MOST_NEWS]

    @property
    def more_told(self) -> int:
        return len(self.told) - len(self.newest_told)

    @property
    def since_day(self) -> str:
        return day(self.since)

    @property
    def assessed_day(self) -> str:
        return day(self.assessed_on) if self.assessed_on else ""

    @property
    def latest_day(self) -> str:
        return day(self.latest_on) if self.latest_on else ""

    @property
    def longest_late(self) -> Sequence[LateReport]:
        return self.late[:MOST_LATE]

    @property
    def more_late(self) -> int:
        return len(self.late) - len(self.longest_late)


def compose_digest(subscription: Subscription, *, week: str, at: datetime) -> Digest:
    """Return the week's mail as of an instant."""
    plan, agency = subscription.plan, subscription.agency
    states, since = _states(plan, agency), week_start(week) - LOOK_BACK
    before = read.kept(plan, since)
    movements = read.movements(states, before)
    compared = any(state.commitment.pk in before.commitments for state in states)
    statuses = Counter(Status(state.status) for state in states)
    behind = [state for state in states if state.status in BEHIND]
    told = {state.commitment.pk for state in (*behind, *(moved.now for moved in movements))}
    words = read.newly_told(plan, since)
    verdicts = [each.verdict for state in states for each in state.targets if each.verdict]
    return Digest(
        plan=str(plan),
        place=agency.short_name if agency else str(plan.jurisdiction),
        whole_plan=agency is None,
        week=week,
        since=since,
        compared=compared,
        total=len(states),
        off_track=statuses[Status.OFF_TRACK],
        missed=statuses[Status.NOT_ACHIEVED],
        counts=_counts(statuses, movements, compared=compared),
        moves=[_move(moved) for moved in movements if moved.now.status not in DONE],
        behind=[build_item(state) for state in sorted(behind, key=lambda state: state.rank)],
        done=[build_item(moved.now) for moved in movements if moved.now.status in DONE],
        reported=_reported(plan, since, states, told),
        told=[_told(state, words[pk]) for state in states if (pk := state.commitment.pk) in words],
        deadlines=deadlines.deadlines_within(states, plan.day_at(at)),
        late=late_reports(states),
        assessed_on=max((state.verdict.assessed_on for state in states if state.verdict), default=None),
        latest_on=max((verdict.latest_on for verdict in verdicts if verdict.latest_on), default=None),
        is_sample=any(verdict.is_sample for verdict in verdicts)
        or any(words[pk].is_sample for state in states if (pk := state.commitment.pk) in words),
    )


def _states(plan: Plan, agency: Agency | None) -> list[CommitmentState]:
    """Return the plan's judged commitments, or those that the agency leads or supports."""
    found = read.of_plan(plan).filter(rollup__isnull=False)
    if agency is None:
        return read.state(found)
    return read.state(found.filter(pk__in=Commitment.objects.of_agency(agency).values("pk")))


def _reported(plan: Plan, since: date, states: Iterable[CommitmentState], told: set[int]) -> list[DigestItem]:
    """Return commitments with newly counted progress that the mail does not mention elsewhere."""
    news = read.newly_counted(plan, since) - told
    return [build_item(state) for state in states if state.commitment.pk in news]


def _told(state: CommitmentState, entry: ProgressEntry) -> DigestWords:
    return DigestWords(build_item(state), day(entry.effective_on), ReportedWords(entry).first)


def _counts(now: Counter[Status], movements: Sequence[read.Movement], *, compared: bool) -> list[DigestCount]:
    """Return the counts, worst status first; a status that lost its last commitment is still shown."""
    came = Counter(Status(moved.now.status) for moved in movements)
    left = Counter(Status(moved.before.status) for moved in movements)
    return [
        DigestCount(
            status_lights.light_of(status),
            now[status],
            came[status] - left[status] if compared else None,
            100 * now[status] // now.total(),
        )
        for status in WORST_FIRST
        if now[status] or left[status]
    ]


def _move(moved: read.Movement) -> DigestMove:
    before, now = Status(moved.before.status), Status(moved.now.status)
    rated = Status.DROPPED not in (before, now)
    return DigestMove(
        build_item(moved.now),
        status_lights.light_of(before),
        better=rated and RANKS[now] > RANKS[before],
        worse=rated and RANKS[now] < RANKS[before],
    )
