"""Characters barred from every text: those no database stores, and those that reverse the text's direction."""

import re
from typing import NamedTuple

# NUL, and halves of surrogate pairs.
UNSTORABLE = "\0\ud800-\udfff"
# Unicode's property Bidi_Control. No Chinese or English text needs one, and each can show words in another
# order.
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
BARRED = re.compile(f"[{UNSTORABLE}{TURNING}]")
ONLY_TURNING = re.compile(f"[{TURNING}]")
# Longest note or reason, in characters.
LONGEST = 5_000
# Characters quoted from before the barred one.
QUOTED = 12


class Barred(NamedTuple):
    """A barred character by its Unicode name, and the text before it."""

    character: str
    turns: bool
    before: str


def find_barred(text: str) -> Barred | None:
    """Return the first barred character; None where there is none."""
    found = BARRED.search(text)
    if found is None:
        return None
    before = text[max(0, found.start() - QUOTED) : found.start()]
    return Barred(f"U+{ord(found[0]):04X}", bool(ONLY_TURNING.match(found[0])), before)


def clean(text: str) -> str:
    """Return the text without barred characters."""
    return BARRED.sub("", text)


def straighten(text: str) -> str:
    """Return the text without characters that reverse its direction."""
    return ONLY_TURNING.sub("", text)
