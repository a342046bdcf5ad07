"""A kept file on its way to a browser: as a download, or shown where showing cannot run anything."""

import logging
from pathlib import PurePath
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..documents import MEDIA_TYPES
from ..models import Evidence

log = logging.getLogger(__name__)
# Even a file that is not what it seems has no origin, no script, no form and no way out.
SHOWN = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'"

NOT_IN_NAMES = '<>:"/\\|?*'


def respond(request: HttpRequest, evidence: Evidence, context: dict[str, Any]) -> HttpResponseBase:
    """The file, or a page with `context` that says it is gone."""
    try:
        file = evidence.file.open()
    except FileNotFoundError:
        log.exception("evidence %s: its file %s is missing", evidence.pk, evidence.file.name)
        return _missing(request, evidence, context)
    suffix = PurePath(evidence.file.name or "").suffix
    shown = suffix in MEDIA_TYPES and "inline" in request.GET
    response = FileResponse(file, as_attachment=not shown, filename=_name(evidence.title, suffix))
    response.headers["Content-Type"] = MEDIA_TYPES.get(suffix, "application/octet-stream")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SHOWN
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _name(title: str, suffix: str) -> str:
    """A title as every system takes it for the name of a file: no line ends, hidden signs or folders."""
    name = "".join(sign if sign.isprintable() and sign not in NOT_IN_NAMES else "_" for sign in title)
    return name if name.lower().endswith(suffix) else name + suffix


def _missing(request: HttpRequest, evidence: Evidence, context: dict[str, Any]) -> HttpResponseBase:
    title = _("The file is not there")
    return TemplateResponse(
        request,
        "admin/commitments/evidence/missing.html",
        context | {"title": title, "evidence": evidence},
        status=404,
    )
