"""Which row of a sheet names its columns, and which column is which."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from .files.rows import COLUMNS
from .frame import folded
from .wording import column_name

# What offices often write instead.
OTHERS = {
    "code": ("编号", "编码", "事项编号", "目标编号", "指标编号", "target", "target code"),
    "title": ("名称", "事项", "承诺事项", "任务", "工作任务", "指标", "指标名称", "commitment", "task"),
    "value": ("完成值", "实际完成", "完成数", "本期累计", "本期值", "累计完成", "actual"),
    "day": ("截至日期", "统计日期", "日期", "date", "effective_on"),
    "progress": ("进展情况", "工作进展", "完成情况"),
    "problems": ("存在问题", "问题"),
    "next_steps": ("下步打算", "下一步打算", "下一步工作", "next_steps"),
}
# What a heading holds that may well be the column; the surest words first.
WORDS = {
    "code": ("编码", "编号", "代码", "code"),
    "title": ("事项", "任务", "指标", "名称", "工作", "title", "name"),
    "value": ("累计完成", "实际完成", "完成", "本期", "value", "actual"),
    "day": ("日期", "截至", "date", "as of"),
    "progress": ("进展", "备注", "说明", "note", "remark"),
    "problems": ("问题", "problem"),
    "next_steps": ("下步", "下一步", "next step"),
}
Row = tuple[int, list[str]]


class Layout(NamedTuple):
    """The number of the row with the names, and where each of `COLUMNS` that is there stands, counted from 0."""

    header_row: int
    columns: dict[str, int]

    def is_enough(self) -> bool:
        return "value" in self.columns and ("code" in self.columns or "title" in self.columns)


def layout(rows: Sequence[Row]) -> Layout:
    """The row that names most of the columns; where none does, the fullest one, which somebody has to explain."""
    best = max(rows, key=lambda row: (len(_known(row[1])), len(_filled(row[1])), -row[0]))
    return Layout(best[0], _known(best[1]))


def mapped(header: Sequence[str], header_row: int, mapping: Mapping[str, str]) -> Layout:
    """By an office's own words: `mapping` says which heading stands for which of `COLUMNS`."""
    places = {heading: place for place, heading in reversed(list(enumerate(header)))}
    return Layout(
        header_row, {column: places[heading] for column, heading in mapping.items() if heading in places}
    )


def guessed(header: Sequence[str]) -> dict[str, str]:
    """The heading that may stand for each column, for somebody to confirm: its known names, or a word in it."""
    found = {column: header[place] for column, place in _known(header).items()}
    for column, words in WORDS.items():
        free = [heading for heading in header if heading.strip() and heading not in found.values()]
        holding = [heading for word in words for heading in free if folded(word) in folded(heading)]
        if holding:
            found.setdefault(column, holding[0])
    return found


def digest(header: Sequence[str]) -> str:
    """The same for the same headings in whatever order."""
    return hashlib.sha256("\n".join(sorted(_filled(header))).encode()).hexdigest()


def _filled(header: Sequence[str]) -> set[str]:
    return {heading for heading in header if heading.strip()}


def _known(header: Sequence[str]) -> dict[str, int]:
    names = _names()
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        column = names.get(folded(heading))
        if column:
            found.setdefault(column, place)
    return found


@cache
def _names() -> dict[str, str]:
    """Every name of a column in every language, in the form that `folded` gives it."""
    names: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names |= {folded(column_name(column)): column for column in COLUMNS}
            names[folded(_("value"))] = "value"
    for column in COLUMNS:
        names |= {folded(other): column for other in (column, *OTHERS.get(column, ()))}
    return names
