"""Targets and their parts as known at an instant. Long lives of plans are compared in `test_moments`."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from commitments.change_log import editing
from commitments.models import (
    Baseline,
    Checkpoint,
    Commitment,
    CommitmentSnapshot,
    Milestone,
    Plan,
    Target,
    TargetSnapshot,
)
from commitments.rollups import audit, cases, months, refresh, snapshots, store
from commitments.rollups import read as readings
from commitments.rollups.audit.counted_entries import AuditMoment
from commitments.rollups.audit.recount import AuditBatch
from commitments.rollups.batches import list_known_ids
from commitments.rollups.cases import CommitmentCase
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_counted_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.rollups.lives import nobody

pytestmark = pytest.mark.django_db
LOADED = datetime(2023, 3, 1, tzinfo=UTC)
BEFORE, EDITED = datetime(2023, 6, 1, tzinfo=UTC), datetime(2023, 6, 2, tzinfo=UTC)


@pytest.fixture
def commitment() -> Commitment:
    """Make four targets: with a checkpoint and a start, of stages, of stages that are done, and one that was met."""
    with editing.by_command("seed_plan", at=LOADED):
        commitment = make_commitment(make_plan())
        target = make_target(commitment, code="T", trajectory="checkpoints", accumulation="level")
        Checkpoint.objects.create(target=target, on=date(2023, 5, 1), value=20)
        _start(target, 5)
        make_staged_target(commitment, date(2023, 5, 1), date(2023, 11, 1), code="S")
        done = make_staged_target(commitment, date(2023, 5, 1), date(2023, 11, 1), code="D")
        met = make_target(commitment, code="M", value=10)
    for stage in done.milestones.all():
        make_counted_entry(done, 1, date(2023, 4, 2 * stage.position), at=BEFORE, milestone=stage)
    for day, value in ((5, 6), (9, 5), (9, 6), (14, 12)):
        make_counted_entry(met, value, date(2023, 4, day), at=BEFORE)
    return commitment


def _start(target: Target, value: int, indicator: str = "去年") -> None:
    Baseline.objects.create(
        commitment=target.commitment,
        target=target,
        indicator=indicator,
        value=value,
        unit="个",
        on=date(2022, 12, 31),
        comparability="same",
    )


def read(commitment: Commitment, known_at: datetime | None) -> CommitmentCase:
    """Return the cases without the stored status, which is always that of now."""
    refresh.drain(clock=lambda: NOON)
    return cases.read([commitment.pk], TODAY, known_at)[0]._replace(stored_status=None)


EDITS: dict[str, Callable[[Commitment], object]] = {
    "value": lambda _: Target.objects.filter(code="T").update(value=99),
    "due day": lambda _: Target.objects.filter(code="T").update(due_on=date(2023, 11, 30)),
    "headline": lambda _: Target.objects.filter(code="T").update(headline=False),
    "checkpoint moved": lambda _: Checkpoint.objects.update(value=30),
    "checkpoint deleted": lambda _: Checkpoint.objects.all().delete(),
    "checkpoint added": lambda _: Checkpoint.objects.create(
        target=Target.objects.get(code="T"), on=date(2023, 7, 1), value=40
    ),
    "stage moved": lambda _: Milestone.objects.filter(position=1, target__code="S").update(
        due_on=date(2023, 8, 1)
    ),
    "stage deleted": lambda _: Milestone.objects.filter(position=1, target__code="S").delete(),
    "start changed": lambda _: Baseline.objects.update(value=7),
    "start unlinked": lambda _: Baseline.objects.update(target=None),
    "start found not comparable": lambda _: Baseline.objects.update(target=None, comparability="none"),
    "reporting days": lambda _: Plan.objects.update(reporting_due_day=9, reporting_grace_days=1),
    "weights": lambda _: Milestone.objects.filter(position=1, target__code="D").update(weight=100),
    "kind of sum": lambda _: Target.objects.filter(code="M").update(accumulation="increments"),
    "target added": lambda commitment: make_target(commitment, code="N"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_known_from_its_instant_on(
    edit: Callable[[Commitment], object], commitment: Commitment
) -> None:
    was = read(commitment, BEFORE)
    with editing.by(make_user().pk, at=EDITED):
        edit(commitment)
    assert read(commitment, BEFORE) == was
    assert read(commitment, EDITED) == read(commitment, None) != was


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_one_past_the_service_says_no_instant_and_counts_as_always_known(
    edit: Callable[[Commitment], object], commitment: Commitment
) -> None:
    with nobody():
        edit(commitment)
    assert read(commitment, BEFORE) == read(commitment, None)


def test_and_no_edit_that_was_told_earlier_is_known_sooner_by_it(commitment: Commitment) -> None:
    was = read(commitment, BEFORE)
    with editing.by(make_user().pk, at=EDITED):
        Target.objects.filter(code="T").update(value=99)
        late = make_commitment(commitment.plan)
    with nobody():
        Target.objects.filter(code="T").update(title="改")
        Commitment.objects.filter(pk=late.pk).update(note="改")
    assert read(commitment, BEFORE) == was
    assert list_known_ids(commitment.plan, BEFORE) == [commitment.pk]
    assert list_known_ids(commitment.plan, EDITED) == [commitment.pk, late.pk]


def test_a_start_that_another_took_past_the_service_is_read_once(commitment: Commitment) -> None:
    with editing.by(make_user().pk, at=EDITED):
        Baseline.objects.update(target=None)
    with nobody():
        _start(Target.objects.get(code="T"), 9, indicator="另一项")
    batch = AuditBatch(commitment.plan, [commitment.pk])
    verdicts = readings.AsOf(commitment.plan, TODAY, BEFORE).verdicts
    for target, fields in batch.judge(commitment, AuditMoment(TODAY, BEFORE)).targets.items():
        assert verdicts.targets[target].start_value == fields["start_value"]
    assert {row.start_value for row in verdicts.targets.values()} == {0, 9}


def test_what_the_plan_was_loaded_with_had_been_published_before(commitment: Commitment) -> None:
    then, now = (read(commitment, at).targets for at in (datetime(2023, 1, 5, tzinfo=UTC), None))
    assert [target.spec for target in then] == [target.spec for target in now]


def test_the_past_is_read_while_somebody_edits(commitment: Commitment) -> None:
    with editing.by(make_user().pk, at=EDITED):
        assert read(commitment, BEFORE) == read(commitment, None)


def test_and_so_are_many_targets_at_once(monkeypatch: pytest.MonkeyPatch, commitment: Commitment) -> None:
    """Make too many targets for the statements about few to be prepared."""
    for module in (cases, store, months):
        monkeypatch.setattr(module, "FEW", 0)
    with editing.by(make_user().pk, at=EDITED):
        refresh.drain(clock=lambda: NOON)
        snapshots.write(commitment.plan, on=date(2023, 6, 1))
    assert TargetSnapshot.objects.get(target__code="M").first_met_on == date(2023, 4, 14)


def test_a_stage_that_was_not_known_adds_nothing(commitment: Commitment) -> None:
    """Record sample progress that is older than the plan's file."""
    target = Target.objects.get(code="S")
    with editing.by(make_user().pk, at=EDITED):
        stage = Milestone.objects.create(
            target=target, position=9, title="收尾", due_on=date(2023, 12, 1), weight=Decimal(1)
        )
    make_counted_entry(target, 1, date(2023, 5, 5), at=BEFORE, milestone=stage)
    actual = {
        known_at: next(
            each for each in read(commitment, known_at).targets if each.id == target.pk
        ).standing.actual
        for known_at in (BEFORE, EDITED)
    }
    assert actual == {BEFORE: 0, EDITED: 1}


