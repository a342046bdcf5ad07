from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from commitments.spreadsheets.reader.problems import FileError
from tests.progress_import.samples import saved, xlsx_of
from tests.spreadsheets.reader.conftest import Read
from tests.spreadsheets.reader.workbooks import MAIN, SHEET, STRICT, with_part, with_rows, without

VALUE = {"code": 0, "value": 1}
DAY = {"code": 0, "value": 1, "day": 2}
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'


def value_of(read: Read, cell: str) -> Any:
    """Return the value of a row with the XML as its second cell."""
    code = '<c r="A2" t="inlineStr"><is><t>A-1</t></is></c>'
    (row,) = read(with_rows(f'{HEAD}<row r="2">{code}{cell}</row>'), VALUE)
    return row.faults[0][1] if row.faults else (row.value, row.percent)


def test_numbers_days_and_texts_are_read(read: Read) -> None:
    (row,) = read(xlsx_of(("A-1", 1234.5, date(2023, 9, 28), "进展")), {**DAY, "progress": 3})
    assert (row.code, row.value, row.day, row.progress) == ("A-1", "1234.5", "2023-09-28", "进展")


@pytest.mark.parametrize("written", ["0.30000000000000004", "0.3"])
def test_what_binary_arithmetic_adds_is_taken_off(read: Read, written: str) -> None:
    assert value_of(read, f'<c r="B2"><v>{written}</v></c>') == ("0.3", False)


def test_a_cell_that_shows_percent_is_percent(read: Read) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (("code", "value"), ("A-1", 0.053), ("A-2", 0.5), ("A-3", 7)):
        sheet.append(row)
    for cell, shape in (("B2", "0.00%"), ("B3", '0.0"个"%'), ("B4", '0"%个"')):
        sheet[cell].number_format = shape
    assert [(row.value, row.percent) for row in read(saved(book), VALUE)] == [
        ("5.300", True),
        ("50.0", True),
        ("7", False),
    ]


@pytest.mark.parametrize("shape", ["yyyy/m/d", "mm-dd-yy", '[$-804]yyyy"年"m"月"d"日"', "d-mmm-yy"])
def test_a_day_is_told_by_the_cells_format(read: Read, shape: str) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(("code", "value", "day"))
    sheet.append(("A-1", 5, 45197))
    sheet["C2"].number_format = shape
    (row,) = read(saved(book), DAY)
    assert row.day == "2023-09-28"


def test_days_may_count_from_1904(read: Read) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.active
    sheet.append(("code", "value", "day"))
    sheet.append(("A-1", 5, date(2023, 9, 28)))
    assert [row.day for row in read(saved(book), DAY)] == ["2023-09-28"]


def test_a_day_beyond_the_calendar_is_a_fault(read: Read) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(("code", "value", "day"))
    sheet.append(("A-1", 5, 99999999))
    sheet["C2"].number_format = "yyyy-mm-dd"
    (row,) = read(saved(book), DAY)
    assert row.faults[0][0] == "day"


def test_a_formula_counts_by_what_it_shows(read: Read) -> None:
    assert value_of(read, '<c r="B2"><f>1+1</f><v>2</v></c>') == ("2", False)


def test_a_formula_that_was_never_computed_is_a_fault(read: Read) -> None:
    assert "formula" in value_of(read, '<c r="B2"><f>1+1</f></c>')


def test_an_error_is_a_fault(read: Read) -> None:
    assert "shows an error" in value_of(read, '<c r="B2" t="e"><v>#REF!</v></c>')


def test_yes_and_no_are_no_numbers(read: Read) -> None:
    assert "is not a number" in value_of(read, '<c r="B2" t="b"><v>1</v></c>')


def test_the_text_of_a_formula_is_text(read: Read) -> None:
    assert value_of(read, '<c r="B2" t="str"><f>"5"</f><v>5</v></c>') == ("5", False)


def test_a_shared_text_that_is_not_there_is_blank(read: Read) -> None:
    book = with_rows(HEAD + '<row r="2"><c r="A2" t="s"><v>99</v></c><c r="B2"><v>5</v></c></row>')
    assert "Unmerge" in read(book, VALUE)[0].faults[0][1]


def test_shared_texts_are_found(read: Read) -> None:
    texts = f'<sst xmlns="{MAIN}"><si><t>code</t></si><si><r><t>A-</t></r><r><t>1</t></r></si></sst>'
    rows = HEAD + '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>5</v><extLst/></c></row>'
    book = with_part("xl/sharedStrings.xml", texts.encode(), with_rows(rows))
    assert [row.code for row in read(book, VALUE)] == ["A-1"]


