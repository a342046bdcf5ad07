"""Sample progress, written into the ledger like real progress and marked as a sample on every row."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_noop as _

from ..actions import commitments, ledger, plans, targets
from ..actions.proposals import Proposed, ProposedEntry, ProposedNarrative
from ..domain.enums import Decision, Lifecycle
from ..models import (
    ProgressEntry,
    Subscription,
    User,
)
from .files import sample_rows as rows
from .files.problems import BrokenPlanError, Problem
from .files.samples import DemoFile
from .files.tables import ReadTable
from .loaded import has_demo
from .sample_names import SampleNames, UnknownNameError, names_of


@transaction.atomic
def load_once(demo: DemoFile, *, password: str | None) -> Counter[str] | None:
    """Load a demonstration once; return None if it was loaded before, else the number of new rows by file.

    Raises BrokenPlanError before any row is written. Accounts and subscriptions that people made before
    stay as they are. Without a password the new accounts cannot sign in.
    """
    # A demonstration that people have edited since was loaded too.
    if has_demo(demo.plan):
        return None
    names = names_of(demo.plan)
    loader = Loader()
    if demo.words_from:
        plans.ask_for_words(
            names.plan, from_=demo.words_from, at=names.at(datetime.combine(demo.words_from, time.min))
        )
    # Hashing is slow on purpose, so all accounts share one hash of the one password.
    loader.each(demo.accounts, partial(_account, names, make_password(password)))
    loader.each(demo.revisions, partial(_revision, names))
    loader.each(demo.entries, partial(_entry, names))
    loader.each(demo.confidence, partial(_confidence, names))
    loader.each(demo.subscriptions, partial(_subscription, names))
    # Last, since a dropped commitment takes no more progress.
    loader.each(demo.dropped, partial(_drop, names))
    if loader.problems:
        raise BrokenPlanError(loader.problems)
    return loader.made


class Loader:
    """A maker of rows that keeps the faults of those that could not be made."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def each(self, sheet: ReadTable[Any], make: Callable[[Any], bool]) -> None:
        for row in sheet.rows:
            try:
                self.made[sheet.file] += make(row)
            except UnknownNameError as unknown:
                self.problems.append(Problem(sheet.file, row.line, "", _("No such code."), str(unknown)))
            except (ValidationError, PermissionDenied) as refused:
                why = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
                self.problems.append(Problem(sheet.file, row.line, "", "%(why)s", params={"why": why}))


def _account(names: SampleNames, hashed: str, row: rows.AccountRow) -> bool:
    if row.username in names.users:
        return False
    user = User(
        username=row.username,
        email=row.email,
        role=row.role,
        agency=names.agencies[row.agency] if row.agency else None,
        language=row.language,
        is_staff=True,
        password=hashed,
    )
    user.save()
    names.users[row.username] = user
    return True


def _entry(names: SampleNames, row: rows.EntryRow) -> bool:
    entry = _record(names, row)
    names.keyed[row.key] = entry
    if row.decision:
        _review(names, row, entry)
    return True


def _record(names: SampleNames, row: rows.EntryRow) -> ProgressEntry:
    entry = _propose(names, row)
    who: dict[str, Any] = {"by": names.users[row.recorded_by], "at": names.at(row.recorded_at)}
    if row.corrects:
        return ledger.correct(names.keyed[row.corrects], entry, **who)
    return ledger.record(entry, **who)


def _propose(names: SampleNames, row: rows.EntryRow) -> Proposed:
    """Build a figure, or words where the row has no value."""
    target = names.targets[row.target] if row.target else None
    said: dict[str, Any] = {
        "effective_on": row.effective_on,
        "progress": row.progress,
        "problems": row.problems,
        "next_steps": row.next_steps,
        "is_sample": True,
    }
    if target and row.value is not None:
        milestone = names.milestones[f"{row.target} {row.milestone}"] if row.milestone else None
        return ProposedEntry(target=target, value=row.value, milestone=milestone, **said)
    commitment = (
        target.commitment if target and not row.commitment else names.commitments[row.commitment or ""]
    )
    return ProposedNarrative(commitment=commitment, target=target, no_figure=row.no_figure, **said)


def _review(names: SampleNames, row: rows.EntryRow, entry: ProgressEntry) -> None:
    by, at = names.users[row.reviewed_by], names.at(row.reviewed_at or row.recorded_at)
    if row.decision is Decision.APPROVE:
        ledger.approve(entry=entry, by=by, at=at, reason=row.reason)
    else:
        # A mail of today about a return of long ago would puzzle its reader.
        ledger.return_(entry=entry, by=by, at=at, reason=row.reason, tells_author=False)


def _revision(names: SampleNames, row: rows.RevisionRow) -> bool:
    target = names.targets[row.target]
    if target.revisions.filter(effective_from=row.effective_from).exists():
        return False
    targets.revise(
        target=target,
        effective_from=row.effective_from,
        new_value=row.new_value,
        new_due_on=row.new_due_on,
        new_value_high=row.new_value_high,
        new_tolerance=row.new_tolerance,
        new_within=row.new_within,
        authority=row.authority,
        reason=row.reason,
        seen=targets.newest(target),
        by=names.users[row.revised_by],
        at=names.at(row.revised_at),
    )
    return True


def _confidence(names: SampleNames, row: rows.ConfidenceRow) -> bool:
    commitments.state_confidence(
        commitment=names.commitments[row.commitment],
        holder=row.holder,
        confidence=row.confidence,
        note=row.note,
        by=names.users[row.stated_by],
        at=names.at(row.stated_at),
    )
    return True


def _subscription(names: SampleNames, row: rows.SubscriptionRow) -> bool:
    _found, new = Subscription.objects.get_or_create(
        plan=names.plan,
        email=row.email,
        agency=names.agencies[row.agency] if row.agency else None,
        defaults={"language": row.language},
    )
    return new


def _drop(names: SampleNames, row: rows.DroppedRow) -> bool:
    commitment = names.commitments[row.commitment]
    if commitment.lifecycle == Lifecycle.DROPPED:
        return False
    commitments.drop(
        commitment=commitment,
        on=row.dropped_on,
        authority=row.authority,
        reason=row.reason,
        seen=commitments.newest(commitment),
        by=names.users[row.dropped_by],
        at=names.at(row.dropped_at),
    )
    return True
