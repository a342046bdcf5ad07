"""The rows of a plan file; each annotated field is a column, with the reader of its cells.

`line` is the row's line in its file. A column with a default may be left out.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from ...domain.codes import GB_T_2260, PLACE_CODE, PLAN_CODE
from ...domain.enums import (
    Accumulation,
    Comparability,
    Comparator,
    Direction,
    DueBasis,
    Goal,
    TargetKind,
    Tier,
    TrajectoryKind,
)
from ...domain.workdays import NO_HOLIDAYS
from .cells import (
    Day,
    Number,
    YesNo,
    blank,
    code,
    codes,
    day,
    holiday_calendar,
    may_be_no,
    number,
    optional,
    pattern,
    text,
    time_zone,
    whole,
    word,
)

MOST_CHARACTERS = 100_000_000


@dataclass(frozen=True, kw_only=True)
class JurisdictionRow:
    code: Annotated[str, pattern(PLACE_CODE)]
    name: Annotated[str, blank(100)] = ""
    name_en: Annotated[str, blank(200)] = ""
    scheme: Annotated[str, text(40)] = GB_T_2260


@dataclass(frozen=True)
class RuleSetRow:
    """Thresholds of one version: ratios are fractions, the gap percentage points, the grace days."""

    version: Annotated[str, text(20)]
    on_track_ratio: Number
    at_risk_ratio: Number
    small_gap_points: Annotated[Decimal, number(2)]
    stage_grace_days: Annotated[int, whole(0, 365)]
    growth_floor: Number
    method: Annotated[int, whole(1, 2)] = 1
    near_units: Annotated[Decimal | None, optional(number())] = None


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    code: Annotated[str, pattern(PLAN_CODE)]
    year: Annotated[int, whole(1949, 9999)]
    title: Annotated[str, blank(200)] = ""
    title_en: Annotated[str, blank(300)] = ""
    starts_on: Day
    ends_on: Day
    time_zone: Annotated[str, time_zone]
    review_required: YesNo
    reporting_due_day: Annotated[int, whole(1, 28)]
    statistics_due_day: Annotated[int, whole(1, 28)]
    reporting_grace_days: Annotated[int, whole(0, 365)]
    holidays: Annotated[str, holiday_calendar] = NO_HOLIDAYS
    joins_january: YesNo = False


@dataclass(frozen=True)
class SourceRow:
    """A source document; `characters` counts Unicode code points of the whole text.

    `sha256` is the digest of the file.
    """

    key: Annotated[str, code(60)]
    title: Annotated[str, text(300)]
    publisher: Annotated[str, text(200)]
    published_on: Annotated[date | None, optional(day)]
    sha256: Annotated[str, pattern("[0-9a-f]{64}")]
    characters: Annotated[int, whole(1, MOST_CHARACTERS)]


@dataclass(frozen=True, kw_only=True)
class AgencyRow:
    line: int
    code: Annotated[str, code(40)]
    name: Annotated[str, blank(100)] = ""
    name_en: Annotated[str, blank(200)] = ""
    short_name_en: Annotated[str, blank(60)] = ""


@dataclass(frozen=True, kw_only=True)
class PriorityRow:
    line: int
    code: Annotated[str, code(10)]
    title: Annotated[str, blank(100)] = ""
    title_en: Annotated[str, blank(200)] = ""


@dataclass(frozen=True, kw_only=True)
class CommitmentRow:
    line: int
    code: Annotated[str, code(20)]
    priority: Annotated[str, code(10)]
    section: Annotated[str, blank(100)] = ""
    section_en: Annotated[str, blank(200)] = ""
    title: Annotated[str, blank(200)] = ""
    title_en: Annotated[str, blank(300)] = ""
    tier: Annotated[Tier, word(Tier)]
    lead_agency: Annotated[str, code(40)]
    supporting_agencies: Annotated[tuple[str, ...], codes]
    source: Annotated[str, code(60)]
    char_start: Annotated[int, whole(0, MOST_CHARACTERS)]
    char_end: Annotated[int, whole(1, MOST_CHARACTERS)]
    note: Annotated[str, blank(2000)] = ""
    note_en: Annotated[str, blank(2000)] = ""


@dataclass(frozen=True)
class SupportRow:
    """One of the `supporting_agencies` of a commitment: a row of its own in the database."""

    commitment: str
    agency: str


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    line: int
    code: Annotated[str, code(24)]
    commitment: Annotated[str, code(20)]
    headline: YesNo
    title: Annotated[str, blank(200)] = ""
    title_en: Annotated[str, blank(300)] = ""
    kind: Annotated[TargetKind, word(TargetKind)]
    accumulation: Annotated[Accumulation, word(Accumulation)]
    direction: Annotated[Direction, word(Direction)]
    goal: Annotated[Goal, word(Goal)]
    comparator: Annotated[Comparator, word(Comparator)]
    value: Number
    unit: Annotated[str, blank(20)] = ""
    unit_en: Annotated[str, blank(40)] = ""
    starts_on: Day
    due_on: Day
    due_basis: Annotated[DueBasis, word(DueBasis)]
    trajectory: Annotated[TrajectoryKind, word(TrajectoryKind)]
    value_high: Annotated[Decimal | None, optional(number())] = None
    tolerance: Annotated[Decimal | None, optional(number())] = None
    within: Annotated[bool, may_be_no] = False


@dataclass(frozen=True)
class CheckpointRow:
    line: int
    target: Annotated[str, code(24)]
    on: Day
    value: Number


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    line: int
    target: Annotated[str, code(24)]
    position: Annotated[int, whole(1, 999)]
    title: Annotated[str, blank(200)] = ""
    title_en: Annotated[str, blank(300)] = ""
    due_on: Day
    weight: Annotated[Decimal, number(2)]


@dataclass(frozen=True, kw_only=True)
class BaselineRow:
    """Last year's figure; `target` is None if it can only be read beside the commitment."""

    line: int
    commitment: Annotated[str, code(20)]
    target: Annotated[str | None, optional(code(24))]
    indicator: Annotated[str, blank(100)] = ""
    indicator_en: Annotated[str, blank(200)] = ""
    value: Number
    unit: Annotated[str, blank(20)] = ""
    unit_en: Annotated[str, blank(40)] = ""
    on: Day
    comparability: Annotated[Comparability, word(Comparability)]
    estimated: YesNo
    source: Annotated[str, code(60)]
    char_start: Annotated[int, whole(0, MOST_CHARACTERS)]
    char_end: Annotated[int, whole(1, MOST_CHARACTERS)]
    note: Annotated[str, blank(2000)] = ""


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
