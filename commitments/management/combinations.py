"""The table of docs/combinations.md: kind × direction × goal × accumulation, with the meaning by method 2."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import product

from ..domain.enums import (
    Accumulation,
    Comparator,
    Direction,
    DueBasis,
    Goal,
    Reason,
    TargetKind,
    TrajectoryKind,
)
from ..domain.targets import TargetSpec
from ..domain.worked_cases import COMBINATIONS, TABLE, WorkedCase, worked_cases
from ..plan_import.files.checks_of_targets import faults_of_terms
from ..plan_import.files.rows import TargetRow

Combination = tuple[TargetKind, Direction, Goal, Accumulation]
PACE = (Reason.ON_PACE, Reason.SLIGHTLY_BEHIND, Reason.SMALL_GAP, Reason.FAR_BEHIND, Reason.NO_WAY_TO_GO)
BY_FLOOR = (Reason.LAST_READING_MEETS, Reason.ABOVE_FLOOR, Reason.BELOW_FLOOR)
BY_NEARNESS = (
    Reason.LAST_READING_MEETS,
    Reason.NEAR_TARGET,
    Reason.UNITS_AWAY,
    Reason.LAST_READING_MISSES,
)
# Reasons while the target runs and has readings, by meaning.
REASONS: Mapping[str, tuple[Reason, ...]] = {
    "stands": (Reason.REACHED_IN_TIME, Reason.REACHED_LATE, Reason.LOWERED_AGAIN, *PACE),
    "once": (Reason.REACHED_IN_TIME, Reason.REACHED_LATE, *PACE),
    "stages": (
        Reason.REACHED_IN_TIME,
        Reason.REACHED_LATE,
        Reason.STAGES_IN_TIME,
        Reason.STAGE_OVERDUE,
        Reason.STAGE_LONG_OVERDUE,
    ),
    "ceiling": (
        Reason.USED_IN_PACE,
        Reason.USED_SLIGHTLY_FAST,
        Reason.USED_SMALL_GAP,
        Reason.USED_TOO_FAST,
        Reason.OVER_CEILING,
    ),
    "kept": (Reason.KEPT_SO_FAR, Reason.BREACHED_BEFORE, Reason.BREACHED_NOW),
    "growth": tuple(dict.fromkeys((*BY_FLOOR, *BY_NEARNESS))),
    "falling": tuple(dict.fromkeys((*BY_FLOOR, *BY_NEARNESS))),
    "near": (*BY_NEARNESS, *PACE),
}
MEANING: Mapping[str, str] = {
    "stands": "Judged by pace; achieved only while it stands at the target. If lowered again, it is judged by pace"
    " again, and not achieved at the end.",
    "once": "Judged by pace from the baseline; achieved once it was reached, with a flag if it left the target again.",
    "stages": "Judged by the oldest stage that is due and not done; achieved when all are.",
    "ceiling": "A ceiling above 0 is used up over time: judged against the straight line from 0, or its checkpoints;"
    " the first day may use as much as the second.",
    "kept": "Every reading has to meet the target: of a ratio each report alone, else the value on each day.",
    "growth": "The last reading decides. Missed, it is at risk beyond the floor in the right direction,"
    " else off track. A target that does not lie beyond the floor, or whose far end was passed, is judged as `near`,"
    " whatever the trajectory.",
    "falling": "As `growth`, with the floor mirrored; to stay under a value above it, as `near`.",
    "near": "The last reading decides. Missed, it is at risk within the at-risk ratio of the target or, of a count,"
    " within `near_units`. Missed, it is judged by pace if checkpoints, or a line from a known start, give it a path;"
    " growth rates have none.",
}
MOST_SHOWN = 3
START, END = date(2023, 1, 1), date(2023, 12, 31)
HEAD = """# Kinds, directions, goals and accumulations

`manage.py list_combinations` prints this page; a test compares it with the code. Each cell names what method 2 makes of
the combination (below), and the worked cases that show it: those of `commitments/domain/worked_cases.csv`, and one for
each other combination in `worked_combinations.csv`. A number in brackets is why the combination is refused. “About” and
ranges are judged like the comparator of their direction.
"""


def describe_combinations() -> str:
    """Return the page."""
    shown, refusals = cases(), list(dict.fromkeys(filter(None, map(refusal, combinations()))))
    lines = [
        HEAD,
        _row("direction", "goal", "accumulation", *TargetKind),
        "|" + "---|" * (3 + len(TargetKind)),
    ]
    lines += [
        _row(*words, *(_cell((kind, *words), shown, refusals) for kind in TargetKind))
        for words in product(Direction, Goal, Accumulation)
    ]
    lines += ["", "| meaning | rule | reasons while it runs |", "|---|---|---|"]
    lines += [
        _row(name, said, ", ".join(f"`{reason}`" for reason in REASONS[name]))
        for name, said in MEANING.items()
    ]
    lines += ["", *(f"[{number}] {said}" + "  " for number, said in enumerate(refusals, 1))]
    return "\n".join(lines) + "\n"


def combinations() -> Iterator[Combination]:
    """Yield every combination of the four words."""
    for direction, goal, accumulation, kind in product(Direction, Goal, Accumulation, TargetKind):
        yield kind, direction, goal, accumulation


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(
    combination: Combination, shown: Mapping[Combination, list[WorkedCase]], refusals: list[str]
) -> str:
    said = refusal(combination)
    if said:
        return f"[{refusals.index(said) + 1}]"
    numbers = ", ".join(str(case.number) for case in shown[combination][:MOST_SHOWN])
    return f"{meaning(combination)}: {numbers}"


def refusal(combination: Combination) -> str:
    """Return why a combination is refused; empty if it is allowed."""
    kind, direction, goal, accumulation = combination
    row = TargetRow(
        line=0,
        code="",
        commitment="",
        headline=True,
        kind=kind,
        accumulation=accumulation,
        direction=direction,
        goal=goal,
        comparator=_comparator(direction),
        value=Decimal(100),
        unit="%",
        starts_on=START,
        due_on=END,
        due_basis=DueBasis.IMPLIED,
        trajectory=TrajectoryKind.LINEAR,
    )
    return next((said for _column, said in faults_of_terms(row)), "")


def cases() -> Mapping[Combination, list[WorkedCase]]:
    """Return the worked cases of method 2 by the combination that they show."""
    found: defaultdict[Combination, list[WorkedCase]] = defaultdict(list)
    for case in (*worked_cases(TABLE), *worked_cases(COMBINATIONS)):
        if 2 in case.methods:
            direction = Direction.AT_LEAST if case.spec.rises else Direction.AT_MOST
            found[case.kind, direction, case.goal, case.accumulation].append(case)
    return found


def meaning(combination: Combination) -> str:
    """Return the name of what the rules make of an allowed combination."""
    kind, direction, goal, accumulation = combination
    comparator = _comparator(direction)
    spec = TargetSpec(kind, accumulation, goal, comparator, Decimal(100), START, END, TrajectoryKind.LINEAR)
    if kind == TargetKind.STAGES:
        return "stages"
    if spec.is_ceiling:
        return "ceiling"
    if goal == Goal.REACH:
        return "once" if accumulation == Accumulation.LEVEL else "stands"
    if goal == Goal.MAINTAIN:
        return "kept"
    if kind == TargetKind.GROWTH_RATE:
        return "growth" if spec.rises else "falling"
    return "near"


def _comparator(direction: Direction) -> Comparator:
    return Comparator.AT_LEAST if direction == Direction.AT_LEAST else Comparator.AT_MOST
