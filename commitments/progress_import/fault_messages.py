"""Faults of sheets in the reader's language."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..labels import Label
from ..models import ImportJob

# The names of the columns, in headings and in faults.
NAMES: Mapping[str, Label] = {
    "code": gettext_lazy("code"),
    "title": gettext_lazy("title"),
    "commitment": pgettext_lazy("column of a sheet", "commitment"),
    "agency": gettext_lazy("lead agency"),
    "unit": gettext_lazy("unit"),
    "previous": gettext_lazy("previous value"),
    "previous_on": gettext_lazy("previous value as of"),
    "planned": gettext_lazy("planned by then"),
    "target": gettext_lazy("target value"),
    "milestone": gettext_lazy("milestone"),
    "state": pgettext_lazy("column of a sheet", "state of this period"),
    "value": pgettext_lazy("column of a sheet", "value of this period"),
    "increase": pgettext_lazy("column of a sheet", "new in this period alone"),
    "denominator": gettext_lazy("out of"),
    "includes_earlier": gettext_lazy("includes all since the last report"),
    "day": gettext_lazy("data as of"),
    "progress": gettext_lazy("progress"),
    "problems": gettext_lazy("problems"),
    "next_steps": gettext_lazy("next steps"),
    "row": pgettext_lazy("column of a sheet", "row"),
    "reason": pgettext_lazy("column of a sheet", "what to fix"),
}


@cache
def instructions() -> frozenset[str]:
    """Return the names of the sheet with instructions in a prefilled workbook, in every language."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(_("How to fill it in"))
    return frozenset(found)


def column_name(column: str) -> str:
    return str(NAMES[column]) if column in NAMES else ""


def sentence(message: str, params: Mapping[str, object]) -> str:
    return _(message) % params if params else _(message)


def refusal(job: ImportJob) -> str:
    """Return the reason to refuse a sheet; empty for a usable one."""
    return sentence(job.refusal, job.refusal_params) if job.refusal else ""
