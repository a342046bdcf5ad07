import pytest
from django.utils import translation

from commitments import labels
from commitments.domain.enums import EntryState
from commitments.spreadsheets.reader.rows import COLUMNS
from tests.progress_import.samples import csv_of
from tests.spreadsheets.reader.conftest import Read


def cells(**given: str) -> tuple[str, ...]:
    return tuple({"code": "A-1", "value": "5", **given}.get(name, "") for name in COLUMNS)


@pytest.mark.parametrize(
    ("given", "column", "said"),
    [
        ({"value": "abc"}, "value", "is not a number"),
        ({"value": "2①"}, "value", "is not a number"),
        ({"denominator": "200个"}, "denominator", "is not a number"),
        ({"day": "31.12.2023"}, "day", "Not a date"),
        ({"code": ""}, "code", "Unmerge the cells"),
        ({"value": "", "progress": "已开工"}, "value", "no value"),
        ({"value": "1E99"}, "value", "cannot be stored"),
        ({"value": "1E-99"}, "value", "cannot be stored"),
        ({"progress": "a\0b"}, "progress", "cannot be stored"),
        ({"value": "1\0"}, "value", "cannot be stored"),
        ({"day": "2023-\0"}, "day", "cannot be stored"),
        ({"title": "a\u202eb"}, "title", "reverses the text"),
        ({"value": "1\u2066"}, "value", "reverses the text"),
    ],
)
def test_each_fault_is_named(read: Read, given: dict[str, str], column: str, said: str) -> None:
    ((fault,),) = [row.faults for row in read(csv_of(cells(**given), header=COLUMNS))]
    assert fault[0] == column
    assert said in fault[1].replace("can be stored", "cannot be stored")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("state", [EntryState.RETURNED, EntryState.WITHDRAWN, EntryState.CORRECTED])
def test_what_a_list_says_does_not_count_is_not_taken_back_in(
    read: Read, language: str, state: EntryState
) -> None:
    with translation.override(language):
        said = str(labels.ENTRY_STATE[state])
    ((fault,),) = [row.faults for row in read(csv_of((*cells(), said), header=(*COLUMNS, "state")))]
    assert fault.params == {"state": said}


def test_a_word_in_a_note_is_no_state(read: Read) -> None:
    ((faults),) = [row.faults for row in read(csv_of(cells(progress="已更正"), header=COLUMNS))]
    assert faults == []


def test_every_fault_of_a_row_is_named(read: Read) -> None:
    (row,) = read(csv_of(cells(code="", value="abc", day="x"), header=COLUMNS))
    assert {fault[0] for fault in row.faults} == {"code", "value", "day"}


def test_a_faulty_row_is_kept_as_it_was_written(read: Read) -> None:
    (row,) = read(csv_of(cells(value="12万", progress="x\0"), header=COLUMNS))
    assert (row.written[COLUMNS.index("value")], row.written[COLUMNS.index("progress")]) == ("12万", "x")


@pytest.mark.parametrize("name", ["合计", "合 计：", "累计:", "本页合计", "Total", "ＴＯＴＡＬ：", "小计"])
def test_totals_are_nobodys_progress(read: Read, name: str) -> None:
    assert read(csv_of(cells(code=name), header=COLUMNS)) == []


@pytest.mark.parametrize("name", ["合计::", "累计投资", "Totals"])
def test_what_only_begins_like_a_total_is_a_row(read: Read, name: str) -> None:
    assert len(read(csv_of(cells(code=name), header=COLUMNS))) == 1
