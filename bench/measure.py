"""Two ways of doing the same, measured in turn in one run, and the figure they make."""

import json
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """`ours` against `limit` in `unit`; it holds where the ratio is at most the goal."""

    name: str
    ours: float
    limit: float
    ratio: float
    goal: float
    holds: bool
    unit: str
    machine: str
    at: str


def figure(name: str, ours: float, limit: float, *, goal: float, unit: str) -> Figure:
    ratio = ours / limit
    return Figure(
        name=name,
        ours=round(ours, 3),
        limit=round(limit, 3),
        ratio=round(ratio, 3),
        goal=goal,
        holds=ratio <= goal,
        unit=unit,
        machine=f"{platform.machine()} {platform.python_implementation()} {platform.python_version()}",
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def medians(
    *ways: Callable[[], object], rounds: int, between: Callable[[], object] = lambda: None
) -> list[float]:
    """The median milliseconds of each way, taken A B A B … so that a busy moment hits all alike.

    `between` clears up after each, off the clock.
    """
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for way, times in zip(ways, taken, strict=True):
            times.append(milliseconds(way))
            between()
    return [statistics.median(times) for times in taken]


def milliseconds(way: Callable[[], object]) -> float:
    began = time.perf_counter()
    way()
    return (time.perf_counter() - began) * 1000


def table(rows: list[dict[str, object]]) -> str:
    """Plain columns, as wide as their widest cell."""
    heads = list(rows[0])
    cells = [heads, *[[str(row[head]) for head in heads] for row in rows]]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells
    )


def report(figures: list[Figure], to: Path = RESULTS / "latest.json") -> None:
    rows = [asdict(each) for each in figures]
    to.parent.mkdir(exist_ok=True)
    to.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(
        table(
            [
                {key: row[key] for key in ("name", "ours", "limit", "ratio", "goal", "holds", "unit")}
                for row in rows
            ]
        )
    )
