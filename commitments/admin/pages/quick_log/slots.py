"""The places of the sheet that take a report: one of each row, and one to correct each entry that it lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from ....domain.doubts import Bound
from ....formats import typed as number
from ....models import ProgressEntry
from ....reporting.directions import DirectionRow
from ....reporting.due import ReportRow
from ....reporting.state import of_stage
from .reasons import without_reason
from .typed import Typed, of_texts

Row = ReportRow | DirectionRow
# Opens the name of the place for words about a whole commitment.
WHOLE = "c"


@dataclass(frozen=True)
class Slot:
    """A place for one report of a row; with `corrected`, for one that takes the place of that entry."""

    row: Row
    corrected: ProgressEntry | None = None

    @property
    def key(self) -> str:
        """Return the name that its fields begin with."""
        return f"e{self.corrected.pk}" if self.corrected else key_of(self.row)

    @property
    def target_row(self) -> ReportRow | None:
        return self.row if isinstance(self.row, ReportRow) else None

    @property
    def takes_figure(self) -> bool:
        """Tell whether a number belongs here: not for stages, nor for words that are corrected."""
        row = self.target_row
        if row is None or row.is_staged:
            return False
        return self.corrected is None or self.corrected.value is not None

    @property
    def takes_no_figure(self) -> bool:
        """Tell whether a reason for having no figure belongs here."""
        if self.replaces:
            return bool(self.replaces.no_figure)
        return self.takes_figure

    @property
    def takes_stage(self) -> bool:
        row = self.target_row
        return row is not None and row.is_staged and bool(row.milestones) and self.kept is None

    @property
    def seen(self) -> str:
        """Return the number of the newest entry of the row, to tell what comes after it."""
        return str(max((entry.pk for entry in self.row.everything), default=""))

    @property
    def replaces(self) -> ProgressEntry | None:
        """Return the entry that the report takes the place of; a returned correction is corrected again."""
        if self.corrected:
            return self.corrected
        before = self.row.returned.corrects if self.row.returned else None
        return next((entry for entry in self.row.reports if before and entry.pk == before.pk), None)

    @property
    def kept(self) -> ProgressEntry | None:
        """Return the entry that is corrected by its row's own rules: a stage stays, and so does a value left empty."""
        before = self.replaces
        return before if self.corrected or (before and before.milestone_id) else None

    def replaced_by(self, *, is_figure: bool) -> ProgressEntry | None:
        """Return the entry that a figure or words take the place of: a figure comes in addition to words."""
        before = self.replaces
        return None if is_figure and before and before.value is None else before

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """Return the bounds that a figure is compared with."""
        row = self.target_row
        before = self.replaced_by(is_figure=True)
        if row and before:
            return row.bounds_without(before)
        return row.bounds if row else ()

    @property
    def prefill(self) -> Typed:
        """Return the texts that the place opens with: those sent back, or the notes of the corrected entry."""
        if self.corrected:
            _reason, progress = without_reason(self.corrected.progress)
            return self._with_seen(_notes_of(self.corrected) | {"progress": progress})
        returned = self.row.returned
        return self.filled(returned) if returned else self._with_seen({})

    def filled(self, entry: ProgressEntry) -> Typed:
        """Return the texts of an entry, to be sent once more."""
        return self._with_seen(self.texts_of(entry))

    def _with_seen(self, texts: dict[str, str]) -> Typed:
        return of_texts(texts | {"seen": self.seen})

    def texts_of(self, entry: ProgressEntry) -> dict[str, str]:
        """Return an entry as it would be typed here."""
        row = self.target_row
        reason, progress = without_reason(entry.progress) if self.replaces else ("", entry.progress)
        day = "" if entry.effective_on == self.row.period.last else entry.effective_on.isoformat()
        is_stage_open = bool(row and entry.milestone and of_stage_open(row, entry))
        is_figure = entry.value is not None and not entry.milestone_id
        return _notes_of(entry) | {
            "value": number(entry.value) if is_figure and entry.value is not None else "",
            "denominator": "" if entry.denominator is None else number(entry.denominator),
            "milestone": str(entry.milestone_id) if is_stage_open else "",
            "includes_earlier": "1" if entry.includes_earlier and row and row.lacking else "",
            "no_figure": entry.no_figure,
            "reason": reason,
            "progress": progress,
            "day": day,
        }

    def is_untouched(self, typed: Typed) -> bool:
        """Tell whether nothing was typed beside the texts that the place opened with."""
        if typed.is_blank:
            return True
        if typed.files:
            return False
        # The page's own word comes first: what the place would open with by now may be something else.
        if typed.opening:
            return typed.digest == typed.opening
        return any(typed.content == each.content for each in self._openings())

    def _openings(self) -> Iterable[Typed]:
        """Yield the texts that the place opens with, or opened with before a colleague's report."""
        yield self.prefill
        if self.corrected is None:
            for entry in self.row.everything:
                if entry.was_returned:
                    yield self.filled(entry)


def key_of(row: Row) -> str:
    """Return the name that the fields of a row begin with."""
    return str(row.target.pk) if isinstance(row, ReportRow) else f"{WHOLE}{row.commitment.pk}"


def code_of(row: Row) -> str:
    return row.target.code if isinstance(row, ReportRow) else row.commitment.code


def slots_of(row: Row) -> list[Slot]:
    """Return the row's own place and those of its corrections; none in a locked period."""
    if not row.accepts:
        return []
    return [Slot(row), *(Slot(row, entry) for entry in row.reports if row.can_change(entry))]


def of_stage_open(row: ReportRow, entry: ProgressEntry) -> bool:
    """Tell whether the stage of an entry is still open."""
    return any(of_stage(milestone, [entry]) for milestone in row.milestones)


def _notes_of(entry: ProgressEntry) -> dict[str, str]:
    return {
        "progress": entry.progress,
        "problems": entry.problems,
        "next_steps": entry.next_steps,
        "carries": str(entry.pk) if entry.evidence.all() else "",
    }
