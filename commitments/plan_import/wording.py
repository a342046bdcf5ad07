"""Problems, changes and refusals in the reader's language."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .apply import Outcome
from .files.problems import Problem
from .files.state import Change
from .refusals import Refusal

KIND_NAMES = {
    "jurisdiction": gettext_lazy("jurisdiction"),
    "agency": gettext_lazy("agency"),
    "source": gettext_lazy("source document"),
    "rule_set": gettext_lazy("rule set"),
    "plan": gettext_lazy("plan"),
    "priority": gettext_lazy("priority"),
    "commitment": gettext_lazy("commitment"),
    "support": gettext_lazy("supporting agency"),
    "target": gettext_lazy("target"),
    "checkpoint": gettext_lazy("checkpoint"),
    "milestone": gettext_lazy("milestone"),
    "baseline": gettext_lazy("baseline"),
}
SIGNS = {"create": "+", "update": "~", "remove": "-"}


def problem_line(problem: Problem) -> str:
    """For example: `targets.csv, line 7, due_on: Not a date … [31.12.2023]`."""
    place = [problem.file]
    if problem.row:
        place.append(_("line %(line)d") % {"line": problem.row})
    if problem.column:
        place.append(problem.column)
    message = _(problem.message) % problem.params
    return f"{', '.join(place)}: {message}" + (f" [{problem.value}]" if problem.value else "")


def change_lines(changes: list[Change]) -> Iterator[str]:
    for change in changes:
        yield f"{SIGNS[change.action]} {row_name(change)}"
        if change.action == "update":
            for name, (old, new) in change.fields.items():
                yield f"    {name}: {_plain(old)} → {_plain(new)}"


def row_name(change: Change) -> str:
    return f"{KIND_NAMES[change.kind]} {' '.join(str(part) for part in change.key)}"


def counts_line(outcome: Outcome) -> str:
    """What is to be changed, in one line."""
    counts = outcome.counts()
    if not counts:
        return _("Nothing to change.")
    return _("%(create)d to add, %(update)d to change, %(remove)d to remove.") % {
        action: counts[action] for action in SIGNS
    }


def rows_line(outcome: Outcome) -> str:
    """How many rows of each kind the plan file holds."""
    return ", ".join(f"{KIND_NAMES[kind]} {count}" for kind, count in outcome.rows.items())


def problem_list(problems: list[Problem]) -> str:
    return _listed([problem_line(problem) for problem in problems])


def refusal_list(refusals: list[Refusal]) -> str:
    return _listed([f"{row_name(refusal.change)}: {_(refusal.message)}" for refusal in refusals])


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
