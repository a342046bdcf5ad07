"""Deletion of rows about sign-ins that are no longer needed."""

from datetime import datetime, timedelta

from ..models import LockOut
from . import attempts, sessions, unsent_forms

# Administrators can look back at lock-outs this long.
LOCK_OUTS_SHOWN = timedelta(days=90)


def run(*, at: datetime) -> None:
    attempts.forget_failures(at=at)
    sessions.forget_ended(at=at)
    unsent_forms.forget(at=at)
    LockOut.objects.filter(until__lte=at - LOCK_OUTS_SHOWN).delete()
