"""Sessions that end 12 hours after sign-in, and after 3 hours without a request; each has its user and
origin.

Django takes `SessionStore` from here (SESSION_ENGINE). The use of a session is stored every few minutes,
not with every request.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.http import HttpRequest

from .. import clock
from ..models import StaffSession, User
from .addresses import address_of

LASTS = timedelta(hours=12)
IDLE = timedelta(hours=3)
NOTED_EVERY = timedelta(minutes=5)
STARTED, ADDRESS, BROWSER = "started", "address", "browser"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        return StaffSession

    def load(self) -> dict[str, Any]:
        now = clock.real()
        found = alive(now).filter(session_key=self.session_key).first()
        if found is None:
            self._session_key = None
            return {}
        if now - found.seen_at > NOTED_EVERY:
            StaffSession.objects.filter(pk=found.pk).update(seen_at=now)
        return self.decode(found.session_data)

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        """Build the session's row; each write counts as a use."""
        # The row's facts stand in the session's own data too, and so outlive a change of the key.
        now = clock.real()
        started = datetime.fromisoformat(data.setdefault(STARTED, now.isoformat()))
        # Another machine's clock may be a little ahead.
        seen = max(now, started)
        return StaffSession(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=started + LASTS,
            user_id=data.get(SESSION_KEY),
            started_at=started,
            seen_at=seen,
            address=data.get(ADDRESS, ""),
            browser=data.get(BROWSER, ""),
        )


def alive(now: datetime) -> QuerySet[StaffSession]:
    return StaffSession.objects.filter(expire_date__gt=now, seen_at__gt=now - IDLE)


def begin(request: HttpRequest) -> None:
    """Note the start and origin of a session that has just been signed in."""
    # The time before the sign-in does not count.
    request.session[STARTED] = clock.real().isoformat()
    request.session[ADDRESS] = address_of(request) or ""
    request.session[BROWSER] = request.headers.get("User-Agent", "")[:300]


def list_sessions(user: User, now: datetime) -> QuerySet[StaffSession]:
    """Return the user's sessions, the one used last first."""
    return alive(now).filter(user=user).order_by("-seen_at", "-started_at")


def name_of(session: StaffSession) -> str:
    """Return a name for forms."""
    # The key itself opens the session, so it stands in no page.
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:16]


def end_others(request: HttpRequest, user: User) -> int:
    """End all sessions of the person but this one; say how many were alive."""
    others = StaffSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    ended = (others & alive(clock.real())).count()
    others.delete()
    return ended


def end_all(user: User) -> None:
    StaffSession.objects.filter(user=user).delete()


def forget_ended(*, at: datetime) -> None:
    StaffSession.objects.exclude(pk__in=alive(at)).delete()
