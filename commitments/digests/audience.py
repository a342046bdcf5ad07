"""The weekly mails that are owed; each is a row before it is a message."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from ..domain.enums import DeliveryState, MailKind
from ..domain.periods import iso_week, week_start
from ..domain.workdays import next_workday
from ..models import OutgoingMail, Plan, Subscription
from ..reporting.periods import monthly_calendar

DUE_AT = time(8, 30)
OPEN = f"""
INSERT INTO commitments_outgoingmail
    (kind, key, subscription_id, plan_id, address, message_id, state, attempts, not_before,
    subject, text, html, last_error)
SELECT '{MailKind.DIGEST}', %(week)s || '/' || id, id, plan_id, email, gen_random_uuid(), '{DeliveryState.PENDING}', 0,
    %(at)s, '', '', '', ''
FROM commitments_subscription
WHERE plan_id = %(plan)s AND unsubscribed_at IS NULL AND (%(only)s = '' OR email = %(only)s)
ON CONFLICT (kind, key) DO NOTHING
"""


def open_week(plan: Plan, at: datetime, *, only: str = "") -> int:
    """Add a row for each active subscription once the plan's current ISO week is due; return the number
    added.

    A repetition adds no row. `only` limits it to one address.
    """
    # After an outage only the current week is made up for.
    week = week_of(plan, at)
    return open_rows(plan, week, at, only=only) if runs_in(plan, week) and at >= due(plan, week) else 0


def open_rows(plan: Plan, week: str, at: datetime, *, only: str = "") -> int:
    """Add the rows themselves, due or not; return the number added."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"week": week, "at": at, "plan": plan.pk, "only": only})
        return int(cursor.rowcount)


def end_past_weeks(plan: Plan, at: datetime) -> None:
    """Give up mails of past weeks that were not written in time."""
    # Written later, they would carry another week's figures.
    digests = OutgoingMail.objects.filter(kind=MailKind.DIGEST, subscription__plan=plan)
    digests.filter(state=DeliveryState.PENDING, html="", key__lt=week_of(plan, at)).update(
        state=DeliveryState.FAILED, last_error="The week was over before this mail could be written."
    )


def key_of(subscription: Subscription, week: str) -> str:
    """Return the occasion of a week's digest; such keys are in the order of their weeks."""
    return f"{week}/{subscription.pk}"


def week_of_mail(mail: OutgoingMail) -> str:
    return mail.key.partition("/")[0]


def week_of(plan: Plan, at: datetime) -> str:
    return iso_week(plan.day_at(at))


def due(plan: Plan, week: str) -> datetime:
    """Return half past eight on the week's first working day, in the plan's time zone."""
    # A week without a working day is never due while it is current.
    first = next_workday(week_start(week), plan.holidays)
    return datetime.combine(first, DUE_AT, tzinfo=ZoneInfo(plan.time_zone))


def runs_in(plan: Plan, week: str) -> bool:
    """Tell whether the plan has mails in the week."""
    # They run from the plan's first week to the first whole week after its last reports are due.
    last = monthly_calendar(plan).closes_on(plan.ends_on) + timedelta(weeks=1)
    return plan.starts_on - timedelta(weeks=1) < week_start(week) <= last
