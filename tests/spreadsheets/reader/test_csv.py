import pytest

from commitments.spreadsheets.reader.cells import Line
from commitments.spreadsheets.reader.csv_cells import is_even
from commitments.spreadsheets.reader.problems import FileError
from commitments.spreadsheets.reader.rows import COLUMNS
from tests.progress_import.samples import csv_of
from tests.spreadsheets.reader.conftest import Read

ROW = ("A-1", "改造", "", "5", "", "", "2023-09-28", "进展", "", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_of_excel_are_understood(read: Read, encoding: str) -> None:
    (row,) = read(csv_of(ROW, header=COLUMNS, encoding=encoding))
    assert (row.code, row.title, row.value, row.progress) == ("A-1", "改造", "5", "进展")


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separators_of_excel_are_understood(read: Read, separator: str) -> None:
    text = separator.join(COLUMNS) + "\n" + separator.join(ROW) + "\n"
    (row,) = read(text.encode())
    assert row.value == "5"


def test_rows_are_numbered_as_a_spreadsheet_shows_them(read: Read) -> None:
    two_lines = ("A-1", "", "", "5", "", "", "", "第一行\n第二行", "", "")
    rows = read(csv_of(two_lines, [], ROW, header=COLUMNS))
    assert [row.number for row in rows] == [2, 4]


def test_a_protecting_apostrophe_is_taken_off(read: Read) -> None:
    (row,) = read(csv_of(("A-1", "", "", "-5", "", "", "", "'=1+1", "'-5", "''x"), header=COLUMNS))
    assert (row.value, row.progress, row.problems, row.next_steps) == ("-5", "=1+1", "-5", "'x")


def test_blank_rows_and_rows_without_value_and_note_are_left_out(read: Read) -> None:
    assert (
        read(csv_of(("A-1", "改造", "节点1", " ", "", "", "2023-09-28", "", "", " "), header=COLUMNS)) == []
    )


def test_a_short_row_ends_in_blanks(read: Read) -> None:
    (row,) = read(csv_of(("A-1", "", "", "5"), header=COLUMNS))
    assert (row.day, row.progress, row.faults) == ("", "", [])


@pytest.mark.parametrize("content", [b'a,b\n"open,1\n', b"a,b\n" + b"x" * 200_000, b"\xff\xfe\x00"])
def test_what_is_no_table_is_refused(read: Read, content: bytes) -> None:
    with pytest.raises(FileError):
        read(content, {"value": 1})


def test_text_of_another_encoding_is_refused(read: Read) -> None:
    with pytest.raises(FileError, match="GB 18030"):
        read(b"\xff\xff\xff,")


def test_utf_16_without_its_mark_is_named(read: Read) -> None:
    with pytest.raises(FileError, match="UTF-16"):
        read("编码,数值\nLIV-01,5\n".encode("utf-16-le"))


def test_a_single_line_is_no_table() -> None:
    assert not is_even([Line(1, ["一", "二"]), Line(2, ["三"])])
