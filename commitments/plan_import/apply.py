"""A plan file meets the database: first the difference, then all of it or nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from .files.shapes import PlanFile
from .files.state import KEYS, Change, Fields, State, differences, wanted
from .refusals import Refusal, history, refusals
from .stored import KINDS, Ids, stored

# A row that others point to is removed after they are made to point elsewhere.
REMOVED_LAST = ("priority",)


@dataclass(frozen=True)
class Outcome:
    """What a file changes, or why nothing of it may be applied."""

    changes: list[Change]
    refusals: list[Refusal]
    rows: dict[str, int]

    def counts(self) -> Counter[str]:
        return Counter(change.action for change in self.changes)


@transaction.atomic
def compare(file: PlanFile) -> Outcome:
    """What `apply` would do: it is done and taken back, so that what the database refuses shows here too."""
    with transaction.atomic():
        outcome = apply(file)
        connection.check_constraints()
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def apply(file: PlanFile) -> Outcome:
    """Makes the database hold the file; with a refusal, nothing is changed."""
    before, ids = stored(file)
    outcome = _compare(file, before)
    if not outcome.refusals:
        _write(outcome.changes, ids)
    return outcome


def _compare(file: PlanFile, before: State) -> Outcome:
    after = wanted(file)
    changes = differences(before, after)
    refused = refusals(changes, before, history(file.plan.code)) if changes else []
    return Outcome(changes, refused, {kind: len(rows) for kind, rows in after.items()})


def _write(changes: list[Change], ids: Ids) -> None:
    by_kind = {kind: [change for change in changes if change.kind == kind] for kind in KEYS}
    for kind in reversed([kind for kind in KEYS if kind not in REMOVED_LAST]):
        _remove(kind, by_kind[kind], ids)
    for kind in KEYS:
        _update(kind, by_kind[kind], ids)
        _create(kind, by_kind[kind], ids)
    for kind in REMOVED_LAST:
        _remove(kind, by_kind[kind], ids)


def _remove(kind: str, changes: Iterable[Change], ids: Ids) -> None:
    gone = [ids[kind][change.key] for change in changes if change.action == "remove"]
    if gone:
        KINDS[kind].rows.filter(pk__in=gone).delete()


def _update(kind: str, changes: Iterable[Change], ids: Ids) -> None:
    updates = [change for change in changes if change.action == "update"]
    if not updates:
        return
    manager = KINDS[kind].rows
    rows = manager.in_bulk([ids[kind][change.key] for change in updates])
    for change in updates:
        for name, value in _columns(kind, _new(change), ids).items():
            setattr(rows[ids[kind][change.key]], name, value)
    manager.bulk_update(rows.values(), sorted({name for change in updates for name in change.fields}))


def _create(kind: str, changes: Iterable[Change], ids: Ids) -> None:
    new = [change for change in changes if change.action == "create"]
    manager = KINDS[kind].rows
    # A place may name another one of the same file as its parent, so places are made one after the other.
    for batch in [[change] for change in new] if kind == "jurisdiction" else [new]:
        rows = [manager.model(**_columns(kind, _new(change), ids)) for change in batch]
        for change, row in zip(batch, manager.bulk_create(rows), strict=True):
            ids[kind][change.key] = row.pk


def _new(change: Change) -> Fields:
    return {name: new for name, (_old, new) in change.fields.items()}


def _columns(kind: str, fields: Fields, ids: Ids) -> Fields:
    """The fields as columns: a code becomes the id of the row it names."""
    references = KINDS[kind].references
    return {
        (f"{name}_id" if name in references else name): (
            ids[references[name]][(value,)] if name in references and value is not None else value
        )
        for name, value in fields.items()
    }
