"""Escaping of text that a spreadsheet would run as a formula, and its reversal on the way in."""

import re

APOSTROPHE = "'"
# Full-width signs count too: input methods write them, and some programs read them as narrow ones.
SIGNS = "=+\\-@|＝＋－＠"
# A cell begins at the start, and at each place where a spreadsheet with another separator would begin one.
# Such a program reads our quotation marks as letters.
FIRST, LATER = rf"(?=[{SIGNS}\t\r\n'])", rf"(?=[\" ]*[{SIGNS}'])"
BEGIN = re.compile(rf"\A{FIRST}|(?<=[;\t\r\n]){LATER}")
PROTECTED = re.compile(rf"\A'{FIRST}|(?<=[;\t\r\n])'{LATER}")
CONTROL = re.compile(r"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
# Halves of surrogate pairs are no characters.
ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


def protect(text: str) -> str:
    """Return text for a CSV cell, with an apostrophe before signs that might run as a formula.

    An apostrophe of the text's own gets another one.
    """
    return BEGIN.sub(APOSTROPHE, text)


def unprotect(text: str) -> str:
    """Return the text that `protect` was given; any other text stays as it is."""
    return PROTECTED.sub("", text) if APOSTROPHE in text else text


def escape(text: str) -> str:
    """Return text for an XLSX cell; characters that XML cannot hold are written as in Excel, `_x000D_`."""
    return CONTROL.sub(_escape, text)


def unescape(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _escape(match: "re.Match[str]") -> str:
    found = match[0]
    return f"_x005F{found}" if len(found) > 1 else f"_x{ord(found):04X}_"
