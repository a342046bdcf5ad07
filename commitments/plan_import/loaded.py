"""Whether a plan, or its demonstration, has been loaded: told by what is never deleted."""

from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from ..models import EDITS, Plan, ProgressEntry


class Standing(StrEnum):
    """NEW: no plan ever had the code. GONE: one had it, and was given another or removed. ANOTHER: a different plan."""

    NEW = "new"
    THERE = "there"
    GONE = "gone"
    ANOTHER = "another"


def standing(plan_code: str) -> Standing:
    """A plan that people renamed or removed is not missing: loaded again, it would stand there twice or come back."""
    if Plan.objects.filter(code=plan_code).exists():
        return Standing.THERE
    return Standing.GONE if _versions(plan_code).exists() else Standing.NEW


def has_demo(plan_code: str) -> bool:
    """Tell it by the sample entries in the ledger of the plan, which keeps its number whatever its code becomes.

    Accounts, subscriptions and even the plan's code are people's to edit and remove; a line of the ledger is not, the
    database refuses. A demonstration is loaded as a whole and has at least one entry, so one is enough.
    """
    plans = _versions(plan_code).values("pgh_obj_id")
    return ProgressEntry.objects.filter(is_sample=True, target__commitment__plan__in=plans).exists()


def _versions(plan_code: str) -> QuerySet[Any]:
    """Every stored version of a plan with the code; those from before the history began are in it."""
    found: QuerySet[Any] = EDITS[Plan].objects.filter(code=plan_code)
    return found
