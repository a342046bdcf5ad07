"""The rows of the page in the reader's language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .... import labels
from ....domain.enums import Accumulation, Comparator, Goal, NoFigure
from ....domain.readings import Reading
from ....domain.targets import RATIOS
from ....formats import amount, either, ends, exact, localised, parts, rounded, short_day
from ....models import Evidence, Milestone, ProgressEntry, Target
from ....presenters.entries import name_narrative
from ....reporting.due import ReportRow
from ....reporting.periods import names
from ....reporting.state import STATE, ReportState
from . import reasons
from .answers import hints
from .slots import Row, Slot, code_of, key_of
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
# The same in a word, inside the empty field.
BRIEFLY: Mapping[Accumulation, labels.Label] = {
    Accumulation.INCREMENTS: pgettext_lazy("value to enter", "new"),
    Accumulation.RUNNING_TOTAL: pgettext_lazy("value to enter", "total"),
    Accumulation.LEVEL: pgettext_lazy("value to enter", "latest"),
    Accumulation.RATIO: pgettext_lazy("value to enter", "part"),
    Accumulation.RUNNING_RATIO: pgettext_lazy("value to enter", "part so far"),
    Accumulation.STAGES: pgettext_lazy("value to enter", "stage"),
}
# A goal to reach upwards goes without saying.
SIDE: Mapping[Comparator, str] = {Comparator.ABOVE: "> ", Comparator.AT_MOST: "≤ ", Comparator.BELOW: "< "}


@dataclass(frozen=True)
class Entering:
    """A place as shown, with the typed texts and their outcome; the first that needs it has the focus.

    `is_touched` tells typed texts from those that the place opens with.
    """

    slot: Slot
    typed: Typed
    outcome: RowOutcome
    has_focus: bool = False
    is_touched: bool = False

    @property
    def key(self) -> str:
        return self.slot.key

    @property
    def code(self) -> str:
        return code_of(self.slot.row)

    @property
    def entered(self) -> str:
        row = self.slot.target_row
        return str(ENTERED[row.spec.accumulation]) if row else ""

    @property
    def briefly(self) -> str:
        row = self.slot.target_row
        return str(BRIEFLY[row.spec.accumulation]) if row else ""

    @property
    def unit(self) -> str:
        row = self.slot.target_row
        return either(row.target.unit, row.target.unit_en) if row else ""

    @property
    def is_ratio(self) -> bool:
        row = self.slot.target_row
        return row is not None and row.spec.accumulation in RATIOS

    @property
    def stages(self) -> Sequence[tuple[str, str]]:
        row = self.slot.target_row
        return [(str(each.pk), _stage(each)) for each in row.milestones] if row else []

    @property
    def unchanged(self) -> str:
        """Return the value that the box “no change” stands for; empty if there is no box."""
        row = self.slot.target_row
        if row is None or row.unchanged is None or not row.takes_value or self.slot.corrected:
            return ""
        return amount(exact(row.unchanged), self.unit)

    @property
    def no_figures(self) -> Sequence[tuple[str, str]]:
        """Return the reasons for having no figure; empty where none is asked for."""
        if not self.slot.takes_no_figure:
            return []
        return [(reason.value, str(labels.NO_FIGURE[reason])) for reason in NoFigure]

    @property
    def lacking(self) -> str:
        """Return the earlier periods that the figure may include; empty if none lacks one."""
        row = self.slot.target_row
        return names(row.lacking) if row and not self.slot.corrected else ""

    @property
    def old(self) -> str:
        """Return what a correction takes the place of."""
        entry = self.slot.replaces
        return value_of(entry) if entry else ""

    @property
    def reasons(self) -> Sequence[tuple[str, str]]:
        return reasons.choices() if self.slot.replaces else []

    @property
    def carried(self) -> Sequence[Evidence]:
        """Return the evidence of an earlier entry that can go with this one."""
        number = self.typed.carries or self.slot.prefill.carries
        before = next((each for each in self.slot.row.everything if str(each.pk) == number), None)
        return list(before.evidence.all()) if before else []

    @property
    def carries(self) -> str:
        return self.typed.carries or self.slot.prefill.carries

    @property
    def last_note(self) -> str:
        return self.slot.row.last_note

    @property
    def prefill(self) -> str:
        """Return the texts that the place opens with, for the script to tell them from typed ones."""
        content = self.slot.prefill.content
        return json.dumps(content, ensure_ascii=False) if content else ""

    @property
    def opening(self) -> str:
        """Return the digest of those texts, for the server to tell them from typed ones; empty for none."""
        prefill = self.slot.prefill
        return prefill.digest if prefill.content else ""

    @property
    def is_again(self) -> bool:
        """Tell whether it is for one more report, after the first of the period."""
        return not self.slot.corrected and self.slot.row.state_with_words in (
            ReportState.WAITING,
            ReportState.COUNTED,
        )

    @property
    def adds(self) -> str:
        """Return what becomes of one more figure: amounts add up, of totals the later one counts."""
        row = self.slot.target_row
        if not self.is_again or row is None or row.is_staged:
            return ""
        if row.spec.accumulation == Accumulation.INCREMENTS:
            return _("Added to what is already reported.")
        return _("The later figure counts.")

    @property
    def is_folded(self) -> bool:
        """Tell whether it is out of sight until it is asked for: a correction, or one more report."""
        return bool(self.slot.corrected or self.is_again) and not self.is_opened

    @property
    def is_opened(self) -> bool:
        return self.is_touched or bool(self.focus or self.errors or self.outcome.doubts)

    @property
    def errors(self) -> list[str]:
        return [said for of_field in (self.outcome.errors or {}).values() for said in of_field]

    @property
    def hints(self) -> list[str]:
        return hints(self.slot, self.typed)

    @property
    def focus(self) -> str:
        """Return the field to begin with."""
        if not self.has_focus:
            return ""
        if self.outcome.doubts:
            return "progress"
        wrong = next(iter(self.outcome.errors or {}), "value")
        return self._first if wrong == "value" else wrong

    @property
    def _first(self) -> str:
        if self.slot.takes_figure:
            return "value"
        return "milestone" if self.slot.takes_stage else "progress"

    @property
    def opens_more(self) -> bool:
        return self.typed.opens_more or self.focus in ("problems", "next_steps", "day", "url")


@dataclass(frozen=True)
class Listed:
    """A report of the period as the row lists it, with the place to correct it, if it can be corrected."""

    entry: ProgressEntry
    correction: Entering | None
    can_take_back: bool
    has_focus: bool = False

    @property
    def value(self) -> str:
        return value_of(self.entry)

    @property
    def on(self) -> str:
        return short_day(self.entry.effective_on)

    @property
    def is_figure(self) -> bool:
        return self.entry.value is not None

    @property
    def by(self) -> str:
        return self.entry.recorded_by.name

    @property
    def review(self) -> object:
        return getattr(self.entry, "review", None)

    @property
    def note(self) -> str:
        """Return all that it says in words."""
        said = (self.entry.progress, self.entry.problems, self.entry.next_steps)
        return " · ".join(text for text in said if text)

    @property
    def evidence(self) -> Sequence[Evidence]:
        return list(self.entry.evidence.all())


@dataclass(frozen=True)
class QuickLogRow:
    """A row as shown: its facts, the reports of the period, and its own place.

    `gives_up` are the numbers of the returned entries that the user may withdraw.
    """

    row: Row
    main: Entering
    listed: Sequence[Listed] = ()
    gives_up: str = ""

    @property
    def typed(self) -> Typed:
        return self.main.typed

    @property
    def outcome(self) -> RowOutcome:
        return self.main.outcome

    @property
    def errors(self) -> list[str]:
        return self.main.errors

    @property
    def focus(self) -> str:
        return self.main.focus

    @property
    def id(self) -> str:
        return key_of(self.row)

    @property
    def code(self) -> str:
        return code_of(self.row)

    @property
    def target_row(self) -> ReportRow | None:
        return self.main.slot.target_row

    @property
    def title(self) -> str:
        """Return the target's own title, or the commitment's for stages and directions."""
        row, commitment = self.target_row, self.row.commitment
        if row is None or row.is_staged:
            return localised(commitment.title, commitment.title_en)
        return localised(row.target.title, row.target.title_en)

    @property
    def commitment_title(self) -> str:
        if self.target_row is None or self.target_row.is_staged:
            return ""
        return localised(self.row.commitment.title, self.row.commitment.title_en)

    @property
    def unit(self) -> str:
        return self.main.unit

    @property
    def state(self) -> str:
        return str(STATE[self.row.state_with_words])

    @property
    def enters_inline(self) -> bool:
        """Tell whether the row's own fields stand in it, since nothing has been reported yet."""
        return self.row.accepts and not self.main.is_again

    @property
    def enters_again(self) -> bool:
        """Tell whether one more report can be opened below the row."""
        return self.row.accepts and self.main.is_again

    @property
    def previous(self) -> str:
        row = self.target_row
        if row is None:
            return ""
        if row.is_staged:
            return _reached(row) if row.so_far else ""
        return _reading(row.target, row.previous) if row.previous else ""

    @property
    def previous_on(self) -> str:
        row = self.target_row
        return short_day(row.previous.effective_on) if row and row.previous else ""

    @property
    def waiting(self) -> str:
        """Return the value reported after the previous one and still in review."""
        row = self.target_row
        return _reading(row.target, row.waiting) if row and row.waiting and not row.is_staged else ""

    @property
    def waiting_on(self) -> str:
        row = self.target_row
        return short_day(row.waiting.effective_on) if row and row.waiting else ""

    @property
    def so_far(self) -> str:
        """Return the sum so far, if the row asks for something else."""
        row = self.target_row
        adds_up = row is not None and row.spec.accumulation == Accumulation.INCREMENTS
        return _reached(row) if row and adds_up and row.previous else ""

    @property
    def expected(self) -> str:
        row = self.target_row
        return amount(rounded(row.expected), self.unit) if row else ""

    @property
    def goal(self) -> str:
        row = self.target_row
        if row is None:
            return ""
        comparator = row.spec.comparator
        kept = row.spec.goal != Goal.REACH and comparator == Comparator.AT_LEAST
        return ("≥ " if kept else SIDE.get(comparator, "")) + amount(
            ends(row.spec.stated, row.spec.high, about=comparator == Comparator.ABOUT), self.unit
        )

    @property
    def returned(self) -> ProgressEntry | None:
        """Return the entry that was sent back."""
        shown = self.row.state_with_words == ReportState.RETURNED
        return self.row.returned if shown else None

    @property
    def sent_back(self) -> str:
        """Return what the entry that was sent back reported."""
        return value_of(self.returned) if self.returned else ""

    @property
    def reason(self) -> str:
        """Return the reviewer's reason for sending the entry back."""
        return self.returned.review.reason if self.returned else ""

    @property
    def later(self) -> str:
        """Return the figure reported for a later period."""
        entry = self.target_row.later if self.target_row else None
        return value_of(entry) if entry else ""

    @property
    def later_on(self) -> str:
        entry = self.target_row.later if self.target_row else None
        return short_day(entry.effective_on) if entry else ""

    @property
    def later_waits(self) -> bool:
        entry = self.target_row.later if self.target_row else None
        return entry is not None and entry.counted_from is None


def value_of(entry: ProgressEntry) -> str:
    """Return what an entry reports: a figure as it was typed, a stage, or that it is in words."""
    if entry.value is None:
        return name_narrative(entry.no_figure)
    target, value, denominator, milestone = entry.figure
    if milestone:
        return localised(milestone.title, milestone.title_en)
    return _reading(target, Reading(entry.effective_on, value, entry.pk, denominator))


def _reached(row: ReportRow) -> str:
    return amount(exact(row.so_far or Decimal(0)), either(row.target.unit, row.target.unit_en))


def _reading(target: Target, reading: Reading) -> str:
    if reading.denominator is not None:
        return parts(reading.value, reading.denominator)
    return amount(exact(reading.value), either(target.unit, target.unit_en))


def _stage(milestone: Milestone) -> str:
    return _("%(title)s (due %(day)s)") % {
        "title": localised(milestone.title, milestone.title_en),
        "day": short_day(milestone.due_on),
    }
