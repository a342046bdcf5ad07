"""Texts of a person in place of a file's cells, rows passed over, and a sheet chosen in a workbook."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from commitments.spreadsheets.reader.__main__ import answers
from commitments.spreadsheets.reader.rows import MOST_NAMED, LeftOut, SheetRow
from tests.progress_import.samples import csv_of, saved

COLUMNS = {"code": 0, "value": 1}
Asking = Callable[..., tuple[list[SheetRow], dict[str, Any]]]
SHEET = csv_of(("A-1", "许多"), ("A-2", "5"), ("合计", "5"), header=("code", "value", "other"))


@pytest.fixture
def ask(kept: Callable[[bytes], Path]) -> Asking:
    """Return a function that reads rows with further fields of the question."""

    def rows(content: bytes, **given: Any) -> tuple[list[SheetRow], dict[str, Any]]:
        question = {"ask": "rows", "after": 1, "columns": COLUMNS, **given}
        *chunks, end = answers(kept(content), question)
        return [row for chunk in chunks for row in chunk], end["end"]

    return rows


def test_a_text_is_read_in_place_of_a_cell(ask: Asking) -> None:
    (row, _other), _left_out = ask(SHEET, changes=[{"2": {"value": "7"}}, [], []])
    assert (row.value, row.typed, row.written, row.faults) == ("7", "7", ["A-1", "7"], [])


def test_a_text_for_a_column_that_the_sheet_lacks_is_read_too(ask: Asking) -> None:
    (row, _other), _left_out = ask(SHEET, changes=[{"2": {"day": "2023-08-31"}}, [], []])
    assert (row.day, row.typed, row.written) == ("2023-08-31", "", ["A-1", "许多"])


def test_a_row_that_is_mended_is_never_taken_for_a_total(ask: Asking) -> None:
    rows, _left_out = ask(SHEET, changes=[{"4": {"code": "A-3"}}, [], []])
    assert [row.code for row in rows] == ["A-1", "A-2", "A-3"]


def test_rows_that_are_left_out_or_recorded_are_counted_so(ask: Asking) -> None:
    rows, left_out = ask(SHEET, changes=[{}, [2], [3]])
    assert (rows, left_out) == ([], {"above": [1, 1], "chosen": [1, 2], "recorded": [1, 3], "total": [1, 4]})


def test_another_column_of_values_keeps_a_row(ask: Asking) -> None:
    sheet = csv_of(("A-1", "", "5"), ("A-2", "", "—"), ("A-3",), header=("code", "value", "other"))
    rows, left_out = ask(sheet, also=[2])
    assert ([(row.code, row.faults) for row in rows], left_out["blank"]) == ([("A-1", [])], [2, 3, 4])


def test_a_rate_keeps_a_row_without_a_value(ask: Asking) -> None:
    sheet = csv_of(
        ("A-1", "", "7.2"), ("A-2", "", "0"), ("A-3", "5", "7.2"), header=("code", "value", "rate")
    )
    rows, left_out = ask(sheet, rates=[2])
    assert ([(row.code, row.faults, row.rates) for row in rows], left_out["blank"]) == (
        [("A-1", [], [2]), ("A-3", [], ())],
        [1, 3],
    )


def test_rows_left_out_in_two_places_are_joined() -> None:
    left_out = LeftOut({"total": [1, 9]})
    left_out.join({"total": [60, *range(10, 70)], "empty": [1, 3]})
    assert left_out["total"][:3] == [61, 9, 10]
    assert (len(left_out["total"]), left_out["empty"]) == (MOST_NAMED + 1, [1, 3])


def book() -> bytes:
    made = Workbook()
    for name, value in (("一季度", 5), ("二季度", 6)):
        sheet = made.create_sheet(name)
        sheet.append(("code", "value"))
        sheet.append(("A-1", value))
    return saved(made)


@pytest.mark.parametrize(("name", "value"), [("", "5"), ("二季度", "6"), ("没有", "5")])
def test_a_sheet_is_read_by_its_name_else_the_first_table(ask: Asking, name: str, value: str) -> None:
    rows, _left_out = ask(book(), sheet=name)
    assert [row.value for row in rows] == [value]


def test_sheets_that_are_not_read_are_named(kept: Callable[[bytes], Path]) -> None:
    *_rows, end = answers(kept(book()), {"ask": "heading", "sheet": "二季度"})
    assert end["end"][2] == ["一季度"]


def test_hidden_columns_are_told(kept: Callable[[bytes], Path]) -> None:
    made = Workbook()
    made.worksheets[0].append(("code", "value", "other"))
    made.worksheets[0].column_dimensions["B"].hidden = True
    made.worksheets[0].column_dimensions["C"].width = 30
    *_rows, end = answers(kept(saved(made)), {"ask": "heading"})
    assert end["end"][3] == [1]


def test_a_blank_workbook_hides_no_column(kept: Callable[[bytes], Path]) -> None:
    *_rows, end = answers(kept(saved(Workbook())), {"ask": "heading"})
    assert end["end"][3] == []
