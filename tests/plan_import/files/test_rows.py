import re
from pathlib import Path
from typing import Any

import pytest

from commitments.plan_import.files import rows
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


def test_the_line_of_a_row_is_no_column() -> None:
    assert list(list_columns(rows.CheckpointRow)) == ["target", "on", "value"]
