"""Messages of the browser about pasted lines."""

import json
from collections.abc import Mapping

from django.utils.translation import gettext_lazy, pgettext_lazy

from ....labels import Label

# Each message names its lines; `comma` stands between their numbers, `semicolon` between the sentences.
WORDS: Mapping[str, Label] = {
    "filled": gettext_lazy("Rows filled: {count}"),
    "reported": gettext_lazy("reported already or locked: line {lines}"),
    "noCode": gettext_lazy("no such code here: line {lines}"),
    "noRow": gettext_lazy("no row left: line {lines}"),
    "stage": gettext_lazy("of a stage, only 1, 是, ✓ or “done” is understood: line {lines}"),
    "noNumber": gettext_lazy("no number: line {lines}"),
    "note": gettext_lazy("the row's own note was kept: line {lines}"),
    "comma": pgettext_lazy("between numbers of lines", ", "),
    "semicolon": pgettext_lazy("between parts of a message", "; "),
}


def words() -> str:
    """Return the messages as JSON, in the reader's language."""
    return json.dumps({name: str(said) for name, said in WORDS.items()}, ensure_ascii=False)
