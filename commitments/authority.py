"""What whoever decides by authority says: who decided it and why. And what was decided meanwhile is not overruled."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_said(**texts: str) -> None:
    """Raises ValidationError at each field that says nothing."""
    empty = {field: _("Say so.") for field, text in texts.items() if not text.strip()}
    if empty:
        raise ValidationError(empty)


def check_newest(newest: int, *, seen: int) -> None:
    """`seen` is the number of the newest decision when this one was prepared, 0 for none. Ask under the row's lock."""
    if newest > seen:
        raise ValidationError(_("Somebody else has decided about this meanwhile. Reload the page."))
