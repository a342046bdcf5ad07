"""A plan with readers, and the instants the tests speak of."""

from datetime import UTC, date, datetime
from typing import Any

from commitments.models import Plan, Subscription
from commitments.rollups import refresh
from tests.factories import make_commitment, make_plan, make_target

# Monday 25 September 2023, 08:30 in Shanghai: week 39 is due.
MONDAY = datetime(2023, 9, 25, 0, 30, tzinfo=UTC)
WEEK = "2023-W39"
# The Sunday before the week that Monday's mail looks back on.
SINCE = date(2023, 9, 17)
# Noon of that Sunday: what was recorded then was known at its end.
BEFORE = datetime(2023, 9, 17, 4, tzinfo=UTC)


def make_subscription(plan: Plan, email: str = "reader@weibin.example", **given: Any) -> Subscription:
    return Subscription.objects.create(plan=plan, email=email, **given)


def make_judged_plan(**given: Any) -> Plan:
    """Make a plan with one unreported commitment, judged on Monday."""
    plan = make_plan(**given)
    make_target(make_commitment(plan))
    judge(plan)
    return plan


def judge(plan: Plan, at: datetime = MONDAY) -> None:
    refresh.rebuild_plan(plan, at=at)
