"""Text that a spreadsheet would run as a formula, made harmless on the way out and itself again on the way in."""

import re

APOSTROPHE = "'"
# Full-width signs too: input methods write them, and some programs take them for the narrow ones.
SIGNS = "=+\\-@|＝＋－＠"
RISKY = tuple("=+-@\t\r\n|＝＋－＠")
# A cell begins at the start, and wherever a spreadsheet with another separator than ours would begin one: it takes
# our quotation marks for letters.
FIRST, LATER = rf"(?=[{SIGNS}\t\r\n'])", rf"(?=[\" ]*[{SIGNS}'])"
BEGIN = re.compile(rf"\A{FIRST}|(?<=[;\t\r\n]){LATER}")
PROTECTED = re.compile(rf"\A'{FIRST}|(?<=[;\t\r\n])'{LATER}")
CONTROL = re.compile(r"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
# Half of a character that takes two is none.
ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


def protected(text: str) -> str:
    """Text for a CSV cell: an apostrophe before what might be run, and before an apostrophe of its own."""
    return BEGIN.sub(APOSTROPHE, text)


def unprotected(text: str) -> str:
    """The text that `protected` was given; any other text stays as it is."""
    return PROTECTED.sub("", text) if APOSTROPHE in text else text


def escaped(text: str) -> str:
    """Text for an XLSX cell: what XML cannot hold is written as Excel writes it, `_x000D_`."""
    return CONTROL.sub(_escape, text)


def unescaped(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _escape(match: "re.Match[str]") -> str:
    found = match[0]
    return f"_x005F{found}" if len(found) > 1 else f"_x{ord(found):04X}_"
