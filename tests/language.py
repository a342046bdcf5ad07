"""The language rule: no docstring, comment or sentence of the docs opens with a riddle or runs too long.

`python -m tests.language` lists the faults; `make lint` calls it.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from itertools import groupby, pairwise
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
NEW_TEXT = re.compile(r"^\s*(?:#+|[-*]|\d+\.)\s+|^\||\s\|\s|\n\s*\n\s*", re.MULTILINE)
# A formula or a drawing in a docstring, such as a tree of files.
FIGURE = re.compile(r"^ {4}.*$", re.MULTILINE)
LONGEST = 25
# The change log tells of versions that are out; the combinations are written by a command.
UNCOUNTED = ("CHANGELOG.md", "docs/combinations.md")
SENTENCE = re.compile(r"\S.*?(?:[.!?][*”\")]*(?=\s|\Z)|\Z)", re.DOTALL)
# Names in backticks are looked up, not read: a list of them counts as one word, as one name does.
NAMES = re.compile(r"`[^`]+`(?:(?:, and|,| and| or)\s+`[^`]+`)*")
ADDRESS = re.compile(r"\]\([^)]*\)")

Text = tuple[int, str]
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def faults() -> list[str]:
    """Return each barred opening and each long sentence as `file:line: sentence`."""
    found = [fault for path in _paths(*(f"{folder}/**/*.py" for folder in CODE)) for fault in _in_code(path)]
    return found + [fault for path in _paths(*DOCS) for fault in _in_prose(path)]


def opening(text: str) -> str:
    """Return the first sentence that opens with a barred word, or an empty text."""
    found = OPENING.search(text)
    return found[1] if found else ""


def long_sentences(text: str) -> Iterator[Text]:
    """Yield each sentence of more than 25 words, with the number of lines above it in the text."""
    for sentence in SENTENCE.finditer(text):
        if (words := count_words(sentence[0])) > LONGEST:
            yield text.count("\n", 0, sentence.start()), f"{words} words: {' '.join(sentence[0].split())}"


def count_words(sentence: str) -> int:
    """Count the words; names in backticks that follow each other are one, and a link's address is none."""
    plain = NAMES.sub("name", ADDRESS.sub("]", sentence))
    return sum(any(map(str.isalnum, word)) for word in plain.split())


def _paths(*patterns: str) -> Iterator[Path]:
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        if not GENERATED.match(_name(path)):
            yield path


def _in_code(path: Path) -> Iterator[str]:
    source = path.read_text(encoding="utf-8")
    for line, text in (*docstrings(source), *comments(source)):
        if sentence := opening(text):
            yield _fault(path, line, sentence)
        for above, part in texts(FIGURE.sub("", text)):
            yield from (_fault(path, line + above + lines, each) for lines, each in long_sentences(part))


def _in_prose(path: Path) -> Iterator[str]:
    for line, text in prose(path.read_text(encoding="utf-8")):
        if sentence := opening(text):
            yield _fault(path, line, sentence)
        if _name(path) not in UNCOUNTED:
            yield from (_fault(path, line + lines, each) for lines, each in long_sentences(text))


def _fault(path: Path, line: int, sentence: str) -> str:
    return f"{_name(path)}:{line}: {sentence}"


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


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


def prose(markdown: str) -> Iterator[Text]:
    """Yield the paragraphs, headings, list items and table cells with their lines, without code blocks."""
    without_code = FENCE.sub(lambda block: "\n" * block[0].count("\n"), markdown)
    yield from ((above + 1, text) for above, text in texts(without_code))


def texts(written: str) -> Iterator[Text]:
    """Yield each text that stands by itself, with the number of lines above it."""
    marks = [match.span() for match in NEW_TEXT.finditer(written)]
    for (_, start), (end, _) in pairwise([(0, 0), *marks, (len(written), len(written))]):
        if text := written[start:end].strip():
            yield written.count("\n", 0, start), text


if __name__ == "__main__":
    for each in (found := faults()):
        print(each)
    sys.exit(bool(found))
