"""Django's handlers for errors: pages for people, problem documents for programs.

Django has logged the error by then.
"""

from http import HTTPStatus

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import csrf, defaults

from . import answers

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Its work is done: only the session that it was done in has ended meanwhile.
    if isinstance(exception, SessionInterrupted):
        return redirect(settings.LOGIN_URL)
    return answers.unreadable(request, too_much=isinstance(exception, TOO_MUCH))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    if answers.is_for_programs(request):
        return answers.nothing_here(request)
    # Django's own handler first looks for a token in the form, and fails over one that cannot be read.
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without the token of the session: another site's, or one of ours from before a sign-in."""
    return answers.to_older_form(request) or csrf.csrf_failure(request, reason)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer after an unforeseen error."""
    return answers.fault(request) if answers.is_for_programs(request) else defaults.server_error(request)
