"""Locks on the past periods of a plan; reported and published figures stay until a period is opened with a reason."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from .. import permissions
from ..formats import Day
from ..models import PeriodLock, Plan, User
from ..models.triggers import PERIODS
from .preconditions import check_newest, check_texts


class BusyError(ValidationError):
    """A refusal after another write or sheet took longer than the database waits. No data was written."""

    def __init__(self) -> None:
        super().__init__(_("A spreadsheet is being recorded. Please submit again."))


def lock(*, plan: Plan, through: date | None, reason: str, seen: int, by: User, at: datetime) -> PeriodLock:
    """Lock the plan's days up to and including `through`, or with None open all of them; the newest lock is in force.

    `seen` is the number of the newest lock, of the plan or of all, when this one was prepared, 0 for none. A
    later lock of the plan refuses this one. `at` is an aware instant. Raise ValidationError that names the field,
    or PermissionDenied where `by` may not.
    """
    permissions.check_lock(by)
    check_texts(reason=reason)
    if through is not None and through > plan.day_at(at):
        raise ValidationError({"through": _("Future dates cannot be locked.")})
    with translate_lock_timeouts(), transaction.atomic():
        wait_for_writers(plan)
        check_newest(PeriodLock.objects.filter(plan=plan), seen=seen, describe=_describe)
        return PeriodLock.objects.create(
            plan=plan, through=through, reason=reason, locked_by=by, locked_at=at
        )


def newest(plan: Plan) -> int:
    """Return the number of the plan's newest lock, 0 for none."""
    return PeriodLock.objects.filter(plan=plan).values_list("pk", flat=True).first() or 0


def _describe(lock: PeriodLock) -> str:
    said = (
        _("Meanwhile %(who)s locked the plan through %(day)s: %(reason)s.")
        if lock.through
        else _("Meanwhile %(who)s unlocked the plan: %(reason)s.")
    )
    return said % {
        "who": lock.locked_by.name,
        "day": lock.through and Day(lock.through),
        "reason": lock.reason,
    }


def wait_for_writers(plan: Plan) -> None:
    """Take the plan's lock exclusively: wait for running writers, block new ones until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PERIODS, plan.pk])


def waited_too_long(error: OperationalError) -> bool:
    """Tell whether the error is a wait for a lock that another write or sheet held too long."""
    return isinstance(error.__cause__, LockNotAvailable)


@contextmanager
def translate_lock_timeouts() -> Iterator[None]:
    """Raise BusyError in place of a lock timeout."""
    try:
        yield
    except OperationalError as error:
        if not waited_too_long(error):
            raise
        raise BusyError from error


def in_force(plan: Plan) -> PeriodLock | None:
    """Return the lock that closes some of the plan's days; None where all are open."""
    newest = PeriodLock.objects.filter(plan=plan).first()
    return newest if newest and newest.through else None


def check_open(plan: Plan, days: Sequence[date]) -> None:
    """Raise ValidationError on `effective_on` where one of the days is locked."""
    newest = in_force(plan)
    if newest and newest.through and min(days) <= newest.through:
        raise refusal(newest.through)


def refusal(through: date) -> ValidationError:
    """Build the error for a day within the locked period."""
    said = _("Locked through %(day)s. Only the supervision office can unlock the period.")
    return ValidationError({"effective_on": ValidationError(said, params={"day": Day(through)})})
