from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from ..domain.workdays import is_known


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone; write for example Asia/Shanghai.") % {"name": name}
        )


def validate_holidays(name: str) -> None:
    if not is_known(name):
        raise ValidationError(
            _("There is no holiday calendar “%(name)s”; write for example CN, GB or GB-ENG.") % {"name": name}
        )


def validate_link(url: str) -> None:
    """Refuse an address with hidden signs, a backslash, a user name or a password."""
    URLValidator(["http", "https"])(url)
    if not url.isprintable() or "\\" in url:
        raise ValidationError(_("The link contains hidden characters or a backslash. Type it again."))
    if "@" in urlsplit(url).netloc:
        raise ValidationError(_("Remove the user name and password from the link: others will see it."))
