"""The returned reports that are still to be reported again."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet

from ..domain.readings import BY_PERIOD
from ..models import ProgressEntry
from .period_rows import is_only_words
from .periods import period_of_entry


def open_returns(returned: QuerySet[ProgressEntry]) -> list[ProgressEntry]:
    """Return those whose own period has not been settled since, oldest first, in two queries.

    A period that was reported and returned twice is named once, by the later entry.
    """
    found = list(returned.select_related("commitment__plan", "target").order_by("pk"))
    since = _reported_since(found)
    return [
        entry
        for entry in found
        if not any(_takes_the_place(later, entry) for later in since[entry.commitment_id])
    ]


def _reported_since(returned: Sequence[ProgressEntry]) -> defaultdict[int, list[ProgressEntry]]:
    """Read by commitment the later entries that count or wait, or were returned themselves."""
    found: defaultdict[int, list[ProgressEntry]] = defaultdict(list)
    if returned:
        entries = ProgressEntry.objects.live() | ProgressEntry.objects.returned()
        commitments = {entry.commitment_id for entry in returned}
        for entry in entries.filter(commitment__in=commitments, pk__gt=returned[0].pk):
            found[entry.commitment_id].append(entry)
    return found


def _takes_the_place(later: ProgressEntry, entry: ProgressEntry) -> bool:
    """Tell whether a later entry reports the period of a returned one again, or settles it."""
    if later.pk <= entry.pk or _subject(later) != _subject(entry):
        return False
    if is_only_words(later) and not is_only_words(entry):
        return False
    if entry.milestone_id:
        return True
    period = period_of_entry(entry)
    if period.first <= later.effective_on <= period.last:
        return True
    if later.value is None or entry.target is None or is_only_words(entry):
        return False
    settles = entry.target.accumulation not in BY_PERIOD or later.includes_earlier
    return later.is_live and settles and later.effective_on > period.last


def _subject(entry: ProgressEntry) -> tuple[int | None, int | None]:
    return entry.target_id, entry.milestone_id
