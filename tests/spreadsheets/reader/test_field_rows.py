"""Rows that are no data, merged cells and covers, in sheets from the field."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from commitments.spreadsheets.reader.rows import COLUMNS, MERGED, MOST_NAMED, LeftOut
from tests.progress_import.samples import csv_of, saved
from tests.spreadsheets.reader.conftest import Read
from tests.spreadsheets.reader.workbooks import SHEET, without

DATA = Path(__file__).parents[2] / "progress_import/data"


def test_a_merged_value_is_a_fault_of_each_row_and_shown_once(read: Read) -> None:
    rows = read((DATA / "24_merged_value.xlsx").read_bytes(), {"code": 0, "value": 2})
    assert [(row.code, [fault[1] for fault in row.faults], row.written[2:]) for row in rows] == [
        ("ENV-CIT-05", [MERGED], ["22"]),
        ("ENV-CIT-05-C", [MERGED], [""]),
    ]


def test_a_merged_name_goes_down_and_a_merged_note_stands_once(read: Read) -> None:
    columns = {"code": 0, "value": 1, "title": 2}
    assert [
        row.title for row in read((DATA / "24_merged_value.xlsx").read_bytes(), {**columns, "value": 0})
    ] == [
        "22",
        "22",
    ]
    noted = read((DATA / "24_merged_value.xlsx").read_bytes(), {"code": 0, "value": 1, "progress": 2})
    assert [row.progress for row in noted] == ["22", ""]


def test_a_cover_is_passed_over(read: Read) -> None:
    (row,) = read((DATA / "08_cover_sheet_first.xlsx").read_bytes(), {"code": 0, "value": 1})
    assert row.code == "ENV-CIT-05"


@pytest.mark.parametrize("cells", [("填报人：", "审核人："), ("注：口径不变", "详见附件"), ("code", "value")])
def test_signatures_notes_and_repeated_headings_are_left_out(read: Read, cells: tuple[str, str]) -> None:
    assert read(csv_of(cells, header=("code", "value")), {"code": 0, "value": 1}) == []


def test_a_row_with_a_figure_is_no_signature(read: Read) -> None:
    (row,) = read(csv_of(("说明：A", "5"), header=("code", "value")), {"code": 0, "value": 1})
    assert row.value == "5"


def test_rows_left_out_are_counted_and_the_first_ones_named() -> None:
    left_out = LeftOut()
    for number in range(MOST_NAMED + 5):
        left_out.add("empty", number)
    assert (left_out["empty"][0], len(left_out["empty"])) == (MOST_NAMED + 5, MOST_NAMED + 1)


def test_a_heading_is_no_row_of_its_own(read: Read) -> None:
    assert read(csv_of(header=COLUMNS)) == []


def workbook(*rows: tuple[object, ...]) -> Any:
    book = Workbook()
    for row in (("code", "value"), *rows):
        book.worksheets[0].append(row)
    return book


def test_a_merged_cell_without_content_changes_nothing(read: Read) -> None:
    book = workbook(("A-1", None), ("A-2", None), ("A-3", 7))
    book.worksheets[0].merge_cells("B2:B3")
    assert [row.value for row in read(saved(book), {"code": 0, "value": 1})] == ["7"]


def test_a_sheet_that_is_missing_from_its_file_is_passed_over(read: Read) -> None:
    book = workbook()
    seen = book.create_sheet("填报")
    seen.append(("code", "value"))
    seen.append(("A-1", 7))
    assert [row.value for row in read(without(SHEET, saved(book)), {"code": 0, "value": 1})] == ["7"]
