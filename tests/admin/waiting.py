"""A plan with entries of every kind that wait for review."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from commitments.actions import ledger
from commitments.domain.enums import Accumulation, Goal, Role, TrajectoryKind
from commitments.models import Commitment, Evidence, Plan, ProgressEntry, Target, User
from commitments.rollups import refresh
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_correction,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)

EARLIER, LATELY = TODAY - timedelta(days=30), TODAY - timedelta(days=3)
RATIO: dict[str, Any] = {
    "accumulation": Accumulation.RATIO,
    "goal": Goal.FINAL,
    "trajectory": TrajectoryKind.HOLD,
    "value": 95,
    "unit": "%",
    "unit_en": "%",
}


def make_clerk(**given: Any) -> User:
    agency = make_agency(name="区住建局", name_en="Housing Bureau")
    return make_user(Role.CLERK, agency=agency, first_name="王芳", language="en", **given)


def make_target_of(clerk: User, plan: Plan, **given: Any) -> Target:
    commitment = make_commitment(plan, lead_agency=clerk.agency)
    return make_target(
        commitment, **{"title": "老旧小区改造开工", "title_en": "Estates under renovation"} | given
    )


def make_undoubted(clerk: User, plan: Plan, hours: int = 5) -> ProgressEntry:
    """Make an entry that raises no doubt: 38 → 45 of 76."""
    target = make_target_of(clerk, plan)
    make_counted_entry(target, 38, EARLIER, at=NOON - timedelta(days=30))
    return make_entry(
        target, 45, LATELY, by=clerk, at=NOON - timedelta(hours=hours), progress="八月又有七个小区完工。"
    )


def make_doubtful(clerk: User, plan: Plan, hours: int = 3) -> ProgressEntry:
    """40 → 39: a step back."""
    target = make_target_of(clerk, plan)
    make_counted_entry(target, 40, EARLIER, at=NOON - timedelta(days=30))
    return make_entry(
        target, 39, LATELY, by=clerk, at=NOON - timedelta(hours=hours), problems="一处工地停工。"
    )


def make_waiting_correction(clerk: User, plan: Plan) -> ProgressEntry:
    wrong = make_counted_entry(
        make_target_of(clerk, plan), 41, EARLIER, at=NOON - timedelta(days=30), by=clerk
    )
    return make_correction(wrong, 44, TODAY, by=clerk, at=NOON - timedelta(hours=1))


def make_full_queue(clerk: User) -> Plan:
    """One of each kind; the first has a link for evidence."""
    plan = make_plan()
    first = make_undoubted(clerk, plan, hours=50)
    Evidence.objects.create(
        entry=first, title="完工验收单", url="https://example.org/a", added_by=clerk, added_at=NOON
    )
    make_undoubted(clerk, plan, hours=30)
    make_doubtful(clerk, plan)
    make_waiting_correction(clerk, plan)
    make_entry(make_target_of(clerk, plan, accumulation=Accumulation.INCREMENTS), 12, by=clerk, at=NOON)
    make_entry(make_target_of(clerk, plan, **RATIO), 190, by=clerk, at=NOON, denominator=Decimal(200))
    staged = make_staged_target(make_commitment(plan, lead_agency=clerk.agency), EARLIER, TODAY)
    make_entry(staged, 1, milestone=staged.milestones.first(), by=clerk, at=NOON)
    refresh.drain(clock=lambda: NOON)
    return plan


def make_busy_commitment(clerk: User) -> Commitment:
    """With everything that the page of a commitment can show."""
    plan = make_plan()
    waiting = make_undoubted(clerk, plan)
    commitment = waiting.commitment
    returned = make_entry(waiting.figure.target, 70, by=clerk, at=NOON - timedelta(hours=9))
    office = make_user(username="督查室李强", language="zh-hans")
    ledger.return_(entry=returned, reason="与台账不符，请核对后重报", by=office, at=NOON - timedelta(hours=8))
    ledger.approve(
        entry=make_entry(waiting.figure.target, 39, by=clerk, next_steps="九月底前再开工三个小区。"),
        by=office,
        at=NOON,
    )
    withdrawn = make_entry(waiting.figure.target, 41, by=clerk)
    ledger.withdraw(entry=withdrawn, reason="重复填报", by=clerk, at=NOON)
    make_target(commitment, code=f"{commitment.code}-S", headline=False, **RATIO)
    waiting.figure.target.revisions.create(
        effective_from=EARLIER, old_value=76, new_value=70, old_due_on=waiting.figure.target.due_on,
        new_due_on=waiting.figure.target.due_on - timedelta(days=31), authority="区政府常务会议纪要〔2023〕12号",
        reason="两个小区列入征收范围", revised_by=office, revised_at=NOON,
    )  # fmt: skip
    commitment.support.create(agency=make_agency(name="区财政局", name_en="Finance Bureau"))
    for holder, confidence in (("owner", "high"), ("supervision", "low")):
        commitment.confidence.create(
            holder=holder, confidence=confidence, note="资金已到位", stated_by=office, stated_at=NOON
        )
    refresh.drain(clock=lambda: NOON)
    return commitment
