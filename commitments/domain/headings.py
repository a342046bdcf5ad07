"""Headings of columns with figures: since when these count, and the unit they are in."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache

from .unit_words import may_be_unit
from .units import is_unit

# A figure for the year so far; “本月累计” may be one too.
SO_FAR = re.compile(
    r"累计|截至|截止|至今|目前|以来|全年|本年|年度|1(?:月份?)?[-—–~～至到]\d{1,2}月|cumulative|todate|sofar|ytd"
)
# Words of a title: “年度” and “截至” stand above figures of a month, too.
SO_FAR_ABOVE = re.compile(r"累计|(?<!\d)1(?:月份?)?[-—–~～至到]\d{1,2}月|cumulative|yeartodate")
IN_PERIOD = re.compile(
    r"本月|当月|本季|当季|本周|当周|当期|本期(?:新增|完成|发生|实际)|(?<![-—–~～至到\d])\d{1,2}月份?(?:完成|新增|实际)"
    r"|thismonth|monthly|increase|increment"
)
BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
TAIL = re.compile(r"[-—–:/_,]\s*([^-—–:/_,()]+)$")
# Behind a stroke stands a unit: 数量/标准箱. Behind a dash stands one less often.
STROKE = re.compile(r"[^/()]/\s*([^/()]+)$")
# Units above a table: `金额单位：万元、%`, also behind the name of an office in the same cell.
ABOVE = re.compile(r"单位[:：]?|^\(?(?:in\s|unit:)", re.IGNORECASE)
SAID = re.compile(r"^(?:(?:计量|金额|数据)?单位|units?)\s*[:：]\s*", re.IGNORECASE)
LISTED = re.compile(r"[\s、,，;；/()]+|和|及")
NAMED = re.compile(r"^(?:(?:计量|金额|数据)?单位[:：]?|in\s+|units?:\s*)", re.IGNORECASE)
# A letter alone behind a dash may number the column.
LETTER = re.compile(r"k", re.IGNORECASE)


class Since(StrEnum):
    """The beginning of the time that a figure is for."""

    PERIOD = "period"
    YEAR = "year"


@cache
def since_of(heading: str) -> Since | None:
    """Return since when the figures of a column count; None where its heading leaves that open."""
    plain = _plain(heading)
    if SO_FAR.search(plain):
        return Since.YEAR
    return Since.PERIOD if IN_PERIOD.search(plain) else None


def since_above(cells: Iterable[str]) -> Since | None:
    """Return since when the figures of a whole table count, from a title such as `1—9月完成情况`."""
    return Since.YEAR if any(SO_FAR_ABOVE.search(_plain(cell)) for cell in cells) else None


@cache
def unit_of(heading: str) -> str:
    """Return the unit that a heading has in brackets or behind a dash; empty without any.

    It is a known one, or whatever stands behind “unit:”.
    """
    narrow = _narrow(heading)
    said = (SAID.sub("", each) for each in _in_brackets(narrow) if SAID.match(each))
    known = (each for each in _beside(narrow) if is_unit(each))
    return next(known, "") or next(filter(may_be_unit, said), "")


@cache
def word_of(heading: str) -> str:
    """Return the words in the brackets of a heading without a known unit, or behind a stroke, that may be one."""
    narrow = _narrow(heading)
    beside = [*_in_brackets(narrow), *STROKE.findall(narrow)]
    return next(filter(may_be_unit, (NAMED.sub("", each) for each in beside)), "")


def units_above(cells: Iterable[str]) -> list[str]:
    """Return the units of a whole table, from a cell above it such as `单位：万元、%`."""
    named = [part for cell in cells for part in ABOVE.split(_narrow(cell))[1:]]
    return [unit for part in named for unit in LISTED.split(part) if unit and is_unit(unit)]


def _beside(heading: str) -> Iterator[str]:
    for inner in _in_brackets(heading):
        yield NAMED.sub("", inner)
    tail = TAIL.search(heading)
    if tail and not LETTER.fullmatch(tail[1].strip()):
        yield NAMED.sub("", tail[1].strip())


def _in_brackets(heading: str) -> Iterator[str]:
    """Yield the parts of what stands in brackets: 万元 and 累计 of `（万元，累计）`."""
    for inner in BRACKETS.findall(heading):
        yield from (part.strip() for part in re.split("[,;]", inner))


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _plain(text: str) -> str:
    return "".join(_narrow(text).split()).casefold()
