"""Doubts about the values being entered now, for the quick log, spreadsheets and the review queue.

The rules are the domain's (`domain/doubts.py`). This module reads their input and puts them into words.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Protocol

from django.utils.translation import gettext as _

from ..domain.doubts import Bound, Doubt, bounds
from ..domain.enums import Accumulation, Direction
from ..domain.pending import Waiting, with_waiting
from ..domain.readings import Reading
from ..domain.targets import ZERO
from ..formats import Amount, exact
from ..models import ProgressEntry, Target
from ..rollups import cases


class Notes(Protocol):
    """A reported row with its three notes."""

    @property
    def progress(self) -> str: ...
    @property
    def problems(self) -> str: ...
    @property
    def next_steps(self) -> str: ...


def bounds_of(targets: Sequence[Target], on: date) -> Mapping[int, tuple[Bound, ...]]:
    """Return, by the target's id, the bounds that its next value is compared with on a day of the plan's calendar.

    Pending entries are taken as counted, since a clerk goes on from them. At most three statements run for each
    plan and one for all, for any number of targets. Load the targets with their commitments (`select_related`).
    """
    plans, waiting = groupby(sorted(targets, key=_plan), key=_plan), _waiting(targets, on)
    return {
        target: found for _plan_id, of_plan in plans for target, found in _of_plan(list(of_plan), on, waiting)
    }


def waiting_figure(entry: ProgressEntry) -> Waiting:
    """Return an entry that waits for review as a plain value; load it with `corrects`."""
    return Waiting(
        Reading(entry.effective_on, entry.value or ZERO, entry.pk, entry.denominator),
        entry.corrects_id,
        (entry.corrects.value or ZERO) if entry.corrects else ZERO,
        entry.includes_earlier,
    )


def describe(bound: Bound, target: Target) -> str:
    """Return the doubt about a value that oversteps the bound, as a sentence in the reader's language."""
    message, params = describe_untranslated(bound, target)
    return message % params


def describe_untranslated(bound: Bound, target: Target) -> tuple[str, Mapping[str, object]]:
    """Return the doubt as a message and its params; the message is untranslated if no language is active."""
    return SENTENCE[bound.doubt](target), {"value": _figure(bound, target)}


def asking(bound: Bound, target: Target) -> str:
    """Return the doubt with a request to explain it, for the person entering the value."""
    doubt = {"doubt": describe(bound, target)}
    if bound.doubt == Doubt.DONE_WITHOUT_EVIDENCE:
        return _("%(doubt)s Attach it, or say in the note where it is kept.") % doubt
    return _("%(doubt)s Please explain in the note.") % doubt


def is_explained(notes: Notes) -> bool:
    """Tell whether any of the notes has a text, which explains the doubt about the value beside it."""
    return any(note.strip() for note in (notes.progress, notes.problems, notes.next_steps))


def _figure(bound: Bound, target: Target) -> str | Amount:
    """Return the bound's figure: of a ratio its two parts, which have no unit."""
    if bound.denominator is not None:
        return f"{exact(bound.value)}/{exact(bound.denominator)}"
    return Amount(bound.value, target.unit, target.unit_en)


def _plan(target: Target) -> int:
    return target.commitment.plan_id


def _waiting(targets: Sequence[Target], on: date) -> Mapping[int | None, Sequence[Waiting]]:
    found: defaultdict[int | None, list[Waiting]] = defaultdict(list)
    pending = ProgressEntry.objects.figures().pending()
    pending = pending.filter(target__in=targets, milestone=None, effective_on__lte=on)
    columns = (
        "target",
        "effective_on",
        "value",
        "denominator",
        "corrects",
        "corrects__value",
        "includes_earlier",
    )
    for entry in pending.select_related("corrects").only(*columns).iterator():
        found[entry.target_id].append(waiting_figure(entry))
    return found


def _of_plan(
    targets: Sequence[Target], on: date, waiting: Mapping[int | None, Sequence[Waiting]]
) -> list[tuple[int, tuple[Bound, ...]]]:
    asked = {target.pk for target in targets}
    return [
        (
            target.id,
            bounds(target.spec, with_waiting(target.spec, target.standing, waiting.get(target.id, ()))),
        )
        for commitment in cases.read(sorted({target.commitment_id for target in targets}), on)
        for target in commitment.targets
        if target.id in asked
    ]


def _below_previous(target: Target) -> str:
    if target.accumulation == Accumulation.RUNNING_RATIO:
        return _("The numerator or denominator to date is lower than in the previous report, %(value)s.")
    if _falls(target):
        return _("Higher than the previous value, %(value)s, though it should fall.")
    return _("Lower than the previous value, %(value)s.")


def _big_jump(target: Target) -> str:
    if target.accumulation == Accumulation.INCREMENTS:
        return _("An increase of more than %(value)s is over a quarter of the target.")
    if _falls(target):
        return _("A value below %(value)s is a drop of more than a quarter of the target.")
    return _("A value above %(value)s is a jump of more than a quarter of the target.")


def _unusual_step(target: Target) -> str:
    if target.accumulation == Accumulation.INCREMENTS:
        return _("An increase of more than %(value)s is over three times the usual amount.")
    if _falls(target):
        return _("A value below %(value)s is a drop of over three times the usual step.")
    return _("A value above %(value)s is a jump of over three times the usual step.")


def _above_target(target: Target) -> str:
    if target.accumulation == Accumulation.INCREMENTS:
        return _("More than the %(value)s still needed to reach the target.")
    if _falls(target):
        return _("Below the target, %(value)s.")
    return _("Above the target, %(value)s.")


def _equal_three_times(_target: Target) -> str:
    return _("%(value)s for the third time in a row.")


def _not_whole(_target: Target) -> str:
    return _("Not a whole number, unlike the target and all values so far.")


def _done_without_evidence(target: Target) -> str:
    if target.accumulation == Accumulation.STAGES:
        return _("Marked as done with no evidence.")
    return _("The target is met, but with no evidence.")


def _above_whole(_target: Target) -> str:
    return _("The numerator is greater than the denominator: %(value)s.")


def _falls(target: Target) -> bool:
    return target.accumulation == Accumulation.LEVEL and target.direction == Direction.AT_MOST


SENTENCE: Mapping[Doubt, Callable[[Target], str]] = {
    Doubt.BELOW_PREVIOUS: _below_previous,
    Doubt.BIG_JUMP: _big_jump,
    Doubt.UNUSUAL_STEP: _unusual_step,
    Doubt.ABOVE_TARGET: _above_target,
    Doubt.EQUAL_THREE_TIMES: _equal_three_times,
    Doubt.NOT_WHOLE: _not_whole,
    Doubt.DONE_WITHOUT_EVIDENCE: _done_without_evidence,
    Doubt.ABOVE_WHOLE: _above_whole,
}
