"""The kinds of cell: each turns the text of a cell into a value or says why it cannot."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated
from zoneinfo import available_timezones

from ...domain.texts import find_barred
from ...domain.workdays import is_known
from .problems import marked as _

Cell = Callable[[str], object]

CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
YES_NO = {"yes": True, "true": True, "no": False, "false": False}
UNSTORABLE = _("Contains a character that cannot be stored.")
TURNS = _("Contains an invisible character that reverses the text. Retype the cell.")
# Limit of the digits before the decimal point of a stored number.
LARGEST = Decimal(10) ** 16


class UnreadableError(Exception):
    """A cell with content that does not fit its column."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params: Mapping[str, object] = params


def text(longest: int) -> Cell:
    def read(raw: str) -> str:
        if not raw:
            raise UnreadableError(_("This must not be empty."))
        return blank(longest)(raw)

    return read


def blank(longest: int) -> Callable[[str], str]:
    """Build a reader of text that may be missing."""

    def read(raw: str) -> str:
        if len(raw) > longest:
            raise UnreadableError(_("Longer than %(longest)d characters."), longest=longest)
        if found := find_barred(raw):
            raise UnreadableError(TURNS if found.turns else UNSTORABLE)
        return raw

    return read


def code(longest: int) -> Cell:
    def read(raw: str) -> str:
        if not CODE.fullmatch(raw) or len(raw) > longest:
            raise UnreadableError(
                _("Not a code: letters, digits and single hyphens, at most %(longest)d."), longest=longest
            )
        return raw

    return read


def pattern(expression: str) -> Cell:
    def read(raw: str) -> str:
        if not re.fullmatch(expression, raw):
            raise UnreadableError(_("Does not have the form %(form)s."), form=expression)
        return raw

    return read


def optional(cell: Cell) -> Cell:
    """Build a reader that returns None for an empty cell."""
    return lambda raw: cell(raw) if raw else None


def codes(raw: str) -> tuple[str, ...]:
    """Read several codes with blanks between them."""
    return tuple(raw.split())


def word(words: type[StrEnum]) -> Cell:
    def read(raw: str) -> StrEnum:
        if raw not in list(words):
            raise UnreadableError(_("Must be one of: %(words)s."), words=", ".join(words))
        return words(raw)

    return read


def number(places: int = 4) -> Cell:
    """Build a reader of plain decimal numbers."""
    # Thousands separators are refused, since they differ between countries.
    step = Decimal(1).scaleb(-places)

    def read(raw: str) -> Decimal:
        try:
            value = Decimal(raw)
        except InvalidOperation:
            raise UnreadableError(_("Not a number.")) from None
        if not value.is_finite() or abs(value) >= LARGEST or value % step:
            message = _("Not a number that can be stored: at most 16 digits and %(places)d decimals.")
            raise UnreadableError(message, places=places)
        return value.quantize(step)

    return read


def whole(least: int, most: int) -> Cell:
    def read(raw: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", raw) or not least <= int(raw) <= most:
            message = _("Not a whole number from %(least)d to %(most)d.")
            raise UnreadableError(message, least=least, most=most)
        return int(raw)

    return read


def day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise UnreadableError(_("Not a date; write for example 2023-12-31.")) from None


def moment(raw: str) -> datetime:
    """Read a local date and time without a zone."""
    try:
        return datetime.strptime(raw, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the zone is the plan's
    except ValueError:
        raise UnreadableError(_("Not a date and time; write for example 2023-12-31 09:00.")) from None


def time_zone(raw: str) -> str:
    if raw not in available_timezones():
        raise UnreadableError(_("Not a time zone; write for example Asia/Shanghai."))
    return raw


def holiday_calendar(raw: str) -> str:
    """Read the name of a holiday calendar; empty for none."""
    if not is_known(raw):
        raise UnreadableError(_("Not a holiday calendar; write for example CN, GB or GB-ENG."))
    return raw


def yes_no(raw: str) -> bool:
    if raw.lower() not in YES_NO:
        raise UnreadableError(_("Write yes or no."))
    return YES_NO[raw.lower()]


def may_be_no(raw: str) -> bool:
    """Read yes or no; an empty cell is no."""
    return yes_no(raw) if raw else False


# The columns that most tables have; each is its type and its kind of cell.
Day = Annotated[date, day]
Moment = Annotated[datetime, moment]
Number = Annotated[Decimal, number()]
YesNo = Annotated[bool, yes_no]
