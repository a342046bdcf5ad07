"""The contents of a plan's page, from the states of its commitments now or on a past day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import prefetch_related_objects

from ..domain.enums import DutyState, Scope, Status
from ..models import Agency, AuditRun, Plan, Priority
from ..presenters.charts import Segment, stacked
from ..presenters.status_tags import Tag, tag
from ..presenters.verdict_rows import CommitmentVerdictRow
from ..rollups import read
from ..rollups.read import Counts, Place
from .filters import Filters

WORST = (Status.NOT_ACHIEVED, Status.OFF_TRACK, Status.NO_DATA)
LONGEST_LIST = 8
# Shown even with a count of 0; the others only with a commitment in them.
ALWAYS = (Status.ACHIEVED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)


@dataclass(frozen=True)
class Tile:
    tag: Tag
    count: int


@dataclass(frozen=True)
class Section:
    title: str
    rows: Sequence[CommitmentVerdictRow]


@dataclass(frozen=True)
class PriorityGroup:
    """A priority with its counts over the whole plan, and its commitments that pass the filters."""

    priority: Priority
    total: int
    tiles: Sequence[Tile]
    bar: Sequence[Segment]
    sections: Sequence[Section]


@dataclass(frozen=True)
class PlanPage:
    plan: Plan
    filters: Filters
    total: int
    shown: int
    late: int
    tiles: Sequence[Tile]
    statuses: Sequence[Tag]
    bar: Sequence[Segment]
    groups: Sequence[PriorityGroup]
    worst: Sequence[CommitmentVerdictRow]
    agencies: Sequence[Agency]
    assessed_on: date | None
    assessed_at: datetime | None
    latest_on: date | None
    verified_at: datetime | None
    has_samples: bool
    as_of: date | None


def plan_page(plan: Plan, filters: Filters, *, as_of: date | None = None) -> PlanPage:
    """Build the page of a past day `as_of` of the plan's calendar, as known now; None stands for the stored state."""
    at = read.AsOf(plan, as_of) if as_of else read.NOW
    states = read.state(read.of_plan(plan), at)
    prefetch_related_objects([each.target for state in states for each in state.targets], "revisions")
    told = read.newest_words(plan, states, at)
    every = [CommitmentVerdictRow(state, told.get(state.commitment.pk)) for state in states]
    shown = [row for row in every if filters.fit(row.state)]
    counts = read.status_counts(states).get(None, {})
    verdicts = [state.verdict for state in states if state.verdict]
    tiles = _tiles(counts, ALWAYS)
    measured = [each.verdict for state in states for each in state.targets if each.verdict]
    return PlanPage(
        plan=plan,
        filters=filters,
        total=len(every),
        shown=len(shown),
        late=sum(verdict.report_state == DutyState.LATE for verdict in verdicts),
        tiles=tiles,
        statuses=_offer_statuses(tiles, filters.status),
        bar=stacked(counts),
        groups=_groups(read.status_counts(states, Scope.PRIORITY), every, shown),
        worst=_worst(every),
        agencies=_agencies(every),
        assessed_on=max((verdict.assessed_on for verdict in verdicts), default=None),
        assessed_at=max((verdict.assessed_at for verdict in verdicts if verdict.assessed_at), default=None),
        latest_on=max((verdict.latest_on for verdict in measured if verdict.latest_on), default=None),
        verified_at=None if as_of else _verified_at(plan),
        has_samples=any(verdict.is_sample for verdict in measured)
        or any(entry.is_sample for entry in told.values()),
        as_of=as_of,
    )


def _verified_at(plan: Plan) -> datetime | None:
    """Return the time of the last audit without a difference; None if there is none."""
    audit = AuditRun.objects.filter(plan=plan, differences=0, skipped=0).first()
    return audit.at if audit else None


def _tiles(counts: Mapping[Status, int], always: Sequence[Status] = ()) -> list[Tile]:
    return [
        Tile(tag(status), counts.get(status, 0))
        for status in Status
        if counts.get(status) or (counts and status in always)
    ]


def _offer_statuses(tiles: Sequence[Tile], chosen: str) -> list[Tag]:
    """Return the statuses to choose from: those shown, and the one already chosen."""
    codes = {tile.tag.code for tile in tiles} | {chosen}
    return [tag(status) for status in Status if status in codes]


def _groups(
    counts: Mapping[Place, Counts],
    every: Sequence[CommitmentVerdictRow],
    shown: Sequence[CommitmentVerdictRow],
) -> list[PriorityGroup]:
    priorities = {row.commitment.priority_id: row.commitment.priority for row in every}
    return [
        PriorityGroup(
            priority=priority,
            total=sum(row.commitment.priority_id == priority.pk for row in every),
            tiles=_tiles(counts.get(priority.pk, {})),
            bar=stacked(counts.get(priority.pk, {})),
            sections=_sections([row for row in shown if row.commitment.priority_id == priority.pk]),
        )
        for priority in sorted(priorities.values(), key=lambda priority: priority.position)
    ]


def _sections(of_priority: Sequence[CommitmentVerdictRow]) -> list[Section]:
    return [Section(title, list(found)) for title, found in groupby(of_priority, lambda row: row.section)]


def _worst(every: Sequence[CommitmentVerdictRow]) -> list[CommitmentVerdictRow]:
    found = [row for row in every if row.state.status in WORST]
    return sorted(found, key=lambda row: row.state.rank)[:LONGEST_LIST]


def _agencies(every: Sequence[CommitmentVerdictRow]) -> list[Agency]:
    """Return the lead agencies, in the order of the plan."""
    return list({row.commitment.lead_agency_id: row.commitment.lead_agency for row in every}.values())
