"""The columns of an exported ledger: those of a sheet, so that it can be read in again, and each entry's state."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from .. import labels
from ..domain.enums import NoFigure
from ..formats import either
from ..models import ProgressEntry
from ..spreadsheets.export_columns import Column
from .fault_messages import column_name


def ledger_columns(state: Callable[[ProgressEntry], object]) -> list[Column]:
    """Return the columns of an export; `state` names the state of an entry in the reader's language."""
    return [
        *(Column(column_name(name), value) for name, value in HELD.items()),
        Column(_("state"), state),
        Column(_("recorded by"), lambda entry: entry.recorded_by.get_username()),
        Column(_("recorded at"), lambda entry: entry.recorded_at),
        Column(_("sample data"), lambda entry: entry.is_sample),
    ]


def _title(entry: ProgressEntry) -> str:
    named = entry.target or entry.commitment
    return either(named.title, named.title_en)


def _milestone(entry: ProgressEntry) -> str:
    return either(entry.milestone.title, entry.milestone.title_en) if entry.milestone else ""


def _value(entry: ProgressEntry) -> object:
    """Return the value, or the word that stands in its place in a sheet."""
    return labels.NO_FIGURE_CELL[NoFigure(entry.no_figure)] if entry.no_figure else entry.value


HELD: dict[str, Callable[[ProgressEntry], object]] = {
    "code": lambda entry: entry.code,
    "title": _title,
    "unit": lambda entry: either(entry.target.unit, entry.target.unit_en) if entry.target else "",
    "milestone": _milestone,
    "day": lambda entry: entry.effective_on,
    "value": _value,
    "denominator": lambda entry: entry.denominator,
    "includes_earlier": lambda entry: entry.includes_earlier,
    "progress": lambda entry: entry.progress,
    "problems": lambda entry: entry.problems,
    "next_steps": lambda entry: entry.next_steps,
}
