"""A preview shows the change that an approval then makes."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction

from commitments.actions import ledger
from commitments.change_log import editing
from commitments.domain.doubts import Doubt
from commitments.domain.enums import Accumulation, Goal, Status, TargetKind, TrajectoryKind
from commitments.models import Commitment, Evidence, Milestone, Plan, ProgressEntry, Target
from commitments.rollups import refresh
from commitments.rollups.preview import EntryPreview, preview_entries
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_correction,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db
HELD: dict[str, Any] = {"goal": Goal.MAINTAIN, "trajectory": TrajectoryKind.HOLD}
KINDS: tuple[dict[str, Any], ...] = (
    {"accumulation": Accumulation.RUNNING_TOTAL},
    {"accumulation": Accumulation.INCREMENTS},
    {"accumulation": Accumulation.LEVEL, "kind": TargetKind.FLOOR, **HELD},
    {"accumulation": Accumulation.RATIO, **HELD},
)


def preview_of(entry: ProgressEntry) -> EntryPreview:
    found = ProgressEntry.objects.select_related("target__commitment__plan", "milestone").get(pk=entry.pk)
    return preview_entries([found], at=NOON)[entry.pk]


def stored(commitment: Commitment) -> Status:
    refresh.drain(clock=lambda: NOON)
    return Status(Commitment.objects.get(pk=commitment.pk).rollup.status)


def test_a_target_that_a_server_with_a_clock_ahead_has_added_is_there() -> None:
    plan = make_plan()
    with editing.by_command("seed_plan", at=NOON + timedelta(seconds=3)):
        target = make_target(make_commitment(plan))
    assert preview_of(make_entry(target, 57)).after == Status.ON_TRACK


def test_an_entry_that_closes_the_gap() -> None:
    target = make_target()
    make_counted_entry(target, 40, TODAY - timedelta(days=30))
    assert preview_of(make_entry(target, 57))[:4] == (
        Status.OFF_TRACK,
        Status.ON_TRACK,
        Decimal(40),
        Decimal(57),
    )


def test_the_first_entry_of_a_target() -> None:
    seen = preview_of(make_entry(make_target(), 57))
    assert seen[:4] == (Status.NO_DATA, Status.ON_TRACK, None, Decimal(57))


def test_an_entry_beside_a_worse_target_changes_no_status() -> None:
    target = make_target()
    make_target(target.commitment, code="LATE")
    assert preview_of(make_entry(target, 57))[:2] == (Status.NO_DATA, Status.NO_DATA)


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    target = make_target(accumulation=Accumulation.INCREMENTS)
    wrong = make_counted_entry(target, 40)
    correction = make_correction(wrong, wrong.figure.value + 4, TODAY)
    assert preview_of(correction)[2:4] == (Decimal(40), Decimal(44))


def test_a_stage_done_is_no_longer_overdue() -> None:
    target = make_staged_target(None, date(2023, 3, 31), date(2023, 12, 31))
    entry = make_entry(target, 1, milestone=target.milestones.first())
    assert preview_of(entry)[:4] == (Status.NO_DATA, Status.ON_TRACK, None, Decimal(50))


def test_entries_of_a_target_are_looked_at_one_by_one() -> None:
    target = make_target(accumulation=Accumulation.INCREMENTS)
    entries = [make_entry(target, value) for value in (5, 7)]
    assert [seen.actual_after for seen in preview_entries(entries, at=NOON).values()] == [5, 7]


def test_an_entry_is_compared_with_what_was_reported_up_to_its_own_day() -> None:
    target = make_target()
    make_counted_entry(target, 30, TODAY - timedelta(days=60))
    make_counted_entry(target, 50)
    seen = preview_of(make_entry(target, 35, TODAY - timedelta(days=30)))
    assert seen.previous is not None
    assert (seen.previous.value, seen.doubts) == (Decimal(30), ())


def test_doubts_are_told() -> None:
    target = make_target()
    make_counted_entry(target, 40, TODAY - timedelta(days=30))
    assert [bound.doubt for bound in preview_of(make_entry(target, 39)).doubts] == [Doubt.BELOW_PREVIOUS]


def test_evidence_of_the_entry_itself_takes_a_doubt_away() -> None:
    entry = make_entry(make_staged_target(None, TODAY), 1, milestone=Milestone.objects.get())
    assert [bound.doubt for bound in preview_of(entry).doubts] == [Doubt.DONE_WITHOUT_EVIDENCE]
    Evidence.objects.create(
        entry=entry, title="验收单", url="https://example.org", added_by=entry.recorded_by, added_at=NOON
    )
    assert preview_of(entry).doubts == ()


def test_saying_again_that_it_is_done_needs_no_evidence_anew() -> None:
    target = make_target()
    make_counted_entry(target, 76, TODAY - timedelta(days=30))
    assert preview_of(make_entry(target, 76)).doubts == ()
    found = [bound.doubt for bound in preview_of(make_entry(target, 77)).doubts]
    assert Doubt.DONE_WITHOUT_EVIDENCE in found


def _some_target(commitment: Commitment, chance: Random) -> Target:
    if chance.random() < 0.3:
        return make_staged_target(commitment, date(2023, 3, 31), date(2023, 8, 31), date(2023, 12, 31))
    return make_target(commitment, value=chance.randrange(5, 60), **chance.choice(KINDS))


def _some_entry(target: Target, chance: Random) -> ProgressEntry | None:
    given: dict[str, Any] = {}
    if target.accumulation == Accumulation.RATIO:
        given = {"denominator": Decimal(chance.randrange(1, 60))}
    stage = target.milestones.filter(entries=None).first()
    if target.accumulation == Accumulation.STAGES:
        if stage is None:
            return None
        given = {"milestone": stage}
    day = TODAY - timedelta(days=chance.randrange(200))
    return make_entry(target, 1 if stage else chance.randrange(1, 40), day, **given)


@pytest.mark.parametrize("seed", range(12))
def test_what_would_be_is_what_comes_to_be(seed: int) -> None:
    chance, commitment = Random(seed), make_commitment(make_plan())
    target = _some_target(commitment, chance)
    make_counted_entry(make_target(commitment, code="SECOND", value=10), 9)
    for _ in range(chance.randrange(1, 5)):
        entry = _some_entry(target, chance)
        if entry is None:
            continue
        seen = preview_of(entry)
        assert seen.before == stored(commitment)
        ledger.approve(entry=entry, by=make_user(), at=NOON)
        assert seen.after == stored(commitment)


def fill(plan: Plan, number: int) -> list[ProgressEntry]:
    entries = []
    for _ in range(number):
        target = make_target(make_commitment(plan))
        make_counted_entry(target, 40)
        entries.append(make_entry(target, 41))
    return entries


def test_any_number_of_entries_takes_as_many_queries() -> None:
    plan, sent = make_plan(), []
    for number in (2, 12):
        entries = fill(plan, number)
        with statements() as queries:
            preview_entries(entries, at=NOON)
        sent.append(len(queries))
    assert sent == [5, 5]


def test_looking_writes_nothing() -> None:
    entries = fill(make_plan(), 2)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        assert len(preview_entries(entries, at=NOON)) == 2
        transaction.set_rollback(True)


def test_each_plan_is_judged_on_its_own_day() -> None:
    entries = [*fill(make_plan(), 1), *fill(make_plan(year=2022, time_zone="UTC"), 1)]
    assert len(preview_entries(entries, at=NOON)) == 2


def test_the_last_five_that_count_come_oldest_first() -> None:
    target = make_target()
    for month, value in enumerate((5, 9, 13, 16, 19, 20), start=1):
        make_counted_entry(target, value, date(2023, month, 28))
    seen = preview_of(make_entry(target, 30))
    assert [each.reading.value for each in seen.last] == [9, 13, 16, 19, 20]
    assert seen.counts_now == seen.last[-1]
    assert seen.last[-1].since == NOON


def test_the_last_begin_with_an_older_one_that_is_corrected() -> None:
    target = make_target()
    first, *_ = [
        make_counted_entry(target, value, date(2023, month, 28))
        for month, value in enumerate((5, 9, 13, 16, 19, 20), start=1)
    ]
    seen = preview_of(make_correction(first, 6, date(2023, 1, 28)))
    assert [each.reading.value for each in seen.last] == [5, 9, 13, 16, 19]
    assert seen.counts_now is not None
    assert seen.counts_now.reading.value == 20


def test_what_never_counted_or_counts_no_longer_is_not_among_the_last() -> None:
    target = make_target()
    returned = make_entry(target, 50)
    ledger.return_(entry=returned, reason="与台账不符", by=make_user(), at=NOON)
    wrong = make_counted_entry(target, 41, TODAY - timedelta(days=30))
    ledger.withdraw(entry=wrong, reason="重复填报", by=make_user(), at=NOON)
    seen = preview_of(make_entry(target, 57))
    assert (seen.last, seen.counts_now) == ((), None)


def test_a_reading_after_the_due_date_of_a_goal_to_maintain_does_not_count_now() -> None:
    target = make_target(due_on=date(2023, 8, 31), **HELD)
    make_counted_entry(target, 80, date(2023, 8, 28))
    make_counted_entry(target, 60, date(2023, 9, 10))
    assert [each.reading.value for each in preview_of(make_entry(target, 79)).last] == [80]


def test_the_planned_value_is_that_of_the_day() -> None:
    target = make_target(**HELD)
    assert preview_of(make_entry(target, 57)).planned == Decimal(76)


def test_stages_come_with_the_day_on_which_each_was_done() -> None:
    target = make_staged_target(None, TODAY, TODAY + timedelta(days=30))
    first, second = target.milestones.all()
    make_counted_entry(target, 1, date(2023, 8, 28), milestone=first)
    stages = preview_of(make_entry(target, 1, milestone=second)).stages
    assert [(stage.milestone, stage.done_on) for stage in stages] == [
        (first, date(2023, 8, 28)),
        (second, None),
    ]
