"""The language of public pages: Chinese ones have no prefix, English ones start with /en/.

The address alone decides the language of a page, so that a shared link reads the same for everybody. Only the
front page looks at the reader, and only the visible switch writes the cookie.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import ResolverMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

FRONT_PAGE = "/"
ENGLISH = "en"
SWITCH = "lang"
OURS = "dashboard"
A_YEAR = 365 * 24 * 3600


class FirstVisitMiddleware:
    """A redirect of English readers from the front page to English, and the switch `?lang=` of public pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != FRONT_PAGE:
            return self.get_response(request)
        response = _to_english(request) or self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        match, language = request.resolver_match, request.GET.get(SWITCH)
        if match is None or match.app_name != OURS or language not in dict(settings.LANGUAGES):
            return None
        response = HttpResponseRedirect(_address(match, language) + _rest_of_query(request))
        _remember(response, language)
        return response


def _to_english(request: HttpRequest) -> HttpResponse | None:
    """Redirect to the English front page, if the cookie of an earlier choice or else the browser asks for it."""
    if SWITCH in request.GET or get_language_from_request(request) != ENGLISH:
        return None
    with override(ENGLISH):
        return HttpResponseRedirect(reverse(f"{OURS}:home") + _rest_of_query(request))


def _address(match: ResolverMatch, language: str) -> str:
    """Return the address of the page in the language."""
    with override(language):
        # Built from the page's name and not from the request's path, so it cannot lead to another host.
        return reverse(match.view_name, args=match.args, kwargs=match.kwargs)


def _rest_of_query(request: HttpRequest) -> str:
    rest = [(name, value) for name, values in request.GET.lists() if name != SWITCH for value in values]
    return f"?{urlencode(rest)}" if rest else ""


def _remember(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE or A_YEAR,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
