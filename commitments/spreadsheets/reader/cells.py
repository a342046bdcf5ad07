"""What a cell holds when it has been read: text, or what a workbook says it is."""

from datetime import date
from typing import NamedTuple

from ...domain.texts import LONGEST, barred, cleaned
from . import days, figures
from .figures import Figure
from .problems import CellError
from .problems import marked as _

UNSTORABLE = _("Holds a character that cannot be stored.")
TURNS = _("Holds an invisible sign that turns the text round. Type the cell anew.")
LONGEST_SHOWN = 500


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


def excerpt(cell: Cell) -> str:
    """The cell as it stands there; of a text too long to be stored, how it begins."""
    text = cleaned(shown(cell))
    return text if len(text) <= LONGEST else f"{text[:LONGEST_SHOWN]}…"


def as_figure(cell: Cell) -> Figure:
    match cell:
        case Figure():
            return cell
        case str():
            return figures.figure(_sound(cell))
        case Broken():
            raise CellError(cell.message)
    raise figures.no_number(shown(cell))


def as_day(cell: Cell) -> date:
    match cell:
        case Broken():
            raise CellError(cell.message)
        case date():
            return cell
    return days.day(_sound(shown(cell)))


def as_text(cell: Cell) -> str:
    if isinstance(cell, Broken):
        raise CellError(cell.message)
    text = shown(cell)
    if len(text) > LONGEST:
        raise CellError(_("Longer than %(most)d characters: shorten it."), most=LONGEST)
    return _sound(text)


def _sound(text: str) -> str:
    if found := barred(text):
        raise CellError(TURNS if found.turns else UNSTORABLE)
    return text
