"""Roll-ups at rest, compared with the audit's recount of the ledger."""

from collections.abc import Iterator
from datetime import datetime

from commitments.models import CommitmentRollup, Plan, TargetRollup
from commitments.rollups import audit


def differences(at: datetime) -> list[str]:
    """Return each stored value of any plan that is wrong, still waits or is of another day."""
    return [words for plan in Plan.objects.all() for words in _of_plan(plan, at)]


def _of_plan(plan: Plan, at: datetime) -> Iterator[str]:
    outcome = audit.audit(plan, at=at, with_snapshots=False)
    yield from map(str, outcome.differences)
    # The audit passes over all that waits, and compares each row for the day of the row itself.
    if outcome.skipped:
        yield f"{plan.code}: {outcome.skipped} commitments wait"
    today = plan.day_at(at)
    for target in TargetRollup.objects.filter(target__commitment__plan=plan).exclude(assessed_on=today):
        yield f"{target}: of {target.assessed_on}"
    for commitment in CommitmentRollup.objects.filter(commitment__plan=plan).exclude(assessed_on=today):
        yield f"{commitment}: of {commitment.assessed_on}"
