"""The only writer of progress entries, their reviews and withdrawals.

Each function is one transaction; `by` is the acting user and `at` an aware instant. Every earlier fact stays as
it was. Bad input raises ValidationError that names the field. An actor without the right gets PermissionDenied.
Both come before anything is written.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import permissions, wake
from ..domain.enums import Accumulation, Decision, EntryState, Lifecycle
from ..domain.readings import BY_PERIOD
from ..domain.targets import RATIOS, may_be_negative
from ..domain.texts import LONGEST
from ..formats import Day
from ..models import Commitment, ImportJob, Milestone, Plan, ProgressEntry, Review, Target, User, Withdrawal
from . import notices, period_locks
from .proposals import Proposed, ProposedEntry, ProposedNarrative

DONE = Decimal(1)
LARGEST = Decimal(10) ** 16
PLACES = 4
NEGATIVE = gettext_lazy("An increase cannot be negative. To undo a wrong entry, correct or withdraw it.")
NEGATIVE_TOTAL = gettext_lazy("A total cannot be negative.")
OPEN_PERIOD = "progressentry_period_is_open"
RECORD_STAGED = """
INSERT INTO commitments_progressentry (commitment_id, target_id, milestone_id, effective_on, value, denominator,
    includes_earlier, no_figure, progress, problems, next_steps, recorded_by_id, recorded_at, is_sample, counted_from)
SELECT commitment_id, target_id, milestone_id, effective_on, value, denominator, includes_earlier, no_figure,
       progress, problems, next_steps, %(by)s, %(at)s, false,
       CASE WHEN %(waits)s THEN NULL ELSE %(at)s::timestamptz END
