"""Which language a reader gets: `?lang=`, else `Accept-Language`. No cookie, so that answers can be shared."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import ValidationError

from . import kinds

PARAMETER = "lang"
KIND = kinds.words((code for code, _name in settings.LANGUAGES), several=False)


def of(request: HttpRequest) -> str:
    """The first language asked for that there is, or the site's own."""
    accepted = (
        code for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    )
    for code in (request.GET.get(PARAMETER, ""), *accepted):
        if spoken := _supported(code):
            return spoken
    return settings.LANGUAGE_CODE


def check(request: HttpRequest) -> None:
    """Refuses a `?lang=` that there is not."""
    asked = request.GET.get(PARAMETER)
    if asked is not None and KIND.fault(asked):
        known = ", ".join(code for code, _name in settings.LANGUAGES)
        message = _("There is no language “%(asked)s”; there are: %(known)s.")
        raise ValidationError({PARAMETER: [message % {"asked": asked, "known": known}]})


def _supported(code: str) -> str | None:
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return None
