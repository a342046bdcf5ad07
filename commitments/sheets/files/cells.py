"""What a cell holds when it has been read: text, or what a workbook says it is."""

from datetime import date
from typing import NamedTuple

from . import days, figures
from .figures import Figure
from .problems import CellError
from .problems import marked as _


class Broken(NamedTuple):
    """A cell without content of its own: an error, or a formula nobody has computed."""

    shown: str
    message: str


Cell = str | Figure | date | bool | Broken
# A row of a sheet with its number, counted from 1.
Line = tuple[int, list[Cell]]


def shown(cell: Cell) -> str:
    """The cell as its sheet shows it, nearly."""
    match cell:
        case Figure():
            return f"{cell.value:f}{'%' if cell.percent else ''}"
        case Broken():
            return cell.shown
        case bool():
            return str(cell).upper()
        case date():
            return cell.isoformat()
    return cell


def as_figure(cell: Cell) -> Figure:
    match cell:
        case Figure():
            return cell
        case str():
            return figures.figure(cell)
        case Broken():
            raise CellError(cell.message)
    raise figures.no_number(shown(cell))


def as_day(cell: Cell) -> date:
    match cell:
        case Broken():
            raise CellError(cell.message)
        case date():
            return cell
    return days.day(shown(cell))


def as_text(cell: Cell) -> str:
    if isinstance(cell, Broken):
        raise CellError(cell.message)
    text = shown(cell)
    if "\0" in text:
        raise CellError(_("Holds a character that cannot be stored."))
    return text
