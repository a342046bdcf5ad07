"""The bounded process `python -m commitments.spreadsheets.reader FILE`: a question in, lines of JSON out.

The question `{"ask": "heading"}` is answered with the first rows as text. The question `{"ask": "rows",
"after": N, "columns": {…}, …}` with the fields of `rows.Asked` is answered with lists of rows.

The last line is `{"end": …}`. For rows it holds those left out, by reason. For a heading it holds the
approximate number of rows, and whether they are equally long as in a table. It also holds the names of sheets
that are not read, and the hidden columns. A refusal is `{"refused": message, "params": {…}}`. An answer
without a last line was cut off.
"""

import json
import resource
import sys
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from ...domain.texts import clean
from . import csv_cells, xlsx_cells
from .cells import Cell, Line, shown
from .other_kinds import ZIP, refuse_other_kinds
from .problems import FileError
from .problems import marked as _
from .rows import COLUMNS, MOST_COLUMNS, Asked, Changes, LeftOut, SheetRow, rows

MEMORY_BYTES = 1 * 2**30
CPU_SECONDS = 120
HEADING_ROWS = 30
HEADING_TEXT = 300
MOST_ROWS = 100_000
CHUNK = 2_000
CHUNK_CHARACTERS = 1_000_000
MOST_CHARACTERS = 100_000_000


def main() -> None:
    bound()
    try:
        for answer in answers(Path(sys.argv[1]), json.load(sys.stdin)):
            say(answer)
    except FileError as error:
        say({"refused": error.message, "params": error.params})
    except MemoryError:
        say({"refused": _("The file needs more memory than a spreadsheet of 100,000 rows."), "params": {}})


def bound() -> None:
    """Limit memory and time to the needs of a sheet, and forbid to write files."""
    # The limits hold for good: a process cannot raise its own.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answers(path: Path, question: Any) -> Iterator[Any]:
    """Yield the answers to a question; raise FileError if the file cannot be read."""
    kind = _kind(path)
    sheet = question.get("sheet", "")
    found: Iterator[Line] = kind.lines(path, sheet)
    if question["ask"] == "heading":
        first = list(islice(found, HEADING_ROWS))
        yield [[line.number, *_texts(line.cells)] for line in first]
        others, hidden = kind.other_sheets(path, sheet), kind.hidden_columns(path, sheet)
        yield {"end": [kind.about(path, sheet), kind.is_even(first), others, hidden]}
        return
    left_out = LeftOut()
    read = rows(found, _asked(question), left_out)
    count = characters = 0
    for chunk in _chunks(read):
        count += len(chunk)
        characters += sum(map(_read, chunk))
        if count > MOST_ROWS:
            raise FileError(_("More than %(most)d rows report something. Split the sheet."), most=MOST_ROWS)
        if characters > MOST_CHARACTERS:
            raise FileError(_("The sheet has too much text. Split it."))
        yield chunk
    yield {"end": left_out}


def _asked(question: Mapping[str, Any]) -> Asked:
    """Return the rows asked for; in JSON, numbers of rows are names."""
    cells, left_out, recorded = question.get("changes") or ({}, (), ())
    changes = Changes({int(number): texts for number, texts in cells.items()}, set(left_out), set(recorded))
    more = {name: question.get(name, ()) for name in ("quiet", "also", "rates")}
    return Asked(question["after"], question["columns"], changes=changes, **more)


def _chunks(read: Iterator[SheetRow]) -> Iterator[list[SheetRow]]:
    """Yield as many rows at once as the caller can hold."""
    chunk: list[SheetRow] = []
    length = 0
    for row in read:
        chunk.append(row)
        length += _read(row) + sum(map(len, row.written))
        if len(chunk) == CHUNK or length > CHUNK_CHARACTERS:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk


def _read(row: SheetRow) -> int:
    """Return the number of characters in the columns that are read."""
    return sum(len(getattr(row, name)) for name in COLUMNS)


def _kind(path: Path) -> ModuleType:
    refuse_other_kinds(path)
    with path.open("rb") as file:
        return xlsx_cells if file.read(len(ZIP)) == ZIP else csv_cells


def _texts(cells: list[Cell]) -> list[str]:
    return [clean(shown(cell)[:HEADING_TEXT]) for cell in cells[:MOST_COLUMNS]]


def say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
