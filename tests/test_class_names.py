"""One class name means one thing, in the product, its launcher, its tests, its bench and its CI."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Django looks for these by name.
GIVEN = {"Command", "Migration"}


def class_names() -> Iterator[str]:
    for folder in ("commitments", "tracker", "tests", "bench", ".ci"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from (node.name for node in tree.body if isinstance(node, ast.ClassDef))


def test_no_two_classes_share_a_name() -> None:
    times = Counter(class_names())
    assert {name for name, found in times.items() if found > 1} == GIVEN
