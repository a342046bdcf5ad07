"""The edits of a row and its parts, in the reader's words: instant, author, field, old and new value.

The number of queries depends on the row's parts and kinds of references, not on the length of its history.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..domain.enums import Lifecycle
from ..models import (
    EDITS,
    Checkpoint,
    Commitment,
    CommitmentSupport,
    LifecycleDecision,
    Milestone,
    Plan,
    RuleSetAdoption,
    Target,
    TargetRevision,
    User,
)
from ..models.edit_events import PASSWORD
from ..models.lifecycle import NEVER
from . import editing, values

BEGIN, INSERT, UPDATE, DELETE = "begin", "insert", "update", "delete"
VERBS = {
    BEGIN: gettext_lazy("History begins"),
    INSERT: gettext_lazy("Added"),
    UPDATE: gettext_lazy("Changed"),
    DELETE: gettext_lazy("Deleted"),
    PASSWORD: gettext_lazy("Password set"),
}
DECIDED = {
    Lifecycle.DROPPED: pgettext_lazy("history", "Dropped"),
    Lifecycle.ACTIVE: gettext_lazy("Reinstated"),
}
# Parts edited on the page of another row, and the field that names that row.
PARTS: dict[type[Model], dict[type[Model], str]] = {
    Plan: {RuleSetAdoption: "plan"},
    Commitment: {CommitmentSupport: "commitment"},
    Target: {Checkpoint: "target", Milestone: "target", TargetRevision: "target"},
}


@dataclass(frozen=True)
class FieldChange:
    """One changed field in words; an added value has an empty `before`, a deleted one an empty `after`."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Edit:
    """One edit in words, with its instant `at`, its author, its verb and the part that it changed."""

    at: datetime
    who: str
    verb: str
    part: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class EditStep:
    """A stored edit, the previous edit of the same row, and the decision that made it, if any."""

    event: Any
    earlier: Any
    is_part: bool
    decision: LifecycleDecision | None = None


def list_edits(row: Model) -> list[Edit]:
    """Return the edits of a row and its parts, newest first."""
    steps = sorted(_steps(row), key=lambda step: step.event.pgh_created_at, reverse=True)
    names = values.look_up_names(_references(steps))
    people = User.objects.in_bulk({_user(step) for step in steps} - {None})
    return [_edit(step, names, people) for step in steps]


def last_edit(row: Model) -> Edit | None:
    """Return the newest edit, or None."""
    found = list_edits(row)
    return found[0] if found else None


def _steps(row: Model) -> Iterator[EditStep]:
    model = type(row)
    if model in EDITS:
        own = _pairs(EDITS[model].objects.filter(pgh_obj_id=row.pk), is_part=False)
        yield from _with_decisions(row, own) if isinstance(row, Commitment) else own
    for part, parent in PARTS.get(model, {}).items():
        yield from _pairs(EDITS[part].objects.filter(**{f"{parent}_id": row.pk}), is_part=True)


def _pairs(events: Any, *, is_part: bool) -> Iterator[EditStep]:
    """Pair each edit of a row with the edit before it."""
    for _row, group in groupby(events.order_by("pgh_obj_id", "pgh_id"), key=attrgetter("pgh_obj_id")):
        earlier = None
        for event in group:
            if _is_edit(event, is_part=is_part):
                yield EditStep(event, earlier, is_part)
            # A new password has a row of its own, beside the row for other fields changed with it.
            earlier = earlier if event.pgh_label == PASSWORD else event


def _is_edit(event: Any, *, is_part: bool) -> bool:
    """Tell whether a row of a history is an edit that a person or command made."""
    # Signing in may store the same password again in a safer form. This is no edit, and no author is with
    # it.
    if event.pgh_label == PASSWORD:
        return bool(event.pgh_context)
    # A part that existed when the history began is no edit of the whole.
    return not (is_part and event.pgh_label == BEGIN)