FROM commitments_importrow WHERE job_id = %(job)s AND faults IS NULL ORDER BY number
"""


def record(entry: Proposed, *, by: User, at: datetime) -> ProgressEntry:
    """Add an entry. It counts at once, or after approval where the plan requires review."""
    permissions.check_record(by, entry.commitment)
    check_proposed(entry, at=at)
    _check_not_reported(entry, replaced=[])
    return _add(_build_entry(entry, by, at))


def correct(earlier: ProgressEntry, entry: Proposed, *, by: User, at: datetime) -> ProgressEntry:
    """Add an entry in place of an earlier one of its target, which counts until the new one does.

    An entry that still waits for review is replaced at once; the new one then corrects the same entry as that one
    would have.
    """
    permissions.check_record(by, earlier.commitment)
    _check_correction(earlier, entry)
    check_proposed(entry, at=at)
    waits = earlier.counted_from is None
    corrects = earlier.corrects if waits and earlier.corrects else earlier
    _check_not_reported(entry, replaced=[earlier.pk, corrects.pk])
    period_locks.check_open(earlier.commitment.plan, [entry.effective_on, earlier.effective_on])
    correction = _build_entry(entry, by, at)
    correction.corrects, correction.is_sample = corrects, earlier.is_sample
    if isinstance(entry, ProposedEntry) and entry.includes_earlier is None:
        correction.includes_earlier = earlier.includes_earlier
    return _replace(earlier, correction)


def record_staged(job: ImportJob, *, at: datetime) -> None:
    """Add an entry for each right row of a checked sheet, in the name of its uploader, in one statement.

    The caller holds the plan's lock for writers in a transaction, and has asked `refusals` about each row.
    """
    waits = job.plan.review_required
    with connection.cursor() as cursor:
        cursor.execute(RECORD_STAGED, {"job": job.pk, "by": job.uploaded_by_id, "at": at, "waits": waits})
    transaction.on_commit(wake.wake, robust=True)


def withdraw(*, entry: ProgressEntry, reason: str, by: User, at: datetime) -> Withdrawal:
    """End an entry without a successor; one that was returned has ended already, and is given up."""
    _check_reason(reason)
    permissions.check_withdraw(by, entry)
    period_locks.check_open(entry.commitment.plan, [entry.effective_on])
    with _transaction():
        if entry.state == EntryState.RETURNED:
            at = max(at, entry.review.reviewed_at)
            notices.drop_return(entry.review)
        else:
            _end(entry, at)
        return Withdrawal.objects.create(entry=entry, reason=reason, withdrawn_by=by, withdrawn_at=at)


def approve(*, entry: ProgressEntry, by: User, at: datetime, reason: str = "") -> Review:
    """Let a pending entry count; the entry that it corrects counts no longer."""
    _check_length(reason)
    permissions.check_review(by, entry)
    at = max(at, entry.recorded_at)
    with _transaction():
        if entry.corrects and entry.corrects.is_live:
            _end(entry.corrects, at)
        _decide(entry, counted_from=at)
        return Review.objects.create(
            entry=entry, decision=Decision.APPROVE, reason=reason, reviewed_by=by, reviewed_at=at
        )


def return_(
    *, entry: ProgressEntry, reason: str, by: User, at: datetime, tells_author: bool = True
) -> Review:
    """Send a pending entry back; it never counts. Its author gets a mail, unless told otherwise."""
    _check_reason(reason)
    permissions.check_review(by, entry)
    at = max(at, entry.recorded_at)
    with _transaction():
        _decide(entry, counted_until=at)
        review = Review.objects.create(
            entry=entry, decision=Decision.RETURN, reason=reason, reviewed_by=by, reviewed_at=at
        )
        if tells_author:
            notices.queue_return(review)
        return review


def check_proposed(entry: Proposed, *, at: datetime) -> None:
    """Raise the first of the `refusals`, as ValidationError."""
    for refusal in refusals(entry, at=at):
        raise refusal


def refusals(entry: Proposed, *, at: datetime) -> Iterator[ValidationError]:
    """Yield every error in an entry that can be found without the database."""
    checks = FIGURE_CHECKS if isinstance(entry, ProposedEntry) else NARRATIVE_CHECKS
    for check in checks:
        try:
            check(entry, at)
        except ValidationError as refusal:
            yield refusal


@contextmanager
def _translate_db_errors() -> Iterator[None]:
    """Turn lock timeouts and constraint violations into ValidationError."""
    try:
        with period_locks.translate_lock_timeouts():
            yield
    except IntegrityError as error:
        raise _explain_violation(error) from error


def _explain_violation(error: IntegrityError) -> ValidationError:
    """Turn a constraint violation into the refusal that the user reads."""
    # A trigger refuses entries of locked periods: asking first would cost a query for each entry.
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None and diagnosis.constraint_name == OPEN_PERIOD:
        return period_locks.refusal(date.fromisoformat(diagnosis.message_detail))
    return ValidationError(_("Someone else has just submitted the same. Reload the page and check."))


def _build_entry(entry: Proposed, by: User, at: datetime) -> ProgressEntry:
    facts = {field.name: getattr(entry, field.name) for field in fields(entry)} | {
        "commitment": entry.commitment
    }
    if isinstance(entry, ProposedEntry):
        facts["includes_earlier"] = bool(entry.includes_earlier)
    else:
        facts["no_figure"] = entry.no_figure or ""
    return ProgressEntry(**facts, recorded_by=by, recorded_at=at)


@contextmanager
def _transaction() -> Iterator[None]:
    with _translate_db_errors(), transaction.atomic():
        yield
        transaction.on_commit(wake.wake, robust=True)


def _add(entry: ProgressEntry) -> ProgressEntry:
    """Insert the entry, and let it count at once where the plan needs no review."""
    if not entry.commitment.plan.review_required:
        entry.counted_from = entry.recorded_at
    with _translate_db_errors():
        # One INSERT is a transaction of its own. Inside a caller's transaction, a refusal by the database
        # ends that one.
        entry.save(force_insert=True)
    transaction.on_commit(wake.wake, robust=True)
    return entry


def _replace(earlier: ProgressEntry, entry: ProgressEntry) -> ProgressEntry:
    """Insert a correction, and end the earlier entry at once where it still waits or needs no review."""
    with _transaction():
        if not entry.commitment.plan.review_required or earlier.counted_from is None:
            _end(earlier, entry.recorded_at)
        return _add(entry)


def _decide(entry: ProgressEntry, **span: datetime) -> None:
    """End the wait for review; raise ValidationError if the entry waits no longer."""
    # The filter refuses the second of two reviewers.
    if not ProgressEntry.objects.pending().filter(pk=entry.pk).update(**span):
        raise ValidationError(_("This entry has already been reviewed, corrected or withdrawn."))
    entry.refresh_from_db(fields=["counted_from", "counted_until"])


def _end(entry: ProgressEntry, at: datetime) -> None:
    """Close an entry's span, not before it began; raise ValidationError if the entry has changed."""
    until = max(at, entry.counted_from or entry.recorded_at)
    # The permission check saw the entry with this span; a changed entry is not ended.
    same = ProgressEntry.objects.live().filter(pk=entry.pk, counted_from=entry.counted_from)
    if not same.update(counted_until=until):
        raise ValidationError(_("This entry has already been reviewed, corrected or withdrawn."))
    entry.counted_until = until


