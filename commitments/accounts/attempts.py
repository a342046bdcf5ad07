"""Refusal of sign-ins after too many failures, before any password is hashed.

Only failures count. A failure in an unknown browser counts for the account and for its address. A browser
that has signed in to the account before counts for itself alone, so that no other browser can lock it out.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ..domain.enums import Guarded
from ..models import LockOut, SignInFailure, User
from . import hashing_turns, security_log
from .addresses import network

# Failures count this long, and a lock-out lasts this long.
WINDOW = timedelta(minutes=15)
CAPS = {Guarded.ACCOUNT: 10, Guarded.ADDRESS: 20, Guarded.BROWSER: 10}


@dataclass(frozen=True)
class Subject:
    kind: Guarded
    name: str


@dataclass
class Attempt:
    """A sign-in in progress; it counts as failed until its success is noted."""

    succeeded: bool = False


class LockedOutError(Exception):
    """A refusal after too many failed sign-ins; from `until` on they are accepted again."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


def subjects(account: str, address: str | None, known_browser: str | None) -> list[Subject]:
    """Name those for which a failure counts. Without an address, clients cannot be told apart by it."""
    if known_browser:
        return [Subject(Guarded.BROWSER, f"{account} {known_browser}")]
    of_account = Subject(Guarded.ACCOUNT, account)
    return [of_account, Subject(Guarded.ADDRESS, network(address))] if address else [of_account]


@contextmanager
def attempt(counted: Sequence[Subject], *, at: datetime) -> Iterator[Attempt]:
    """Let one sign-in be tried in its turn, and count it unless it succeeds; refuse it where too many have failed."""
    _refuse_locked_out(counted, at)
    with hashing_turns.take(known=counted[0].kind == Guarded.BROWSER):
        # Each attempt is counted beforehand, so that many at once do not pass the cap together.
        noted = [SignInFailure.objects.create(kind=each.kind, subject=each.name, at=at) for each in counted]
        if any(_count(each, at) > CAPS[each.kind] for each in counted):
            _forget(noted)
            raise LockedOutError(at + WINDOW)
        tried = Attempt()
        try:
            yield tried
        finally:
            if tried.succeeded:
                _forget(noted)
            else:
                _lock_out(counted, at)


def in_force(at: datetime) -> QuerySet[LockOut]:
    return LockOut.objects.filter(until__gt=at, lifted_at=None)


def lift(lock_out: LockOut, *, by: User, at: datetime) -> None:
    """End it now, and forget the failures that led to it."""
    of_subject = {"kind": lock_out.kind, "subject": lock_out.subject}
    with transaction.atomic():
        in_force(at).filter(**of_subject).update(lifted_by=by, lifted_at=at)
        SignInFailure.objects.filter(**of_subject).delete()


def forget_failures(*, at: datetime) -> None:
    """Delete those that count no more."""
    SignInFailure.objects.filter(at__lte=at - WINDOW).delete()


def _refuse_locked_out(counted: Sequence[Subject], at: datetime) -> None:
    for each in counted:
        found = in_force(at).filter(kind=each.kind, subject=each.name).order_by("-until").first()
        if found:
            raise LockedOutError(found.until)


def _count(subject: Subject, at: datetime) -> int:
    recent = SignInFailure.objects.filter(kind=subject.kind, subject=subject.name, at__gt=at - WINDOW)
    return recent.count()


def _lock_out(counted: Sequence[Subject], at: datetime) -> None:
    """Lock out the subjects that have come to their cap."""
    for each in counted:
        if _count(each, at) >= CAPS[each.kind]:
            found = LockOut.objects.create(kind=each.kind, subject=each.name, since=at, until=at + WINDOW)
            security_log.note("locked_out", kind=each.kind, subject=each.name, until=found.until)


def _forget(noted: Sequence[SignInFailure]) -> None:
    SignInFailure.objects.filter(pk__in=[each.pk for each in noted]).delete()
