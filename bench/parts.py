"""The parts of the measurement, each in a database and a broker that no other part has touched."""

from collections.abc import Callable, Sequence

from bench import entry, environment, full, imports, large_page, page, past, quick_log, worker
from bench.measure import Figure
from bench.scale import Scale

FIGURES: dict[str, Callable[[Scale], list[Figure]]] = {
    "entry": entry.figures,
    "past": past.figures,
    "worker": worker.figures,
    "page": page.figures,
    "large_page": large_page.figures,
    "quick_log": quick_log.figures,
    "imports": imports.figures,
    "full": full.figures,
}


def measure(parts: Sequence[str], scale: Scale) -> list[Figure]:
    found: list[Figure] = []
    for part in parts:
        print(f"{part} …", flush=True)
        with environment.own_database(part):
            found += FIGURES[part](scale)
    return found
