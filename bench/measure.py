"""Two ways of doing the same, measured in turn in one run, and the figure they make."""

import functools
import json
import platform
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class BenchFigure:
    """The measured value `ours` against `limit`, both in `unit`.

    The figure holds if the ratio is at most the goal. `commit` is the code measured.
    """

    name: str
    ours: float
    limit: float
    ratio: float
    goal: float
    holds: bool
    unit: str
    machine: str
    commit: str
    at: str


def figure(name: str, ours: float, limit: float, *, goal: float, unit: str) -> BenchFigure:
    ratio = ours / limit
    return BenchFigure(
        name=name,
        ours=round(ours, 3),
        limit=round(limit, 3),
        ratio=round(ratio, 3),
        goal=goal,
        holds=ratio <= goal,
        unit=unit,
        **run(),
    )


def run() -> dict[str, str]:
    """Return the machine, the commit and the time of a measurement."""
    return {
        "machine": f"{platform.machine()} {platform.python_implementation()} {platform.python_version()}",
        "commit": _commit(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


@functools.cache
def _commit() -> str:
    """Name the commit that is measured, marked where files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    named = subprocess.run(command, cwd=RESULTS.parent, capture_output=True, text=True, check=False)
    return named.stdout.strip() or "unknown"


def medians(
    *ways: Callable[[], object], rounds: int, between: Callable[[], object] = lambda: None
) -> list[float]:
    """Return the median milliseconds of each way after a warm-up, taken A B A B … so that a busy moment hits all alike.

    `between` clears up after each, off the clock.
    """
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds + 1):
        for way, times in zip(ways, taken, strict=True):
            times.append(milliseconds(way))
            between()
    return [statistics.median(warm) for _cold, *warm in taken]


def milliseconds(way: Callable[[], object]) -> float:
    began = time.perf_counter()
    way()
    return (time.perf_counter() - began) * 1000


def table(rows: list[dict[str, object]]) -> str:
    """Return plain columns, each as wide as its widest cell."""
    heads = list(rows[0])
    cells = [heads, *[[str(row[head]) for head in heads] for row in rows]]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells
    )


def print_figures(figures: list[BenchFigure]) -> None:
    shown = ("name", "ours", "limit", "ratio", "goal", "holds", "unit")
    print(table([{key: getattr(each, key) for key in shown} for each in figures]))


def write_figures(figures: list[BenchFigure], to: Path = RESULTS / "latest.json") -> None:
    to.parent.mkdir(exist_ok=True)
    rows = [asdict(each) for each in figures]
    to.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
