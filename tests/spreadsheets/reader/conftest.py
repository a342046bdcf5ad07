from collections.abc import Callable
from pathlib import Path

import pytest

from commitments.progress_import import reading
from commitments.spreadsheets.reader.__main__ import answers
from commitments.spreadsheets.reader.rows import COLUMNS, Asked, SheetRow

IN_ORDER = {name: place for place, name in enumerate(COLUMNS)}
Read = Callable[..., list[SheetRow]]


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[bytes], Path]:
    def keep(content: bytes) -> Path:
        path = tmp_path / "sheet"
        path.write_bytes(content)
        return path

    return keep


@pytest.fixture
def read(kept: Callable[[bytes], Path]) -> Read:
    """Return a function that reads the rows below the first one."""

    def rows(content: bytes, columns: dict[str, int] | None = None) -> list[SheetRow]:
        question = {"ask": "rows", "after": 1, "columns": columns or IN_ORDER}
        *chunks, _end = answers(kept(content), question)
        return [row for chunk in chunks for row in chunk]

    return rows


@pytest.fixture
def read_outside(kept: Callable[[bytes], Path]) -> Read:
    """Return the same function, by the process that reads for the service."""

    def rows(content: bytes, columns: dict[str, int] | None = None) -> list[SheetRow]:
        return [
            row for chunk in reading.read_rows(kept(content), Asked(1, columns or IN_ORDER)) for row in chunk
        ]

    return rows
