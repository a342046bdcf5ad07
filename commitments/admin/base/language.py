from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from .kinds import user_of


class AdminLanguageMiddleware:
    """The admin site in the language of the account; before sign-in in that of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        # If the request fails before the account is read, the browser's language stays: without the
        # database its user is unknown.
        request.LANGUAGE_CODE = translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language = _language(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response


def _language(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return request.user.language
    return translation.get_language_from_request(request)


def choose(request: HttpRequest) -> HttpResponse:
    """Store the language with the account and lead back to the page that was open."""
    # A visit without the form, for example after signing in again, only leads to the front page.
    user, language = user_of(request), request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        user.language = language
        user.save(update_fields=["language"])
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if ours else reverse("admin:index"))
