"""The previous value of a report: the newest reading that counts before its period."""

from collections.abc import Iterable, Sequence
from datetime import date

from ..domain.readings import LATEST, Reading
from .cases import TargetCase
from .sql.counting import COUNTS_NOW, WORTH_NOW
from .sql.run import column, fetch_rows

NEWEST_BEFORE = f"""
SELECT u.target_id, n.* FROM unnest(%(targets)s::bigint[], %(befores)s::date[]) AS u (target_id, before)
CROSS JOIN LATERAL (
    SELECT e.effective_on, {WORTH_NOW}, e.id, e.denominator FROM commitments_progressentry e
    WHERE e.target_id = u.target_id AND e.effective_on < u.before AND {COUNTS_NOW}
    ORDER BY e.effective_on DESC, e.id DESC LIMIT 1
) n
"""


def newest_before(asked: Iterable[tuple[TargetCase, date]]) -> dict[int, Reading | None]:
    """Return by the target's id its newest counted reading before the day beside it, None without one.

    It runs one statement at most, for targets with more readings in the period than a standing keeps.
    """
    known, hidden = {}, []
    for target, before in asked:
        known[target.id] = target.standing.previous(before)
        if known[target.id] is None and len(target.standing.latest) == LATEST:
            hidden.append((target.id, before))
    return known | _read(hidden)


def _read(hidden: Sequence[tuple[int, date]]) -> dict[int, Reading]:
    if not hidden:
        return {}
    targets, befores = zip(*hidden, strict=True)
    found = fetch_rows(NEWEST_BEFORE, {"targets": column(targets), "befores": column(befores)})
    return {target: Reading(*reading) for target, *reading in found}
