"""The way of one typed place into the ledger, in a transaction of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ....actions import evidence, ledger, period_locks
from ....actions.proposals import Proposed, ProposedEntry
from ....domain.doubts import doubts
from ....formats import localised
from ....models import Commitment, Milestone, ProgressEntry, Target, User
from ....reporting.doubts import asking
from ....reporting.due import ReportRow
from ....reporting.period_rows import is_only_words
from ....uploads import NoRoomError
from . import drafts
from .proposing import DAY, VALUE, ReportedAlreadyError, check_unreported, propose
from .slots import Slot
from .typed import FILES, Typed

# All other faults that the ledger finds stand at the value.
PLACES = {"effective_on": DAY, "corrects": VALUE} | {
    name: name
    for name in (
        DAY, "denominator", "milestone", "no_figure", "reason", "progress", "problems", "next_steps", "url", *FILES
    )
}  # fmt: skip


@dataclass(frozen=True)
class RowOutcome:
    """The result of submitting a place: its entry, a refusal (`errors` by field), or doubts that need a note.

    It is `postponed` if others were writing, and without `room` if the disk has none for its file. A file of a
    place that was not saved has to be chosen again: no browser fills it in. If `is_repeated`, the period has this
    very report already.
    """

    entry: ProgressEntry | None = None
    postponed: bool = False
    errors: Mapping[str, Sequence[str]] | None = None
    doubts: Sequence[str] = ()
    lost_file: bool = False
    room: bool = True
    is_repeated: bool = False

    @property
    def saved(self) -> bool:
        return self.entry is not None


def submit(slot: Slot, typed: Typed, *, day: str, by: User, at: datetime) -> RowOutcome:
    """Record a typed place, as of `day` unless it names another one; a refusal writes no row."""
    lost_file = bool(typed.files)
    try:
        entry, said = check(slot, typed, day=day, at=at, evidenced=typed.has_evidence)
        # The reason of a correction explains its value.
        if said and not typed.has_note and not slot.corrected:
            return RowOutcome(doubts=said, lost_file=lost_file)
        return RowOutcome(_write(slot, typed, entry, by=by, at=at))
    except period_locks.BusyError:
        return postponed(typed)
    except ReportedAlreadyError as refusal:
        return RowOutcome(errors=_by_field(refusal), is_repeated=True)
    except ValidationError as refusal:
        has_room = not isinstance(refusal, NoRoomError)
        return RowOutcome(errors=_by_field(refusal), lost_file=lost_file, room=has_room)
    except PermissionDenied as refusal:
        return RowOutcome(errors={VALUE: [str(refusal)]}, lost_file=lost_file)


def check(
    slot: Slot, typed: Typed, *, day: str, at: datetime, evidenced: bool
) -> tuple[Proposed, Sequence[str]]:
    """Return the entry that a place proposes, and its doubts; raise ValidationError if it would be refused."""
    entry = propose(slot, typed, day)
    check_unreported(slot, typed)
    # A figure that is refused anyway needs no explanation.
    ledger.check_proposed(entry, at=at)
    row = slot.target_row
    if row is None or not isinstance(entry, ProposedEntry):
        return entry, []
    return entry, _doubts(slot, row, entry, evidenced=evidenced)


def postponed(typed: Typed) -> RowOutcome:
    """Return the outcome of a place while another writer holds the plan's ledger for long."""
    said = {VALUE: period_locks.BusyError().messages}
    return RowOutcome(postponed=True, errors=said, lost_file=bool(typed.files))


def _doubts(slot: Slot, row: ReportRow, entry: ProposedEntry, *, evidenced: bool) -> list[str]:
    found = doubts(slot.bounds, entry.value, entry.denominator, evidenced=evidenced)
    said = [asking(bound, row.target) for bound in found]
    is_new = entry.milestone and slot.kept is None
    earlier = _skipped(row, entry.milestone) if is_new and entry.milestone else ""
    return [earlier, *said] if earlier else said


def _skipped(row: ReportRow, chosen: Milestone) -> str:
    """Return the doubt about a stage with an earlier one open; else empty."""
    first = row.milestones[0]
    if first.due_on >= chosen.due_on:
        return ""
    title = localised(first.title, first.title_en)
    return _("“%(stage)s” was due earlier and is still open. Please explain in the note.") % {"stage": title}


def _write(slot: Slot, typed: Typed, proposed: Proposed, *, by: User, at: datetime) -> ProgressEntry:
    # Before anything is locked: others do not wait until a file is scanned and written.
    kept = [(file.name or "", evidence.keep(file)) for file in typed.files]
    with transaction.atomic():
        before = slot.replaced_by(is_figure=isinstance(proposed, ProposedEntry))
        _check_still_open(slot, proposed, before)
        entry = (
            ledger.correct(before, proposed, by=by, at=at)
            if before
            else ledger.record(proposed, by=by, at=at)
        )
        for name, file in kept:
            evidence.attach(entry=entry, by=by, at=at, title=_title(name), file=file)
        if typed.url:
            evidence.attach(entry=entry, by=by, at=at, title=_title(typed.url), url=typed.url)
        _carry(slot, typed, entry, by=by, at=at)
        drafts.forget(by, slot.row.period.last, [slot.key])
    return entry


def _check_still_open(slot: Slot, proposed: Proposed, before: ProgressEntry | None) -> None:
    """Raise ValidationError if a report of the same kind has come by now that the page did not show."""
    # Two users with the same sheet wait for each other here; a stage is done only once by its own constraint.
    if slot.target_row:
        Target.objects.select_for_update(no_key=True).get(pk=slot.target_row.target.pk)
    else:
        Commitment.objects.select_for_update(no_key=True).get(pk=slot.row.commitment.pk)
    if before or getattr(proposed, "milestone", None):
        return
    seen = max([0, *(entry.pk for entry in slot.row.everything)])
    live = ProgressEntry.objects.live().filter(
        commitment=slot.row.commitment,
        target=proposed.target,
        effective_on__range=slot.row.period,
        pk__gt=seen,
    )
    is_words = not isinstance(proposed, ProposedEntry) and proposed.no_figure is None
    if any(is_only_words(entry) == is_words for entry in live):
        raise ValidationError({VALUE: _("Already reported; nothing was added.")})


def _carry(slot: Slot, typed: Typed, entry: ProgressEntry, *, by: User, at: datetime) -> None:
    """Attach the evidence of an earlier entry of the row again; a file is the same bytes under the same digest."""
    before = next((each for each in slot.row.everything if str(each.pk) == typed.carries), None)
    for each in before.evidence.all() if before else ():
        file = evidence.Kept(each.file.name or "", each.sha256) if each.file else None
        evidence.attach(entry=entry, by=by, at=at, title=each.title, file=file, url=each.url)


def _title(text: str) -> str:
    return text[:200]


def _by_field(refusal: ValidationError) -> dict[str, list[str]]:
    if not hasattr(refusal, "error_dict"):
        return {VALUE: refusal.messages}
    return {PLACES.get(field, VALUE): said for field, said in refusal.message_dict.items()}
