"""Reports in words, for readers outside the office."""

import re
from dataclasses import dataclass
from functools import cached_property

from .. import labels
from ..domain.enums import NoFigure
from ..models import ProgressEntry

# Longest first sentence, in characters.
LONGEST = 80
SENTENCE = re.compile(r".+?(?:[。！？!?]|\.(?=\s)|$)", re.MULTILINE)
CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class ReportedWords:
    """An approved report in words; `title` is that of its target, where this has to be named."""

    entry: ProgressEntry
    title: str = ""

    @cached_property
    def no_figure(self) -> str:
        """Return why there is no figure; empty for other words."""
        return str(labels.NO_FIGURE[NoFigure(self.entry.no_figure)]) if self.entry.no_figure else ""

    @cached_property
    def first(self) -> str:
        """Return the first sentence, shortened where it is long."""
        return find_first_sentence(next(iter(self._texts), ""))

    @cached_property
    def says_more(self) -> bool:
        """Tell whether it says more than the first sentence."""
        return self._texts not in ([], [self.first])

    @cached_property
    def language(self) -> str:
        """Return the language that its texts are written in, by their characters."""
        return "zh-Hans" if CHINESE.search("".join(self._texts)) else "en"

    @cached_property
    def _texts(self) -> list[str]:
        texts = (self.entry.progress, self.entry.problems, self.entry.next_steps)
        return [text.strip() for text in texts if text.strip()]


def find_first_sentence(text: str) -> str:
    """Return the first sentence of a text, cut where it is too long for a line."""
    found = SENTENCE.match(text.strip())
    first = found[0].strip() if found else ""
    return first if len(first) <= LONGEST else f"{first[: LONGEST - 1]}…"
