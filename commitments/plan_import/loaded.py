"""Earlier loads of a plan or its demonstration, recognised by rows that are never deleted."""

from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from ..models import EDITS, Plan, ProgressEntry


class LoadState(StrEnum):
    """State of a plan code: unused, in use, or given up.

    NEW: no plan ever had the code. GONE: a plan had it, and was given another code or removed. ANOTHER: a
    different plan has it.
    """

    NEW = "new"
    THERE = "there"
    GONE = "gone"
    ANOTHER = "another"


def load_state(plan_code: str) -> LoadState:
    """Return the state of a plan's code."""
    if Plan.objects.filter(code=plan_code).exists():
        return LoadState.THERE
    # A plan that people renamed or removed is not missing: loaded again, it would stand there twice or come
    # back.
    return LoadState.GONE if _versions(plan_code).exists() else LoadState.NEW


def has_demo(plan_code: str) -> bool:
    """Tell whether the demonstration was loaded, by the sample entries in the plan's ledger."""
    # People may edit and remove accounts, subscriptions and even the plan's code, but the database protects
    # the ledger. A plan keeps its number when its code changes. A demonstration is loaded as a whole with
    # at least one entry, so one is enough.
    plans = _versions(plan_code).values("pgh_obj_id")
    return ProgressEntry.objects.filter(is_sample=True, commitment__plan__in=plans).exists()


def _versions(plan_code: str) -> QuerySet[Any]:
    """Return every stored version of a plan with the code, from before the history began too."""
    found: QuerySet[Any] = EDITS[Plan].objects.filter(code=plan_code)
    return found