def _check_correction(earlier: ProgressEntry, entry: Proposed) -> None:
    """Check that the earlier entry counts or waits, that no other entry corrects it, and that the target stays."""
    if not earlier.is_live:
        raise ValidationError(
            {"corrects": _("This entry has already been corrected, returned or withdrawn.")}
        )
    if ProgressEntry.objects.pending().filter(corrects=earlier).exists():
        raise ValidationError({"corrects": _("A correction of this entry is already in review.")})
    if _subject(earlier) != _subject(entry):
        raise ValidationError(
            {"corrects": _("A correction must keep the target and milestone of the original entry.")}
        )
    if (earlier.value is None) != isinstance(entry, ProposedNarrative):
        raise ValidationError(
            {"corrects": _("Words cannot take the place of a figure, nor a figure that of words.")}
        )


def _subject(entry: ProgressEntry | Proposed) -> tuple[Commitment, Target | None, Milestone | None]:
    """Return the subject of an entry: its commitment, target and stage."""
    return entry.commitment, entry.target, getattr(entry, "milestone", None)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Please give a reason.")})
    _check_length(reason)


def _check_length(reason: str) -> None:
    if len(reason) > LONGEST:
        raise ValidationError({"reason": too_long()})


def too_long() -> str:
    """Return the message for a note or reason that is too long."""
    return _("Text is limited to %(longest)s characters. Please shorten it.") % {"longest": LONGEST}


def _field_error(field: str, message: str, **params: object) -> ValidationError:
    """Build the ValidationError of a field."""
    # Message and params stay apart, so that callers can translate them later.
    return ValidationError({field: ValidationError(message, params=params)})


def _check_lifecycle(entry: Proposed, _at: datetime) -> None:
    commitment = entry.commitment
    if commitment.lifecycle == Lifecycle.DROPPED:
        raise _field_error("target", _("%(code)s has been dropped."), code=commitment.code)


def _check_published(entry: Proposed, _at: datetime) -> None:
    if entry.commitment.plan.is_draft:
        raise ValidationError({"target": unpublished(entry.commitment.plan)})


def unpublished(plan: Plan) -> ValidationError:
    """Return the message for progress on a draft."""
    said = _("%(plan)s is a draft. Progress can be reported once it is published.")
    return ValidationError(said, params={"plan": plan.code})


def _check_value(entry: ProposedEntry, _at: datetime) -> None:
    _check_number("value", entry.value)
    if entry.value < 0 and not may_be_negative(entry.target.kind, entry.target.accumulation):
        raise ValidationError({"value": negative(entry.target.accumulation)})
    _check_denominator(entry)


def negative(accumulation: str) -> str:
    """Return the message for a value below 0 where none is allowed."""
    return str(NEGATIVE_TOTAL if accumulation == Accumulation.RUNNING_TOTAL else NEGATIVE)


def _check_number(field: str, value: Decimal) -> None:
    if not value.is_finite() or abs(value) >= LARGEST:
        raise ValidationError({field: too_large()})
    if value != value.quantize(Decimal(1).scaleb(-PLACES)):
        raise ValidationError({field: too_fine()})


