"""Closing past periods of a plan: what has been reported and published stays as it is until opened with a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from . import policy
from .formats import Day
from .models import PeriodLock, Plan, User
from .models.triggers import PERIODS


def lock(
    *, plan: Plan, through: date | None, reason: str, by: User, at: datetime, seen: int | None = None
) -> PeriodLock:
    """Closes the plan's days up to and including `through`, or opens all of them: None. The newest lock is in force.

    `seen` is the number of the newest lock of all when this one was prepared; a later one of the plan refuses it.
    `at` is an aware instant. Raises ValidationError that names the field, PermissionDenied where `by` may not.
    """
    policy.check_lock(by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if through is not None and through > at.astimezone(ZoneInfo(plan.time_zone)).date():
        raise ValidationError({"through": _("Days to come cannot be locked.")})
    with transaction.atomic():
        wait_for_writers(plan)
        if seen is not None and PeriodLock.objects.filter(plan=plan, pk__gt=seen).exists():
            raise ValidationError(
                _("Somebody else has locked or opened the period meanwhile. Reload the page.")
            )
        return PeriodLock.objects.create(
            plan=plan, through=through, reason=reason, locked_by=by, locked_at=at
        )


def wait_for_writers(plan: Plan) -> None:
    """Whoever writes about the plan at this moment is done before, whoever comes waits until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PERIODS, plan.pk])


def waited_too_long(error: OperationalError) -> bool:
    """Whether somebody else was writing, or recording a sheet, for longer than the database lets anybody wait."""
    return isinstance(error.__cause__, LockNotAvailable)


def in_force(plan: Plan) -> PeriodLock | None:
    """The lock that closes some of the plan's days; None where all are open."""
    newest = PeriodLock.objects.filter(plan=plan).first()
    return newest if newest and newest.through else None


def check_open(plan: Plan, days: Sequence[date]) -> None:
    """Raises ValidationError on `effective_on` where one of the days is locked."""
    newest = in_force(plan)
    if newest and newest.through and min(days) <= newest.through:
        raise refusal(newest.through)


def refusal(through: date) -> ValidationError:
    said = _("Locked through %(day)s. Only the supervision office can open the period again.")
    return ValidationError({"effective_on": ValidationError(said, params={"day": Day(through)})})
