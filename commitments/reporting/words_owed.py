"""The words that a plan asks for by the end of a month, and those that have been sent."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ..domain.enums import NarrativeFrequency
from ..domain.periods import Period
from ..domain.submissions import WordsChoice, narrative_periods
from ..models import Plan, ProgressEntry
from .periods import monthly_calendar

ONE_DAY = timedelta(days=1)
# A commitment, with one of its targets or None for the whole.
Subject = tuple[int, int | None]


class WordsOwed(NamedTuple):
    """The period of words that ends with a month, None where none does, and the subjects that were reported on."""

    period: Period | None
    told: frozenset[Subject]

    def owes(self, commitment: int, target: int | None = None) -> bool:
        """Tell whether words are lacking; what is said about a commitment is said about its staged targets."""
        if self.period is None:
            return False
        return not self.told.intersection({(commitment, None), (commitment, target)})


def read_words_owed(plan: Plan, month: Period, commitments: Iterable[int]) -> WordsOwed:
    """Read which of the commitments have been reported on, with two queries."""
    period = find_words_period(plan, month.last)
    if period is None:
        return WordsOwed(None, frozenset())
    live = ProgressEntry.objects.live().filter(commitment__in=list(commitments), effective_on__range=period)
    return WordsOwed(period, frozenset(live.values_list("commitment", "target")))


def find_words_period(plan: Plan, last: date) -> Period | None:
    """Return the period for which the plan asks for words and that ends on a day; None if none does."""
    chosen = tuple(
        WordsChoice(NarrativeFrequency(each.frequency), each.effective_from)
        for each in plan.narrative_duties.all()
    )
    asked = narrative_periods(chosen, plan.starts_on, plan.ends_on, last + ONE_DAY)
    return asked[-1] if asked and asked[-1].last == last else None


def words_late_after(plan: Plan, last: date) -> date:
    """Return the last day on which words for a period that ends on a day are in time."""
    return monthly_calendar(plan).closes_on(last)
