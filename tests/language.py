"""The language rule: no docstring, comment or sentence of the docs opens with a riddle.

`python -m tests.language` lists the faults; `make lint` calls it.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("commitments", "tracker", "bench", "tests", ".ci")
DOCS = ("*.md", "docs/**/*.md")
# As Django wrote them.
GENERATED = re.compile(r"commitments/migrations/000[1-7]_")
BARRED = r"(?:What|Who|Whoever|Whose|Of|Where|That|Nobody|Nothing|Somebody)\b"
# A sentence begins at the start of a text, after a blank line, or after a stop.
OPENING = re.compile(rf"(?:\A|\n\s*\n|[.!?]\s)[\s*“\"(]*({BARRED}.*)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
# A heading, a list item or a cell of a table begins a text of its own.
NEW_TEXT = re.compile(r"^\s*(?:#+|[-*]|\d+\.)\s+|^\||\s\|\s", re.MULTILINE)

Text = tuple[int, str]
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def faults() -> list[str]:
    """Return each barred opening as `file:line: sentence`."""
    found = [fault for path in _paths(*(f"{folder}/**/*.py" for folder in CODE)) for fault in _in_code(path)]
    return found + [fault for path in _paths(*DOCS) for fault in _in_prose(path)]


def opening(text: str) -> str:
    """Return the first sentence that opens with a barred word, or an empty text."""
    found = OPENING.search(text)
    return found[1] if found else ""


def _paths(*patterns: str) -> Iterator[Path]:
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        if not GENERATED.match(path.relative_to(ROOT).as_posix()):
            yield path


def _in_code(path: Path) -> Iterator[str]:
    source = path.read_text(encoding="utf-8")
    for line, text in (*docstrings(source), *comments(source)):
        if sentence := opening(text):
            yield _fault(path, line, sentence)


def _in_prose(path: Path) -> Iterator[str]:
    for text in prose(path.read_text(encoding="utf-8")):
        if sentence := opening(text):
            yield _fault(path, 0, sentence)


def _fault(path: Path, line: int, sentence: str) -> str:
    place = path.relative_to(ROOT).as_posix()
    return f"{place}:{line}: {sentence}" if line else f"{place}: {sentence}"


def docstrings(source: str) -> Iterator[Text]:
    """Yield each docstring with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Documented) and (text := ast.get_docstring(node)):
            yield node.body[0].lineno, text


def comments(source: str) -> Iterator[Text]:
    """Yield each comment with its line; lines below each other are one comment."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    lines = [(t.start[0], t.string.lstrip("# ")) for t in tokens if t.type == tokenize.COMMENT]
    # Neighbouring lines differ from their place in the list by the same number.
    for _, block in groupby(enumerate(lines), key=lambda numbered: numbered[1][0] - numbered[0]):
        together = [line for _place, line in block]
        yield together[0][0], " ".join(text for _line, text in together)


def prose(markdown: str) -> Iterator[str]:
    """Yield the paragraphs, headings, list items and table cells, without code blocks."""
    for paragraph in re.split(r"\n\s*\n", FENCE.sub("", markdown)):
        yield from (text.strip() for text in NEW_TEXT.split(paragraph) if text.strip())


if __name__ == "__main__":
    for each in (found := faults()):
        print(each)
    sys.exit(bool(found))
