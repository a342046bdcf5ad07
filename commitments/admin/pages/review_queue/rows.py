"""One row of the queue: an entry that waits, and all facts needed to decide about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import zip_longest

from django.utils.translation import gettext as _

from ....domain.enums import Accumulation
from ....domain.readings import Reading
from ....domain.targets import ZERO
from ....formats import day, exact, localised
from ....models import ProgressEntry
from ....presenters import entries
from ....presenters.evidence import Proof
from ....presenters.people import age, person
from ....presenters.status_tags import Tag, tag
from ....reporting.doubts import describe
from ....rollups.preview import EntryPreview


@dataclass(frozen=True)
class ReviewRow:
    """A row; `then` is the entry after this one, None for the last of the page; `reason` was typed before."""

    entry: ProgressEntry
    # A narrative changes no figure and no status.
    preview: EntryPreview | None
    now: datetime
    then: int | None
    reason: str = ""

    @cached_property
    def title(self) -> str:
        named = self.entry.target or self.entry.commitment
        return localised(named.title, named.title_en)

    @cached_property
    def commitment(self) -> str:
        """Return the commitment's title; empty if its only target has the same."""
        commitment = self.entry.commitment
        title = localised(commitment.title, commitment.title_en)
        return "" if title == self.title else title

    @cached_property
    def who(self) -> str:
        return person(self.entry.recorded_by)

    @cached_property
    def age(self) -> str:
        return age(self.entry.recorded_at, self.now)

    @cached_property
    def old(self) -> str:
        """Return the corrected value, else the previous reading; empty for stages, increments and a first reading."""
        corrected, previous = self.entry.corrects, self._previous
        if self.entry.milestone or self.preview is None:
            return ""
        if corrected:
            return entries.format_bare(corrected.figure.value, corrected.denominator)
        if self._is_added:
            return ""
        return entries.format_bare(previous.value, previous.denominator) if previous else ""

    @cached_property
    def last(self) -> str:
        """Return the previous increment and its day: `+8 (20 September 2023)`; empty for other values."""
        previous = self._previous
        if not previous or self.entry.corrects or not self._is_added:
            return ""
        facts = {"figure": entries.format_increase(previous.value), "day": day(previous.effective_on)}
        return _("%(figure)s (%(day)s)") % facts

    @cached_property
    def new(self) -> str:
        return entries.format_entry(self.entry)

    @cached_property
    def total(self) -> str:
        """Return the total without the entry and with it; empty for values that are not added up."""
        if self.preview is None or self._accumulation not in (Accumulation.INCREMENTS, Accumulation.STAGES):
            return ""
        before, after = self.preview.actual_before or ZERO, self.preview.actual_after or ZERO
        return f"{exact(before)} → {entries.format_with_unit(self.entry.figure.target, after)}"

    @cached_property
    def goal(self) -> str:
        return entries.format_with_unit(self.entry.figure.target, self.preview.goal) if self.preview else ""

    @cached_property
    def before(self) -> Tag | None:
        return tag(self.preview.before) if self.preview else None

    @cached_property
    def after(self) -> Tag | None:
        return tag(self.preview.after) if self.preview else None

    @cached_property
    def doubts(self) -> Sequence[str]:
        found = self.preview.doubts if self.preview else ()
        return [describe(bound, self.entry.figure.target) for bound in found]

    @cached_property
    def evidence(self) -> Sequence[Proof]:
        return [Proof(evidence) for evidence in self.entry.evidence.all()]

    @property
    def _is_added(self) -> bool:
        return self._accumulation == Accumulation.INCREMENTS

    @property
    def _accumulation(self) -> str:
        return self.entry.target.accumulation if self.entry.target else ""

    @property
    def _previous(self) -> Reading | None:
        return self.preview.previous if self.preview else None


def build_rows(
    found: Sequence[ProgressEntry],
    previews: dict[int, EntryPreview],
    now: datetime,
    reasons: dict[int, str],
) -> list[ReviewRow]:
    following = [entry.pk for entry in found[1:]]
    return [
        ReviewRow(entry, previews.get(entry.pk), now, then, reasons.get(entry.pk, ""))
        for entry, then in zip_longest(found, following)
    ]
