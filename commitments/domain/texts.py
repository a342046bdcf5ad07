"""Characters barred from every text: those that no database stores, and those that turn the text round."""

import re
from typing import NamedTuple

# NUL, and halves of characters that take two.
UNSTORABLE = "\0\ud800-\udfff"
# Unicode's property Bidi_Control. No text in Chinese or English needs one; each can show words in another order.
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
BARRED = re.compile(f"[{UNSTORABLE}{TURNING}]")
ONLY_TURNING = re.compile(f"[{TURNING}]")
# Characters of a note or a reason.
LONGEST = 5_000
# So much of what stands before the character is quoted.
QUOTED = 12


class Barred(NamedTuple):
    """A character that a text may not hold, as Unicode names it, and what stands before it."""

    character: str
    turns: bool
    before: str


def barred(text: str) -> Barred | None:
    """Return the first barred character; None where there is none."""
    found = BARRED.search(text)
    if found is None:
        return None
    before = text[max(0, found.start() - QUOTED) : found.start()]
    return Barred(f"U+{ord(found[0]):04X}", bool(ONLY_TURNING.match(found[0])), before)


def cleaned(text: str) -> str:
    """Return the text without barred characters."""
    return BARRED.sub("", text)


def straightened(text: str) -> str:
    """Return the text without what turns it."""
    return ONLY_TURNING.sub("", text)
