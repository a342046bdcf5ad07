"""The measurement of every part, by `make bench`; it prints a table and writes bench/results/latest.json.

`ARGS="past full"` measures these parts alone and writes no file. `ARGS=--tiny` only shows that every part
runs.
"""

import argparse

from bench import environment
from bench.measure import print_figures, write_figures
from bench.parts import PARTS, measure
from bench.scale import Scale


def main() -> None:
    chosen = _arguments()
    environment.prepare()
    figures = measure(chosen.parts or PARTS, Scale(tiny=chosen.tiny))
    if chosen.tiny:
        print(f"All parts ran: {len(figures)} figures, which mean nothing at this size.")
        return
    print_figures(figures)
    # A file pieced together from several runs would compare machines and hours, not code.
    if not chosen.parts:
        write_figures(figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="measure these parts alone")
    parser.add_argument("--tiny", action="store_true", help="run every part at a hundredth of its size")
    return parser.parse_args()


if __name__ == "__main__":
    main()
