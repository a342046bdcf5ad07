"""`make bench`: prints the figures and writes bench/results/latest.json."""

from bench import environment


def main() -> None:
    environment.prepare()
    from bench import entry, page
    from bench.measure import report

    report([*entry.figures(), *page.figures()])


if __name__ == "__main__":
    main()
