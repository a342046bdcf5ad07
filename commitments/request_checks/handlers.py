"""Django's handlers for errors: pages for people, problem documents for programs.

Django has logged the error by then.
"""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from . import answers

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answers.unreadable(request, too_much=isinstance(exception, TOO_MUCH))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    if answers.is_for_programs(request):
        return answers.nothing_here(request)
    # Django's own handler first looks for a token in the form, and fails over one that cannot be read.
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer after an unforeseen error."""
    return answers.fault(request) if answers.is_for_programs(request) else defaults.server_error(request)
