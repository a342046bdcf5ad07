"""Answers to refused requests: a problem document to programs, a page to people, in the reader's language."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from ..accounts.typed_fields import is_typed
from ..api import errors, language
from ..domain.texts import clean, find_barred
from ..formats import joined
from .faults import JSON, Fault
from .field_names import field_name

API = "/api/"
SECRET = "password"  # noqa: S105 - part of the names of fields that are never shown
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


class SentField(NamedTuple):
    """A submitted field without its barred characters; `is_shown` if the person must look at it."""

    name: str
    label: str
    text: str
    is_shown: bool


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(API)


def in_language_asked_for(answer: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in the language of the address or the browser, before an account is known."""

    @wraps(answer)
    def spoken(request: HttpRequest, *given: Any, **options: Any) -> HttpResponse:
        by_page = translation.get_language_from_request(request, check_path=True)
        with translation.override(language.choose(request) if is_for_programs(request) else by_page):
            return answer(request, *given, **options)

    return spoken


@in_language_asked_for
def to_query(request: HttpRequest, found: Sequence[Fault]) -> HttpResponse:
    return _refuse(request, HTTPStatus.BAD_REQUEST, {fault.name: fault.words(fault.name) for fault in found})


@in_language_asked_for
def too_long(request: HttpRequest) -> HttpResponse:
    return _say(request, HTTPStatus.REQUEST_URI_TOO_LONG, _("The address is too long."))


@in_language_asked_for
def nothing_here(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return _problem(request, HTTPStatus.NOT_FOUND, _("There is nothing at this address."))
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


@in_language_asked_for
def foreign_text(request: HttpRequest) -> HttpResponse:
    return _say(request, HTTPStatus.BAD_REQUEST, _("Send the text of the request in UTF-8."))


@in_language_asked_for
def unreadable(request: HttpRequest, *, too_much: bool) -> HttpResponse:
    if too_much:
        said = _("Too much was sent at once. Nothing was saved; send it in parts.")
    else:
        said = _("The request cannot be read. Nothing was saved.")
    return _say(request, HTTPStatus.BAD_REQUEST, said)


@in_language_asked_for
def fault(request: HttpRequest) -> HttpResponse:
    return _problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, str(errors.KINDS[500].advice))


def to_form(request: HttpRequest, found: Sequence[Fault]) -> HttpResponse:
    """Show the form's texts without barred characters, to be sent once more."""
    said = {fault.name: fault.words(field_name(fault.name)) for fault in found}
    if wants_json(request):
        return _refuse(request, HTTPStatus.BAD_REQUEST, said)
    advice = _(
        "Such characters often come with copied text. They have been removed below; nothing else was changed."
    )
    fields = list(_sent(request, lambda _name, text: find_barred(text) is not None))
    return _show_again(request, HTTPStatus.BAD_REQUEST, said.values(), advice, fields)


def to_older_form(request: HttpRequest) -> HttpResponse | None:
    """Show the typed texts of a page from before the newest sign-in, to be sent once more.

    The result is None if this may not be offered, or if no text was typed.
    """
    # Another site's form would be one press from being sent with our token.
    if not request.user.is_authenticated or not is_from_here(request) or wants_json(request):
        return None
    fields = list(_sent(request, lambda name, text: is_typed(name) and bool(text.strip())))
    if not _can_be_sent(fields) or not any(field.is_shown for field in fields):
        return None
    said = _("This page was opened before you signed in as %(account)s, so nothing was saved.")
    account = {"account": request.user.get_username()}
    advice = _("Check what you typed, then send it again.")
    return _show_again(request, HTTPStatus.FORBIDDEN, [said % account], advice, fields)


def is_from_here(request: HttpRequest) -> bool:
    """Return whether a page of ours sent it; a browser that names neither origin nor page is not believed."""
    here = f"{request.scheme}://{request.get_host()}"
    named = request.headers.get("Origin") or request.headers.get("Referer", "")
    return named == here or named.startswith(f"{here}/")


def wants_json(request: HttpRequest) -> bool:
    return is_for_programs(request) or request.content_type == JSON or not request.accepts("text/html")


def is_utf8(request: HttpRequest) -> bool:
    """Tell whether the request's encoding is UTF-8, by name or by default."""
    return request.encoding is None or codecs.lookup(request.encoding).name in ("utf-8", "ascii")


def _say(request: HttpRequest, status: int, said: str) -> HttpResponse:
    if wants_json(request):
        return _problem(request, status, said)
    return render(request, "400.html", {"said": [said]}, status=status)


def _refuse(request: HttpRequest, status: int, said: Mapping[str, str]) -> HttpResponse:
    """Refuse a request, with a sentence for each faulty name."""
    if wants_json(request):
        named = [{"parameter": name, "code": "character", "detail": words} for name, words in said.items()]
        return _problem(request, status, joined(*said.values()), named)
    return render(request, "400.html", {"said": said.values()}, status=status)


def _problem(
    request: HttpRequest, status: int, said: str, named: Iterable[dict[str, str]] = ()
) -> HttpResponse:
    found = errors.document(status, said, list(named), request)
    return JsonResponse(found, status=status, content_type=errors.MEDIA_TYPE)


def _sent(request: HttpRequest, is_shown: Callable[[str, str], bool]) -> Iterator[SentField]:
    for name, values in request.POST.lists():
        for value in values if name != TOKEN else ():
            text = str(value)
            yield SentField(clean(name), field_name(name), clean(text), is_shown(name, text))


def _can_be_sent(fields: Iterable[SentField]) -> bool:
    return not any(SECRET in field.name for field in fields)


def _show_again(
    request: HttpRequest, status: int, said: Iterable[str], advice: str, fields: Sequence[SentField]
) -> HttpResponse:
    context = {
        "said": said,
        "advice": advice,
        "fields": fields,
        "has_files": bool(request.FILES),
        "can_be_sent": _can_be_sent(fields),
        "address": escape_leading_slashes(request.get_full_path()),
    }
    return render(request, "unsaved_form.html", context, status=status)
