"""The rows of the page in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .... import labels
from ....domain.enums import Accumulation, Comparator, Goal
from ....domain.readings import Reading
from ....domain.targets import RATIOS
from ....formats import amount, either, ends, exact, localised, parts, rounded, short_day
from ....models import Milestone, ProgressEntry
from ....reporting.due import ReportRow
from ....reporting.periods import names
from ....reporting.state import STATE, ReportState
from .submit import RowOutcome
from .typed import Typed

ENTERED: Mapping[Accumulation, labels.Label] = {
    Accumulation.INCREMENTS: gettext_lazy("New in this period"),
    Accumulation.RUNNING_TOTAL: gettext_lazy("Total so far"),
    Accumulation.LEVEL: gettext_lazy("Latest level"),
    Accumulation.RATIO: gettext_lazy("Numerator and denominator"),
    Accumulation.RUNNING_RATIO: gettext_lazy("Numerator and denominator, to date"),
    Accumulation.STAGES: gettext_lazy("Stage done"),
}
# A goal to reach upwards goes without saying.
SIDE: Mapping[Comparator, str] = {Comparator.ABOVE: "> ", Comparator.AT_MOST: "≤ ", Comparator.BELOW: "< "}


@dataclass(frozen=True)
class QuickLogRow:
    """A row as shown, with the typed texts and their outcome; the first row that needs it has the focus."""

    row: ReportRow
    typed: Typed
    outcome: RowOutcome
    has_focus: bool = False

    @property
    def id(self) -> int:
        return self.row.target.pk

    @property
    def code(self) -> str:
        return self.row.target.code

    @property
    def title(self) -> str:
        """Return the commitment's title, and the target's own if it says more."""
        target, commitment = self.row.target, self.row.target.commitment
        of_commitment = localised(commitment.title, commitment.title_en)
        return of_commitment if self.row.is_staged else localised(target.title, target.title_en)

    @property
    def commitment_title(self) -> str:
        commitment = self.row.target.commitment
        return "" if self.row.is_staged else localised(commitment.title, commitment.title_en)

    @property
    def unit(self) -> str:
        return either(self.row.target.unit, self.row.target.unit_en)

    @property
    def state(self) -> str:
        return str(STATE[self.row.state])

    @property
    def entered(self) -> str:
        return str(ENTERED[self.row.spec.accumulation])

    @property
    def previous(self) -> str:
        if self.row.is_staged:
            return self._reached() if self.row.so_far else ""
        return self._reading(self.row.previous) if self.row.previous else ""

    @property
    def previous_on(self) -> str:
        return short_day(self.row.previous.effective_on) if self.row.previous else ""

    @property
    def waiting(self) -> str:
        """Return the value reported after the previous one and still in review."""
        return self._reading(self.row.waiting) if self.row.waiting and not self.row.is_staged else ""

    @property
    def waiting_on(self) -> str:
        return short_day(self.row.waiting.effective_on) if self.row.waiting else ""

    @property
    def so_far(self) -> str:
        """Return the sum so far, if the row asks for something else."""
        adds_up = self.row.spec.accumulation == Accumulation.INCREMENTS
        return self._reached() if adds_up and self.row.previous else ""

    @property
    def expected(self) -> str:
        return amount(rounded(self.row.expected), self.unit)

    @property
    def goal(self) -> str:
        comparator = self.row.spec.comparator
        kept = self.row.spec.goal != Goal.REACH and comparator == Comparator.AT_LEAST
        return ("≥ " if kept else SIDE.get(comparator, "")) + amount(
            ends(self.row.spec.stated, self.row.spec.high, about=comparator == Comparator.ABOUT), self.unit
        )

    @property
    def is_ratio(self) -> bool:
        return self.row.spec.accumulation in RATIOS

    @property
    def stages(self) -> Sequence[tuple[str, str]]:
        return [(str(each.pk), _stage(each)) for each in self.row.milestones]

    @property
    def unchanged(self) -> str:
        """Return the value that the box “no change” stands for; empty if there is no box."""
        return "" if self.row.unchanged is None else amount(exact(self.row.unchanged), self.unit)

    @property
    def stamp(self) -> ProgressEntry | None:
        """Return the figure reported for the period, or sent back."""
        return self.row.newest if self.row.state == ReportState.RETURNED else self.row.newest_live

    @property
    def reported(self) -> str:
        entry = self.stamp
        if entry is None:
            return ""
        if entry.milestone:
            return localised(entry.milestone.title, entry.milestone.title_en)
        return self._value_of(entry)

    @property
    def is_reported(self) -> bool:
        """Tell whether an entry of the period waits or counts; other stages may be left."""
        return bool(self.reported) and self.row.state != ReportState.RETURNED

    @property
    def correct(self) -> str:
        """Return the address to correct the reported entry; empty if it is locked."""
        entry = self.row.newest_live
        if entry is None or self.row.state == ReportState.LOCKED:
            return ""
        return f"{reverse('admin:commitments_progressentry_add')}?corrects={entry.pk}"

    @property
    def waits(self) -> bool:
        """Tell whether a reported stage waits for review, which the row's state does not say."""
        entry = self.row.newest_live
        return entry is not None and entry.counted_from is None and self.row.state != ReportState.WAITING

    @property
    def reported_by(self) -> str:
        entry = self.stamp
        return entry.recorded_by.name if entry else ""

    @property
    def reason(self) -> str:
        """Return the reviewer's reason for sending the entry back."""
        entry = self.row.newest
        return entry.review.reason if entry and self.row.state == ReportState.RETURNED else ""

    @property
    def later(self) -> str:
        """Return the figure reported for a later period."""
        return self._value_of(self.row.later) if self.row.later else ""

    @property
    def later_on(self) -> str:
        return short_day(self.row.later.effective_on) if self.row.later else ""

    @property
    def later_waits(self) -> bool:
        return self.row.later is not None and self.row.later.counted_from is None

    @property
    def lacking(self) -> str:
        """Return the earlier periods that the figure may include; empty if none lacks one."""
        return names(self.row.lacking)

    @property
    def errors(self) -> list[str]:
        return [said for of_field in (self.outcome.errors or {}).values() for said in of_field]

    @property
    def focus(self) -> str:
        """Return the field to begin with."""
        if not self.has_focus:
            return ""
        if self.outcome.doubts:
            return "progress"
        wrong = next(iter(self.outcome.errors or {}), "value")
        return "milestone" if self.row.is_staged and wrong == "value" else wrong

    @property
    def opens_more(self) -> bool:
        return self.typed.opens_more or self.focus in ("problems", "next_steps", "day")

    @property
    def opens_evidence(self) -> bool:
        return bool(self.typed.url) or self.outcome.lost_file or self.focus in ("url", "file")

    def _reached(self) -> str:
        return amount(exact(self.row.so_far or Decimal(0)), self.unit)

    def _value_of(self, entry: ProgressEntry) -> str:
        _target, value, denominator, _milestone = entry.figure
        return self._reading(Reading(entry.effective_on, value, entry.pk, denominator))

    def _reading(self, reading: Reading) -> str:
        if reading.denominator is not None:
            return parts(reading.value, reading.denominator)
        return amount(exact(reading.value), self.unit)


def _stage(milestone: Milestone) -> str:
    return _("%(title)s (due %(day)s)") % {
        "title": localised(milestone.title, milestone.title_en),
        "day": short_day(milestone.due_on),
    }
