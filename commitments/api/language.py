"""The language of an answer: `?lang=`, else `Accept-Language`. No cookie is read, so answers can be shared."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import ValidationError

from . import kinds

PARAMETER = "lang"
KIND = kinds.vocabulary((code for code, _name in settings.LANGUAGES), several=False)


def choose(request: HttpRequest) -> str:
    """Return the first requested language that is supported, or the site's own."""
    accepted = (
        code for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    )
    for code in (request.GET.get(PARAMETER, ""), *accepted):
        if spoken := _supported(code):
            return spoken
    return settings.LANGUAGE_CODE


def check(request: HttpRequest) -> None:
    """Raise ValidationError for an unsupported `?lang=`."""
    asked = request.GET.get(PARAMETER)
    if asked is not None and KIND.fault(asked):
        known = ", ".join(code for code, _name in settings.LANGUAGES)
        message = _("Language “%(asked)s” is not available. Available: %(known)s.")
        raise ValidationError({PARAMETER: [message % {"asked": asked, "known": known}]})


def _supported(code: str) -> str | None:
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return None
