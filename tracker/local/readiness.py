"""The question to the service whether all of it works."""

import time
from collections.abc import Callable
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from tracker.local.errors import LaunchError

# Requests to the loopback interface must not go through the machine's proxy.
OPENER = build_opener(ProxyHandler({}))
GIVE_UP_AFTER = 60.0


def wait_until_ready(url: str, pause: Callable[[float], None], seconds: float = GIVE_UP_AFTER) -> None:
    deadline = time.monotonic() + seconds
    while (said := find_complaint(url)) is not None:
        if time.monotonic() > deadline:
            raise LaunchError(f"The service is not ready after {seconds:.0f} s; {url} says: {said}")
        pause(0.2)


def find_complaint(url: str) -> str | None:
    """Return the service's complaint; None if it is ready."""
    try:
        with OPENER.open(url, timeout=5):
            return None
    except HTTPError as error:
        with error:
            return f"{error.code} {error.read(2000).decode('utf-8', 'replace').strip()}"
    except (OSError, HTTPException) as error:
        return str(error)
