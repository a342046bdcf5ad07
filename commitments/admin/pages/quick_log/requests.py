"""The requests of the sheet's script: their sender, and the JSON that they hold."""

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse

from ....models import User
from ...base.kinds import user_of

NOT_UNDERSTOOD = (ValueError, TypeError, AttributeError, KeyError, RecursionError, OverflowError)


def reporter(request: HttpRequest) -> User:
    """Return the user; raise PermissionDenied for one who reports nothing."""
    if not request.user.has_perm("commitments.add_progressentry"):
        raise PermissionDenied
    return user_of(request)


def read_json(request: HttpRequest) -> Any:
    """Read the body; raise one of NOT_UNDERSTOOD if it is no JSON."""
    if request.content_type != "application/json":
        raise ValueError("not JSON")
    return json.loads(request.body)


def refused(said: str) -> JsonResponse:
    return JsonResponse({"detail": said}, status=HTTPStatus.BAD_REQUEST)
