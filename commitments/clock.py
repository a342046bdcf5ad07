"""The only reader of the clock. Entry points call it and hand the time down."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest


def now() -> datetime:
    """Return the current instant, in UTC; a demo's instant where `DEMO_CLOCK` is set."""
    return shown_at(real())


def shown_at(instant: datetime) -> datetime:
    """Return what `now` said at a real instant."""
    if settings.DEMO_CLOCK is None:
        return instant
    start, anchor = settings.DEMO_CLOCK
    shown: datetime = start + (instant - anchor)
    return shown.astimezone(UTC)


def real() -> datetime:
    """The current instant of this machine, for what no demonstration changes: sign-ins and sessions."""
    return datetime.now(UTC)


def today(time_zone: str) -> date:
    """The current day on a calendar in `time_zone`."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def demo_banner(_request: HttpRequest) -> dict[str, datetime | None]:
    """Template context: the demo's time, or None on a real clock."""
    return {"demo_now": now() if settings.DEMO_CLOCK else None}
