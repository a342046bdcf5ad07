from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ... import clock
from ...change_log import editing

READING = ("GET", "HEAD", "OPTIONS")


class EditorMiddleware:
    """The signed-in user as the author of all edits that a request makes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in READING or request.user.pk is None:
            return self.get_response(request)
        with editing.by(request.user.pk, at=clock.now()):
            return self.get_response(request)
