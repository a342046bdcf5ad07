"""Arguments that several commands share, and the refusals of senseless ones."""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from ..models import Plan


def parse_day(text: str) -> date:
    """Read a day for `add_argument(type=...)`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            _("%(text)s is not a day; write for example 2023-03-31.") % {"text": text}
        ) from None


def find_plans(code: str) -> list[Plan]:
    """Return the plan with the code, or all plans without one; raise CommandError if there is none."""
    found = list(Plan.objects.filter(code=code) if code else Plan.objects.all())
    if not found:
        raise CommandError(
            _("There is no plan %(code)s.") % {"code": code} if code else _("There is no plan.")
        )
    return found
