"""A plan as plain rows: for each kind of row its fields by natural key, references written as codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .kinds import KINDS, ONLY_IN_FILES, SHARED
from .rows import PlanFile, SupportRow

Key = tuple[Any, ...]
Fields = dict[str, Any]
State = dict[str, dict[Key, Fields]]


@dataclass(frozen=True)
class PlanChange:
    """One row to make, change or remove: each field with its old and its new value."""

    action: str
    kind: str
    key: Key
    fields: dict[str, tuple[Any, Any]]


def key_of(kind: str, row: Fields) -> Key:
    # A row without a Chinese name is told apart by its English one.
    return tuple(row[name] or row.get(f"{name}_en") for name in KINDS[kind].key)


def key_rows(kind: str, rows: Iterable[Fields]) -> dict[Key, Fields]:
    return {key_of(kind, row): row for row in rows}


def wanted_rows(file: PlanFile) -> State:
    """Return the rows that the database should hold for the file."""
    wanted: dict[str, list[Fields]] = {
        "jurisdiction": _places(file),
        "agency": _within(file.agencies, jurisdiction=file.jurisdiction.code),
        "source": _within(file.sources, jurisdiction=file.jurisdiction.code),
        "rule_set": _within([file.rules]),
        "plan": _within([file.plan], jurisdiction=file.jurisdiction.code, rule_set=file.rules.version),
        "priority": _numbered(_within(file.priorities, plan=file.plan.code)),
        "commitment": _numbered(_within(file.commitments, plan=file.plan.code)),
        "support": _within(
            SupportRow(row.code, agency) for row in file.commitments for agency in row.supporting_agencies
        ),
        "target": _within(file.targets),
        "checkpoint": _within(file.checkpoints),
        "milestone": _within(file.milestones),
        "baseline": _within(file.baselines),
    }
    return {kind: key_rows(kind, wanted[kind]) for kind in KINDS}


def differences(stored: State, wanted: State) -> list[PlanChange]:
    """Return the changes that turn `stored` into `wanted`."""
    return [change for kind in KINDS for change in _of_kind(kind, stored[kind], wanted[kind])]


def _of_kind(kind: str, stored: dict[Key, Fields], wanted: dict[Key, Fields]) -> Iterable[PlanChange]:
    for key, fields in wanted.items():
        if key not in stored:
            yield PlanChange("create", kind, key, {name: (None, value) for name, value in fields.items()})
            continue
        old = stored[key]
        changed = {name: (old[name], value) for name, value in fields.items() if old[name] != value}
        if changed:
            yield PlanChange("update", kind, key, changed)
    if kind not in SHARED:
        for key in stored.keys() - wanted.keys():
            yield PlanChange("remove", kind, key, {})


def _places(file: PlanFile) -> list[Fields]:
    parent = [vars(file.parent)] if file.parent else []
    return [*parent, {**vars(file.jurisdiction), "parent": file.parent.code if file.parent else None}]


def _within(rows: Iterable[Any], **owner: str) -> list[Fields]:
    """Return the rows' fields with those of their owner."""
    return [
        {name: value for name, value in vars(row).items() if name not in ONLY_IN_FILES} | owner
        for row in rows
    ]


def _numbered(rows: list[Fields]) -> list[Fields]:
    return [{**row, "position": position} for position, row in enumerate(rows, 1)]
