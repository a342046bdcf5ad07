"""Cases worked out by hand: a promise, its reports and the judgement they must get.

The thresholds of the fixtures decide, by each of the case's `methods`. Monthly reports are due on the 5th and
official statistics on the 25th, with five days of grace. The public method page prints those of `TABLE`.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from .enums import Accumulation, Comparator, Direction, Goal, Reason, Status, TargetKind, TrajectoryKind
from .readings import Reading
from .targets import Point, Revision, Stage, TargetSpec, Terms, band_of, in_force

TABLE = Path(__file__).with_suffix(".csv")
# One for each combination of words that the table above does not show.
COMBINATIONS = TABLE.with_name("worked_combinations.csv")


@dataclass(frozen=True)
class WorkedStage:
    """A stage and the day it was done, None while it is open; `weight` is in percentage points."""

    due_on: date
    weight: Decimal
    done_on: date | None


@dataclass(frozen=True)
class WorkedCase:
    """One row of the table.

    Values are in the target's unit, `progress` is in percent and `gap` in percentage points, both to two
    places. `value` and `due_on` are the original terms; `spec` has those in force on the day. An “about” or a range
    has a `direction`; every other comparator has one of its own.
    """

    number: int
    methods: tuple[int, ...]
    title_zh: str
    title_en: str
    kind: TargetKind
    accumulation: Accumulation
    goal: Goal
    comparator: Comparator
    baseline: Decimal | None
    value: Decimal
    value_high: Decimal | None
    tolerance: Decimal | None
    direction: Direction | None
    within: bool
    unit_zh: str
    unit_en: str
    starts_on: date
    due_on: date
    trajectory: TrajectoryKind
    checkpoints: tuple[Point, ...]
    stages: tuple[WorkedStage, ...]
    revisions: tuple[Revision, ...]
    reported: tuple[Reading, ...]
    dropped: bool
    on: date
    actual: Decimal | None
    planned: Decimal
    progress: Decimal | None
    gap: Decimal | None
    status: Status
    reason: Reason
    working_zh: str
    working_en: str

    @property
    def spec(self) -> TargetSpec:
        current = in_force(Revision(self.starts_on, self.value, self.due_on), self.revisions, self.on)
        terms = Terms(current.value, self.value_high, self.tolerance, self.within)
        band = band_of(self.comparator, self.direction or "", terms)
        return TargetSpec(
            self.kind,
            self.accumulation,
            self.goal,
            self.comparator,
            band.near if band else current.value,
            self.starts_on,
            current.due_on,
            self.trajectory,
            self.baseline,
            self.checkpoints,
            tuple(Stage(stage.due_on, stage.weight) for stage in self.stages),
            band,
        )

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Return the readings that the ledger counts: reported values, and the weights of stages done."""
        done = [(stage.done_on, stage.weight) for stage in self.stages if stage.done_on]
        return self.reported + tuple(Reading(on, weight, entry) for entry, (on, weight) in enumerate(done, 1))

    @property
    def overdue_since(self) -> date | None:
        """Return the due date of the oldest stage that was due before the day and not done by its end."""
        late = [
            s.due_on for s in self.stages if s.due_on < self.on and not (s.done_on and s.done_on <= self.on)
        ]
        return min(late, default=None)


def worked_cases(table: Path = TABLE) -> tuple[WorkedCase, ...]:
    """Read a table, in its order."""
    with table.open(encoding="utf-8", newline="") as file:
        return tuple(_case(row) for row in csv.DictReader(file))


def _case(row: Mapping[str, str]) -> WorkedCase:
    due_on = date.fromisoformat(row["due_on"])
    return WorkedCase(
        number=int(row["number"]),
        methods=tuple(map(int, row["methods"].split())),
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        kind=TargetKind(row["kind"]),
        accumulation=Accumulation(row["accumulation"]),
        goal=Goal(row["goal"]),
        comparator=Comparator(row["comparator"]),
        baseline=_number(row["baseline"]),
        value=Decimal(row["target"]),
        value_high=_number(row["value_high"]),
        tolerance=_number(row["tolerance"]),
        direction=Direction(row["direction"]) if row["direction"] else None,
        within=row["within"] == "yes",
        unit_zh=row["unit_zh"],
        unit_en=row["unit_en"],
        starts_on=date.fromisoformat(row["starts_on"]),
        due_on=due_on,
        trajectory=TrajectoryKind(row["trajectory"]),
        checkpoints=tuple(Point(on, Decimal(value)) for on, value in _dated(row["checkpoints"])),
        stages=tuple(_stage(due, words) for due, words in _dated(row["stages"])),
        revisions=tuple(_revision(on, words, due_on) for on, words in _dated(row["revised"])),
        reported=tuple(_reading(on, words, i) for i, (on, words) in enumerate(_dated(row["readings"]), 1)),
        dropped=row["dropped"] == "yes",
        on=date.fromisoformat(row["on"]),
        actual=_number(row["actual"]),
        planned=Decimal(row["planned"]),
        progress=_number(row["progress"]),
        gap=_number(row["gap"]),
        status=Status(row["status"]),
        reason=Reason(row["reason"]),
        working_zh=row["working_zh"],
        working_en=row["working_en"],
    )


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def _dated(cell: str) -> list[tuple[date, str]]:
    """Read pairs of a day and its words, such as `2023-03-31=8; 2023-06-30=33`."""
    pairs = (part.strip().split("=") for part in cell.split(";") if part)
    return [(date.fromisoformat(on), words) for on, words in pairs]


def _reading(on: date, words: str, entry: int) -> Reading:
    """Read a value such as `33`, or a ratio such as `190/200`."""
    value, _, denominator = words.partition("/")
    return Reading(on, Decimal(value), entry, _number(denominator))


def _stage(due_on: date, words: str) -> WorkedStage:
    """Read a stage such as `30 open` or `30 done 2023-03-28`."""
    weight, _, done_on = words.partition(" done ")
    return WorkedStage(
        due_on, Decimal(weight.removesuffix(" open")), date.fromisoformat(done_on) if done_on else None
    )


def _revision(effective_from: date, words: str, due_on: date) -> Revision:
    """Read a revision such as `60`, or `60 by 2023-11-30` with a new due date."""
    value, _, new_due_on = words.partition(" by ")
    return Revision(effective_from, Decimal(value), date.fromisoformat(new_due_on) if new_due_on else due_on)
