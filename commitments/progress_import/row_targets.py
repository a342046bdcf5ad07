"""The target of a row, by its code or title as people write them."""

from collections.abc import Sequence
from difflib import get_close_matches

from django.utils.translation import gettext_noop as _

from ..formats import Title
from ..models import Target
from ..spreadsheets.reader.problems import Remark
from ..spreadsheets.reader.rows import SheetRow
from .context import CheckContext, code_key, folded, title_key
from .row_messages import Suggested, Suggestions

MOST_NEAR, NEAR = 3, 0.4


def find_target(
    row: SheetRow, context: CheckContext, faults: list[Remark], remarks: list[Remark]
) -> Target | None:
    """Find the target of a row; the only one that fits after folding is taken, and a remark says so."""
    if row.code:
        column, name, found = "code", row.code, context.targets.get(row.code) or ()
        folded_to = () if found else context.coded.get(code_key(row.code), ())
    elif row.title:
        column, name, found = "title", row.title, context.titled.get(folded(row.title)) or ()
        folded_to = () if found else context.numbered.get(title_key(row.title), ())
    else:
        return None
    if len(found) == 1:
        return found[0]
    if len(folded_to) == 1:
        taken = folded_to[0]
        params = {"name": name, "code": taken.code, "title": Title(taken.title, taken.title_en)}
        remarks.append(Remark(column, _("“%(name)s” was taken for %(code)s %(title)s."), params))
        return taken
    faults.append(_refuse(column, name, found or folded_to, context))
    return None


def _refuse(column: str, name: str, found: Sequence[Target], context: CheckContext) -> Remark:
    if found:
        message = _("Several targets of the plan are called “%(name)s”: %(targets)s. Give the code.")
        return Remark(column, message, {"name": name, "targets": _suggest(found)})
    near = _nearest(name, context) if column == "title" else Suggestions(())
    if near.targets:
        message = _(
            "No target of the plan is called “%(name)s”. The nearest: %(nearest)s. Write the code of the right one."
        )
        return Remark(column, message, {"name": name, "nearest": near})
    return Remark(column, _("No target of the plan is called “%(name)s”."), {"name": name})


def _nearest(name: str, context: CheckContext) -> Suggestions:
    """Return the targets with the nearest titles; each name of a sheet is looked up once."""
    if name not in context.near:
        keys = get_close_matches(title_key(name), context.numbered, n=MOST_NEAR, cutoff=NEAR)
        context.near[name] = _suggest([target for key in keys for target in context.numbered[key]])
    return context.near[name]


def _suggest(targets: Sequence[Target]) -> Suggestions:
    found = {target.code: Suggested(target.code, target.title, target.title_en) for target in targets}
    return Suggestions(tuple(found.values())[:MOST_NEAR])
