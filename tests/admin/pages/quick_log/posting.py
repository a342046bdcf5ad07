"""The sheet of August, looked at and sent as a plain form."""

from datetime import date
from typing import Any

from django.test import Client
from django.utils import translation

from commitments.admin.pages.quick_log.lines import QuickLogRow

LOG = "/admin/log/?period=2023-08"
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)


def look(browser: Client, address: str = LOG, **query: str) -> dict[str, QuickLogRow]:
    """Return the rows of the sheet by their codes."""
    return by_code(browser.get(address, query))


def post(browser: Client, places: dict[Any, dict[str, Any]], **more: Any) -> Any:
    """Send places as they are named on the page; return the answer."""
    fields = {f"{key}-{name}": text for key, typed in places.items() for name, text in typed.items()}
    fields |= {f"{key}-progress": typed.get("progress", "") for key, typed in places.items()}
    return browser.post(LOG, {"day": "2023-08-31"} | fields | more)


def by_code(answer: Any) -> dict[str, QuickLogRow]:
    translation.activate("en")  # a request leaves the language of its path behind
    return {line.code: line for line in answer.context["lines"]}


def untouched(line: QuickLogRow) -> dict[str, str]:
    """Return the texts that the row's own place opens with."""
    return dict(line.typed.texts())
