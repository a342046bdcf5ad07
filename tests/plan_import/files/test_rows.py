import re
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from commitments.plan_import.files import rows
from commitments.plan_import.files.cells import YES_NO
from commitments.plan_import.files.tables import list_columns

DESCRIBED = Path(__file__).parents[3] / "docs" / "plan-files.md"
FILES = {
    "priorities.csv": rows.PriorityRow,
    "agencies.csv": rows.AgencyRow,
    "commitments.csv": rows.CommitmentRow,
    "targets.csv": rows.TargetRow,
    "checkpoints.csv": rows.CheckpointRow,
    "milestones.csv": rows.MilestoneRow,
    "baselines.csv": rows.BaselineRow,
}


@pytest.mark.parametrize(("file", "row"), FILES.items())
def test_every_column_of_a_table_is_described_in_its_order(file: str, row: Any) -> None:
    [columns] = re.findall(rf"^\| `{file}` \|[^|]*\|(.*)\|$", DESCRIBED.read_text(), re.MULTILINE)
    assert ", ".join(re.findall(r"`([^`]+)`", columns)).split(", ") == list(list_columns(row))


@pytest.mark.parametrize(
    ("section", "row"),
    [
        ("jurisdiction", rows.JurisdictionRow),
        ("rules", rows.RuleSetRow),
        ("plan", rows.PlanRow),
        ("sources", rows.SourceRow),
    ],
)
def test_every_key_of_the_heading_is_described_in_its_order(section: str, row: Any) -> None:
    [keys] = re.findall(rf"^\| `{section}`[^|]*\| `([^`]+)` \|$", DESCRIBED.read_text(), re.MULTILINE)
    assert keys.split(", ") == list(list_columns(row))


def words_of_columns() -> dict[str, set[str]]:
    """Return the columns that take only certain words."""
    every = [*FILES.values(), rows.PlanRow]
    hints = {name: hint for row in every for name, hint in get_type_hints(row).items()}
    words = {name: set(hint) for name, hint in hints.items() if is_kind_of(hint, StrEnum)}
    return words | {name: set(YES_NO) for name, hint in hints.items() if hint is bool}


def is_kind_of(hint: Any, kind: type) -> bool:
    return isinstance(hint, type) and issubclass(hint, kind)


def test_every_word_that_a_column_takes_is_described() -> None:
    described: dict[str, set[str]] = {}
    for columns, words in re.findall(
        r"^\| ([^|]+) \| ((?:`[^`]+`(?:, )?)+) \| [^|`]", DESCRIBED.read_text(), re.MULTILINE
    ):
        described |= {name: set(re.findall("`([^`]+)`", words)) for name in re.findall("`([^`]+)`", columns)}
    assert described == words_of_columns()


def test_the_line_of_a_row_is_no_column() -> None:
    assert list(list_columns(rows.CheckpointRow)) == ["target", "on", "value"]
