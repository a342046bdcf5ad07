from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from commitments.actions import ledger, period_locks
from commitments.actions.proposals import ProposedNarrative
from commitments.domain.enums import Decision, EntryState, Lifecycle, NoFigure
from commitments.models import Commitment, ProgressEntry, StaleMark, TargetMonth, TargetRollup
from commitments.rollups import refresh
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
AUGUST = date(2023, 8, 31)


def refused(commitment: Commitment, **given: Any) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        make_narrative(commitment, **given)
    return list(refusal.value.message_dict)


def test_a_commitment_without_targets_is_reported_on_in_words() -> None:
    entry = make_narrative(make_commitment(), progress="已完成选址。")
    assert (entry.state, entry.target, entry.value) == (EntryState.PENDING, None, None)


def test_it_is_reviewed_like_a_figure() -> None:
    entry = make_narrative(make_commitment())
    review = ledger.approve(entry=entry, by=make_user(), at=NOON)
    assert (review.decision, entry.state) == (Decision.APPROVE, EntryState.COUNTED)


def test_words_take_the_place_of_words() -> None:
    entry = make_narrative(make_commitment())
    better = ProposedNarrative(commitment=entry.commitment, effective_on=TODAY, progress="已开工。")
    correction = ledger.correct(entry, better, by=make_user(), at=NOON)
    entry.refresh_from_db()
    assert (correction.progress, entry.is_live) == ("已开工。", False)


def test_words_cannot_take_the_place_of_a_figure() -> None:
    entry = make_entry(make_target(), 5)
    words = ProposedNarrative(
        commitment=entry.commitment, target=entry.target, effective_on=TODAY, progress="已开工。"
    )
    with pytest.raises(ValidationError, match="文字进展不能更正为数值"):
        ledger.correct(entry, words, by=make_user(), at=NOON)


def test_it_is_withdrawn_like_a_figure() -> None:
    entry = make_narrative(make_commitment())
    ledger.withdraw(entry=entry, reason="重复", by=entry.recorded_by, at=NOON)
    assert not entry.is_live


def test_blank_words_are_refused() -> None:
    assert refused(make_commitment(), progress=" ") == ["progress"]


def test_a_target_may_have_no_figure_for_a_reason_alone() -> None:
    target = make_target()
    entry = make_narrative(target.commitment, target=target, no_figure=NoFigure.NOT_PUBLISHED, progress="")
    assert str(entry) == f"{target.code} 本期无数据：尚未发布（2023年9月28日）"


@pytest.mark.parametrize("make", [make_commitment, lambda: make_staged_target(None, TODAY).commitment])
def test_what_owes_no_figures_cannot_lack_one(make: Any) -> None:
    commitment = make()
    target = commitment.targets.first()
    assert refused(commitment, target=target, no_figure=NoFigure.NOTHING_NEW) == ["no_figure"]


def test_another_commitments_target_is_refused() -> None:
    commitment = make_commitment()
    other = make_target(make_commitment(commitment.plan))
    assert refused(commitment, target=other) == ["target"]


def test_a_day_before_the_plan_is_refused() -> None:
    assert refused(make_commitment(), effective_on=date(2022, 12, 31)) == ["effective_on"]


def test_a_dropped_commitment_takes_no_words() -> None:
    commitment = make_commitment(
        lifecycle=Lifecycle.DROPPED, dropped_on=AUGUST, dropped_authority="区政府", dropped_reason="政策调整"
    )
    assert refused(commitment) == ["target"]


def test_a_locked_period_takes_no_words() -> None:
    commitment = make_commitment()
    period_locks.lock(plan=commitment.plan, through=AUGUST, reason="已上报", seen=0, by=make_user(), at=NOON)
    assert refused(commitment, effective_on=AUGUST) == ["effective_on"]


def test_it_marks_its_commitment_stale_and_no_month() -> None:
    target = make_target()
    StaleMark.objects.all().delete()
    make_narrative(target.commitment, target=target)
    [mark] = StaleMark.objects.all()
    assert (mark.commitment_id, mark.target, mark.month) == (target.commitment_id, None, None)


def test_it_changes_no_figure() -> None:
    target = make_counted_entry(make_target(), 5).figure.target
    entry = make_narrative(target.commitment, target=target)
    ledger.approve(entry=entry, by=make_user(), at=NOON)
    while refresh.drain(clock=lambda: NOON):
        pass
    assert TargetRollup.objects.get(target=target).actual == 5
    assert TargetMonth.objects.get(target=target).entries == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 5, "no_figure": "nothing_new"},
        {"value": None, "progress": ""},
        {"value": None, "denominator": 5},
        {"value": None, "includes_earlier": True},
        {"value": 5, "target": None},
        {"value": None, "target": None, "no_figure": "nothing_new"},
        {"value": None, "no_figure": "no_reason"},
    ],
)
def test_the_database_refuses_what_is_neither_figure_nor_words(wrong: dict[str, Any]) -> None:
    target = make_target()
    facts = {"commitment": target.commitment, "target": target, "progress": "已开工。"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressEntry.objects.create(**facts, effective_on=TODAY, recorded_by=make_user(), recorded_at=NOON)


def test_the_database_keeps_an_entry_with_its_targets_commitment() -> None:
    target = make_target()
    other = make_commitment(target.commitment.plan)
    with pytest.raises(IntegrityError, match="target_of_commitment"), transaction.atomic():
        ProgressEntry.objects.create(
            commitment=other, target=target, effective_on=TODAY, value=5,
            recorded_by=make_user(), recorded_at=NOON,
        )  # fmt: skip


def test_a_narrative_has_no_figure() -> None:
    with pytest.raises(ValueError, match="is a narrative"):
        _ = make_narrative(make_commitment()).figure
