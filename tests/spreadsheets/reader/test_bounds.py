"""The cost of a file: the process that reads it ends before the service notices."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from commitments.progress_import import reading
from commitments.spreadsheets.reader import __main__ as child
from commitments.spreadsheets.reader import zipped
from commitments.spreadsheets.reader.problems import FileError
from commitments.spreadsheets.reader.rows import Asked
from tests.progress_import.samples import csv_of, xlsx_of
from tests.spreadsheets.reader.conftest import Read
from tests.spreadsheets.reader.workbooks import with_rows

Kept = Callable[[bytes], Path]
VALUE = {"code": 0, "value": 1}


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(read: Read) -> None:
    """700 MB of blanks in 700 kB."""
    out = io.BytesIO()
    with (
        ZipFile(out, "w", ZIP_DEFLATED) as archive,
        archive.open("xl/media/blank", "w", force_zip64=True) as part,
    ):
        for _ in range(zipped.MOST_UNPACKED // 2**20 + 1):
            part.write(bytes(2**20))
    with pytest.raises(FileError, match="too large"):
        read(out.getvalue(), VALUE)


def test_a_workbook_of_too_many_parts_is_refused(read: Read) -> None:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for number in range(zipped.MOST_PARTS + 1):
            archive.writestr(f"part{number}", b"")
    with pytest.raises(FileError, match="too large"):
        read(out.getvalue(), VALUE)


def test_a_workbook_with_a_password_is_refused(read: Read) -> None:
    locked = bytearray(xlsx_of())
    place = locked.find(b"PK\x01\x02")
    locked[place + 8] |= 1
    with pytest.raises(FileError, match="password"):
        read(bytes(locked), VALUE)


def test_a_workbook_of_the_old_kind_is_refused(read: Read) -> None:
    with pytest.raises(FileError, match="xls"):
        read(b"\xd0\xcf\x11\xe0 and so on", VALUE)


def test_one_cell_of_hundreds_of_megabytes_is_its_own_problem(read_outside: Read) -> None:
    text = "a" * (400 * 2**20)
    rows = f'<row r="1"/><row r="2"><c r="A2" t="str"><v>{text}</v></c><c r="B2"><v>1</v></c></row>'
    (row,) = read_outside(with_rows(rows), VALUE)
    assert [(fault[0], fault[1].split()[0]) for fault in row.faults] == [("code", "Longer")]
    assert len(row.written[0]) < 1_000


def test_a_million_empty_rows_are_passed_over(read_outside: Read) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 1_000_001))
    assert read_outside(with_rows(rows), VALUE) == []


def test_more_rows_than_a_sheet_may_have_are_refused(read: Read) -> None:
    rows = (("A-1", 1),) * (child.MOST_ROWS + 1)
    with pytest.raises(FileError, match="Split"):
        read(csv_of(*rows, header=("code", "value")), VALUE)


def test_whatever_takes_too_long_is_cut_off(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    with pytest.raises(FileError, match="too long"):
        list(reading.read_rows(kept(csv_of(("A-1", 1))), Asked(1, VALUE)))


def test_a_process_that_is_ended_within_an_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an answer may stand in the pipe when the time is up."""
    half = tmp_path / "reader"
    half.write_text("#!/bin/sh\nprintf '[[1'\n")
    half.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(half))
    with pytest.raises(FileError, match="takes too long"):
        reading.read_heading(tmp_path / "file")


def test_the_process_knows_no_secrets(kept: Kept) -> None:
    assert set(reading.ENVIRONMENT) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}


