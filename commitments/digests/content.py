"""The facts of one weekly mail, in the active language; each number is one of the stored roll-ups."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..domain.aggregate import RANKS, WORST_FIRST
from ..domain.enums import Freshness, Status
from ..domain.periods import week_start
from ..formats import day, signed
from ..models import Agency, Commitment, CommitmentSnapshot, Plan, Subscription, TargetRollup
from ..rollups import read
from . import deadlines, status_lights
from .deadlines import Deadline
from .items import DigestItem, build_item

SHOWN = 7
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
    counts: Sequence[DigestCount]
    moves: Sequence[DigestMove]
    behind: Sequence[DigestItem]
    done: Sequence[DigestItem]
    reported: Sequence[DigestItem]
    deadlines: Sequence[Deadline]
    late: Sequence[tuple[str, int]]
    assessed_on: date | None
    latest_on: date | None
    is_sample: bool

    @property
    def week_number(self) -> int:
        return int(self.week[-2:])

    @property
    def worst(self) -> Sequence[DigestItem]:
        return self.behind[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.behind) - len(self.worst)

    @property
    def news(self) -> Sequence[DigestItem]:
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


def compose_digest(subscription: Subscription, *, week: str, on: date) -> Digest:
    """Return the week's mail as of a day of the plan's calendar."""
    plan, agency = subscription.plan, subscription.agency
    commitments, since = _commitments(plan, agency), week_start(week) - LOOK_BACK
    movements = _movements(plan, since, commitments)
    compared = CommitmentSnapshot.objects.filter(commitment__in=commitments, on=since).exists()
    statuses = Counter(Status(commitment.rollup.status) for commitment in commitments)
    behind = [commitment for commitment in commitments if commitment.rollup.status in BEHIND]
    told = {commitment.pk for commitment in (*behind, *(moved.commitment for moved in movements))}
    rollups = [target.rollup for commitment in commitments for target in commitment.targets.all()]
    return Digest(
        plan=str(plan),
        place=str(agency or plan.jurisdiction),
        whole_plan=agency is None,
        week=week,
        since=since,
        compared=compared,
        total=len(commitments),
        off_track=statuses[Status.OFF_TRACK],
        counts=_counts(statuses, movements, compared=compared),
        moves=[_move(moved) for moved in movements if moved.now not in DONE],
        behind=[
            build_item(commitment) for commitment in sorted(behind, key=lambda commitment: commitment.rank)
        ],
        done=[build_item(moved.commitment) for moved in movements if moved.now in DONE],
        reported=_reported(plan, since, commitments, told),
        deadlines=deadlines.deadlines_within(commitments, on),
        late=_late(commitments),
        assessed_on=max((commitment.rollup.assessed_on for commitment in commitments), default=None),
        latest_on=_latest_on(rollups),
        is_sample=any(rollup.is_sample for rollup in rollups),
    )


def _commitments(plan: Plan, agency: Agency | None) -> list[Commitment]:
    """Return the plan's commitments, or those that the agency leads or supports."""
    found = read.commitments(plan)
    if agency is None:
        return list(found)
    return list(found.filter(pk__in=Commitment.objects.of_agency(agency).values("pk")))


def _movements(plan: Plan, since: date, commitments: Iterable[Commitment]) -> list[read.Movement]:
    known = {commitment.pk for commitment in commitments}
    return [moved for moved in read.movements(plan, since) if moved.commitment.pk in known]


def _reported(plan: Plan, since: date, commitments: Iterable[Commitment], told: set[int]) -> list[DigestItem]:
    """Return commitments with newly counted progress that the mail does not mention elsewhere."""
    news = read.newly_counted(plan, since) - told
    return [build_item(commitment) for commitment in commitments if commitment.pk in news]


def _latest_on(rollups: Iterable[TargetRollup]) -> date | None:
    return max((rollup.latest_on for rollup in rollups if rollup.latest_on), default=None)


def _counts(now: Counter[Status], movements: Sequence[read.Movement], *, compared: bool) -> list[DigestCount]:
    """Return the counts, worst status first; a status that lost its last commitment is still shown."""
    came, left = Counter(m.now for m in movements), Counter(m.before for m in movements)
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
    before, now = RANKS[moved.before], RANKS[moved.now]
    rated = Status.DROPPED not in (moved.before, moved.now)
    return DigestMove(
        build_item(moved.commitment),
        status_lights.light_of(moved.before),
        better=rated and now > before,
        worse=rated and now < before,
    )


def _late(commitments: Iterable[Commitment]) -> list[tuple[str, int]]:
    """Return the number of late reports of each lead agency, highest first."""
    late = Counter(str(c.lead_agency) for c in commitments if c.rollup.freshness == Freshness.LATE)
    return late.most_common()
