"""The entry that the texts of a place propose: a figure, a stage, or words."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....actions import ledger
from ....actions.proposals import Proposed, ProposedEntry, ProposedNarrative
from ....domain.enums import NoFigure
from ....domain.periods import Period
from ....domain.targets import RATIOS
from ....domain.texts import LONGEST
from ....formats import day as shown_day
from ....models import Milestone, ProgressEntry, Target
from ....presenters.entries import format_entry
from ....reporting.due import ReportRow
from ....reporting.parsing import parse_value
from ....reporting.period_rows import is_only_words
from .reasons import CorrectionReason, with_reason
from .slots import Slot
from .typed import Typed

VALUE, DAY = "value", "day"


def propose(slot: Slot, typed: Typed, day: str) -> Proposed:
    """Return the proposed entry; raise ValidationError by field where the texts make none."""
    effective_on = check_beside(slot, typed, day)
    _check_one_answer(slot, typed)
    row = slot.target_row
    if row is not None and _is_figure(slot, typed):
        return _figure(slot, row, typed, effective_on)
    return _narrative(slot, typed, effective_on)


def check_beside(slot: Slot, typed: Typed, day: str) -> date:
    """Check all of a place but its value and return its day; raise ValidationError by field."""
    if typed.too_long:
        raise ValidationError({name: ledger.too_long() for name in typed.too_long})
    own = slot.corrected.effective_on.isoformat() if slot.corrected else day
    return _day(slot.row.period, typed.day or own)


def check_unreported(slot: Slot, typed: Typed) -> None:
    """Raise ValidationError where the period got a report of the same kind that the page did not show."""
    if (
        slot.corrected
        or typed.milestone
        or (slot.target_row and slot.target_row.is_staged and typed.has_value)
    ):
        return
    seen = int(typed.seen) if typed.seen.isdigit() else 0
    is_words = not (typed.has_value or typed.no_figure)
    newer = [entry for entry in slot.row.reports if entry.pk > seen and is_only_words(entry) == is_words]
    if not newer:
        return
    if any(_says_the_same(slot, typed, each) for each in newer):
        raise ReportedAlreadyError
    who = {"who": newer[-1].recorded_by.name, "value": format_entry(newer[-1])}
    raise ValidationError({VALUE: _("%(who)s reported meanwhile: %(value)s. Check before you submit.") % who})


class ReportedAlreadyError(ValidationError):
    """A refusal because the period has this very report."""

    def __init__(self) -> None:
        super().__init__({VALUE: _("Already reported; nothing was added.")})


def _says_the_same(slot: Slot, typed: Typed, entry: ProgressEntry) -> bool:
    there = slot.texts_of(entry)
    names = ("value", "denominator", "no_figure", "progress", "problems", "next_steps")
    return all(getattr(typed, name) == there[name] for name in names)


def _is_figure(slot: Slot, typed: Typed) -> bool:
    return slot.kept.value is not None if slot.kept else typed.has_value


def _check_one_answer(slot: Slot, typed: Typed) -> None:
    if typed.no_figure and typed.has_value:
        raise ValidationError({VALUE: _("Choose “no figure” or enter a value, not both.")})
    if slot.corrected:
        if not typed.reason:
            raise ValidationError({"reason": _("Choose the reason for the correction.")})
        if typed.reason == CorrectionReason.OTHER and not typed.progress:
            raise ValidationError({"progress": _("Say in the note what the reason is.")})
    elif not (typed.has_value or typed.no_figure or typed.has_note):
        raise ValidationError({VALUE: _("Enter a value, or clear the row.")})


def _figure(slot: Slot, row: ReportRow, typed: Typed, effective_on: date) -> ProposedEntry:
    value, denominator, milestone = _facts(slot, row, typed)
    return ProposedEntry(
        target=row.target,
        effective_on=effective_on,
        value=value,
        denominator=denominator,
        milestone=milestone,
        progress=_progress(slot, typed, is_figure=True),
        problems=typed.problems,
        next_steps=typed.next_steps,
        includes_earlier=None
        if slot.replaced_by(is_figure=True)
        else bool(typed.includes_earlier and row.lacking),
    )


def _facts(slot: Slot, row: ReportRow, typed: Typed) -> tuple[Decimal, Decimal | None, Milestone | None]:
    """Return value, denominator and stage; a correction that names no value keeps the old ones."""
    if slot.kept and not typed.has_value:
        kept = slot.kept.figure
        return kept.value, kept.denominator, kept.milestone
    if row.is_staged:
        return ledger.DONE, None, _milestone(row, typed)
    return _value(row, typed), _denominator(row, typed), None


def _narrative(slot: Slot, typed: Typed, effective_on: date) -> ProposedNarrative:
    no_figure = typed.no_figure or (slot.corrected.no_figure if slot.corrected else "")
    return ProposedNarrative(
        commitment=slot.row.commitment,
        target=slot.target_row.target if slot.target_row else None,
        effective_on=effective_on,
        no_figure=_no_figure(no_figure),
        progress=_progress(slot, typed, is_figure=False),
        problems=typed.problems,
        next_steps=typed.next_steps,
    )


def _no_figure(text: str) -> NoFigure | None:
    try:
        return NoFigure(text) if text else None
    except ValueError:
        raise ValidationError({"no_figure": _("Choose why there is no figure.")}) from None


def _progress(slot: Slot, typed: Typed, *, is_figure: bool) -> str:
    """Return the note, with the reason of a correction in front."""
    if not (slot.replaced_by(is_figure=is_figure) and typed.reason):
        return typed.progress
    try:
        said = with_reason(CorrectionReason(typed.reason), typed.progress)
    except ValueError:
        raise ValidationError({"reason": _("Choose the reason for the correction.")}) from None
    if len(said) > LONGEST:
        raise ValidationError({"progress": ledger.too_long()})
    return said


def _day(period: Period, text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not period.first <= found <= period.last:
        raise ValidationError({DAY: _outside(period)})
    return found


def _outside(period: Period) -> str:
    """Return the message for a day of another period."""
    said = _("The date must be within the period, %(first)s to %(last)s.")
    return said % {"first": shown_day(period.first), "last": shown_day(period.last)}


def _milestone(row: ReportRow, typed: Typed) -> Milestone:
    found = next((each for each in row.milestones if str(each.pk) == typed.milestone), None)
    if found is None:
        raise ValidationError({"milestone": _("Choose a stage that is still open.")})
    return found


def _value(row: ReportRow, typed: Typed) -> Decimal:
    if not typed.unchanged:
        return _number(VALUE, typed.value, row.target)
    if typed.value:
        raise ValidationError({VALUE: _("Choose “no change” or enter a value, not both.")})
    if row.unchanged is None:
        raise ValidationError({VALUE: _("There is no previous value to repeat.")})
    return row.unchanged


def _denominator(row: ReportRow, typed: Typed) -> Decimal | None:
    if row.spec.accumulation not in RATIOS or not typed.denominator:
        return None
    return _number("denominator", typed.denominator, row.target)


def _number(field: str, text: str, target: Target) -> Decimal:
    try:
        return parse_value(text, target)
    except ValidationError as refusal:
        raise ValidationError({field: refusal}) from None
