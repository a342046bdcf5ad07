"""The one read path of dashboard, API and digests: the states of now or of any past day, and what follows from them.

All show stored verdicts, or those judged anew for a past day; none computes a status of its own.
"""

from .counts import (
    PLACES_WITHIN,
    Counts,
    Place,
    jurisdiction_counts,
    plans_within,
    status_counts,
    with_verdicts,
)
from .moments import NOW, AsOf, At, NoSuchDayError, Now, check_day
from .movements import Movement, movements
from .news import newly_counted
from .states import of_plan, selectable, state, target_states
from .summaries import Summary, places, summaries
from .verdicts import Verdicts, at_end_of, kept

__all__ = [
    "NOW",
    "PLACES_WITHIN",
    "AsOf",
    "At",
    "Counts",
    "Movement",
    "NoSuchDayError",
    "Now",
    "Place",
    "Summary",
    "Verdicts",
    "at_end_of",
    "check_day",
    "jurisdiction_counts",
    "kept",
    "movements",
    "newly_counted",
    "of_plan",
    "places",
    "plans_within",
    "selectable",
    "state",
    "status_counts",
    "summaries",
    "target_states",
    "with_verdicts",
]
