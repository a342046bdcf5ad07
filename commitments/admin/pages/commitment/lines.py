"""One line of a commitment's ledger, and one change of a target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from .... import explanations, labels
from ....domain.enums import Decision, EntryState
from ....formats import day
from ....models import ProgressEntry, Review, TargetRevision, Withdrawal
from ....presenters import entries
from ....presenters.evidence import Proof
from ....presenters.people import age, person, signed


@dataclass(frozen=True)
class LedgerLine:
    """An entry; `correct` is the address of its row on the sheet, empty where it cannot be corrected."""

    entry: ProgressEntry
    now: datetime
    correct: str = ""

    @cached_property
    def state(self) -> EntryState:
        return self.entry.state

    @cached_property
    def state_word(self) -> str:
        return str(labels.ENTRY_STATE[self.state])

    @cached_property
    def figure(self) -> str:
        return entries.format_entry(self.entry)

    @cached_property
    def who(self) -> str:
        return person(self.entry.recorded_by)

    @cached_property
    def age(self) -> str:
        return age(self.entry.recorded_at, self.now)

    @cached_property
    def decided(self) -> str:
        """Return the author and time of the decision; empty without one."""
        ended = self._withdrawal
        if ended:
            return signed(ended.withdrawn_by, ended.withdrawn_at)
        review = self._review
        return signed(review.reviewed_by, review.reviewed_at) if review else ""

    @cached_property
    def reason(self) -> str:
        """Return the reason of the decision; empty without one."""
        decision = self._withdrawal or self._review
        return decision.reason if decision else ""

    @cached_property
    def returned(self) -> str:
        """Return who had returned an entry that was withdrawn since, when and why; else empty."""
        review = self._review
        if review is None or review.decision != Decision.RETURN or self._withdrawal is None:
            return ""
        said = {"signed": signed(review.reviewed_by, review.reviewed_at), "reason": review.reason}
        return _("Returned by %(signed)s: “%(reason)s”") % said

    @cached_property
    def says_more(self) -> bool:
        """Tell whether it has a note or evidence beside its figure."""
        entry = self.entry
        return bool(entry.progress or entry.problems or entry.next_steps or self.evidence)

    @cached_property
    def evidence(self) -> Sequence[Proof]:
        return [Proof(evidence) for evidence in self.entry.evidence.all()]

    @property
    def _review(self) -> Review | None:
        return getattr(self.entry, "review", None)

    @property
    def _withdrawal(self) -> Withdrawal | None:
        return getattr(self.entry, "withdrawal", None)


@dataclass(frozen=True)
class TargetChange:
    """A revision in words; `value` and `due` are empty if they stayed."""

    revision: TargetRevision

    @cached_property
    def value(self) -> str:
        revision = self.revision
        if revision.old_terms == revision.new_terms:
            return ""
        old, new = (
            explanations.promise(revision.target, terms) for terms in (revision.old_terms, revision.new_terms)
        )
        return f"{old} → {new}"

    @cached_property
    def due(self) -> str:
        revision = self.revision
        if revision.old_due_on == revision.new_due_on:
            return ""
        return f"{day(revision.old_due_on)} → {day(revision.new_due_on)}"

    @cached_property
    def who(self) -> str:
        return signed(self.revision.revised_by, self.revision.revised_at)
