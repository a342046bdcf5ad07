"""What is doubtful about the values being entered now: sheet, spreadsheet and review ask here.

The rules are the domain's (`domain/plausibility.py`); this reads what they need and puts them into words.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from .domain.plausibility import Bound, Doubt, bounds
from .domain.words import Accumulation, Direction
from .formats import Amount
from .models import Target
from .rollups import cases


def bounds_of(targets: Sequence[Target], on: date) -> Mapping[int, tuple[Bound, ...]]:
    """By the target's id, what its next value is compared with on a day of the plan's calendar.

    Looks at what counts, not at what waits for review. At most three statements for each plan, however many targets;
    the targets come with their commitments (`select_related`).
    """
    plans = groupby(sorted(targets, key=_plan), key=_plan)
    return {target: found for _plan_id, of_plan in plans for target, found in _of_plan(list(of_plan), on)}


def words(bound: Bound, target: Target) -> str:
    """What is doubtful about a value that oversteps the bound, as a sentence in the reader's language."""
    message, params = said(bound, target)
    return message % params


def said(bound: Bound, target: Target) -> tuple[str, Mapping[str, object]]:
    """The same as a message and what is to be filled in; without a language, the message is untranslated."""
    return SENTENCE[bound.doubt](target), {"value": Amount(bound.value, target.unit, target.unit_en)}


def _plan(target: Target) -> int:
    return target.commitment.plan_id


def _of_plan(targets: Sequence[Target], on: date) -> list[tuple[int, tuple[Bound, ...]]]:
    asked = {target.pk for target in targets}
    return [
        (target.id, bounds(target.spec, target.standing))
        for commitment in cases.read(sorted({target.commitment_id for target in targets}), on)
        for target in commitment.targets
        if target.id in asked
    ]


def _below_previous(target: Target) -> str:
    if _falls(target):
        return _("Above the previous value, %(value)s, though it should fall. Say why in the note.")
    return _("Below the previous value, %(value)s. Say why in the note.")


def _big_jump(target: Target) -> str:
    if target.accumulation == Accumulation.INCREMENTS:
        return _("More than %(value)s at once: over a quarter of the target. Say why in the note.")
    if _falls(target):
        return _("Below %(value)s: over a quarter of the target at once. Say why in the note.")
    return _("Above %(value)s: over a quarter of the target at once. Say why in the note.")


def _unusual_step(target: Target) -> str:
    if target.accumulation == Accumulation.INCREMENTS:
        return _("More than %(value)s: over three times the usual amount. Say why in the note.")
    if _falls(target):
        return _("Below %(value)s: over three times the usual step. Say why in the note.")
    return _("Above %(value)s: over three times the usual step. Say why in the note.")


def _above_target(target: Target) -> str:
    if target.accumulation == Accumulation.INCREMENTS:
        return _("More than the %(value)s that the target still lacks. Say why in the note.")
    if _falls(target):
        return _("Below the target, %(value)s. Say why in the note.")
    return _("Above the target, %(value)s. Say why in the note.")


def _equal_three_times(_target: Target) -> str:
    return _("%(value)s for the third time in a row. Say why in the note.")


def _done_without_evidence(target: Target) -> str:
    if target.accumulation == Accumulation.STAGES:
        return _("Done, but without evidence. Add it, or say in the note where it is.")
    return _("The target is met, but without evidence. Add it, or say in the note where it is.")


def _falls(target: Target) -> bool:
    return target.accumulation == Accumulation.LEVEL and target.direction == Direction.AT_MOST


SENTENCE: Mapping[Doubt, Callable[[Target], str]] = {
    Doubt.BELOW_PREVIOUS: _below_previous,
    Doubt.BIG_JUMP: _big_jump,
    Doubt.UNUSUAL_STEP: _unusual_step,
    Doubt.ABOVE_TARGET: _above_target,
    Doubt.EQUAL_THREE_TIMES: _equal_three_times,
    Doubt.DONE_WITHOUT_EVIDENCE: _done_without_evidence,
}
