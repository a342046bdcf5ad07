"""The one read path of dashboard, API and digests: the states of now or any past day, and values derived from them.

The verdicts are stored ones, or judged anew for a past day; no reader computes a status of its own.
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
from .news import newly_counted, newly_told
from .recomputing import is_recomputing, one_moment, recomputing
from .states import of_plan, selectable, state, target_states
from .summaries import PlaceSummary, places, summaries
from .verdicts import Verdicts, at_end_of, kept
from .words import newest_words

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
    "PlaceSummary",
    "Verdicts",
    "at_end_of",
    "check_day",
    "is_recomputing",
    "jurisdiction_counts",
    "kept",
    "movements",
    "newest_words",
    "newly_counted",
    "newly_told",
    "of_plan",
    "one_moment",
    "places",
    "plans_within",
    "recomputing",
    "selectable",
    "state",
    "status_counts",
    "summaries",
    "target_states",
    "with_verdicts",
]
