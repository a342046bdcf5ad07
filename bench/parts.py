"""The parts of the measurement: each in a process, a database and a broker that no other part has touched."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

import django

from bench import environment
from bench.measure import BenchFigure
from bench.scale import Scale

PARTS = ("entry", "past", "worker", "page", "large_page", "quick_log", "imports", "full")


def measure(parts: Sequence[str], scale: Scale) -> list[BenchFigure]:
    """Measure one part after the other, on the prepared database."""
    found: list[BenchFigure] = []
    # The objects that an earlier part leaves behind slow down every collection of garbage in a later one.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh, max_tasks_per_child=1) as processes:
        for part in parts:
            print(f"{part} …", flush=True)
            found += processes.submit(measure_part, part, scale).result()
    return found


def measure_part(part: str, scale: Scale) -> list[BenchFigure]:
    """Measure a part in a process that is set up as a worker's is."""
    django.setup()
    from commitments.rollups import garbage

    garbage.relax()
    with environment.own_database(part):
        return _figures_of(part)(scale)


def _figures_of(part: str) -> Callable[[Scale], list[BenchFigure]]:
    # The parts import models, which needs Django to be set up.
    from bench import entry, full, imports, large_page, page, past, quick_log, worker

    return {
        "entry": entry.figures,
        "past": past.figures,
        "worker": worker.figures,
        "page": page.figures,
        "large_page": large_page.figures,
        "quick_log": quick_log.figures,
        "imports": imports.figures,
        "full": full.figures,
    }[part]
