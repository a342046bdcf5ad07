"""The kinds of row in a plan: class in the files, natural key and owner of each."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from . import rows

# These fields of a row in a file are none in the database: supporting agencies become rows of their own.
ONLY_IN_FILES = ("line", "supporting_agencies")


@dataclass(frozen=True)
class PlanRowKind:
    """A kind of row; `owner` is the field with the row that it belongs to.

    `beside` names the fields that are no columns: they follow from the place of the row in the files.
    """

    row: type[Any]
    key: tuple[str, ...]
    owner: str | None = None
    beside: tuple[str, ...] = ()

    def fields(self) -> list[str]:
        """Return the fields of a plain row."""
        columns = [column.name for column in dataclasses.fields(self.row)]
        return [*(name for name in columns if name not in ONLY_IN_FILES), *self.beside]


# In the order in which rows can be made.
KINDS = {
    "jurisdiction": PlanRowKind(rows.JurisdictionRow, ("code",), beside=("parent",)),
    "agency": PlanRowKind(rows.AgencyRow, ("code",), "jurisdiction", ("jurisdiction",)),
    "source": PlanRowKind(rows.SourceRow, ("key",), "jurisdiction", ("jurisdiction",)),
    "rule_set": PlanRowKind(rows.RuleSetRow, ("version",)),
    "plan": PlanRowKind(rows.PlanRow, ("code",), beside=("jurisdiction", "rule_set")),
    "priority": PlanRowKind(rows.PriorityRow, ("code",), "plan", ("plan", "position")),
    "commitment": PlanRowKind(rows.CommitmentRow, ("code",), "plan", ("plan", "position")),
    "support": PlanRowKind(rows.SupportRow, ("commitment", "agency"), "commitment"),
    "target": PlanRowKind(rows.TargetRow, ("code",), "commitment"),
    "checkpoint": PlanRowKind(rows.CheckpointRow, ("target", "on"), "target"),
    "milestone": PlanRowKind(rows.MilestoneRow, ("target", "position"), "target"),
    "baseline": PlanRowKind(rows.BaselineRow, ("commitment", "indicator"), "commitment"),
}
# Other plans use these rows too: a plan file adds and changes them, and never removes them.
SHARED = ("jurisdiction", "agency", "source", "rule_set", "plan")