@pytest.fixture
def kept(commitment: Commitment) -> list[dict[str, Any]]:
    """Keep the snapshots of a day before the edit."""
    snapshots.write(commitment.plan, on=date(2023, 5, 31))
    refresh.drain(clock=lambda: NOON)
    return _kept()


def test_rows_of_what_was_not_there_yet_are_told_and_deleted(commitment: Commitment) -> None:
    with editing.by(make_user().pk, at=EDITED):
        target = make_target(make_commitment(commitment.plan))
    refresh.drain(clock=lambda: NOON)
    day = date(2023, 5, 31)
    snapshots.write(commitment.plan, on=day)
    here, late = commitment.targets.get(code="T"), target
    columns = {field.attname for field in TargetSnapshot._meta.concrete_fields} - {"id", "target_id"}
    TargetSnapshot.objects.create(
        target=late, **{name: getattr(here.snapshots.get(), name) for name in columns}
    )
    CommitmentSnapshot.objects.create(
        commitment=late.commitment, on=day, status="no_data", reason="", freshness=""
    )
    told = audit.audit(commitment.plan, at=NOON).differences
    assert {(found.table, found.code, found.column, found.computed) for found in told} == {
        (TargetSnapshot, late.code, "status", None),
        (CommitmentSnapshot, late.commitment.code, "status", None),
    }
    audit.repair(commitment.plan, audit.audit(commitment.plan, at=NOON), at=NOON)
    assert audit.audit(commitment.plan, at=NOON).differences == []


def test_a_target_is_shown_as_it_was(commitment: Commitment) -> None:
    with editing.by(make_user().pk, at=EDITED):
        Target.objects.filter(code="T").update(value=99, title="改了", unit="户", due_on=date(2023, 11, 30))
        Baseline.objects.update(value=7)
        Baseline.objects.create(
            commitment=commitment,
            target=Target.objects.get(code="M"),
            indicator="前年",
            value=3,
            unit="个",
            on=date(2021, 12, 31),
            comparability="same",
        )
    [found] = readings.state(readings.of_plan(commitment.plan), readings.AsOf(commitment.plan, TODAY, BEFORE))
    then = {each.target.code: each for each in found.targets}
    target = then["T"].target
    assert (int(target.value), target.title, target.unit, target.due_on) == (
        76,
        "改造老旧小区",
        "个",
        date(2023, 12, 31),
    )
    assert then["T"].baseline
    assert then["T"].baseline.value == 5
    assert then["M"].baseline is None
    assert target.commitment == commitment


def _kept() -> list[dict[str, Any]]:
    rows: Any = TargetSnapshot.objects.order_by("target").values()
    return list(rows)


def test_an_edit_leaves_kept_days_as_they_are_and_true(
    commitment: Commitment, kept: list[dict[str, Any]]
) -> None:
    with editing.by(make_user().pk, at=EDITED):
        for edit in EDITS.values():
            edit(commitment)
    refresh.drain(clock=lambda: NOON)
    assert audit.audit(commitment.plan, at=NOON).differences == []
    snapshots.rebuild(commitment.plan, first=date(2023, 5, 31), last=date(2023, 5, 31))
    assert _kept() == kept


def test_the_audit_tells_of_an_edit_past_the_service(
    commitment: Commitment, kept: list[dict[str, Any]]
) -> None:
    with nobody():
        Target.objects.filter(code="T").update(value=30)
    refresh.drain(clock=lambda: NOON)
    told = {(found.table, found.column) for found in audit.audit(commitment.plan, at=NOON).differences}
    assert (TargetSnapshot, "target_value") in told
