"""Words beside figures: all that counts, compares or judges stays as it was without them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from commitments.actions import ledger
from commitments.domain.enums import Accumulation, Goal, NoFigure, TargetKind, TrajectoryKind
from commitments.models import (
    Commitment,
    CommitmentRollup,
    Plan,
    ProgressEntry,
    Target,
    TargetMonth,
    TargetRollup,
)
from commitments.progress_import.recorded_entries import read_recorded
from commitments.reporting.doubts import bounds_of
from commitments.rollups import audit, read, refresh
from commitments.rollups.preview import preview_entries
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
HELD = {"goal": Goal.MAINTAIN, "trajectory": TrajectoryKind.HOLD}
AUGUST = date(2023, 8, 20)
LEVEL = {"accumulation": Accumulation.LEVEL, "kind": TargetKind.LEVEL}
# Whether a report is still owed is another matter than its figures.
APART = {"assessed_at", "freshness", "report_state", "report_since", "report_due_on"}


@pytest.fixture
def plan() -> Plan:
    """Make a plan with a target of each kind, figures that count and one that waits, and a direction."""
    plan = make_plan(review_required=True)
    make_commitment(plan)
    total = make_target(make_commitment(plan), due_on=TODAY)
    level = make_target(make_commitment(plan), **LEVEL)
    for number, month in enumerate((5, 6, 7, 8, 9), start=1):
        make_counted_entry(total, number * 9, date(2023, month, 20))
        make_counted_entry(level, 40 + number, date(2023, month, 20))
    share = make_target(make_commitment(plan), accumulation=Accumulation.RATIO, **HELD)
    make_counted_entry(share, 30, AUGUST, denominator=Decimal(40))
    stages = make_staged_target(make_commitment(plan), AUGUST, date(2023, 12, 1))
    make_counted_entry(stages, 1, AUGUST, milestone=stages.milestones.first())
    make_target(make_commitment(plan), accumulation=Accumulation.INCREMENTS)
    make_entry(total, 60, TODAY)
    judge(plan)
    return plan


def judge(plan: Plan) -> None:
    refresh.assess_day(plan, at=NOON)
    while refresh.drain(clock=lambda: NOON):
        pass


def tell(plan: Plan) -> None:
    """Record words of every state about each commitment and target, and reasons for having no figure."""
    for commitment in plan.commitments.all():
        for target in (None, *commitment.targets.all()):
            for day in (AUGUST, TODAY):
                tell_of(commitment, day, target=target)
                if target and target.kind != TargetKind.STAGES:
                    tell_of(commitment, day, target=target, no_figure=NoFigure.NOT_PUBLISHED)
    judge(plan)


def tell_of(commitment: Commitment, day: date, **given: Any) -> None:
    office, later = make_user(), NOON + timedelta(minutes=1)
    make_narrative(commitment, day, **given)
    ledger.approve(entry=make_narrative(commitment, day, **given), by=office, at=NOON)
    returned = make_narrative(commitment, day, **given)
    ledger.return_(entry=returned, reason="请写具体", by=office, at=NOON)
    ended = make_narrative(commitment, day, **given)
    ledger.withdraw(entry=ended, reason="重复", by=office, at=later)


def rows(model: type[Any]) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in row.items() if name not in APART}
        for row in model.objects.order_by("pk").values()
    ]


def targets(plan: Plan) -> list[Target]:
    return list(Target.objects.filter(commitment__plan=plan).select_related("commitment__plan"))


def past(plan: Plan) -> list[Any]:
    """Read anew, from the ledger, what was known at noon."""
    verdicts = read.AsOf(plan, TODAY, NOON + timedelta(hours=1)).verdicts
    return [
        (verdict.actual, verdict.status, verdict.flags, verdict.forecast, verdict.newest_entries)
        for _target, verdict in sorted(verdicts.targets.items())
    ]


def previews(_plan: Plan) -> Any:
    waiting = (
        ProgressEntry.objects.figures().pending().select_related("commitment__plan", "target", "milestone")
    )
    return preview_entries(list(waiting), at=NOON)


def progress(_plan: Plan) -> Any:
    return Client().get("/api/v1/progress/").json()["results"]


FACTS: dict[str, Callable[[Plan], Any]] = {
    "verdicts": lambda _plan: rows(TargetRollup),
    "statuses": lambda _plan: rows(CommitmentRollup),
    "months": lambda _plan: rows(TargetMonth),
    "past": past,
    "previews": previews,
    "doubts": lambda plan: bounds_of(targets(plan), TODAY),
    "sheet": lambda plan: read_recorded(each.pk for each in targets(plan)).digest(
        each.pk for each in targets(plan)
    ),
    "progress": progress,
    "settled": lambda plan: [target.is_settled for target in targets(plan)],
}


@pytest.mark.parametrize("fact", FACTS)
def test_words_change_nothing_that_counts(plan: Plan, fact: str) -> None:
    before = FACTS[fact](plan)
    tell(plan)
    assert before
    assert FACTS[fact](plan) == before


def test_words_alone_settle_no_target() -> None:
    target = make_target()
    tell(target.commitment.plan)
    assert not target.is_settled


def test_everything_is_verified_and_sealed_with_words(plan: Plan) -> None:
    tell(plan)
    later = NOON + timedelta(minutes=2)
    assert audit.audit(plan, at=later).differences == []
    assert audit.audit(plan, at=later + timedelta(days=1)).differences == []


def test_a_rebuilt_plan_is_the_same_with_words(plan: Plan) -> None:
    tell(plan)
    before = FACTS["verdicts"](plan), FACTS["months"](plan)
    refresh.rebuild_plan(plan, at=NOON)
    assert (FACTS["verdicts"](plan), FACTS["months"](plan)) == before
