"""What Django answers where no view does: pages to people, problems to programs. Django has logged what happened."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.views import defaults

from . import answers

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answers.unreadable(request, too_much=isinstance(exception, TOO_MUCH))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if answers.is_for_programs(request):
        return answers.nothing_here(request)
    return defaults.page_not_found(request, exception)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer where nobody foresaw what happened."""
    return answers.fault(request) if answers.is_for_programs(request) else defaults.server_error(request)
