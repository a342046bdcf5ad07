"""A kept file on its way to a browser: as a download, or shown if showing it cannot run code."""

import logging
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ...actions.evidence.disk import FileComparison, SpoiltError, content_of
from ...domain.enums import FileState
from ...file_types import MEDIA_TYPES
from ...models import Evidence

log = logging.getLogger(__name__)
# Even a disguised file has no origin, no script, no form and no way out.
SHOWN = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'"

NOT_IN_NAMES = '<>:"/\\|?*'


def respond(request: HttpRequest, evidence: Evidence, context: dict[str, Any]) -> HttpResponseBase:
    """Return the file as it was attached, or a page with `context` if it is gone or spoilt."""
    try:
        file = BytesIO(content_of(evidence))
    except SpoiltError as spoilt:
        log.exception("A file of evidence is not served")
        return _not_served(request, evidence, spoilt.found, context)
    suffix = PurePath(evidence.file.name or "").suffix
    shown = suffix in MEDIA_TYPES and "inline" in request.GET
    response = FileResponse(file, as_attachment=not shown, filename=_name(evidence.title, suffix))
    response.headers["Content-Type"] = MEDIA_TYPES.get(suffix, "application/octet-stream")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SHOWN
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _name(title: str, suffix: str) -> str:
    """Return the title as a file name for every system: no line ends, hidden signs or folders."""
    name = "".join(sign if sign.isprintable() and sign not in NOT_IN_NAMES else "_" for sign in title)
    return name if name.lower().endswith(suffix) else name + suffix


def _not_served(
    request: HttpRequest, evidence: Evidence, found: FileComparison, context: dict[str, Any]
) -> HttpResponseBase:
    changed = found.state == FileState.CHANGED
    title = _("The file has been altered") if changed else _("File not found")
    return TemplateResponse(
        request,
        "admin/commitments/evidence/not_served.html",
        context | {"title": title, "evidence": evidence, "found": found.sha256 if changed else ""},
        status=404,
    )
