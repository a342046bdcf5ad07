"""The periods that words are asked for, day by day: slow, plain and obvious."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from commitments.domain.enums import NarrativeFrequency

ONE_DAY = timedelta(days=1)
MONTHS = {NarrativeFrequency.NONE: 0, NarrativeFrequency.MONTHLY: 1, NarrativeFrequency.QUARTERLY: 3}


def asked_for(chosen: list[Any], first: date, last: date) -> Iterable[tuple[date, date]]:
    """Yield the periods that the plan asks words for, day by day from its first choice on."""
    in_force, until = None, date.min
    day = min((each.effective_from for each in chosen), default=last + ONE_DAY)
    while day <= last:
        # Periods begin on the first day of a month that no other period covers.
        if day.day == 1 and day > until:
            in_force = max(
                (
                    each
                    for each in chosen
                    if each.effective_from <= day and (each == in_force or _may_begin(each, day))
                ),
                key=lambda each: each.effective_from,
                default=in_force,
            )
            until = _end_of(MONTHS[in_force.frequency] if in_force else 0, day)
            if first <= day < until:
                yield day, until
        day += ONE_DAY


def _may_begin(choice: Any, day: date) -> bool:
    """Tell whether a period of the choice may begin with a month."""
    months = MONTHS[choice.frequency]
    return not months or (day.month - 1) % months == 0


def _end_of(months: int, day: date) -> date:
    """Return the last day of so many months; the day itself for none."""
    end = day
    while months and ((end + ONE_DAY).day != 1 or (end + ONE_DAY).month % months != 1 % months):
        end += ONE_DAY
    return end
