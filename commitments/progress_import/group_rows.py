"""Rows of a sheet that name a group of targets and none of them: sub-totals of a group, and its heading."""

import re
from unicodedata import normalize

from ..spreadsheets.reader.rows import NO_VALUE, SECTION, TOTAL, SheetRow
from ..spreadsheets.reader.totals import is_total_of_group
from .context import CheckContext, code_key, folded, title_key
from .row_narratives import find_commitment

# “一、”, “（一）”, “第一部分” before a name, or alone in a cell.
NUMBERED = re.compile(
    r"\s*(?:\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]+(?:[、.]|\s*$))"
)


def why_no_target(row: SheetRow, context: CheckContext) -> str:
    """Return the reason why a row is no target's; empty for any that may be one."""
    if row.typed or _is_known(row, context):
        return ""
    if any(map(is_total_of_group, (row.code, row.title))):
        return TOTAL
    first = next((cell for cell in row.written if cell.strip()), "")
    has_value = not any(fault[1] == NO_VALUE for fault in row.faults)
    return SECTION if NUMBERED.match(normalize("NFKC", first)) and not has_value else ""


def _is_known(row: SheetRow, context: CheckContext) -> bool:
    """Tell whether code or title are those of a target, or of a commitment that may be reported on in words."""
    if find_commitment(row, context):
        return True
    if row.code in context.targets or (row.code and code_key(row.code) in context.coded):
        return True
    return bool(row.title) and (
        folded(row.title) in context.titled or title_key(row.title) in context.numbered
    )
