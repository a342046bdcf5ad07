"""The answer to a request that an outage of the database cut off: 503, without the database."""

import logging
import sys
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import escape_leading_slashes

from commitments.accounts.typed_fields import is_typed
from commitments.api import errors, language
from commitments.outages import Outage, outage
from commitments.request_checks import answers
from commitments.request_checks.handlers import fault

READING = ("GET", "HEAD", "OPTIONS")


def answer(request: HttpRequest) -> HttpResponse:
    """Answer an error of a view or a middleware, as Django's handler for faults."""
    found = outage(sys.exception())
    if found is None:
        return fault(request)
    with translation.override(_language(request)):
        response = _problem(request, found) if answers.wants_json(request) else _page(request, found)
        response.headers["Content-Language"] = translation.get_language()
    response.headers["Retry-After"] = str(errors.RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


class InOneLine(logging.Filter):
    """A log filter for outages."""

    # An outage is no fault of the code: its log needs no traceback, which each request would repeat.
    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if outage(error) is not None:
            record.msg, record.args = f"{record.getMessage()}: {' '.join(str(error).split())}", ()
            record.exc_info = None
        return True


def _problem(request: HttpRequest, found: Outage) -> JsonResponse:
    problem: Any = errors.problem(errors.UnavailableError(found), {"request": request})
    return JsonResponse(problem.data, status=503, content_type=errors.MEDIA_TYPE)


def _page(request: HttpRequest, found: Outage) -> HttpResponse:
    context = {
        "took_too_long": found is Outage.OVERTAXED,
        "address": escape_leading_slashes(request.get_full_path()),
        "reads": request.method in READING,
        # The outcome is unknown on a connection that broke while committing.
        "may_be_saved": getattr(connection, "has_committed", False),
    }
    return HttpResponse(render_to_string("503.html", context | _sent(request)), status=503)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """Return the typed fields to be sent once more: no passwords, and no files, which a page cannot attach."""
    # The token has not been checked: sent from our page, another site's form would look like one of ours.
    if request.method in READING or not answers.is_from_here(request):
        return {}
    try:
        fields, files = list(request.POST.lists()), bool(request.FILES)
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return {}
    if any(answers.SECRET in name for name, _values in fields):
        return {}
    return {"has_files": files, "fields": list(_pairs(fields))}


def _pairs(fields: Iterable[tuple[str, list[str]]]) -> Iterable[tuple[str, str, bool]]:
    """Yield each name and value, and whether a person typed it."""
    for name, values in fields:
        for value in values:
            yield name, value, bool(value) and is_typed(name)


def _language(request: HttpRequest) -> str:
    """Return the page's language: by its address or the account, else by the browser."""
    if answers.is_for_programs(request):
        return language.choose(request)
    known = getattr(request, "LANGUAGE_CODE", None)
    if known is None or request.path.startswith("/digests/"):
        return translation.get_language_from_request(request)
    return str(known)
