"""Application of a plan file to the database: first the difference, then all of it or none."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from django.db import connection, transaction

from .files.kinds import KINDS
from .files.plain_plan import Fields, PlanChange, differences, wanted_rows
from .files.rows import PlanFile
from .loaded import LoadState, load_state
from .refusals import Refusal, plan_record, refusals
from .sharing import refuse_another_plan, shared_refusals
from .staff_edits import StaffEdit, find_staff_edits
from .stored_plan import REFERENCES, TABLES, Ids, StoredPlan, load_stored

# A priority is removed after its commitments have been given another one.
REMOVED_LAST = ("priority",)


class PermittedChanges(IntEnum):
    """Extent of permitted changes: add a missing plan, change an existing one, overwrite people's edits too."""

    LOAD = 1
    CHANGE = 2
    OVERWRITE = 3


@dataclass(frozen=True)
class PlanOutcome:
    """The changes that a file asks for, the edits of people among them, and the reasons to refuse it."""

    standing: LoadState
    changes: list[PlanChange]
    refusals: list[Refusal]
    edited: list[StaffEdit]
    rows: dict[str, int]
    applied: bool = False

    def counts(self) -> Counter[str]:
        return Counter(change.action for change in self.changes)

    @property
    def needs(self) -> PermittedChanges:
        if self.edited:
            return PermittedChanges.OVERWRITE
        only_adds = self.standing == LoadState.NEW and self.counts().keys() <= {"create"}
        return PermittedChanges.LOAD if only_adds else PermittedChanges.CHANGE


@transaction.atomic
def apply(file: PlanFile, may: PermittedChanges = PermittedChanges.OVERWRITE) -> PlanOutcome:
    """Make the database equal the file; change no row if the file is refused or may not go so far."""
    before = load_stored(file)
    outcome = _compare(file, before)
    if outcome.refusals or not outcome.changes or may < outcome.needs:
        return outcome
    _write(outcome.changes, before.ids)
    return replace(outcome, applied=True)


@transaction.atomic
def rehearse(file: PlanFile) -> PlanOutcome:
    """Apply the file and roll back, so that refusals by the database show too."""
    with transaction.atomic():
        outcome = apply(file)
        connection.check_constraints()
        transaction.set_rollback(True)
    return replace(outcome, applied=False)


def _compare(file: PlanFile, before: StoredPlan) -> PlanOutcome:
    after = wanted_rows(file)
    changes = differences(before.state, after)
    rows = {kind: len(of_kind) for kind, of_kind in after.items()}
    if not changes:
        return PlanOutcome(LoadState.THERE, [], [], [], rows)
    if other := refuse_another_plan(file, changes, before.state):
        return PlanOutcome(LoadState.ANOTHER, changes, [other], [], rows)
    refused = shared_refusals(file, changes, before)
    rest = [change for change in changes if change not in [refusal.change for refusal in refused]]
    refused += refusals(rest, before, plan_record(file.plan.code))
    return PlanOutcome(
        load_state(file.plan.code), changes, refused, find_staff_edits(changes, before.ids), rows
    )


def _write(changes: list[PlanChange], ids: Ids) -> None:
    by_kind = {kind: [change for change in changes if change.kind == kind] for kind in KINDS}
    for kind in reversed([kind for kind in KINDS if kind not in REMOVED_LAST]):
        _remove(kind, by_kind[kind], ids)
    for kind in KINDS:
        _update(kind, by_kind[kind], ids)
        _create(kind, by_kind[kind], ids)
    for kind in REMOVED_LAST:
        _remove(kind, by_kind[kind], ids)


def _remove(kind: str, changes: Iterable[PlanChange], ids: Ids) -> None:
    gone = [ids[kind][change.key] for change in changes if change.action == "remove"]
    if gone:
        TABLES[kind].filter(pk__in=gone).delete()


def _update(kind: str, changes: Iterable[PlanChange], ids: Ids) -> None:
    updates = [change for change in changes if change.action == "update"]
    if not updates:
        return
    manager = TABLES[kind]
    rows = manager.in_bulk([ids[kind][change.key] for change in updates])
    for change in updates:
        for name, value in _columns(kind, _new(change), ids).items():
            setattr(rows[ids[kind][change.key]], name, value)
    manager.bulk_update(rows.values(), sorted({name for change in updates for name in change.fields}))


def _create(kind: str, changes: Iterable[PlanChange], ids: Ids) -> None:
    new = [change for change in changes if change.action == "create"]
    manager = TABLES[kind]
    # A place may have another one of the same file as its parent, so places are made one after the other.
    for batch in [[change] for change in new] if kind == "jurisdiction" else [new]:
        rows = [manager.model(**_columns(kind, _new(change), ids)) for change in batch]
        for change, row in zip(batch, manager.bulk_create(rows), strict=True):
            ids[kind][change.key] = row.pk


def _new(change: PlanChange) -> Fields:
    return {name: new for name, (_old, new) in change.fields.items()}


def _columns(kind: str, fields: Fields, ids: Ids) -> Fields:
    """Return the fields as columns: a code becomes the id of its row."""
    references = REFERENCES[kind]
    return {
        (f"{name}_id" if name in references else name): (
            ids[references[name]][(value,)] if name in references and value is not None else value
        )
        for name, value in fields.items()
    }
