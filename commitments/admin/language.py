from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation


class AdminLanguageMiddleware:
    """Shows the admin site in the language of the account; before sign-in in that of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        language = _language(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response


def _language(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return request.user.language
    return translation.get_language_from_request(request)
