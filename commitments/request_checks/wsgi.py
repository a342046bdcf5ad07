"""A request class that tolerates an unknown text encoding, over which Django itself fails."""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest

# The gate refuses it like every encoding but UTF-8.
UNREAD = "text/plain; charset=iso-8859-1"


class Request(WSGIRequest):
    def __init__(self, environ: dict[str, Any]) -> None:
        given = environ.copy()
        try:
            super().__init__(environ)
        except (LookupError, UnicodeError):
            super().__init__(given | {"CONTENT_TYPE": UNREAD})
