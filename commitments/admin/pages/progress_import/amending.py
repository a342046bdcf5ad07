"""The fields by which rows of a sheet are mended or left out in its preview."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.core.paginator import Paginator

from ....formats import localised
from ....models import ImportAmendment, ImportJob, ImportRow
from ....progress_import.amendments import RowChange, hidden_rows
from ....progress_import.fault_messages import column_name
from ....progress_import.rejected_rows import cell_at
from ....progress_import.row_messages import suggestions
from ....spreadsheets.reader.cells import TURNS, UNSTORABLE
from ....spreadsheets.reader.rows import COLUMNS, MERGED

FIELD = re.compile(r"([0-9]{1,7})-([a-z_]+)")
LINE_BREAKS = re.compile(r"[\r\n]+")
CHANGES_A_PAGE = 200
LEAVE, CHOSEN = "leave", "target"
# The button that leaves out all hidden rows.
ALL_HIDDEN = "hidden"
LEFT_OUT = RowChange(left_out=True, cells={})
# Fields that are empty at first, so that whatever is typed there is an answer, even the text of the cell.
# A target or a value is never taken silently, nor is a cell that is right but for an invisible character.
ASKED = ("code", "value")
ASKING = (MERGED, TURNS, UNSTORABLE)
# The field that mends a column; a target is chosen by its code, a figure typed as the target asks for it.
MENDED_BY = {"title": "code", "agency": "code", "increase": "value", "unit": "value"}


class MendingField(NamedTuple):
    """A field for the text in place of a cell: its column, its name and label, and the text in it at first.

    `written` stands beside an empty field whose cell is not named among the problems. Behind a value stands its unit.
    """

    column: str
    name: str
    label: str
    text: str
    written: str
    is_value: bool


class ChosenTarget(NamedTuple):
    """A target that may be meant, by its code and its title in the reader's language."""

    code: str
    title: str


class RowForm(NamedTuple):
    """The fields for a wrong row: texts for its wrong cells, and targets to choose from."""

    fields: list[MendingField]
    choices: list[ChosenTarget]


class ShownChange(NamedTuple):
    """A row that was changed: the texts as written and as typed, by column, and by whom."""

    row: int
    left_out: bool
    cells: list[tuple[str, str, str]]
    by: str


def row_form(row: ImportRow, columns: Mapping[str, int]) -> RowForm:
    """Return the fields for the wrong cells of a row."""
    wrong = dict.fromkeys(MENDED_BY.get(column, column) for column, *_rest in row.faults or [])
    fields = [_field(row, column, columns) for column in wrong if column in COLUMNS]
    choices = [
        ChosenTarget(each.code, localised(each.title, each.title_en)) for each in suggestions(row.faults)
    ]
    return RowForm(fields, choices)


def typed_changes(job: ImportJob, data: Mapping[str, str]) -> dict[int, RowChange]:
    """Return the rows that a sent form changes."""
    typed: dict[int, dict[str, str]] = defaultdict(dict)
    for name, text in data.items():
        if found := FIELD.fullmatch(name):
            typed[int(found[1])][found[2]] = text
    staged = ImportRow.objects.filter(job=job, number__in=typed)
    rows = {row.number: row for row in staged}
    hidden = hidden_rows(job).values_list("number", flat=True) if ALL_HIDDEN in data else ()
    changes = {
        number: RowChange(LEAVE in texts, _cells(texts, rows.get(number), job.columns))
        for number, texts in typed.items()
    }
    said = {number: change for number, change in changes.items() if change.left_out or change.cells}
    return said | dict.fromkeys(hidden, LEFT_OUT)


def changes_page(job: ImportJob, number: str | None) -> dict[str, Any]:
    """Return a page of the changed rows of a sheet, in order."""
    changed = ImportAmendment.objects.filter(job=job).select_related("amended_by")
    page = Paginator(changed, CHANGES_A_PAGE).get_page(number)
    return {"changed": page, "changes": list(map(_shown, page))}


def _cells(texts: Mapping[str, str], row: ImportRow | None, columns: Mapping[str, int]) -> dict[str, str]:
    """Return the texts that differ from those shown; a code typed comes before one chosen."""
    code = texts.get("code", "").strip() or texts.get(CHOSEN, "")
    given = {name: texts[name] for name in COLUMNS if name in texts} | {"code": code}
    shown = {field.column: field.text for field in row_form(row, columns).fields} if row else {}
    return {name: text for name, text in given.items() if text != shown.get(name, "")}


def _field(row: ImportRow, column: str, columns: Mapping[str, int]) -> MendingField:
    written = _in_one_line(cell_at(row, columns.get(column)))
    faults = [message for name, message, _params in row.faults or [] if name == column]
    is_empty = column in ASKED or any(message in ASKING for message in faults)
    return MendingField(
        column,
        f"{row.number}-{column}",
        column_name(column),
        "" if is_empty else written,
        written if is_empty and not faults else "",
        column == "value",
    )


def _in_one_line(text: str) -> str:
    """Return the text as a field holds it, in which a browser keeps no line breaks."""
    return LINE_BREAKS.sub(" ", text)


def _shown(each: ImportAmendment) -> ShownChange:
    cells = [(column_name(name), each.written.get(name, ""), text) for name, text in each.cells.items()]
    return ShownChange(each.number, each.left_out, cells, each.amended_by.get_username())
