"""Problems, changes and refusals in the reader's language."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .apply import PlanOutcome
from .files.plain_plan import PlanChange
from .files.problems import Problem
from .refusals import Refusal
from .staff_edits import StaffEdit
from .stored_plan import TABLES

SIGNS = {"create": "+", "update": "~", "remove": "-"}


def problem_line(problem: Problem) -> str:
    """Return a line such as `targets.csv, line 7, due_on: Not a date … [31.12.2023]`."""
    place = [problem.file]
    if problem.row:
        place.append(_("line %(line)d") % {"line": problem.row})
    if problem.column:
        place.append(problem.column)
    message = _(problem.message) % problem.params
    return f"{', '.join(place)}: {message}" + (f" [{problem.value}]" if problem.value else "")


def change_lines(outcome: PlanOutcome) -> Iterator[str]:
    """Yield each row with its fields, and the last author of edits that would be overwritten."""
    written = {(one.change.kind, one.change.key, one.field): one for one in outcome.edited}
    for change in outcome.changes:
        whole = written.get((change.kind, change.key, ""))
        yield f"{SIGNS[change.action]} {row_name(change)}{_by(whole)}"
        if change.action == "update":
            for name, (old, new) in change.fields.items():
                of_field = written.get((change.kind, change.key, name))
                yield f"    {name}: {_plain(old)} → {_plain(new)}{_by(of_field)}"


def edited_list(outcome: PlanOutcome) -> str:
    """Refuse in words to overwrite people's edits, and list each of them."""
    lines = [line for change in outcome.changes for line in _edited_lines(change, outcome.edited)]
    heading = _(
        "The files would overwrite edits made by people. Nothing was changed; --overwrite-edits allows it:"
    )
    return "\n".join([heading, *lines])


def _edited_lines(change: PlanChange, edited: list[StaffEdit]) -> Iterator[str]:
    for one in edited:
        if one.change is change and one.field:
            old, new = change.fields[one.field]
            yield f"{SIGNS[change.action]} {row_name(change)}, {one.field}: {_plain(old)} → {_plain(new)}{_by(one)}"
        elif one.change is change:
            yield f"{SIGNS[change.action]} {row_name(change)}{_by(one)}"


def _by(edited: StaffEdit | None) -> str:
    """Return an author and time such as ` [admin, 2023-09-28 09:30]`."""
    if edited is None:
        return ""
    at = f"{timezone.localtime(edited.at):%Y-%m-%d %H:%M}"
    return f"  [{edited.who}, {at}]" if edited.who else f"  [{at}]"


def row_name(change: PlanChange) -> str:
    return f"{_name(change.kind)} {' '.join(str(part) for part in change.key)}"


def _name(kind: str) -> str:
    return str(TABLES[kind].model._meta.verbose_name)  # noqa: SLF001 - Django's own public name for it


def counts_line(outcome: PlanOutcome) -> str:
    """Return the number of changes, in one line."""
    counts = outcome.counts()
    if not counts:
        return _("Nothing to change.")
    return _("%(create)d to add, %(update)d to change, %(remove)d to remove.") % {
        action: counts[action] for action in SIGNS
    }


def rows_line(outcome: PlanOutcome) -> str:
    """Return the number of rows of each kind in the plan file."""
    return ", ".join(f"{_name(kind)} {count}" for kind, count in outcome.rows.items())


def differs_line(outcome: PlanOutcome, folder: Path) -> str:
    """Say in one line that newer files wait."""
    words = ngettext(
        "The plan's files differ from the live plan in %(count)d row; nothing was changed: %(command)s shows it.",
        "The plan's files differ from the live plan in %(count)d rows; nothing was changed: %(command)s shows them.",
        len(outcome.changes),
    )
    return words % {"count": len(outcome.changes), "command": f"manage.py seed_plan {folder}"}


def waiting_lines(outcome: PlanOutcome) -> Iterator[str]:
    """Yield the options needed to apply the difference."""
    if outcome.refusals:
        yield _("Nothing was changed. These changes are not allowed:")
        yield from refusal_lines(outcome.refusals)
    elif outcome.edited:
        yield _(
            "Nothing was changed. --apply --overwrite-edits makes the live plan match the files and"
            " overwrites edits made by people."
        )
    else:
        yield _("Nothing was changed. --apply makes the live plan match the files.")


def gone_line(code: str, folder: Path) -> str:
    words = _(
        "The plan %(code)s has another code now or was removed, so it was not loaded again."
        " To load it, run %(command)s."
    )
    return words % {"code": code, "command": f"manage.py seed_plan {folder} --apply"}


def problem_list(problems: list[Problem]) -> str:
    return _listed([problem_line(problem) for problem in problems])


def refusal_list(refusals: list[Refusal]) -> str:
    return _listed(refusal_lines(refusals))


def refusal_lines(refusals: list[Refusal]) -> list[str]:
    return [f"{row_name(refusal.change)}: {_(refusal.message) % refusal.params}" for refusal in refusals]


def _listed(lines: list[str]) -> str:
    heading = ngettext(
        "%(count)d problem; nothing was changed.", "%(count)d problems; nothing was changed.", len(lines)
    )
    return "\n".join([heading % {"count": len(lines)}, *lines])


def _plain(value: Any) -> str:
    match value:
        case None | "":
            return "–"
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)
