"""The rows of a plan file, after reading; `line` is the row's line in its file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...domain.enums import (
    Accumulation,
    Comparability,
    Comparator,
    Direction,
    DueBasis,
    Goal,
    Kind,
    Tier,
    TrajectoryKind,
)


@dataclass(frozen=True)
class JurisdictionRow:
    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class RuleSetRow:
    """Thresholds of one version: ratios are fractions, the gap percentage points, the grace days."""

    version: str
    on_track_ratio: Decimal
    at_risk_ratio: Decimal
    small_gap_points: Decimal
    stage_grace_days: int
    growth_floor: Decimal


@dataclass(frozen=True)
class PlanRow:
    code: str
    year: int
    title: str
    title_en: str
    starts_on: date
    ends_on: date
    time_zone: str
    review_required: bool
    reporting_due_day: int
    statistics_due_day: int
    reporting_grace_days: int


@dataclass(frozen=True)
class SourceRow:
    """A source document; `characters` counts Unicode code points of the whole text.

    `sha256` is the digest of the file.
    """

    key: str
    title: str
    publisher: str
    published_on: date | None
    sha256: str
    characters: int


@dataclass(frozen=True)
class AgencyRow:
    line: int
    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class PriorityRow:
    line: int
    code: str
    title: str
    title_en: str


@dataclass(frozen=True)
class CommitmentRow:
    line: int
    code: str
    priority: str
    section: str
    section_en: str
    title: str
    title_en: str
    tier: Tier
    lead_agency: str
    supporting_agencies: tuple[str, ...]
    source: str
    char_start: int
    char_end: int
    note: str
    note_en: str


@dataclass(frozen=True)
class TargetRow:
    line: int
    code: str
    commitment: str
    headline: bool
    title: str
    title_en: str
    kind: Kind
    accumulation: Accumulation
    direction: Direction
    goal: Goal
    comparator: Comparator
    value: Decimal
    unit: str
    unit_en: str
    starts_on: date
    due_on: date
    due_basis: DueBasis
    trajectory: TrajectoryKind


@dataclass(frozen=True)
class CheckpointRow:
    line: int
    target: str
    on: date
    value: Decimal


@dataclass(frozen=True)
class MilestoneRow:
    line: int
    target: str
    position: int
    title: str
    title_en: str
    due_on: date
    weight: Decimal


@dataclass(frozen=True)
class BaselineRow:
    """Last year's figure; `target` is None if it can only be read beside the commitment."""

    line: int
    commitment: str
    target: str | None
    indicator: str
    indicator_en: str
    value: Decimal
    unit: str
    unit_en: str
    on: date
    comparability: Comparability
    estimated: bool
    source: str
    char_start: int
    char_end: int
    note: str


@dataclass(frozen=True)
class PlanFile:
    """A whole plan, free of faults."""

    jurisdiction: JurisdictionRow
    parent: JurisdictionRow | None
    rules: RuleSetRow
    plan: PlanRow
    sources: tuple[SourceRow, ...]
    agencies: tuple[AgencyRow, ...]
    priorities: tuple[PriorityRow, ...]
    commitments: tuple[CommitmentRow, ...]
    targets: tuple[TargetRow, ...]
    checkpoints: tuple[CheckpointRow, ...]
    milestones: tuple[MilestoneRow, ...]
    baselines: tuple[BaselineRow, ...]