def test_nothing_is_left_unbounded(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    monkeypatch.setattr(child.resource, "setrlimit", lambda *given: said.append(given[1]))  # type: ignore[attr-defined]
    child.bound()
    assert said == [(child.MEMORY_BYTES,) * 2, (child.CPU_SECONDS,) * 2, (0, 0)]


def test_the_process_is_bounded() -> None:
    script = (
        "import resource; from commitments.spreadsheets.reader.__main__ import bound; bound();"
        "kinds = resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE;"
        "print([resource.getrlimit(kind)[1] for kind in kinds])"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert json.loads(said) == [child.MEMORY_BYTES, child.CPU_SECONDS, 0]


def test_an_empty_sheet_is_told(kept: Kept) -> None:
    with pytest.raises(FileError, match="empty"):
        reading.read_heading(kept(with_rows("")))


@pytest.mark.parametrize("content", [csv_of(("A-1", 1), ("A-2", 2)), xlsx_of(("A-1", 1), ("A-2", 2))])
def test_the_heading_comes_with_the_number_of_rows(kept: Kept, content: bytes) -> None:
    found = reading.read_heading(kept(content))
    assert found.rows[0] == (1, ["code", "value", "day", "progress"])
    assert found.about == 3


@pytest.mark.parametrize("content", [csv_of(("A-1", 1)), xlsx_of(("A-1", 1))])
def test_a_heading_is_answered_with_its_rows_and_their_number(kept: Kept, content: bytes) -> None:
    rows, end = child.answers(kept(content), {"ask": "heading"})
    assert (rows[1][:3], end["end"][0]) == ([2, "A-1", "1"], 2)


def asked(content: Path, question: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "bound", lambda: None)
    monkeypatch.setattr(sys, "argv", ["files", str(content)])
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(question)))
    child.main()


def test_the_last_line_says_that_nothing_was_cut_off(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(kept(csv_of(("A-1", 1))), {"ask": "rows", "after": 1, "columns": VALUE}, monkeypatch)
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"end": {"above": [1, 1]}}


def test_the_last_line_says_why_a_file_is_refused(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(kept(b"PK\x03\x04"), {"ask": "heading"}, monkeypatch)
    assert "damaged" in json.loads(capsys.readouterr().out)["refused"]


def test_the_last_line_says_that_the_memory_did_not_do(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def too_much(*_given: object) -> object:
        raise MemoryError

    monkeypatch.setattr(child, "answers", too_much)
    asked(kept(b""), {}, monkeypatch)
    assert "memory" in json.loads(capsys.readouterr().out)["refused"]


def answering(script: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """In place of the process that reads, one that does as told."""
    module = folder / "commitments" / "sheets" / "files"
    module.mkdir(parents=True)
    (module / "__main__.py").write_text(script)
    monkeypatch.setattr(reading, "ENVIRONMENT", {"PYTHONPATH": str(folder)})


@pytest.mark.parametrize("script", ["print('[[1, \"co', end='')", "import os; os.close(0)"])
def test_an_answer_that_is_cut_off_took_too_long(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str
) -> None:
    answering(script, monkeypatch, tmp_path)
    with pytest.raises(FileError, match="too long"):
        reading.read_heading(kept(csv_of()))


def test_who_does_not_listen_is_taken_for_too_slow(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """More than a pipe holds is asked of a process that is gone."""
    answering("", monkeypatch, tmp_path)
    columns = dict.fromkeys(map(str, range(100_000)), 0)
    with pytest.raises(FileError, match="too long"):
        list(reading.read_rows(kept(csv_of()), Asked(1, columns)))


def test_chunks_are_bounded_by_their_characters(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "CHUNK_CHARACTERS", 10)
    sheet = csv_of(("A-1", 1, "", "x" * 20), ("A-2", 2), ("A-3", 3))
    *chunks, end = child.answers(
        kept(sheet), {"ask": "rows", "after": 1, "columns": {**VALUE, "progress": 3}}
    )
    assert ([len(chunk) for chunk in chunks], end) == ([1, 2], {"end": {"above": [1, 1]}})


def test_more_text_than_a_sheet_may_have_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MOST_CHARACTERS", 10)
    with pytest.raises(FileError, match="too much text"):
        read(csv_of(("A-1", 1, "", "x" * 20)), {**VALUE, "progress": 3})


def test_columns_that_nobody_reads_are_not_counted(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MOST_CHARACTERS", 10)
    assert len(read(csv_of(("A-1", 1, "", "x" * 20)), VALUE)) == 1


def test_headings_hold_nothing_that_cannot_be_stored(kept: Kept) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>co</v></c><c r="B1" t="inlineStr"><is><t>val_x0000_ue</t></is></c></row>'
    assert reading.read_heading(kept(with_rows(rows))).rows == [(1, ["co", "value"])]
