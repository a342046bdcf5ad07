"""The way of a sheet, from upload to ledger."""

from decimal import Decimal

import pytest

from commitments.domain.imports import ImportState
from commitments.models import ProgressEntry
from tests.factories import TODAY, make_target
from tests.sheets.samples import csv_of, faults, handed_in, recorded, xlsx_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("made", [csv_of, xlsx_of])
def test_a_sheet_is_recorded_as_a_whole(made: object) -> None:
    target = make_target()
    job = recorded(
        made((target.code, 20, "2023-06-30", "改造20个"), (target.code, 30, TODAY, "")),
        target.commitment.plan,
    )  # type: ignore[operator]
    assert faults(job) == []
    assert job.state == ImportState.APPLIED
    entries = ProgressEntry.objects.order_by("id").values_list(
        "value", "effective_on", "progress", "counted_from"
    )
    assert list(entries) == [
        (Decimal(20), TODAY.replace(month=6, day=30), "改造20个", None),
        (Decimal(30), TODAY, "", None),
    ]


def test_one_bad_row_keeps_all_back() -> None:
    target = make_target()
    job = handed_in(
        csv_of((target.code, 20, "", ""), ("NO-SUCH", "1,2", "31.12.2023", "")), target.commitment.plan
    )
    assert faults(job) == []
