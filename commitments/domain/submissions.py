"""The reports that were sent and count as no figure, and the periods for which words are owed."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .enums import NarrativeFrequency
from .periods import ONE_DAY, Period, month_after, month_start

MONTHS = {NarrativeFrequency.MONTHLY: 1, NarrativeFrequency.QUARTERLY: 3}


class Submission(NamedTuple):
    """A report in review, one that was returned, or one in words, of a day of the plan's calendar.

    - `waits`: whether it is in review.
    - `returned_on`: the day on which it was returned, else None.
    - `in_words`: whether it has no figure; `no_figure`: whether it says why there is none.
    - `includes_earlier`: whether its figure includes all since the report before.
    - `stage`: the id of the stage that it reports as done.
    """

    effective_on: date
    waits: bool = False
    returned_on: date | None = None
    in_words: bool = False
    no_figure: bool = False
    includes_earlier: bool = False
    stage: int | None = None

    @property
    def is_live(self) -> bool:
        return self.returned_on is None

    @property
    def settles_figure(self) -> bool:
        """Tell whether it stands in place of a figure that is owed."""
        return self.is_live and (self.no_figure or not self.in_words)


class WordsChoice(NamedTuple):
    """A plan's choice from a day on; it begins with the first period that begins on that day or later.

    Until then the choice before it holds.
    """

    frequency: NarrativeFrequency
    effective_from: date


class OpenStage(NamedTuple):
    """A stage that is not done, with the day on which it is due."""

    id: int
    due_on: date


class ReportFacts(NamedTuple):
    """All that a duty to report depends on, beside the figures that count.

    `narrative_periods` are those for which words are owed and which are over, oldest first. `open_stages` were
    due before the day and are not done.
    """

    submissions: Sequence[Submission] = ()
    narrative_periods: Sequence[Period] = ()
    open_stages: Sequence[OpenStage] = ()


NO_FACTS = ReportFacts()


@lru_cache(maxsize=1024)
def narrative_periods(
    duties: tuple[WordsChoice, ...], first: date, last: date, on: date
) -> tuple[Period, ...]:
    """Return the periods between two days for which words are owed and which were over before the day `on`."""
    chosen = sorted(duties, key=lambda duty: duty.effective_from)
    # From the first choice on, so that the periods are the same for all that they are about.
    found, start = [], _next_month(chosen[0].effective_from) if chosen else on
    while start < on and start <= last:
        period = _period_from(start, chosen)
        if period and first <= period.first and period.last < on:
            found.append(period)
        start = month_after(period.last if period else start)
    return tuple(found)


def _period_from(start: date, chosen: Sequence[WordsChoice]) -> Period | None:
    """Return the period that begins with a month, by the newest choice that has begun; None if it asks for none."""
    begun = [duty for duty in chosen if _begins_on(duty) <= start]
    months = MONTHS.get(begun[-1].frequency, 0) if begun else 0
    if not months:
        return None
    end = start
    for _ in range(months):
        end = month_after(end)
    return Period(start, end - ONE_DAY)


def _begins_on(duty: WordsChoice) -> date:
    """Return the day on which the first period of a choice begins; until then the choice before it holds."""
    start = _next_month(duty.effective_from)
    while (start.month - 1) % MONTHS.get(duty.frequency, 1):
        start = month_after(start)
    return start


def _next_month(day: date) -> date:
    """Return the day itself if it begins a month, else the first day of the next."""
    return day if day == month_start(day) else month_after(day)
