"""Errors as RFC 9457 problem details, in the reader's language."""

from http import HTTPStatus
from typing import Any, NamedTuple

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from ..outages import Outage, outage
from . import language

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5
Problem = dict[str, Any]


class ProblemKind(NamedTuple):
    """A kind of problem: the end of its address, its title, and advice for the reader."""

    name: str
    title: str | Promise
    advice: str | Promise


KINDS: dict[int, ProblemKind] = {
    400: ProblemKind(
        "invalid-parameter",
        _("Invalid parameter"),
        _("Each of “errors” names a parameter and what is wrong with it."),
    ),
    404: ProblemKind(
        "not-found",
        _("Not found"),
        _("The address or an object named by a parameter does not exist, or the list has fewer pages."),
    ),
    405: ProblemKind("read-only", _("Read-only"), _("This API is read-only: use GET, HEAD or OPTIONS.")),
    406: ProblemKind(
        "not-acceptable",
        _("Not acceptable"),
        _("Answers are JSON: omit the Accept header or send application/json."),
    ),
    409: ProblemKind(
        "conflicting-parameters",
        _("Conflicting parameters"),
        _("Each parameter is valid by itself; “errors” says which one requires or excludes another."),
    ),
    414: ProblemKind("too-long", _("Too long"), _("Shorten the address by asking for less at once.")),
    429: ProblemKind(
        "too-many-requests",
        _("Too many requests"),
        _("Wait for the number of seconds in Retry-After. Unchanged answers (304) are not counted."),
    ),
    500: ProblemKind(
        "fault",
        _("Something went wrong"),
        _("The fault is on our side and has been logged. Try again later."),
    ),
    503: ProblemKind(
        "unavailable",
        _("The service is interrupted"),
        _("The database is unavailable or overloaded. Try again after the seconds given in Retry-After."),
    ),
}


class ErrorSerializer(serializers.Serializer[Any]):
    parameter = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """An RFC 9457 problem."""

    type = serializers.URLField(help_text="Address of an explanation of this kind of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ErrorSerializer(many=True, help_text="Empty unless parameters are at fault.")  # type: ignore[assignment]


class UnavailableError(APIException):
    """A refusal while the database is away or overtaxed."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    wait = RETRY_SECONDS

    def __init__(self, found: Outage) -> None:
        took_too_long = found is Outage.OVERTAXED
        super().__init__(
            _("That took too long. Ask for less at once, or try again in a few seconds.")
            if took_too_long
            else _("The database cannot be reached at the moment. Please try again in a few seconds.")
        )


class AbsentError(ValidationError):
    status_code = HTTPStatus.NOT_FOUND


class ConflictError(ValidationError):
    status_code = HTTPStatus.CONFLICT


def absent(parameter: str, detail: str) -> ValidationError:
    """Build the error for a value that does not exist."""
    return AbsentError(_named(parameter, detail, "invalid"))


def conflict(parameter: str, detail: str, code: str = "conflict") -> ValidationError:
    """Build the error for a parameter that excludes or needs another one."""
    return ConflictError(_named(parameter, detail, code))


def _named(parameter: str, detail: str, code: str) -> dict[str, list[ErrorDetail]]:
    return {parameter: [ErrorDetail(detail, code)]}


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an expected error; None leaves others to `request_checks.handlers`."""
    found = outage(error)
    response = exception_handler(UnavailableError(found) if found else error, context)
    if response is None:
        return None
    errors = _errors(response.data) if isinstance(error, ValidationError) else []
    said = " ".join(dict.fromkeys(each["detail"] for each in errors)) or str(response.data["detail"])
    response.data = document(response.status_code, said, errors, context["request"])
    response.content_type = MEDIA_TYPE
    # The view may else write a page or YAML.
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = JSONRenderer.media_type
    return response


def too_many(request: HttpRequest) -> JsonResponse:
    """Return the problem for a reader with too many requests, before any view runs."""
    status = HTTPStatus.TOO_MANY_REQUESTS
    with translation.override(language.choose(request)):
        found = document(status, str(KINDS[status].advice), [], request)
    return JsonResponse(found, status=status, content_type=MEDIA_TYPE)


def document(
    status: int, detail: str, errors: list[dict[str, str]], request: HttpRequest | Request
) -> Problem:
    """Build a problem document, for any part that answers the request."""
    kind = KINDS.get(status)
    return {
        "type": address(kind, request) if kind else "about:blank",
        "title": str(kind.title) if kind else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": errors,
    }


def address(kind: ProblemKind, request: HttpRequest | Request) -> str:
    """Return the address that explains the kind; without the host, if the request's host is not ours."""
    path = reverse("api:problem", args=[kind.name])
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path


def _errors(data: dict[str, list[Any]]) -> list[dict[str, str]]:
    return [
        {"parameter": name, "code": detail.code, "detail": str(detail)}
        for name, details in data.items()
        for detail in details
    ]
