"""What targets and their parts were as known at an instant. Long lives of plans are compared in `test_history`."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from commitments import edits
from commitments.models import Baseline, Checkpoint, Commitment, Milestone, Plan, Target, TargetSnapshot
from commitments.rollups import audit, cases, refresh, snapshots
from commitments.rollups.cases import CommitmentCase
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
LOADED = datetime(2023, 3, 1, tzinfo=UTC)
BEFORE, EDITED = datetime(2023, 6, 1, tzinfo=UTC), datetime(2023, 6, 2, tzinfo=UTC)


@pytest.fixture
def commitment() -> Commitment:
    """With a target that has a checkpoint and a start, and one of stages."""
    with edits.by_command("seed_plan", at=LOADED):
        commitment = make_commitment(make_plan())
        target = make_target(commitment, code="T", trajectory="checkpoints", accumulation="level")
        Checkpoint.objects.create(target=target, on=date(2023, 5, 1), value=20)
        _start(target, 5)
        make_staged_target(commitment, date(2023, 5, 1), date(2023, 11, 1), code="S")
    return commitment


def _start(target: Target, value: int) -> None:
    Baseline.objects.create(
        commitment=target.commitment,
        target=target,
        indicator="去年",
        value=value,
        unit="个",
        on=date(2022, 12, 31),
        comparability="same",
    )


def read(commitment: Commitment, known_at: datetime | None) -> CommitmentCase:
    return cases.read([commitment.pk], TODAY, known_at)[0]


EDITS: dict[str, Callable[[Commitment], object]] = {
    "value": lambda _: Target.objects.filter(code="T").update(value=99),
    "due day": lambda _: Target.objects.filter(code="T").update(due_on=date(2023, 11, 30)),
    "headline": lambda _: Target.objects.filter(code="T").update(headline=False),
    "checkpoint moved": lambda _: Checkpoint.objects.update(value=30),
    "checkpoint deleted": lambda _: Checkpoint.objects.all().delete(),
    "checkpoint added": lambda _: Checkpoint.objects.create(
        target=Target.objects.get(code="T"), on=date(2023, 7, 1), value=40
    ),
    "stage moved": lambda _: Milestone.objects.filter(position=1).update(due_on=date(2023, 8, 1)),
    "stage deleted": lambda _: Milestone.objects.filter(position=1).delete(),
    "start changed": lambda _: Baseline.objects.update(value=7),
    "start unlinked": lambda _: Baseline.objects.update(target=None),
    "start found not comparable": lambda _: Baseline.objects.update(target=None, comparability="none"),
    "reporting days": lambda _: Plan.objects.update(reporting_due_day=9, reporting_grace_days=1),
    "target added": lambda commitment: make_target(commitment, code="N"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_known_from_its_instant_on(
    edit: Callable[[Commitment], object], commitment: Commitment
) -> None:
    was = read(commitment, BEFORE)
    with edits.by(make_user().pk, at=EDITED):
        edit(commitment)
    assert read(commitment, BEFORE) == was
    assert read(commitment, EDITED) == read(commitment, None) != was


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_one_past_the_service_says_no_instant_and_counts_as_always_known(
    edit: Callable[[Commitment], object], commitment: Commitment
) -> None:
    edit(commitment)
    assert read(commitment, BEFORE) == read(commitment, None)


def test_what_the_plan_was_loaded_with_had_been_published_before(commitment: Commitment) -> None:
    assert read(commitment, datetime(2023, 1, 5, tzinfo=UTC)) == read(commitment, None)


def test_the_past_is_read_while_somebody_edits(commitment: Commitment) -> None:
    with edits.by(make_user().pk, at=EDITED):
        assert read(commitment, BEFORE) == read(commitment, None)


def test_a_stage_that_was_not_known_adds_nothing(commitment: Commitment) -> None:
    """Sample progress may be older than the plan's file."""
    target = Target.objects.get(code="S")
    with edits.by(make_user().pk, at=EDITED):
        stage = Milestone.objects.create(
            target=target, position=9, title="收尾", due_on=date(2023, 12, 1), weight=Decimal(1)
        )
    target.entries.create(
        milestone=stage, effective_on=date(2023, 5, 5), value=1, recorded_by=make_user(), recorded_at=BEFORE,
        counted_from=BEFORE,
    )  # fmt: skip
    [staged] = [each for each in read(commitment, BEFORE).targets if each.id == target.pk]
    assert staged.standing.actual == 0


@pytest.fixture
def kept(commitment: Commitment) -> list[dict[str, Any]]:
    """The snapshots of a day before the edit."""
    snapshots.write(commitment.plan, on=date(2023, 5, 31))
    refresh.drain(clock=lambda: NOON)
    return _kept()


def _kept() -> list[dict[str, Any]]:
    rows: Any = TargetSnapshot.objects.order_by("target").values()
    return list(rows)


def test_an_edit_leaves_kept_days_as_they_are_and_true(
    commitment: Commitment, kept: list[dict[str, Any]]
) -> None:
    with edits.by(make_user().pk, at=EDITED):
        for edit in EDITS.values():
            edit(commitment)
    refresh.drain(clock=lambda: NOON)
    assert audit.audit(commitment.plan, at=NOON).differences == []
    snapshots.rebuild(commitment.plan, first=date(2023, 5, 31), last=date(2023, 5, 31))
    assert _kept() == kept


def test_the_audit_tells_of_an_edit_past_the_service(
    commitment: Commitment, kept: list[dict[str, Any]]
) -> None:
    Target.objects.filter(code="T").update(value=30)
    refresh.drain(clock=lambda: NOON)
    told = {(found.table, found.column) for found in audit.audit(commitment.plan, at=NOON).differences}
    assert (TargetSnapshot, "target_value") in told
