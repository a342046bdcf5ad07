"""The drill, by `make drill`: it breaks things on purpose, checks the promises and writes drill.json.

ARGS=--small takes a minute, the full drill several.
"""

import json
import sys
from dataclasses import asdict

from bench import environment
from bench.faults.outcome import DrillOutcome

SEED = 2023


def main() -> None:
    environment.prepare()
    from bench.faults import drills
    from bench.measure import RESULTS, run, table

    small = "--small" in sys.argv
    found = [asdict(_told(drill(small=small, seed=SEED))) for drill in drills.DRILLS]
    RESULTS.mkdir(exist_ok=True)
    rows = [{**row, **run()} for row in found]
    (RESULTS / "drill.json").write_text(
        json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    print(table(found))


def _told(outcome: DrillOutcome) -> DrillOutcome:
    print(f"{'✓' if outcome.holds else '✗'} {outcome.fault}: {outcome.measured}", flush=True)
    return outcome


if __name__ == "__main__":
    main()
