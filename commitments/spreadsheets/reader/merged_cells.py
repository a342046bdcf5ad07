"""Cells of an XLSX sheet that are merged downwards: each of their rows gets the content of the first."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from zipfile import ZipFile

from .cells import Cell, MergedCell, OwnCell

PART = 2**20
# A reference is shorter than this, so that none is lost between two parts.
OVERLAP = 200
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')


class _Merge(NamedTuple):
    first: int
    last: int
    place: int


class Merges:
    """The merged cells of a sheet, for its rows in order."""

    def __init__(self, found: Iterable[_Merge]) -> None:
        self._waiting = sorted(found, reverse=True)
        self._open: list[tuple[_Merge, OwnCell]] = []

    def fill(self, number: int, cells: list[Cell]) -> list[Cell]:
        """Return the cells of a row with the content of those that are merged over it."""
        self._open = [each for each in self._open if each[0].last >= number]
        while self._waiting and self._waiting[-1].first <= number:
            merge = self._waiting.pop()
            content = cells[merge.place] if merge.place < len(cells) and merge.first == number else ""
            if content != "" and not isinstance(content, MergedCell) and merge.last > number:
                self._open.append((merge, content))
        for merge, content in self._open:
            cells += [""] * (merge.place + 1 - len(cells))
            cells[merge.place] = MergedCell(content, first=merge.first == number)
        return cells


def read_merges(archive: ZipFile, sheet: str) -> Merges:
    """Read the merged cells, which stand behind all rows of a sheet."""
    found, kept = set[_Merge](), b""
    with archive.open(sheet) as stream:
        for part in iter(lambda: stream.read(PART), b""):
            found |= {
                _Merge(int(first), int(last), _place(letters.decode()))
                for letters, first, last in MERGED.findall(kept + part)
                if int(last) > int(first)
            }
            kept = part[-OVERLAP:]
    return Merges(found)


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
