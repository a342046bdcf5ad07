"""The only reader of the clock; entry points call it and hand the time down."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest


def now() -> datetime:
    """Return the current instant in UTC; a demo's instant if `DEMO_CLOCK` is set."""
    return shown_at(real())


def shown_at(instant: datetime) -> datetime:
    """Return the instant that `now` gave at a real one."""
    if settings.DEMO_CLOCK is None:
        return instant
    start, anchor = settings.DEMO_CLOCK
    shown: datetime = start + (instant - anchor)
    return shown.astimezone(UTC)


def real() -> datetime:
    """Return the current instant of this machine, in UTC."""
    # Sign-ins and sessions use it: a demo's clock must not change them.
    return datetime.now(UTC)


def today(time_zone: str) -> date:
    """Return the current day on a calendar in `time_zone`."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def demo_banner(_request: HttpRequest) -> dict[str, datetime | None]:
    """Return the template context with the demo's time, or None on a real clock."""
    return {"demo_now": now() if settings.DEMO_CLOCK else None}