def too_large() -> ValidationError:
    """Return the error for a number with too many digits."""
    said = _("At most %(digits)s digits before the decimal point.")
    return ValidationError(said, params={"digits": LARGEST.adjusted()})


def too_fine() -> ValidationError:
    """Return the error for a number with too many decimals."""
    return ValidationError(_("At most %(places)s decimal places."), params={"places": PLACES})


def _check_denominator(entry: ProposedEntry) -> None:
    """Check that a ratio has both its parts, and that no other value has two."""
    is_ratio = entry.target.accumulation in RATIOS
    if entry.denominator is None:
        if is_ratio:
            raise ValidationError({"denominator": _("A ratio needs both a numerator and a denominator.")})
        return
    if not is_ratio:
        raise ValidationError({"denominator": _("Only a ratio has a denominator. Leave this empty.")})
    _check_number("denominator", entry.denominator)
    if entry.denominator <= 0:
        raise ValidationError({"denominator": _("The denominator must be greater than 0.")})


def _check_day(entry: Proposed, at: datetime) -> None:
    plan = entry.commitment.plan
    first, today = entry.target.starts_on if entry.target else plan.starts_on, plan.day_at(at)
    if not first <= entry.effective_on <= today:
        raise _field_error(
            "effective_on",
            _("The day must lie between %(first)s and today, %(today)s."),
            first=Day(first),
            today=Day(today),
        )


def _check_words(entry: ProposedNarrative, _at: datetime) -> None:
    texts = (entry.progress, entry.problems, entry.next_steps)
    if entry.no_figure is None and not any(text.strip() for text in texts):
        raise ValidationError({"progress": _("Please say what was done, or enter a figure.")})


def _check_no_figure(entry: ProposedNarrative, _at: datetime) -> None:
    """Check that a reason for having no figure names a target that owes figures."""
    if entry.no_figure is None:
        return
    if entry.target is None or entry.target.accumulation == Accumulation.STAGES:
        raise ValidationError({"no_figure": _("Only a target with figures can have none for a period.")})


def _check_of_commitment(entry: ProposedNarrative, _at: datetime) -> None:
    if entry.target is not None and entry.target.commitment_id != entry.commitment.pk:
        raise _field_error("target", _("Choose a target of %(code)s."), code=entry.commitment.code)


def _check_milestone(entry: ProposedEntry, _at: datetime) -> None:
    staged = entry.target.accumulation == Accumulation.STAGES
    if not staged and entry.milestone:
        raise ValidationError({"milestone": _("This target has no milestones; enter a value.")})
    if not staged:
        return
    if entry.milestone is None or entry.milestone.target_id != entry.target.pk:
        raise _field_error(
            "milestone", _("Choose one of the milestones of %(code)s."), code=entry.target.code
        )
    if entry.value != DONE:
        raise ValidationError({"value": _("For a completed milestone, enter 1.")})


def _check_includes_earlier(entry: ProposedEntry, _at: datetime) -> None:
    if entry.includes_earlier and entry.target.accumulation not in BY_PERIOD:
        said = _("Only an increase or a ratio can include all since the last report.")
        raise ValidationError({"includes_earlier": said})


def _check_not_reported(entry: Proposed, *, replaced: Collection[int]) -> None:
    if isinstance(entry, ProposedNarrative) or entry.milestone is None:
        return
    others = ProgressEntry.objects.live().filter(milestone=entry.milestone).exclude(pk__in=replaced)
    if others.exists():
        raise reported_already()


def reported_already() -> ValidationError:
    return ValidationError({"milestone": _("This milestone has already been reported.")})


FIGURE_CHECKS: tuple[Callable[[Any, datetime], None], ...] = (
    _check_published,
    _check_lifecycle,
    _check_value,
    _check_day,
    _check_milestone,
    _check_includes_earlier,
)
NARRATIVE_CHECKS: tuple[Callable[[Any, datetime], None], ...] = (
    _check_published,
    _check_lifecycle,
    _check_of_commitment,
    _check_words,
    _check_no_figure,
    _check_day,
)
