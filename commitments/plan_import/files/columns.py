"""The tables of a plan file, their columns, and the kind of each cell."""

from ...domain.codes import PLAN_CODE
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
from . import rows
from .cells import blank, code, codes, day, number, optional, pattern, text, time_zone, whole, word, yes_no
from .tables import Table

PLAN_FILE = "plan.toml"
MOST_CHARACTERS = 100_000_000
JURISDICTION = {"code": pattern("[1-9][0-9]{5}"), "name": text(100), "name_en": text(200)}
RULES = {
    "version": text(20),
    "on_track_ratio": number(),
    "at_risk_ratio": number(),
    "small_gap_points": number(2),
    "stage_grace_days": whole(0, 365),
    "growth_floor": number(),
}
PLAN = {
    "code": pattern(PLAN_CODE),
    "year": whole(1949, 9999),
    "title": text(200),
    "title_en": text(300),
    "starts_on": day,
    "ends_on": day,
    "time_zone": time_zone,
    "review_required": yes_no,
    "reporting_due_day": whole(1, 28),
    "statistics_due_day": whole(1, 28),
    "reporting_grace_days": whole(0, 365),
}
SOURCE = {
    "key": code(60),
    "title": text(300),
    "publisher": text(200),
    "published_on": optional(day),
    "sha256": pattern("[0-9a-f]{64}"),
    "characters": whole(1, MOST_CHARACTERS),
}

AGENCIES = Table("agencies.csv", rows.AgencyRow, {"code": code(40), "name": text(100), "name_en": text(200)})
PRIORITIES = Table(
    "priorities.csv", rows.PriorityRow, {"code": code(10), "title": text(100), "title_en": text(200)}
)
COMMITMENTS = Table(
    "commitments.csv",
    rows.CommitmentRow,
    {
        "code": code(20),
        "priority": code(10),
        "section": text(100),
        "section_en": text(200),
        "title": text(200),
        "title_en": text(300),
        "tier": word(Tier),
        "lead_agency": code(40),
        "supporting_agencies": codes,
        "source": code(60),
        "char_start": whole(0, MOST_CHARACTERS),
        "char_end": whole(1, MOST_CHARACTERS),
        "note": blank(2000),
        "note_en": blank(2000),
    },
)
TARGETS = Table(
    "targets.csv",
    rows.TargetRow,
    {
        "code": code(24),
        "commitment": code(20),
        "headline": yes_no,
        "title": text(200),
        "title_en": text(300),
        "kind": word(Kind),
        "accumulation": word(Accumulation),
        "direction": word(Direction),
        "goal": word(Goal),
        "comparator": word(Comparator),
        "value": number(),
        "unit": text(20),
        "unit_en": text(40),
        "starts_on": day,
        "due_on": day,
        "due_basis": word(DueBasis),
        "trajectory": word(TrajectoryKind),
    },
)
CHECKPOINTS = Table("checkpoints.csv", rows.CheckpointRow, {"target": code(24), "on": day, "value": number()})
MILESTONES = Table(
    "milestones.csv",
    rows.MilestoneRow,
    {
        "target": code(24),
        "position": whole(1, 999),
        "title": text(200),
        "title_en": text(300),
        "due_on": day,
        "weight": number(2),
    },
)
BASELINES = Table(
    "baselines.csv",
    rows.BaselineRow,
    {
        "commitment": code(20),
        "target": optional(code(24)),
        "indicator": text(100),
        "indicator_en": text(200),
        "value": number(),
        "unit": text(20),
        "unit_en": text(40),
        "on": day,
        "comparability": word(Comparability),
        "estimated": yes_no,
        "source": code(60),
        "char_start": whole(0, MOST_CHARACTERS),
        "char_end": whole(1, MOST_CHARACTERS),
        "note": blank(2000),
    },
)
