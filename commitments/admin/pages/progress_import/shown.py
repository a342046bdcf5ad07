"""The content of a sheet's page at each stage."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy, pgettext
from openpyxl.utils import get_column_letter

from ....domain.enums import Accumulation
from ....domain.import_enums import ImportState
from ....formats import amount, either, exact, localised, parts
from ....labels import Label
from ....models import ImportJob, ImportRow
from ....presenters.entries import name_narrative
from ....progress_import.amendments import hidden_rows
from ....progress_import.column_mapping import asks_for_day, find_layout, guess_mapping, headings_of
from ....progress_import.context import folded
from ....progress_import.fault_messages import column_name
from ....progress_import.rejected_rows import cell_at
from ....progress_import.row_messages import render
from ....spreadsheets.reader import rows
from ....spreadsheets.reader.rows import COLUMNS
from .amending import RowForm, row_form
from .forms import ColumnsForm

WRONG_A_PAGE, ROWS_A_PAGE = 100, 200
MOST_REMARKED = 100
HEADING_ROWS = 8
HEADING_COLUMNS = 12
SHOWN_CELLS = 3
# The reasons to leave a row out, in the order of the page; empty rows are counted alone.
WHY: Mapping[str, Label] = {
    rows.ABOVE: gettext_lazy("names of the columns, and what stands above them"),
    rows.TOTAL: gettext_lazy("totals"),
    rows.SECTION: gettext_lazy("headings of groups"),
    rows.REPEATED: gettext_lazy("names of the columns once more"),
    rows.SIGNED: gettext_lazy("signatures and notes"),
    rows.BLANK: gettext_lazy("without a value"),
    rows.RATE: gettext_lazy("without a value, only with a rate beside it"),
    rows.EMPTY: gettext_lazy("empty"),
    rows.CHOSEN: gettext_lazy("left out here"),
}


class SheetFinding(NamedTuple):
    """One finding: its row, target and column, the cell's text, and the message about it."""

    row: int
    target: str
    column: str
    written: str
    sentence: str


class ColumnRow(NamedTuple):
    """A column of the sheet: its letter and heading, its first cells, and the field for its meaning.

    `is_hidden` tells that the sheet hides it.
    """

    letter: str
    heading: str
    cells: list[str]
    field: BoundField
    is_hidden: bool


class WrongRow(NamedTuple):
    """A row with its problems, and the fields to mend it."""

    row: int
    target: str
    unit: str
    found: list[SheetFinding]
    form: RowForm


class RowPreview(NamedTuple):
    """A row as it would be recorded."""

    row: int
    target: str
    day: Any
    value: str
    note: str


class RowTally(NamedTuple):
    """The rows of a file: each is read, wrong, left out or recorded before."""

    all: int
    recorded: int
    read: int
    wrong: int
    left_out: int


class RowsLeftOut(NamedTuple):
    """Rows left out for one reason: their number, and the first of them."""

    why: Label
    times: int
    numbers: list[int]
    more: bool

    @property
    def listed(self) -> str:
        """Return the numbers as a list in the reader's language."""
        said = pgettext("between numbers of lines", ", ").join(map(str, self.numbers))
        return f"{said} …" if self.more else said


def progress(job: ImportJob) -> dict[str, Any]:
    """Return the number of rows checked and the approximate total; None if that is unknown."""
    checking = job.state == ImportState.RECEIVED and job.reached > 0
    return {
        "state": job.state,
        "reached": job.reached if checking else None,
        "expected": max(job.expected, job.reached) if checking else None,
    }


