"""Forms that met an ended session: kept, and shown again with all texts after their author has signed in.

Such a form belongs to the account that last signed in from the browser that sent it. Its CSRF token has
been checked by then. Every sign-in changes the token, so the form was made for this account. Passwords are
never kept, and files cannot be. Showing the form saves no data: the author looks and sends it once more.
"""

import re
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .. import clock
from ..models import UnsentForm, User
from . import browsers
from .typed_fields import is_typed

AGAIN = "again"
# The form of tokens from `secrets`: an address within an address may hold texts that no column can.
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
LASTS = timedelta(days=1)
# Forms kept for one browser: more than a person has windows open.
MOST = 20
LONGEST_PATH = 500
# Notes in a request's META; headers of a client stand there under names of their own.
FOUND, IS_UNSENT_SHOWN, IS_SHOWN_AGAIN = (
    f"commitments.{name}" for name in ("unsent_form", "is_unsent_shown", "is_shown_again")
)


def keep(request: HttpRequest) -> str | None:
    """Keep the texts sent; return the address to show them again, or None if they are not kept."""
    author, fields = _author(request), _texts(request)
    if author is None or not fields or len(request.path) > LONGEST_PATH:
        return None
    own: dict[str, Any] = {"user_id": author.user, "browser": author.browser}
    if UnsentForm.objects.filter(**own).exclude(path=request.path).count() >= MOST:
        return None
    token = secrets.token_urlsafe(16)
    files = [file.name or "" for file in request.FILES.values() if isinstance(file, UploadedFile)]
    UnsentForm.objects.update_or_create(
        **own,
        path=request.path,
        defaults={"token": token, "fields": fields, "files": files, "at": clock.real()},
    )
    return _with_token(page_of(request), token)


def page_of(request: HttpRequest) -> str:
    """Return the staff page that the form stood on; if the browser does not say, the form's own address."""
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        referer, {request.get_host()}, require_https=request.is_secure()
    )
    # The address is taken apart only if it is ours, since a malformed one cannot be.
    parts = urlsplit(referer if is_ours else "")
    if parts.path.startswith(reverse("admin:index")) and parts.path != reverse(settings.LOGIN_URL):
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()


def waiting(address: str) -> UnsentForm | None:
    """Return the form to be shown at an address, for any author."""
    token = _token_in(address)
    return UnsentForm.objects.filter(token=token).first() if token else None


def find_form(request: HttpRequest) -> UnsentForm | None:
    """Return the form that this user comes back to; another user's form is not found."""
    token = _token_in(request.get_full_path())
    if request.method != "GET" or not token:
        return None
    if FOUND not in request.META:
        request.META[FOUND] = UnsentForm.objects.filter(token=token, user=request.user.pk).first()
    back: UnsentForm | None = request.META[FOUND]
    return back


def typed(request: HttpRequest, path: str) -> QueryDict | None:
    """Return the form sent to `path`, to be shown again, and tell the user that it was not saved."""
    found = find_form(request)
    if found is None or found.path != path:
        return None
    request.META[IS_UNSENT_SHOWN] = True
    messages.warning(request, _said(found))
    data = QueryDict(mutable=True)
    for name, texts in found.fields.items():
        data.setlist(name, texts)
    return data


def unshown_texts(request: HttpRequest) -> list[str] | None:
    """Return the texts of a form that its page has not shown; None if there is no such form.

    Its row is gone then, or the form was a button.
    """
    found = find_form(request)
    if found is None or IS_UNSENT_SHOWN in request.META:
        return None
    return _typed_texts(found.fields)


def put_back(request: HttpRequest) -> bool:
    """Make a request that comes back for a form look as when it was sent; the view must save no data."""
    data = typed(request, request.path)
    if data is None:
        return False
    _read_without_body(request)
    request.method = "POST"
    show_again(request, data)
    return True


def show_again(request: HttpRequest, data: QueryDict) -> None:
    """Fill the form of a request with `data`; the view must save no data."""
    request.POST = data  # type: ignore[assignment]
    request.META[IS_SHOWN_AGAIN] = True


def is_shown_again(request: HttpRequest) -> bool:
    return IS_SHOWN_AGAIN in request.META


def sent_at(request: HttpRequest) -> datetime:
    """Return when the form that is shown again was sent."""
    found: UnsentForm = request.META[FOUND]
    return found.at


def let_go(request: HttpRequest, names: Collection[str]) -> None:
    """Forget fields of the form that is shown again; the whole form if no typed text is left."""
    found: UnsentForm = request.META[FOUND]
    left = {name: texts for name, texts in found.fields.items() if name not in names}
    kept = UnsentForm.objects.filter(pk=found.pk)
    if _typed_texts(left):
        kept.update(fields=left)
    else:
        kept.delete()


def forget_sent(request: HttpRequest) -> None:
    """Forget a form that came back and has been sent once more from its page."""
    token = _token_in(request.get_full_path()) or _token_in(page_of(request))
    if token:
        UnsentForm.objects.filter(token=token, user=request.user.pk, path=request.path).delete()


def forget(*, at: datetime) -> None:
    UnsentForm.objects.filter(at__lte=at - LASTS).delete()


def _author(request: HttpRequest) -> browsers.KnownBrowser | None:
    """Return the account that signed in last in this browser; None if it has been deleted since."""
    newest = next(iter(browsers.known_to(request)), None)
    return newest if newest and User.objects.filter(pk=newest.user).exists() else None


def _read_without_body(request: HttpRequest) -> None:
    """Let Django look for files while the request still is a GET; it looks only once."""
    request.FILES  # noqa: B018


def _token_in(address: str) -> str:
    token = dict(parse_qsl(urlsplit(address).query)).get(AGAIN, "")
    return token if TOKEN.fullmatch(token) else ""


def _typed_texts(fields: Mapping[str, list[str]]) -> list[str]:
    return [text for name, texts in fields.items() if is_typed(name) for text in texts if text.strip()]


def _said(found: UnsentForm) -> str:
    said = _("Your session has expired, so nothing was saved. Check what you typed below and send it again.")
    if not found.files:
        return said
    chosen = _("Choose these files again: %(files)s.") % {"files": ", ".join(found.files)}
    return f"{said} {chosen}"


def _texts(request: HttpRequest) -> dict[str, list[str]]:
    names = (name for name in request.POST if name != "csrfmiddlewaretoken" and "password" not in name)
    return {name: [str(text) for text in request.POST.getlist(name)] for name in names}


def _with_token(address: str, token: str) -> str:
    parts = urlsplit(address)
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != AGAIN]
    return parts._replace(query=urlencode([*asked, (AGAIN, token)])).geturl()
