"""The way of one typed row into the ledger, in a transaction of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ....actions import evidence, ledger, period_locks
from ....actions.proposals import ProposedEntry
from ....domain.doubts import doubts
from ....domain.periods import Period
from ....domain.targets import RATIOS
from ....formats import day as shown_day
from ....formats import localised
from ....models import Milestone, ProgressEntry, Target, User
from ....reporting.doubts import asking
from ....reporting.due import ReportRow
from ....reporting.parsing import parse_value
from ....uploads import NoRoomError
from . import drafts
from .typed import Typed

VALUE, DAY = "value", "day"
# All other faults that the ledger finds stand at the value.
PLACES = {"effective_on": DAY} | {
    name: name
    for name in (DAY, "denominator", "milestone", "progress", "problems", "next_steps", "url", "file")
}


@dataclass(frozen=True)
class RowOutcome:
    """The result of submitting a row: saved, refused (`errors` by field), or in need of a note (`doubts`).

    A row is `postponed` if others were writing, and without `room` if the disk has none for its file. A file of a
    row that was not saved has to be chosen again: no browser fills it in.
    """

    saved: bool = False
    postponed: bool = False
    errors: Mapping[str, Sequence[str]] | None = None
    doubts: Sequence[str] = ()
    lost_file: bool = False
    room: bool = True


def submit(row: ReportRow, typed: Typed, *, day: str, by: User, at: datetime) -> RowOutcome:
    """Record a typed row, as of `day` unless the row names another one; a refusal writes no row."""
    try:
        entry, said = check(row, typed, day=day, at=at, evidenced=typed.has_evidence)
        if said and not typed.has_note:
            return RowOutcome(doubts=said, lost_file=typed.file is not None)
        _write(row, typed, entry, by=by, at=at)
    except period_locks.BusyError:
        return postponed(typed)
    except ValidationError as refusal:
        has_room = not isinstance(refusal, NoRoomError)
        return RowOutcome(errors=_by_field(refusal), lost_file=typed.file is not None, room=has_room)
    except PermissionDenied as refusal:
        return RowOutcome(errors={VALUE: [str(refusal)]}, lost_file=typed.file is not None)
    return RowOutcome(saved=True)


def check(
    row: ReportRow, typed: Typed, *, day: str, at: datetime, evidenced: bool
) -> tuple[ProposedEntry, Sequence[str]]:
    """Return the entry that a row proposes, and its doubts; raise ValidationError if it would be refused."""
    entry = _understood(row, typed, day)
    # A figure that is refused anyway needs no explanation.
    ledger.check_proposed(entry, at=at)
    return entry, _doubts(row, entry, evidenced=evidenced)


def check_beside(row: ReportRow, typed: Typed, day: str) -> date:
    """Check all of a row but its value and return its day; raise ValidationError by field."""
    _check_lengths(typed)
    return _day(row, typed.day or day)


def postponed(typed: Typed) -> RowOutcome:
    """Return the outcome of a row while another writer holds the plan's ledger for long."""
    said = {VALUE: period_locks.BusyError().messages}
    return RowOutcome(postponed=True, errors=said, lost_file=typed.file is not None)


def _understood(row: ReportRow, typed: Typed, day: str) -> ProposedEntry:
    if not row.accepts:
        raise ValidationError({VALUE: _("Already reported; nothing was added.")})
    if not typed.has_value:
        raise ValidationError({VALUE: _("Enter a value, or clear the row.")})
    effective_on = check_beside(row, typed, day)
    return ProposedEntry(
        target=row.target,
        effective_on=effective_on,
        value=ledger.DONE if row.is_staged else _value(row, typed),
        denominator=None if row.is_staged else _denominator(row, typed),
        milestone=_milestone(row, typed) if row.is_staged else None,
        progress=typed.progress,
        problems=typed.problems,
        next_steps=typed.next_steps,
        includes_earlier=bool(typed.includes_earlier and row.lacking),
    )


def _check_lengths(typed: Typed) -> None:
    if typed.too_long:
        raise ValidationError({name: ledger.too_long() for name in typed.too_long})


def _day(row: ReportRow, text: str) -> date:
    first, last = row.period
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not first <= found <= last:
        raise ValidationError({DAY: _outside(row.period)})
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


def _doubts(row: ReportRow, entry: ProposedEntry, *, evidenced: bool) -> list[str]:
    found = doubts(row.bounds, entry.value, entry.denominator, evidenced=evidenced)
    said = [asking(bound, row.target) for bound in found]
    earlier = _skipped(row, entry.milestone) if entry.milestone else ""
    return [earlier, *said] if earlier else said


def _skipped(row: ReportRow, chosen: Milestone) -> str:
    """Return the doubt about a stage with an earlier one open; else empty."""
    first = row.milestones[0]
    if first.due_on >= chosen.due_on:
        return ""
    title = localised(first.title, first.title_en)
    return _("“%(stage)s” was due earlier and is still open. Please explain in the note.") % {"stage": title}


def _write(row: ReportRow, typed: Typed, proposed: ProposedEntry, *, by: User, at: datetime) -> None:
    # Before anything is locked: others do not wait until a file is scanned and written.
    kept = evidence.keep(typed.file) if typed.file else None
    with transaction.atomic():
        _check_still_open(row)
        entry = ledger.record(proposed, by=by, at=at)
        _attach(entry, typed, kept, by=by, at=at)
        drafts.forget(by, row.period.last, [row.target.pk])


def _check_still_open(row: ReportRow) -> None:
    """Raise ValidationError if the period has an entry by now."""
    # Two users with the same sheet wait for each other here; a stage is done only once by its own constraint.
    Target.objects.select_for_update(no_key=True).get(pk=row.target.pk)
    live = ProgressEntry.objects.live().filter(target=row.target, effective_on__range=row.period)
    if not row.is_staged and live.exists():
        raise ValidationError({VALUE: _("Already reported; nothing was added.")})


def _attach(
    entry: ProgressEntry, typed: Typed, kept: evidence.Kept | None, *, by: User, at: datetime
) -> None:
    if typed.file:
        evidence.attach(entry=entry, by=by, at=at, title=_title(typed.file.name or ""), file=kept)
    if typed.url:
        evidence.attach(entry=entry, by=by, at=at, title=_title(typed.url), url=typed.url)


def _title(text: str) -> str:
    return text[:200]


def _by_field(refusal: ValidationError) -> dict[str, list[str]]:
    if not hasattr(refusal, "error_dict"):
        return {VALUE: refusal.messages}
    return {PLACES.get(field, VALUE): said for field, said in refusal.message_dict.items()}
