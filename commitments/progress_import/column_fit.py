"""The columns of codes and of titles whose cells name most targets of the plan."""

from collections.abc import Callable, Mapping, Sequence

from .column_mapping import ColumnLayout, is_no_value
from .context import CheckContext, code_key, folded, title_key

# Columns of figures and days: a small number may be the code of a target as well.
NO_NAMES = ("value", "increase", "denominator", "day")
Rows = Sequence[tuple[int, Sequence[str]]]


def fit_names(layout: ColumnLayout, names: Sequence[str], rows: Rows, context: CheckContext) -> ColumnLayout:
    """Return the layout with the columns of codes and titles that fit most of the first rows.

    A heading decides among columns that fit equally many. A column of codes none of which is known gives way to
    titles that are.
    """
    below = [cells for number, cells in rows if number > layout.header_row]
    columns, fits = dict(layout.columns), dict[str, int]()
    for column, names_target in (("code", _is_code), ("title", _is_title)):
        own = columns.get(column)
        counts = {
            place: _count(below, place, names_target, context, is_own=place == own)
            for place in _candidates(columns, column, names)
        }
        best = max(counts, key=lambda place: (counts[place], place == own, -place), default=None)
        if best is not None and counts[best]:
            columns[column] = best
        fits[column] = counts[best] if best is not None else 0
    if "code" in columns and fits["title"] and not fits["code"]:
        del columns["code"]
    return ColumnLayout(layout.header_row, columns)


def _candidates(columns: Mapping[str, int], column: str, names: Sequence[str]) -> list[int]:
    """Return the places that may hold codes or titles."""
    others = {place for name, place in columns.items() if name != column and name in (*NO_NAMES, "code")}
    return [
        place
        for place, name in enumerate(names)
        if place not in others and (place == columns.get(column) or not is_no_value(name))
    ]


def _count(
    rows: Sequence[Sequence[str]],
    place: int,
    names_target: Callable[[str, CheckContext], bool],
    context: CheckContext,
    *,
    is_own: bool,
) -> int:
    """Count the cells of a column that name a target; a bare number does so only under a heading for it."""
    cells = [cells[place].strip() for cells in rows if place < len(cells)]
    return sum(names_target(cell, context) for cell in cells if cell and (is_own or not cell.isdecimal()))


def _is_code(cell: str, context: CheckContext) -> bool:
    return cell in context.targets or code_key(cell) in context.coded


def _is_title(cell: str, context: CheckContext) -> bool:
    return folded(cell) in context.titled or title_key(cell) in context.numbered
