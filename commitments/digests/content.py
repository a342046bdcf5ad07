"""What one weekly mail says, in the active language. Every number is one of the stored roll-ups."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..domain.aggregate import RANKS, WORST_FIRST
from ..domain.enums import Freshness, Status
from ..domain.periods import week_start
from ..formats import day, signed
from ..models import Agency, Commitment, Plan, Subscription
from ..rollups import read
from ..states import CommitmentState
from . import deadlines, status_lights
from .deadlines import Deadline
from .items import Line, line

SHOWN = 7
BEHIND = (Status.OFF_TRACK, Status.NOT_ACHIEVED, Status.NO_DATA)
DONE = (Status.ACHIEVED, Status.ACHIEVED_LATE)
# From the Sunday before the week that a Monday's mail looks back on. A mail that goes out late reaches
# further, so that no change falls between two mails.
LOOK_BACK = timedelta(days=8)


@dataclass(frozen=True)
class Count:
    """`change` is None where last week's figures were not kept."""

    light: status_lights.Light
    commitments: int
    change: int | None
    percent: int

    @property
    def difference(self) -> str:
        return signed(Decimal(self.change)) if self.change else ""


@dataclass(frozen=True)
class Move:
    line: Line
    before: status_lights.Light
    better: bool
    worse: bool


@dataclass(frozen=True)
class Digest:
    """`place` is the agency the mail is about or, for the whole plan, whose plan it is."""

    plan: str
    place: str
    whole_plan: bool
    week: str
    since: date
    compared: bool
    total: int
    off_track: int
    counts: Sequence[Count]
    moves: Sequence[Move]
    behind: Sequence[Line]
    done: Sequence[Line]
    reported: Sequence[Line]
    deadlines: Sequence[Deadline]
    late: Sequence[tuple[str, int]]
    assessed_on: date | None
    latest_on: date | None
    is_sample: bool

    @property
    def week_number(self) -> int:
        return int(self.week[-2:])

    @property
    def worst(self) -> Sequence[Line]:
        return self.behind[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.behind) - len(self.worst)

    @property
    def news(self) -> Sequence[Line]:
        return self.reported[:SHOWN]

    @property
    def more_news(self) -> int:
        return len(self.reported) - len(self.news)

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
    def reports_late(self) -> int:
        return sum(count for _agency, count in self.late)


def digest(subscription: Subscription, *, week: str, on: date) -> Digest:
    """The week's mail as of a day of the plan's calendar."""
    plan, agency = subscription.plan, subscription.agency
    states, since = _states(plan, agency), week_start(week) - LOOK_BACK
    before = read.kept(plan, since)
    movements = read.movements(states, before)
    compared = any(state.commitment.pk in before.commitments for state in states)
    statuses = Counter(Status(state.status) for state in states)
    behind = [state for state in states if state.status in BEHIND]
    told = {state.commitment.pk for state in (*behind, *(moved.now for moved in movements))}
    verdicts = [each.verdict for state in states for each in state.targets if each.verdict]
    return Digest(
        plan=str(plan),
        place=str(agency or plan.jurisdiction),
        whole_plan=agency is None,
        week=week,
        since=since,
        compared=compared,
        total=len(states),
        off_track=statuses[Status.OFF_TRACK],
        counts=_counts(statuses, movements, compared=compared),
        moves=[_move(moved) for moved in movements if moved.now.status not in DONE],
        behind=[line(state) for state in sorted(behind, key=lambda state: state.rank)],
        done=[line(moved.now) for moved in movements if moved.now.status in DONE],
        reported=_reported(plan, since, states, told),
        deadlines=deadlines.within(states, on),
        late=_late(states),
        assessed_on=max((state.verdict.assessed_on for state in states if state.verdict), default=None),
        latest_on=max((verdict.latest_on for verdict in verdicts if verdict.latest_on), default=None),
        is_sample=any(verdict.is_sample for verdict in verdicts),
    )


def _states(plan: Plan, agency: Agency | None) -> list[CommitmentState]:
    """The judged ones of the plan, or those that the agency leads or supports."""
    found = read.of_plan(plan).filter(rollup__isnull=False)
    if agency is None:
        return read.state(found)
    return read.state(found.filter(pk__in=Commitment.objects.of_agency(agency).values("pk")))


def _reported(plan: Plan, since: date, states: Iterable[CommitmentState], told: set[int]) -> list[Line]:
    """What has news that the mail does not tell elsewhere."""
    news = read.newly_counted(plan, since) - told
    return [line(state) for state in states if state.commitment.pk in news]


def _counts(now: Counter[Status], movements: Sequence[read.Movement], *, compared: bool) -> list[Count]:
    """Worst first. A status that lost its last commitment is still shown."""
    came = Counter(Status(moved.now.status) for moved in movements)
    left = Counter(Status(moved.before.status) for moved in movements)
    return [
        Count(
            status_lights.light(status),
            now[status],
            came[status] - left[status] if compared else None,
            100 * now[status] // now.total(),
        )
        for status in WORST_FIRST
        if now[status] or left[status]
    ]


def _move(moved: read.Movement) -> Move:
    before, now = Status(moved.before.status), Status(moved.now.status)
    rated = Status.DROPPED not in (before, now)
    return Move(
        line(moved.now),
        status_lights.light(before),
        better=rated and RANKS[now] > RANKS[before],
        worse=rated and RANKS[now] < RANKS[before],
    )


def _late(states: Iterable[CommitmentState]) -> list[tuple[str, int]]:
    """How many reports each lead agency is late with, most first."""
    late = [state for state in states if state.verdict and state.verdict.freshness == Freshness.LATE]
    return Counter(str(state.commitment.lead_agency) for state in late).most_common()
