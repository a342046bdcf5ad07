"""Names of rows in lists and logs."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from commitments.models import (
    Commitment,
    EvidenceComparison,
    LedgerSeal,
    LifecycleDecision,
    LockOut,
    Milestone,
    ProgressEntry,
    SignInFailure,
    Target,
    UnsentForm,
)
from tests.factories import NOON, TODAY


def named(language: str, **given: Any) -> str:
    target = Target(code="LIV-01", unit="条", unit_en="roads")
    with override(language):
        return str(ProgressEntry(target=target, effective_on=TODAY, **given))


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "LIV-01 40 roads, 28 September 2023"), ("zh-hans", "LIV-01 40条（2023年9月28日）")],
)
def test_an_entry_is_called_by_its_amount_and_day(language: str, name: str) -> None:
    assert named(language, value=Decimal("40.00")) == name


def test_a_decision_is_called_by_its_day_and_what_it_made() -> None:
    with override("en"):
        assert str(LifecycleDecision(lifecycle="dropped", on=TODAY)) == "2023-09-28 Dropped"


def test_a_seal_is_called_by_its_commitment_and_day() -> None:
    assert str(LedgerSeal(commitment=Commitment(code="LIV-01"), sealed_at=NOON)) == "LIV-01 2023-09-28"


def test_a_comparison_is_called_by_its_evidence_and_what_it_found() -> None:
    assert str(EvidenceComparison(evidence_id=7, state="changed")) == "7: changed"


def test_a_ratio_is_called_by_both_its_parts() -> None:
    name = named("en", value=Decimal(190), denominator=Decimal("200.00"))
    assert name == "LIV-01 190 / 200, 28 September 2023"


def test_a_stage_is_called_by_its_title() -> None:
    stage = Milestone(title="开工", title_en="Works begin")
    assert named("en", value=Decimal(1), milestone=stage) == "LIV-01 Works begin, 28 September 2023"


def test_what_signing_in_leaves_is_called_by_whom_or_what_it_is_about() -> None:
    assert str(SignInFailure(kind="address", subject="10.0.0.1")) == "address 10.0.0.1"
    assert str(UnsentForm(path="/admin/log/")) == "/admin/log/"
    with override("en"):
        assert (
            str(LockOut(kind="browser", subject="wang c0ffee"))
            == "One known browser of an account: wang c0ffee"
        )
