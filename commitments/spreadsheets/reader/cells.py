"""Values of cells that have been read: text, or the type that a workbook gives them."""

from datetime import date
from typing import NamedTuple

from ...domain.texts import LONGEST, clean, find_barred
from . import days, figures
from .figures import Figure
from .problems import CellError
from .problems import marked as _

UNSTORABLE = _("Contains a character that cannot be stored.")
TURNS = _("Contains an invisible character that reverses the text. Retype the cell.")
LONGEST_SHOWN = 500


class BrokenCell(NamedTuple):
    """A cell without content of its own: an error, or a formula that was never computed."""

    shown: str
    message: str


OwnCell = str | Figure | date | bool | BrokenCell


class MergedCell(NamedTuple):
    """A cell of several rows merged into one, with their content; `first` tells that it is the uppermost."""

    cell: OwnCell
    first: bool


Cell = OwnCell | MergedCell


class Line(NamedTuple):
    """A row of a sheet with its number, counted from 1."""

    number: int
    cells: list[Cell]
    hidden: bool = False


def shown(cell: Cell) -> str:
    """Return the cell nearly as its sheet shows it."""
    match cell:
        case Figure():
            return f"{cell.value:f}{'%' if cell.percent else ''}"
        case BrokenCell():
            return cell.shown
        case MergedCell():
            return shown(cell.cell) if cell.first else ""
        case bool():
            return str(cell).upper()
        case date():
            return cell.isoformat()
    return cell


def excerpt(cell: Cell) -> str:
    """Return the cell as written; of a text too long to be stored, its beginning."""
    text = shown(cell)
    return clean(text) if len(text) <= LONGEST else f"{clean(text[:LONGEST_SHOWN])}…"


def as_figure(cell: Cell) -> Figure:
    match cell:
        case Figure():
            return cell
        case str():
            return figures.parse_figure(_sound(cell))
        case BrokenCell():
            raise CellError(cell.message)
    raise figures.no_number(shown(cell))


def as_day(cell: Cell) -> date:
    match cell:
        case BrokenCell():
            raise CellError(cell.message)
        case date():
            return cell
    return days.parse_day(_sound(shown(cell)))


def as_text(cell: Cell) -> str:
    if isinstance(cell, BrokenCell):
        raise CellError(cell.message)
    text = shown(cell)
    if len(text) > LONGEST:
        raise CellError(_("Longer than %(most)d characters: shorten it."), most=LONGEST)
    return _sound(text)


def _sound(text: str) -> str:
    if found := find_barred(text):
        raise CellError(TURNS if found.turns else UNSTORABLE)
    return text
