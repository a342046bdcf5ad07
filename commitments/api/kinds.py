"""Kinds of parameter values: each is declared once, for the description and for the check."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail

from ..domain.texts import TURNING

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
MOST_CODES, LONGEST_TEXT, MOST_DIGITS = 100, 100, 9
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# RFC 3339; an unescaped plus sign arrives as a space.
INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}):([0-9]{2})(\.[0-9]{1,6})?[0-9]*"
    r"([Zz]|[ +-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)"
)
LEAP_SECOND = "60"
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ParameterKind:
    """A kind of parameter: `schema` describes one value, and `check` returns the error in one, or an empty text.

    Up to `most` values may be given, with commas between them. Only a text may be `blank`: an empty search
    matches every row.
    """

    schema: Mapping[str, Any]
    check: Callable[[str], str]
    most: int = 1
    code: str = "invalid"
    blank: bool = False

    def described(self) -> dict[str, Any]:
        """Return the JSON schema of the whole parameter, and its style."""
        if self.most == 1:
            return {"schema": dict(self.schema)}
        schema = {"type": "array", "items": dict(self.schema), "minItems": 1, "maxItems": self.most}
        return {"schema": schema, "explode": False, "style": "form"}

    def fault(self, text: str) -> ErrorDetail | None:
        """Return the error in the given text, None if there is none."""
        values = text.split(",") if self.most > 1 else [text]
        if not all(values) and not self.blank:
            return ErrorDetail(_("A value is empty. Give one, or leave the parameter out."), "empty")
        if len(values) > self.most:
            return ErrorDetail(_("Give at most %(most)d values.") % {"most": self.most}, "invalid")
        said = next(filter(None, map(self.check, values)), "")
        return ErrorDetail(said, self.code) if said else None


def vocabulary(known: Iterable[str], *, several: bool = True) -> ParameterKind:
    """Return the kind of a closed vocabulary."""
    listed = list(known)

    def check(text: str) -> str:
        return "" if text in listed else unknown_word(text)

    schema = {"type": "string", "enum": sorted(listed)}
    return ParameterKind(schema, check, len(listed) if several else 1, "invalid_choice")


def unknown_word(text: str) -> str:
    return _("Select a valid choice. %(value)s is not one of the available choices.") % {"value": text}


def _no_code(text: str) -> str:
    said = _("“%(text)s” is not a code: use letters, digits, hyphens and underscores, at most 40.")
    return "" if CODE.fullmatch(text) else said % {"text": text}


def _too_long(text: str) -> str:
    said = _("Give at most %(longest)d characters.")
    return "" if len(text) <= LONGEST_TEXT else said % {"longest": LONGEST_TEXT}


def _no_yes_or_no(text: str) -> str:
    return "" if text in ("true", "false") else _("Write true or false.")


def _no_day(text: str) -> str:
    return "" if day(text) else _("Write dates like 2023-09-28.")


def _no_instant(text: str) -> str:
    return (
        "" if instant(text) else _("Write times with their offset from UTC, like 2023-09-28T18:00:00+08:00.")
    )


def whole(least: int, most: int | None = None) -> ParameterKind:
    """Return the kind of whole numbers; without `most`, of any number with at most nine digits."""
    highest = most or 10**MOST_DIGITS - 1

    def check(text: str) -> str:
        if re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", text) and least <= int(text) <= highest:
            return ""
        if most:
            return _("Write a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
        return _("Write a whole number, at least %(least)d.") % {"least": least}

    return ParameterKind({"type": "integer", "minimum": least, "maximum": highest}, check)


def _escaped(characters: str) -> str:
    """Escape a range of characters, so that the pattern is readable."""
    return "".join(each if each == "-" else f"\\u{ord(each):04x}" for each in characters)


NOT_THESE = _escaped("\0" + TURNING)
CODE_SCHEMA = {"type": "string", "pattern": f"^{CODE.pattern}$", "minLength": 1, "maxLength": 40}
CODES = ParameterKind(CODE_SCHEMA, _no_code, MOST_CODES)
ONE_CODE = ParameterKind(CODE_SCHEMA, _no_code)
TEXT = ParameterKind(
    {"type": "string", "pattern": f"^[^{NOT_THESE}]*$", "maxLength": LONGEST_TEXT}, _too_long, blank=True
)
YES_OR_NO = ParameterKind({"type": "boolean"}, _no_yes_or_no)
A_DAY = ParameterKind({"type": "string", "format": "date"}, _no_day)
AN_INSTANT = ParameterKind({"type": "string", "format": "date-time"}, _no_instant)


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        return None


def instant(text: str) -> datetime | None:
    """Return the instant in UTC, None for a malformed text.

    An instant before the first year that Python can represent, or after the last, becomes their edge.
    """
    found = INSTANT.fullmatch(text)
    if found is None:
        return None
    on, minute, second, fraction, offset = found.groups()
    whole_second = "59" if second == LEAP_SECOND else second
    written = f"{on}T{minute}:{whole_second}{fraction or ''}{offset.upper().replace(' ', '+')}"
    try:
        local = datetime.fromisoformat(written)
    except ValueError:
        return None
    try:
        # The database takes no offset of more than 16 hours.
        return local.astimezone(UTC)
    except OverflowError:
        return FIRST if local.year == 1 else LAST