def test_a_day_in_a_faulty_row_is_kept_as_it_was(read: Read) -> None:
    (row,) = read(xlsx_of(("A-1", "x", date(2023, 9, 28))), DAY)
    assert row.written == ["A-1", "x", "2023-09-28"]


def test_errors_and_formulas_are_faults_in_every_column(read: Read) -> None:
    cells = "".join(f'<c r="{letter}2" t="e"><v>#N/A</v></c>' for letter in "ABC")
    (row,) = read(with_rows(f'{HEAD}<row r="2">{cells}</row>'), DAY)
    assert {fault[0] for fault in row.faults} == {"code", "value", "day"}


def test_text_in_several_fonts_is_one_text(read: Read) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(("code", "value"))
    sheet.append(("A-1", 5))
    sheet["A2"] = CellRichText("A-", TextBlock(InlineFont(b=True), "1"))
    assert [row.code for row in read(saved(book), VALUE)] == ["A-1"]


def test_readings_above_a_text_are_no_part_of_it(read: Read) -> None:
    cell = '<c r="A2" t="inlineStr"><is><t>A-1</t><rPh sb="0" eb="1"><t>yi</t></rPh></is></c><c r="B2"><v>5</v></c>'
    (row,) = read(with_rows(f'{HEAD}<row r="2">{cell}</row>'), VALUE)
    assert row.code == "A-1"


def test_rows_and_cells_may_leave_out_where_they_are(read: Read) -> None:
    rows = "<row><c><v>1</v></c></row><row><c><v>2</v></c><c><v>5</v></c></row>"
    assert [(row.number, row.code, row.value) for row in read(with_rows(rows), VALUE)] == [(2, "2", "5")]


def test_rows_that_are_left_out_keep_their_numbers(read: Read) -> None:
    rows = HEAD + '<row r="900000"><c r="A900000"><v>1</v></c><c r="B900000"><v>5</v></c></row>'
    assert [row.number for row in read(with_rows(rows), VALUE)] == [900000]


def test_columns_far_to_the_right_are_not_read(read: Read) -> None:
    rows = HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>5</v></c><c r="XFD2"><v>7</v></c></row>'
    assert [row.value for row in read(with_rows(rows), VALUE)] == ["5"]


def test_strict_workbooks_are_read(read: Read) -> None:
    rows = HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>5</v></c></row>'
    assert [row.value for row in read(with_rows(rows, namespace=STRICT), VALUE)] == ["5"]


def test_the_first_sheet_that_can_be_seen_is_read(read: Read) -> None:
    book = Workbook()
    hidden: Any = book.active
    hidden.append(("code", "value"))
    seen = book.create_sheet("填报")
    hidden.sheet_state = "hidden"
    seen.append(("code", "value"))
    seen.append(("A-1", 7))
    assert [row.value for row in read(saved(book), VALUE)] == ["7"]


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/sharedStrings.xml"])
def test_styles_and_shared_texts_may_be_missing(read: Read, part: str) -> None:
    rows = HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>5</v></c></row>'
    assert [row.value for row in read(without(part, with_rows(rows)), VALUE)] == ["5"]


BOMB = "<!DOCTYPE a [" + '<!ENTITY e0 "aaaaaaaaaaaaaaaa">' + "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 16}">' for n in range(1, 9)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and then nothing",
        with_part(SHEET, b"<worksheet><not closed"),
        with_part(SHEET, b'<?xml version="1.0" encoding="nonsense"?><worksheet/>'),
        without(SHEET),
        without("xl/workbook.xml"),
        with_rows('<row r="x"/>'),
        with_rows('<row r="1"><c r="A1"><v>1e</v></c></row>'),
        with_rows('<row><c t="str"><v>&e8;</v></c></row>', before=BOMB),
        with_rows('<row><c t="str"><v>&e;</v></c></row>', before=OUTSIDE),
    ],
    ids=[
        "cut off",
        "broken",
        "no encoding",
        "no visible sheet",
        "no workbook",
        "no number",
        "no figure",
        "bomb",
        "from outside",
    ],
)
def test_what_is_damaged_is_refused(read: Read, content: bytes) -> None:
    with pytest.raises(FileError, match="damaged"):
        read(content, VALUE)


def test_a_workbook_without_a_visible_sheet_is_refused(read: Read) -> None:
    relations = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    with pytest.raises(FileError, match="no visible sheet"):
        read(with_part("xl/_rels/workbook.xml.rels", relations), VALUE)
