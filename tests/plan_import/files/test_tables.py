import codecs
from pathlib import Path

import pytest

from tests.plan_import.folders import TABLES, edit, places, problems_of


def test_the_small_plan_is_sound(folder: Path) -> None:
    assert problems_of(folder) == []


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder: Path) -> None:
    text = TABLES["agencies.csv"].replace("\n", "\r\n")
    (folder / "agencies.csv").write_bytes(codecs.BOM_UTF8 + text.encode())
    assert problems_of(folder) == []


def test_empty_lines_that_excel_leaves_are_skipped(folder: Path) -> None:
    with (folder / "agencies.csv").open("a") as file:
        file.write("\n,,\n")
    assert problems_of(folder) == []


def test_a_missing_table_is_the_only_problem(folder: Path) -> None:
    (folder / "agencies.csv").unlink()
    assert places(problems_of(folder)) == [("agencies.csv", 0, "")]


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TABLES["agencies.csv"].encode("gb18030"), "GB 18030"),
        (TABLES["agencies.csv"].encode("utf-16"), "UTF-16"),
        (b"code\xff\n", "?"),
    ],
)
def test_another_encoding_is_named(folder: Path, raw: bytes, encoding: str) -> None:
    (folder / "agencies.csv").write_bytes(raw)
    assert [problem.params for problem in problems_of(folder)] == [{"encoding": encoding}]


def test_missing_unknown_and_repeated_columns_are_named(folder: Path) -> None:
    edit(folder, "priorities.csv", "code,title,title_en", "title,titel,titel")
    assert places(problems_of(folder)) == [
        ("priorities.csv", 1, column) for column in ("code", "titel", "titel", "titel")
    ]


def test_an_empty_file_lacks_its_columns(folder: Path) -> None:
    (folder / "priorities.csv").write_text("")
    assert [problem.column for problem in problems_of(folder)] == ["code"]


@pytest.mark.parametrize("line", ["works,住建局", "works,住建局,Works,more"])
def test_a_line_with_the_wrong_number_of_cells_is_named(folder: Path, line: str) -> None:
    edit(folder, "agencies.csv", "works,住建局,Works", line)
    assert ("agencies.csv", 2, "") in places(problems_of(folder))


def test_an_open_quotation_mark_is_not_a_table(folder: Path) -> None:
    edit(folder, "agencies.csv", "Works", '"Works')
    assert ("agencies.csv", 0, "") in places(problems_of(folder))


def test_a_line_is_counted_where_it_starts(folder: Path) -> None:
    edit(folder, "agencies.csv", "Works", '"Works\nand more"')
    edit(folder, "agencies.csv", "jobs", "jobs of")
    assert ("agencies.csv", 4, "code") in places(problems_of(folder))


def test_every_broken_cell_is_named_at_once(folder: Path) -> None:
    edit(folder, "targets.csv", "C1,C1,yes,小区,Communities,count,", "C1,C1,perhaps,小区,Communities,counts,")
    edit(folder, "milestones.csv", "2023-04-30", "30.4.2023")
    assert places(problems_of(folder)) == [
        ("targets.csv", 2, "headline"),
        ("targets.csv", 2, "kind"),
        ("milestones.csv", 2, "due_on"),
    ]
