"""The reasons for a correction, which open its note."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from ....formats import joined
from ....labels import Label


class CorrectionReason(StrEnum):
    MISSED = "missed"
    TWICE = "twice"
    TYPING = "typing"
    DEFINITION = "definition"
    OTHER = "other"


REASONS: Mapping[CorrectionReason, Label] = {
    CorrectionReason.MISSED: pgettext_lazy("reason for a correction", "Missed"),
    CorrectionReason.TWICE: pgettext_lazy("reason for a correction", "Counted twice"),
    CorrectionReason.TYPING: pgettext_lazy("reason for a correction", "Typing error"),
    CorrectionReason.DEFINITION: pgettext_lazy("reason for a correction", "Definition changed"),
    CorrectionReason.OTHER: pgettext_lazy("reason for a correction", "Other"),
}


def choices() -> list[tuple[str, str]]:
    """Return the reasons for a list; the digit before each chooses it by one key."""
    return [(reason.value, f"{number} {label}") for number, (reason, label) in enumerate(REASONS.items(), 1)]


def with_reason(reason: CorrectionReason, note: str) -> str:
    """Return a note that begins with the reason, in the writer's language."""
    return joined(_opening(reason), note)


def without_reason(note: str) -> tuple[str, str]:
    """Return the reason that a note begins with, in any language, and the rest; empty for none."""
    for opening, reason in _openings():
        if note.startswith(opening):
            return reason.value, note.removeprefix(opening).strip()
    return "", note


@cache
def _openings() -> list[tuple[str, CorrectionReason]]:
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found += [(_opening(reason), reason) for reason in CorrectionReason]
    return found


def _opening(reason: CorrectionReason) -> str:
    return _("Correction (%(reason)s).") % {"reason": REASONS[reason]}
