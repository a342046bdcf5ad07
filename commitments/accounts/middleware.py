"""Middleware for all pages behind the sign-in."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from . import security_log, unsent_forms

Respond = Callable[[HttpRequest], HttpResponseBase]


class NeverStoredMiddleware:
    """A ban on storing staff pages in browsers and proxies."""

    # On a shared machine the next person could turn back to a stored page.
    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_behind = request.path.startswith(reverse("admin:index"))
        if is_behind and "no-store" not in response.get("Cache-Control", ""):
            add_never_cache_headers(response)
        return response


class UnsentFormMiddleware:
    """Keeping of a form that is answered with the sign-in page; it is forgotten once it has been sent."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # A view that shows a kept form again takes its GET for a POST.
        is_sent = request.method == "POST"
        response = self.get_response(request)
        # The address is looked at first: an API's request may have no user at all.
        if not is_sent or not request.path.startswith(reverse("admin:index")):
            return response
        if not request.user.is_authenticated:
            return self._kept(request) if _leads_to_sign_in(response) else response
        if response.status_code < HTTPStatus.BAD_REQUEST:
            unsent_forms.forget_sent(request)
        return response

    def _kept(self, request: HttpRequest) -> HttpResponseBase:
        back = unsent_forms.keep(request) or unsent_forms.page_of(request)
        return redirect_to_login(back, reverse(settings.LOGIN_URL))


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    """Tell whether the response asks to sign in and to come back."""
    if not isinstance(response, HttpResponseRedirect):
        return False
    address = urlsplit(response.url)
    return address.path == reverse(settings.LOGIN_URL) and REDIRECT_FIELD_NAME in parse_qs(address.query)


class RefusalsLoggedMiddleware:
    """A line in the security log for each refused action."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 403:
            security_log.note("refused", request=request, method=request.method, path=request.path)
        return response