def preview(job: ImportJob, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the lists of a checked sheet: wrong rows, doubts, rows as they would be recorded, and those left out."""
    staged = (
        ImportRow.objects.filter(job=job)
        .select_related("commitment", "target", "milestone")
        .order_by("number")
    )
    right = staged.filter(faults__isnull=True)
    wrong = _page(staged.filter(faults__isnull=False), asked.get("p"), WRONG_A_PAGE)
    doubted = _page(right.filter(doubts__isnull=False), asked.get("d"), ROWS_A_PAGE)
    read = _page(right, asked.get("r"), ROWS_A_PAGE)
    return {
        "tally": _tally(job),
        "left_out": _left_out(job),
        "hidden_rows": hidden_rows(job).count(),
        "others": job.rows - job.faulty,
        "wrong": wrong,
        "wrong_rows": [_wrong(row, job.columns) for row in wrong],
        "doubted": doubted,
        "doubts": [found for row in doubted for found in _doubts(row)],
        "remarked": [found for row in _remarked(right) for found in _remarks(row)],
        "read": read,
        "read_rows": [_proposed(row) for row in read],
    }


def _tally(job: ImportJob) -> RowTally:
    counted = {why: numbers[0] for why, numbers in job.left_out.items()}
    recorded = job.recorded_before
    left_out = sum(counted.values()) - counted.get(rows.RECORDED, 0)
    return RowTally(job.rows + left_out + recorded, recorded, job.rows - job.faulty, job.faulty, left_out)


def _left_out(job: ImportJob) -> list[RowsLeftOut]:
    found = ((why, *job.left_out[why]) for why in WHY if why in job.left_out)
    return [
        RowsLeftOut(WHY[why], counted, numbers, more=counted > len(numbers))
        for why, counted, *numbers in found
    ]


def _remarked(staged: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    return staged.filter(remarks__isnull=False)[:MOST_REMARKED]


def _remarks(row: ImportRow) -> Iterable[SheetFinding]:
    proposed = _proposed(row)
    return [
        SheetFinding(row.number, proposed.target, column_name(column), proposed.value, sentence)
        for column, sentence in render(row.remarks)
    ]


def asked_columns(job: ImportJob, chosen: str) -> dict[str, Any]:
    """Return the form for naming columns, with the chosen row as the row of names."""
    first: Mapping[int, list[str]] = dict(job.heading)
    number = int(chosen) if chosen.isdecimal() and int(chosen) in first else job.header_row or min(first)
    names = headings_of(first, number)
    headings = {place: heading for place, heading in enumerate(names) if heading.strip()}
    known = _named(job, names, number)
    return {
        "header_row": number,
        "headings": headings,
        "known": known,
        "hidden": job.hidden_columns,
        "columns_form": ColumnsForm(headings, known),
        "cells": {place: _first_cells(job, number, place) for place in headings},
        "asks_day": job.state == ImportState.UNMAPPED and asks_for_day(find_layout(job.heading), names),
        "first_rows": [(row, cells[:HEADING_COLUMNS]) for row, cells in list(first.items())[:HEADING_ROWS]],
        "named": _in_other_words(known),
    }


def column_rows(asked: Mapping[str, Any]) -> list[ColumnRow]:
    """Return a row for each column of the sheet: its first cells, and the field for its meaning."""
    return [
        ColumnRow(
            get_column_letter(place + 1),
            heading,
            asked["cells"][place],
            asked["columns_form"][f"c{place}"],
            is_hidden=place in asked["hidden"],
        )
        for place, heading in asked["headings"].items()
    ]


def _first_cells(job: ImportJob, header_row: int, place: int) -> list[str]:
    """Return the first cells of a column below its heading that are not empty."""
    below = [cells[place] for number, cells in job.heading if number > header_row and place < len(cells)]
    return list(filter(str.strip, below))[:SHOWN_CELLS]


def _named(job: ImportJob, names: list[str], header_row: int) -> dict[str, str]:
    """Return the columns as understood, and while that is open, guessed ones too."""
    guessed = guess_mapping(names) if job.state == ImportState.UNMAPPED else {}
    if header_row != job.header_row:
        return guess_mapping(names)
    understood = {column: names[place] for column, place in job.columns.items() if place < len(names)}
    return {
        **{column: heading for column, heading in guessed.items() if heading not in understood.values()},
        **understood,
    }


def _in_other_words(known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each column with its heading in the sheet; empty if all headings are the columns' own names."""
    named = [(column_name(column), known[column]) for column in COLUMNS if column in known]
    return named if any(folded(ours) != folded(theirs) for ours, theirs in named) else []


def _page(staged: QuerySet[ImportRow], number: str | None, size: int) -> Page[ImportRow]:
    return Paginator(staged, size).get_page(number)


def _wrong(row: ImportRow, columns: Mapping[str, int]) -> WrongRow:
    # The target is given in the sheet's own words unless it is known, since no target may have that name.
    said = " ".join(filter(None, (cell_at(row, columns.get(name)) for name in ("code", "title"))))
    target = _target(row) or said
    found = [
        SheetFinding(row.number, target, column_name(column), cell_at(row, columns.get(column)), sentence)
        for column, sentence in render(row.faults)
    ]
    return WrongRow(row.number, target, _unit(row), found, row_form(row, columns))


def _unit(row: ImportRow) -> str:
    is_figure = row.target and row.target.accumulation not in (Accumulation.RATIO, Accumulation.STAGES)
    return either(row.target.unit, row.target.unit_en) if row.target and is_figure else ""


def _doubts(row: ImportRow) -> Iterable[SheetFinding]:
    proposed = _proposed(row)
    return [
        SheetFinding(row.number, proposed.target, column_name(column), proposed.value, sentence)
        for column, sentence in render(row.doubts)
    ]


def _proposed(row: ImportRow) -> RowPreview:
    note = row.progress or row.problems or row.next_steps
    return RowPreview(row.number, _target(row), row.effective_on, _value(row), note)


def _target(row: ImportRow) -> str:
    named = row.target or row.commitment
    return f"{named.code} {localised(named.title, named.title_en)}" if named else ""


def _value(row: ImportRow) -> str:
    if row.milestone:
        return localised(row.milestone.title, row.milestone.title_en)
    if row.value is None or row.target is None:
        return "" if row.faults else name_narrative(row.no_figure)
    if row.denominator is not None:
        return parts(row.value, row.denominator)
    return amount(exact(row.value), either(row.target.unit, row.target.unit_en))
