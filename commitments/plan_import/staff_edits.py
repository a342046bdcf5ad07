"""Edits of people that a plan file would overwrite, with author and time from the edit histories."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from ..change_log import editing, edits
from ..models import EDITS, User
from .files.kinds import KINDS
from .files.plain_plan import Key, PlanChange
from .stored_plan import REFERENCES, TABLES, Ids

SEED = "seed_plan"
NAMED_BY_OTHERS = ("agency", "commitment", "target")
# Codes of rows that others belong to or name, by the rows' ids.
Codes = dict[str, dict[int, Any]]
# A change, its field ("" for the row as a whole), and the version in which that was written.
Written = tuple[PlanChange, str, Any]


@dataclass(frozen=True)
class StaffEdit:
    """A field (or "" for the whole row) with a last author other than `seed_plan`."""

    change: PlanChange
    field: str
    who: str
    at: datetime


def find_staff_edits(changes: list[PlanChange], ids: Ids) -> list[StaffEdit]:
    found = [one for one in _written(changes, ids) if editing.command_of(one[2]) != SEED]
    people = User.objects.in_bulk(
        {user for _change, _field, event in found if (user := editing.user_of(event))}
    )
    return [
        StaffEdit(
            change,
            field,
            edits.author_of(event, people.get(editing.user_of(event) or 0)),
            edits.instant_of(event),
        )
        for change, field, event in found
    ]


def _written(changes: list[PlanChange], ids: Ids) -> Iterator[Written]:
    for kind in KINDS:
        of_kind = [change for change in changes if change.kind == kind]
        yield from _replaced(kind, [change for change in of_kind if change.action != "create"], ids)
    added = [change for change in changes if change.action == "create" and KINDS[change.kind].owner]
    if added and ids["plan"]:
        yield from _brought_back(added, ids)


def _replaced(kind: str, changes: list[PlanChange], ids: Ids) -> Iterator[Written]:
    """Yield the versions that wrote the live values; for a row to remove, its newest version that no file wrote."""
    by_id = {ids[kind][change.key]: change for change in changes}
    events = _events(kind).filter(pgh_obj_id__in=by_id).order_by("pgh_obj_id", "-pgh_id")
    for pk, group in groupby(events, key=attrgetter("pgh_obj_id")):
        change, newest_first = by_id[pk], list(group)
        if change.action == "remove":
            yield (
                change,
                "",
                next((v for v in newest_first if editing.command_of(v) != SEED), newest_first[0]),
            )
        else:
            for field in change.fields:
                yield change, field, _writer(newest_first, _column(kind, field))


def _writer(newest_first: list[Any], column: str) -> Any:
    """Return the version in which the column got its present value."""
    now = getattr(newest_first[0], column)
    since = newest_first[0]
    for version in newest_first:
        if getattr(version, column) != now:
            break
        since = version
    return since


def _brought_back(changes: list[PlanChange], ids: Ids) -> Iterator[Written]:
    """Yield rows of the file that were removed from the live plan."""
    codes: Codes = {
        kind: {pk: code for (code,), pk in ids[kind].items()} for kind in ("jurisdiction", "plan")
    }
    # A row that people removed is looked for below the same owner.
    for kind, owner in ((kind, form.owner) for kind, form in KINDS.items() if form.owner):
        events = _events(kind).filter(**{f"{owner}_id__in": codes[owner]}).order_by("pgh_id")
        if kind in NAMED_BY_OTHERS:
            codes[kind] = dict(events.values_list("pgh_obj_id", "code"))
        wanted = [change for change in changes if change.kind == kind]
        if wanted:
            removed = {_key(kind, event, codes): event for event in events.filter(pgh_label=edits.DELETE)}
            yield from ((change, "", removed[change.key]) for change in wanted if change.key in removed)


def _key(kind: str, event: Any, codes: Codes) -> Key:
    references = REFERENCES[kind]
    return tuple(
        codes[references[name]].get(getattr(event, f"{name}_id"))
        if name in references
        else getattr(event, name) or getattr(event, f"{name}_en")
        for name in KINDS[kind].key
    )


def _column(kind: str, field: str) -> str:
    return f"{field}_id" if field in REFERENCES[kind] else field


def _events(kind: str) -> "QuerySet[Any]":
    found: QuerySet[Any] = EDITS[TABLES[kind].model].objects.all()
    return found