def _with_decisions(commitment: Commitment, steps: Iterable[EditStep]) -> Iterator[EditStep]:
    """Attach each drop or reinstatement to its decision; an edit past the service has none."""
    lines = list(commitment.decisions.order_by("pk"))
    before = [NEVER, *(line.commitment_columns for line in lines)]
    made: defaultdict[Any, list[LifecycleDecision]] = defaultdict(list)
    for earlier, line in reversed(list(zip(before, lines, strict=False))):
        made[earlier, line.commitment_columns].append(line)
    for step in steps:
        of_step = made[_said(step.earlier), _said(step.event)]
        yield replace(step, decision=of_step.pop()) if of_step else step


def _said(event: Any) -> tuple[Any, ...]:
    """Return the same columns as `LifecycleDecision.commitment_columns`; empty before the row existed."""
    said = attrgetter("lifecycle", "dropped_on", "dropped_authority", "dropped_reason")
    return said(event) if event else ()


def instant_of(event: Any) -> datetime:
    """Return the service's instant of an edit, or the database's own if the service gave none."""
    return editing.find_instant(event) or event.pgh_created_at


def _user(step: EditStep) -> int | None:
    decided_by = step.decision.decided_by_id if step.decision else None
    return decided_by or editing.user_of(step.event)


def _edit(step: EditStep, names: values.Names, people: dict[int, User]) -> Edit:
    event = step.event
    part = capfirst(event.pgh_tracked_model._meta.verbose_name) if step.is_part else ""  # noqa: SLF001
    verb = DECIDED[Lifecycle(step.decision.lifecycle)] if step.decision else VERBS[event.pgh_label]
    changes = _decided(step.decision) if step.decision else _changes(step, names)
    return Edit(
        instant_of(event), author_of(event, people.get(_user(step) or 0)), str(verb), part, tuple(changes)
    )


def _decided(decision: LifecycleDecision) -> Iterator[FieldChange]:
    if decision.lifecycle == Lifecycle.DROPPED:
        yield FieldChange(capfirst(_("dropped on")), "", values.describe_plain(decision.on))
    yield FieldChange(_("Authority"), "", decision.authority)
    yield FieldChange(_("Reason"), "", decision.reason)


def author_of(event: Any, user: User | None) -> str:
    """Return the author in words; empty if the author is not known."""
    context = event.pgh_context or {}
    if user:
        return user.name
    if editing.COMMAND in context:
        return _("Command %(name)s") % {"name": context[editing.COMMAND]}
    return _("The recipient, by the link in the mail") if editing.LINK in context else ""


def _changes(step: EditStep, names: values.Names) -> Iterator[FieldChange]:
    """Return the changed fields; a part that was added or deleted lists all its fields."""
    label = step.event.pgh_label
    if label == PASSWORD:
        return
    # The fields of a whole row would repeat the page itself.
    if label in (BEGIN, INSERT, DELETE) and not step.is_part:
        return
    before = step.event if label == DELETE else step.earlier
    after = None if label == DELETE else step.event
    for field in _fields(step.event):
        old, new = (getattr(each, field.attname, None) for each in (before, after))
        if (old or None) != (new or None):
            said = [
                values.describe(field, value, names) if each else ""
                for each, value in ((before, old), (after, new))
            ]
            yield FieldChange(capfirst(str(field.verbose_name)), *said)


def _fields(event: Any) -> Iterator["Field[Any, Any]"]:
    """Return the fields of the edited table, without its key and without the reference to its parent."""
    # The fields of the table itself have labels, those of its history table have none.
    model = event.pgh_tracked_model
    columns, kept = (each._meta.concrete_fields for each in (model, event))  # noqa: SLF001
    parent = {field for parts in PARTS.values() for part, field in parts.items() if part is model}
    names = {field.name for field in kept}
    for field in columns:
        if field.name in names and not field.primary_key and field.name not in parent:
            yield field


def _references(steps: Iterable[EditStep]) -> Iterator[tuple[type[Model], Any]]:
    """Return each row that a change refers to."""
    for step in steps:
        for field in _fields(step.event):
            if isinstance(field, ForeignKey):
                for event in filter(None, (step.event, step.earlier)):
                    yield field.related_model, getattr(event, field.attname)
