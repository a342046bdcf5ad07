"""The newest approved reports in words, beside the states of a moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ...models import Plan, ProgressEntry
from ...states import CommitmentState, TargetState
from .moments import NOW, At


def newest_words(plan: Plan, states: Sequence[CommitmentState], at: At = NOW) -> Mapping[int, ProgressEntry]:
    """Return by commitment the newest report in words, if no figure has told more since: at most 2 queries.

    The states are those of the moment. Figures tell more by words of a later day; a figure of the day or
    later answers a reason for having none.
    """
    found = _newest(plan, at)
    told = _days_with_words(states) if found else {}
    return {
        state.commitment.pk: max(open_ones, key=lambda entry: (entry.effective_on, entry.pk))
        for state in states
        if (
            open_ones := [
                each for each in found.get(state.commitment.pk, ()) if not _is_past(each, state, told)
            ]
        )
    }


def _newest(plan: Plan, at: At) -> dict[int, list[ProgressEntry]]:
    """Read by commitment the newest words about it and each target, and the newest reason of each kind."""
    narratives = at.standing(ProgressEntry.objects.narratives()).filter(commitment__plan=plan)
    alike = ("commitment_id", "target_id", "no_figure")
    found: dict[int, list[ProgressEntry]] = {}
    for entry in narratives.order_by(*alike, "-effective_on", "-pk").distinct(*alike):
        found.setdefault(entry.commitment_id, []).append(entry)
    return found


def _days_with_words(states: Iterable[CommitmentState]) -> dict[int | None, date]:
    """Return by target the day of its newest figure, where that has words beside it."""
    targets = [each for state in states for each in state.targets]
    newest = [
        each.verdict.newest_entries[0] for each in targets if each.verdict and each.verdict.newest_entries
    ]
    worded = ProgressEntry.objects.filter(pk__in=newest).exclude(progress="", problems="", next_steps="")
    return dict(worded.values_list("target", "effective_on"))


def _is_past(entry: ProgressEntry, state: CommitmentState, told: Mapping[int | None, date]) -> bool:
    about = [each for each in state.targets if entry.target_id in (None, each.target.pk)]
    if entry.no_figure:
        return any(_latest(each) >= entry.effective_on for each in about)
    return any(told.get(each.target.pk, date.min) > entry.effective_on for each in about)


def _latest(target: TargetState) -> date:
    return target.verdict.latest_on or date.min if target.verdict else date.min
