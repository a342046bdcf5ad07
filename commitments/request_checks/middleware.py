"""The gate as middleware: one looks at every address, one at forms that have passed the CSRF check."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase

from ..domain.texts import clean, find_barred
from . import answers, faults

# With its method and version, an address of this length fits nginx's `large_client_header_buffers`.
LONGEST_ADDRESS = 8_000
READING = ("GET", "HEAD", "OPTIONS", "TRACE")
# The turning characters in UTF-8, and as JSON escapes them if it writes ASCII alone.
TURNING_BYTES = re.compile(rb"\xd8\x9c|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
TURNING_ESCAPES = re.compile(rb"(?<!\\)((?:\\\\)*)\\u(?:061c|200[ef]|202[a-e]|206[6-9])", re.IGNORECASE)
JSON_TYPES = ("application/json", "application/problem+json")
TEXT_TYPES = ("text/", *JSON_TYPES)


class AddressMiddleware:
    """A check of every address, and a filter for turning characters in responses."""

    # A browser's headers are beyond its user's control, so they are cleaned, not refused.
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _clean_headers(request)
        return _refused(request) or _straightened(self.get_response(request))


class FormMiddleware:
    """A check of forms and documents for text that cannot be stored."""

    # It stands behind the CSRF check: only a form of our own is shown again, to be sent with one press.
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if request.method in READING or answers.is_for_programs(request):
            return None
        try:
            found = faults.find_in_body(request)
        except UnreadablePostError:
            return HttpResponse(status=HTTPStatus.BAD_REQUEST)
        return answers.to_form(request, found) if found else None


def _clean_headers(request: HttpRequest) -> None:
    for name, value in request.META.items():
        if name.startswith("HTTP_") and find_barred(value):
            request.META[name] = clean(value)
    for name in [name for name, value in request.COOKIES.items() if find_barred(name + value)]:
        del request.COOKIES[name]


def _refused(request: HttpRequest) -> HttpResponse | None:
    if len(request.META.get("QUERY_STRING", "")) + len(request.path) > LONGEST_ADDRESS:
        return answers.too_long(request)
    if find_barred(request.path):
        return answers.nothing_here(request)
    if not answers.is_utf8(request):
        return answers.foreign_text(request)
    found = faults.find_in_query(request)
    return answers.to_query(request, found) if found else None


def _straightened(response: HttpResponseBase) -> HttpResponseBase:
    """Remove turning characters from a response."""
    # Some texts were stored before such characters were refused.
    if not isinstance(response, HttpResponse) or response.streaming:
        return response
    kind = response.headers.get("Content-Type", "")
    if not kind.startswith(TEXT_TYPES):
        return response
    body = TURNING_BYTES.sub(b"", response.content)
    if kind.startswith(JSON_TYPES):
        body = TURNING_ESCAPES.sub(rb"\1", body)
    if body != response.content:
        response.content = body
        response.headers["Content-Length"] = str(len(body))
    return response
