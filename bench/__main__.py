"""`make bench`: prints the figures and writes bench/results/latest.json. ARGS=--small leaves out ten million entries."""

import sys

from bench import environment


def main() -> None:
    environment.prepare()
    from bench import entry, full, imports, page, past, quick_log, worker
    from bench.measure import report
    from commitments.rollups import collector

    collector.spare()
    report(
        [
            *entry.figures(),
            *past.figures(),
            *worker.figures(),
            *page.figures(),
            *quick_log.figures(),
            *imports.figures(),
            *full.figures(small="--small" in sys.argv),
        ]
    )


if __name__ == "__main__":
    main()
