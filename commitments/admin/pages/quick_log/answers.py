"""Checks of places while they are typed, by the code that submits them."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....actions.proposals import ProposedEntry
from ....domain.targets import RATIOS
from ....formats import exact
from ....reporting.state import ReportState
from .proposing import check_beside
from .slots import Slot
from .submit import check
from .typed import Typed

# A number typed as it is shown needs no echo.
PLAIN = re.compile(r"[+-]?[0-9.,]+")


class Answer(NamedTuple):
    """The check of one place.

    `understood` is the number if it was typed in another way, else empty. `hints` say what will come of it.
    """

    understood: str = ""
    errors: Collection[str] = ()
    doubts: Collection[str] = ()
    hints: Collection[str] = ()


def answer(slot: Slot, typed: Typed, *, day: str, at: datetime, has_file: bool) -> Mapping[str, object]:
    """Return the refusals and doubts that submitting it would meet; `has_file` stands for a file not sent yet."""
    try:
        found = _answer(slot, typed, day=day, at=at, evidenced=typed.has_evidence or has_file)
    except ValidationError as refusal:
        found = Answer(errors=refusal.messages)
    return found._asdict()


def hints(slot: Slot, typed: Typed) -> list[str]:
    """Return what comes of words where a figure is due."""
    words_alone = typed.has_note and not typed.has_value and not typed.no_figure
    is_due = slot.takes_figure and slot.row.state in (ReportState.OPEN, ReportState.RETURNED)
    if slot.corrected or not (words_alone and is_due):
        return []
    return [_("Recorded as words alone: the figure stays due.")]


def _answer(slot: Slot, typed: Typed, *, day: str, at: datetime, evidenced: bool) -> Answer:
    if slot.is_untouched(typed):
        return Answer()
    if _is_unfinished(slot, typed):
        check_beside(slot, typed, day)
        return Answer(hints=hints(slot, typed))
    entry, doubts = check(slot, typed, day=day, at=at, evidenced=evidenced)
    is_plain = not typed.value or PLAIN.fullmatch(typed.value) or not isinstance(entry, ProposedEntry)
    understood = exact(entry.value) if isinstance(entry, ProposedEntry) and not is_plain else ""
    return Answer(understood, doubts=doubts)


def _is_unfinished(slot: Slot, typed: Typed) -> bool:
    """Tell whether the value, a part of a ratio or a reason is still to come: the note may be typed first."""
    if slot.corrected:
        return not typed.reason
    row = slot.target_row
    is_ratio = row is not None and row.spec.accumulation in RATIOS and typed.has_value
    return not (typed.has_value or typed.no_figure) or (is_ratio and not (typed.value and typed.denominator))
