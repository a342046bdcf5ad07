"""What several commands are told, and what is said where it makes no sense."""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from ..models import Plan


def day(text: str) -> date:
    """For `add_argument(type=...)`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            _("%(text)s is not a day; write for example 2023-03-31.") % {"text": text}
        ) from None


def plans(code: str) -> list[Plan]:
    """The plan with the code, or all plans without one. Raises CommandError where there is none."""
    found = list(Plan.objects.filter(code=code) if code else Plan.objects.all())
    if not found:
        raise CommandError(
            _("There is no plan %(code)s.") % {"code": code} if code else _("There is no plan.")
        )
    return found
