"""Checks of rows while they are typed, by the code that submits them."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError

from ....domain.targets import RATIOS
from ....formats import exact
from ....reporting.due import ReportRow
from .submit import check, check_beside
from .typed import Typed

# A number typed as it is shown needs no echo.
PLAIN = re.compile(r"[+-]?[0-9.,]+")


class Answer(NamedTuple):
    """The check of one row; `understood` is the number if it was typed in another way, else empty."""

    understood: str = ""
    errors: Collection[str] = ()
    doubts: Collection[str] = ()


def answer(row: ReportRow, typed: Typed, *, day: str, at: datetime, has_file: bool) -> Mapping[str, object]:
    """Return the refusals and doubts that submitting the row would meet; `has_file` stands for a file not sent yet."""
    try:
        found = _answer(row, typed, day=day, at=at, evidenced=typed.has_evidence or has_file)
    except ValidationError as refusal:
        found = Answer(errors=refusal.messages)
    return found._asdict()


def _answer(row: ReportRow, typed: Typed, *, day: str, at: datetime, evidenced: bool) -> Answer:
    if typed.is_blank:
        return Answer()
    if _is_unfinished(row, typed):
        check_beside(row, typed, day)
        return Answer()
    entry, doubts = check(row, typed, day=day, at=at, evidenced=evidenced)
    is_plain = not typed.value or PLAIN.fullmatch(typed.value)
    return Answer("" if is_plain else exact(entry.value), doubts=doubts)


def _is_unfinished(row: ReportRow, typed: Typed) -> bool:
    """Tell whether the value, or a part of a ratio, is still to come: on the page, the note may be typed first."""
    is_ratio = row.spec.accumulation in RATIOS
    return not typed.has_value or (is_ratio and not (typed.value and typed.denominator))
