"""The figure of an entry that waits, beside the figure that counts now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ....domain.enums import Accumulation
from ....domain.readings import Reading
from ....domain.targets import RATIOS, ZERO
from ....formats import FINER, LARGE, beside, day, exact, short_day
from ....models import ProgressEntry
from ....presenters import entries
from ....presenters.recent_chart import RecentChart, draw_recent
from ....rollups.preview import EntryPreview
from .stages import StageLine, stage_lines

WHOLE = Decimal(1)


@dataclass(frozen=True)
class FigureChange:
    """The change by an entry with a value; `entry` is loaded with its target, its stage and the entry it corrects."""

    entry: ProgressEntry
    preview: EntryPreview

    @cached_property
    def is_correction(self) -> bool:
        """Tell whether it takes the place of an entry that counts, rather than of one that never did."""
        return self.entry.corrects is not None and self.entry.corrects.counts

    @cached_property
    def old(self) -> str:
        """Return the value that is replaced or gone on from; empty for stages, amounts and a first value."""
        old = self._old
        if old is None or self.entry.milestone:
            return ""
        if self._is_added:
            return entries.format_increase(old.value) if self.is_correction else ""
        return entries.format_bare(old.value, old.denominator)

    @cached_property
    def new(self) -> str:
        return entries.format_entry(self.entry)

    @cached_property
    def step(self) -> str:
        """Return the step from the old value to the new one; empty without two plain values."""
        if not self.old or self._old is None or self.entry.denominator is not None:
            return ""
        return entries.format_increase(self._new.value - self._old.value)

    @cached_property
    def total(self) -> str:
        """Return the total without the entry and with it; empty for values that are not added up."""
        if not (self._is_added or self.entry.milestone):
            return ""
        before, after = self.preview.actual_before or ZERO, self.preview.actual_after or ZERO
        return f"{exact(before)} → {entries.format_with_unit(self.entry.figure.target, after)}"

    @cached_property
    def counts_now(self) -> str:
        """Return the value that counts now, with its day and that of its approval; empty if none does."""
        newest, actual = self.preview.counts_now, self.preview.actual_before
        if newest is None or actual is None:
            return ""
        is_share = self.entry.figure.target.accumulation in RATIOS
        value = beside(actual, self.preview.goal) if is_share else actual
        facts = {
            "value": entries.format_with_unit(self.entry.figure.target, value),
            "day": short_day(newest.reading.effective_on),
            "since": short_day(localtime(newest.since).date()),
        }
        return _("%(value)s (%(day)s, in force %(since)s)") % facts

    @cached_property
    def aim(self) -> str:
        """Return the value planned for today, the target and its due date."""
        preview = self.preview
        steps = (WHOLE, *FINER) if abs(preview.planned) >= LARGE else FINER
        facts = {
            "planned": exact(beside(preview.planned, preview.actual_before or ZERO, steps)),
            "goal": entries.format_with_unit(self.entry.figure.target, preview.goal),
            "day": short_day(preview.due_on),
        }
        return _("%(planned)s / %(goal)s, due %(day)s") % facts

    @cached_property
    def days(self) -> str:
        """Return the day of the data; of a correction to another day, both."""
        new, corrected = day(self.entry.effective_on), self.entry.corrects
        if not self.is_correction or corrected is None or corrected.effective_on == self.entry.effective_on:
            return new
        return f"{day(corrected.effective_on)} → {new}"

    @cached_property
    def chart(self) -> RecentChart | None:
        """Draw the last five values that count, and this one; None for stages."""
        if self.entry.milestone:
            return None
        counted = [each.reading for each in self.preview.last]
        planned = None if self._is_added else self.preview.planned
        return draw_recent(counted, self._new, replaces=self.entry.corrects_id, planned=planned)

    @cached_property
    def stages(self) -> Sequence[StageLine]:
        """Return the target's stages with what was reported of each; none for other targets."""
        return stage_lines(self.preview.stages, self.entry) if self.entry.milestone else ()

    @property
    def _new(self) -> Reading:
        return _reading_of(self.entry)

    @property
    def _old(self) -> Reading | None:
        corrected = self.entry.corrects
        return _reading_of(corrected) if self.is_correction and corrected else self.preview.previous

    @property
    def _is_added(self) -> bool:
        return self.entry.figure.target.accumulation == Accumulation.INCREMENTS


def _reading_of(entry: ProgressEntry) -> Reading:
    figure = entry.figure
    return Reading(entry.effective_on, figure.value, entry.pk, figure.denominator)
