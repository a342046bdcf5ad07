"""Reading of a file in the bounded process, which gets the file alone: no settings, no secrets."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

from ..spreadsheets.reader.problems import FileError
from ..spreadsheets.reader.problems import marked as _
from ..spreadsheets.reader.rows import Asked, LeftOut, SheetRow

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 300.0
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


class SheetHeading(NamedTuple):
    """The first rows of a file as text, each with its number.

    `about` is the approximate number of rows; `is_even` tells whether they are as long as those of a table.
    `others` are the names of sheets with a table that are not read, `hidden` the places of hidden columns.
    """

    rows: list[tuple[int, list[str]]]
    about: int
    is_even: bool
    others: list[str]
    hidden: list[int]


def read_heading(path: Path, sheet: str = "") -> SheetHeading:
    """Read the first rows; raise FileError for a file that is no table."""
    *chunks, (about, is_even, others, hidden) = _ask(path, {"ask": "heading", "sheet": sheet})
    found = [(row[0], row[1:]) for chunk in chunks for row in chunk if any(row[1:])]
    if not found:
        raise FileError(_("The sheet is empty."))
    if all(sum(map(bool, cells)) == 1 for _number, cells in found):
        raise FileError(_("This is not a table: there is only one column."))
    return SheetHeading(found, about, is_even, others, hidden)


def read_rows(path: Path, asked: Asked, left_out: LeftOut | None = None) -> Iterator[list[SheetRow]]:
    """Yield the rows asked for that report a value, in chunks; at the end, `left_out` holds the others.

    Raise FileError for an unreadable file.
    """
    for answer in _ask(path, {"ask": "rows", **asked._asdict()}):
        if isinstance(answer, list):
            yield [SheetRow(*row) for row in answer]
        elif left_out is not None:
            left_out.join(answer)


def _ask(path: Path, question: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the answers of the process, last of all the one at the end. Raise FileError for a refused file."""
    with _process(path) as process:
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(question))
            process.stdin.close()
        for line in process.stdout:
            if not line.endswith("\n"):
                break
            answer = json.loads(line)
            if isinstance(answer, list):
                yield answer
            elif "refused" in answer:
                raise FileError(answer["refused"], **answer["params"])
            else:
                yield answer["end"]
                return
    raise FileError(
        _("The file takes too long to read. Copy the rows alone, as values, into a new workbook.")
    )


@contextmanager
def _process(path: Path) -> Iterator[Any]:
    process = subprocess.Popen(  # noqa: S603 - our own module, and a path of our own making
        [sys.executable, "-P", "-m", "commitments.spreadsheets.reader", str(path)], cwd=ROOT, env=ENVIRONMENT,
        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    patience = Timer(SECONDS, process.kill)
    patience.start()
    with process:
        try:
            yield process
        finally:
            patience.cancel()
            process.kill()
