"""What was edited of a row and its parts: when, by whom, which field, from what to what, in the reader's words.

As many queries as the row has parts and kinds of references, however long its history is.
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
# What is edited on the page of another row, and the field that names it.
PARTS: dict[type[Model], dict[type[Model], str]] = {
    Plan: {RuleSetAdoption: "plan"},
    Commitment: {CommitmentSupport: "commitment"},
    Target: {Checkpoint: "target", Milestone: "target", TargetRevision: "target"},
}


@dataclass(frozen=True)
class Change:
    """One field, with `before` and `after` in words; nothing before what was added or after what was deleted."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Edit:
    """`at` is an instant; `what` says what was done, and to which part."""

    at: datetime
    who: str
    verb: str
    part: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Step:
    """An edit as it is stored, the one of the same row before it, and the decision that made it where there is one."""

    event: Any
    earlier: Any
    is_part: bool
    decision: LifecycleDecision | None = None


def of(row: Model) -> list[Edit]:
    """Newest first."""
    steps = sorted(_steps(row), key=lambda step: step.event.pgh_created_at, reverse=True)
    names = values.names(_references(steps))
    people = User.objects.in_bulk({_user(step) for step in steps} - {None})
    return [_edit(step, names, people) for step in steps]


def last(row: Model) -> Edit | None:
    """The newest edit alone."""
    found = of(row)
    return found[0] if found else None


def _steps(row: Model) -> Iterator[Step]:
    model = type(row)
    if model in EDITS:
        own = _pairs(EDITS[model].objects.filter(pgh_obj_id=row.pk), is_part=False)
        yield from _with_decisions(row, own) if isinstance(row, Commitment) else own
    for part, parent in PARTS.get(model, {}).items():
        yield from _pairs(EDITS[part].objects.filter(**{f"{parent}_id": row.pk}), is_part=True)


def _pairs(events: Any, *, is_part: bool) -> Iterator[Step]:
    """A new password comes as a row of its own, beside that of what else was changed with it."""
    for _row, group in groupby(events.order_by("pgh_obj_id", "pgh_id"), key=attrgetter("pgh_obj_id")):
        earlier = None
        for event in group:
            if _is_edit(event, is_part=is_part):
                yield Step(event, earlier, is_part)
            earlier = earlier if event.pgh_label == PASSWORD else event


def _is_edit(event: Any, *, is_part: bool) -> bool:
    """A part that was there when the history began is no edit of the whole.

    Signing in may store the same password anew, in a safer way: that is nobody's doing, and nobody's name is with it.
    """
    if event.pgh_label == PASSWORD:
        return bool(event.pgh_context)
    return not (is_part and event.pgh_label == BEGIN)


def _with_decisions(commitment: Commitment, steps: Iterable[Step]) -> Iterator[Step]:
    """A drop, or taking one back, is told by its decision; an edit past the service by itself."""
    lines = list(commitment.decisions.order_by("pk"))
    before = [NEVER, *(line.said for line in lines)]
    made: defaultdict[Any, list[LifecycleDecision]] = defaultdict(list)
    for earlier, line in reversed(list(zip(before, lines, strict=False))):
        made[earlier, line.said].append(line)
    for step in steps:
        of_step = made[_said(step.earlier), _said(step.event)]
        yield replace(step, decision=of_step.pop()) if of_step else step


def _said(event: Any) -> tuple[Any, ...]:
    """As `LifecycleDecision.said`; nothing before the row was there."""
    said = attrgetter("lifecycle", "dropped_on", "dropped_authority", "dropped_reason")
    return said(event) if event else ()


def at(event: Any) -> datetime:
    """The service's clock where it was told; the database's own otherwise."""
    return editing.told_at(event) or event.pgh_created_at


def _user(step: Step) -> int | None:
    decided_by = step.decision.decided_by_id if step.decision else None
    return decided_by or editing.user_of(step.event)


def _edit(step: Step, names: values.Names, people: dict[int, User]) -> Edit:
    event = step.event
    part = capfirst(event.pgh_tracked_model._meta.verbose_name) if step.is_part else ""  # noqa: SLF001
    verb = DECIDED[Lifecycle(step.decision.lifecycle)] if step.decision else VERBS[event.pgh_label]
    changes = _decided(step.decision) if step.decision else _changes(step, names)
    return Edit(at(event), who(event, people.get(_user(step) or 0)), str(verb), part, tuple(changes))


def _decided(decision: LifecycleDecision) -> Iterator[Change]:
    if decision.lifecycle == Lifecycle.DROPPED:
        yield Change(capfirst(_("dropped on")), "", values.plain(decision.on))
    yield Change(_("Authority"), "", decision.authority)
    yield Change(_("Reason"), "", decision.reason)


def who(event: Any, user: User | None) -> str:
    """The user's name, or what else wrote; nothing where that is not known."""
    context = event.pgh_context or {}
    if user:
        return user.name
    if editing.COMMAND in context:
        return _("Command %(name)s") % {"name": context[editing.COMMAND]}
    return _("The recipient, by the link in the mail") if editing.LINK in context else ""


def _changes(step: Step, names: values.Names) -> Iterator[Change]:
    """Of a part added or deleted, all that it said; of the whole itself that would be the page again."""
    label = step.event.pgh_label
    if label == PASSWORD:
        return
    if label in (BEGIN, INSERT, DELETE) and not step.is_part:
        return
    before = step.event if label == DELETE else step.earlier
    after = None if label == DELETE else step.event
    for field in _fields(step.event):
        old, new = (getattr(each, field.attname, None) for each in (before, after))
        if (old or None) != (new or None):
            said = [
                values.of(field, value, names) if each else ""
                for each, value in ((before, old), (after, new))
            ]
            yield Change(capfirst(str(field.verbose_name)), *said)


def _fields(event: Any) -> Iterator["Field[Any, Any]"]:
    """Those of the edited table, which know their words; not its key and not the whole that a part belongs to."""
    model = event.pgh_tracked_model
    columns, kept = (each._meta.concrete_fields for each in (model, event))  # noqa: SLF001
    parent = {field for parts in PARTS.values() for part, field in parts.items() if part is model}
    names = {field.name for field in kept}
    for field in columns:
        if field.name in names and not field.primary_key and field.name not in parent:
            yield field


def _references(steps: Iterable[Step]) -> Iterator[tuple[type[Model], Any]]:
    """Every row that a change of theirs names."""
    for step in steps:
        for field in _fields(step.event):
            if isinstance(field, ForeignKey):
                for event in filter(None, (step.event, step.earlier)):
                    yield field.related_model, getattr(event, field.attname)
