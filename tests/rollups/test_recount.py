"""The audit's recount of ledgers that were worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from commitments.actions import ledger
from commitments.domain.enums import ConfidenceHolder
from commitments.models import DeliveryConfidence, Target
from commitments.rollups.audit.counted_entries import AuditMoment
from commitments.rollups.audit.recount import AuditBatch, RecountedVerdicts
from tests.factories import (
    NOON,
    TODAY,
    make_counted_entry,
    make_entry,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
NOTHING: dict[str, Any] = dict.fromkeys(
    (
        "first_met_on",
        "standing_since",
        "lowered_on",
        "target_high",
        "worst",
        "overdue_since",
        "forecast",
        "forecast_low",
        "forecast_high",
        "pace",
    )
) | {"within": False}


def recount(target: Target) -> RecountedVerdicts:
    batch = AuditBatch(target.commitment.plan, [target.commitment_id])
    return batch.judge(batch.commitments[0], AuditMoment(TODAY))


def months(target: Target) -> dict[tuple[int, date], dict[str, Any]]:
    return AuditBatch(target.commitment.plan, [target.commitment_id]).months()


def test_a_running_total_is_its_newest_counted_reading() -> None:
    target = make_target(value=Decimal(76))
    first = make_counted_entry(target, 20, date(2023, 3, 31))
    newest = make_counted_entry(target, 30, date(2023, 8, 20))
    mistaken = make_counted_entry(target, 70, date(2023, 8, 31))
    ledger.withdraw(entry=mistaken, reason="误报", by=make_user(), at=NOON)
    make_entry(target, 50, date(2023, 9, 20))
    make_counted_entry(target, 60, TODAY + timedelta(days=1), at=NOON + timedelta(days=1))
    # 270 of 364 days have passed, and 94 are left.
    assert recount(target).targets[target.pk] == NOTHING | {
        "actual": 30,
        "planned": Decimal("56.3736"),
        "start_value": 0,
        "target_value": 76,
        "due_on": date(2023, 12, 31),
        "progress": Decimal("0.3947"),
        "gap": Decimal("-34.70"),
        "status": "off_track",
        "reason": "far_behind",
        "rule_set_id": "1.0",
        "freshness": "current",
        "report_state": "in_review",
        "report_since": None,
        "report_due_on": None,
        "latest_on": date(2023, 8, 20),
        "required_pace": Decimal("14.6809"),
        "flags": [],
        "newest_entries": [newest.pk, first.pk],
        "is_sample": False,
    }


def test_stages_are_the_sum_of_the_weights_done() -> None:
    target = make_staged_target(None, date(2023, 3, 31), date(2023, 6, 30), TODAY, date(2023, 12, 31))
    first, *_later = target.milestones.all()
    done = make_counted_entry(target, 1, date(2023, 3, 20), milestone=first)
    # Three stages are due by today and one of them is done; the second one is overdue since its day.
    assert recount(target).targets[target.pk] == NOTHING | {
        "actual": 25,
        "planned": 75,
        "start_value": 0,
        "target_value": 100,
        "due_on": date(2023, 12, 31),
        "progress": Decimal("0.25"),
        "gap": -50,
        "status": "off_track",
        "reason": "stage_long_overdue",
        "rule_set_id": "1.0",
        "freshness": "late",
        "report_state": "late",
        "report_since": date(2023, 6, 30),
        "report_due_on": date(2023, 6, 30),
        "latest_on": date(2023, 3, 20),
        "overdue_since": date(2023, 6, 30),
        "required_pace": None,
        "flags": [],
        "newest_entries": [done.pk],
        "is_sample": False,
    }


def test_a_commitment_is_as_good_as_its_worst_headline_target() -> None:
    good = make_target(value=Decimal(76))
    make_counted_entry(good, 76)
    bad = make_target(good.commitment, code="B")
    make_target(good.commitment, code="C", headline=False)
    stated = {"stated_by": make_user(), "stated_at": NOON}
    for holder, confidence in ((ConfidenceHolder.OWNER, "low"), (ConfidenceHolder.OWNER, "high")):
        DeliveryConfidence.objects.create(
            commitment=good.commitment, holder=holder, confidence=confidence, **stated
        )
    assert recount(good).commitment == {
        "status": "no_data",
        "reason": "nothing_reported",
        "freshness": "late",
        "report_state": "late",
        "report_since": date(2023, 1, 31),
        "report_due_on": date(2023, 2, 6),
        "decided_by_id": bad.pk,
        "owner_confidence": "high",
        "supervision_confidence": None,
        "confidence_gap": None,
    }


def test_a_month_adds_up_the_entries_that_count() -> None:
    target = make_target(accumulation="ratio", goal="final", trajectory="hold")
    make_counted_entry(target, 9, date(2023, 8, 10), denominator=Decimal(10))
    make_counted_entry(target, 6, date(2023, 8, 20), denominator=Decimal(8))
    make_entry(target, 1, date(2023, 8, 25), denominator=Decimal(1))
    make_counted_entry(target, 1, date(2023, 9, 1), denominator=Decimal(1))
    assert months(target)[target.pk, date(2023, 8, 1)] == {
        "entries": 2,
        "added": 15,
        "out_of": 18,
        "lowest": 75,
        "highest": 90,
        "closing": 75,
        "last_on": date(2023, 8, 20),
        "is_sample": False,
        "includes_earlier": False,
    }
