"""The reports beside the figures that count, for the audit: raw rows and plain Python.

`sql.cases` does the same for the roll-up.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ...domain.enums import Accumulation, Decision, NarrativeFrequency
from ...domain.periods import Period
from ...domain.submissions import OpenStage, ReportFacts, Submission, WordsChoice, narrative_periods
from ...domain.targets import TargetSpec
from ...models import NarrativeDuty, Plan, ProgressEntry
from .counted_entries import AuditMoment, CountedEntry
from .definitions import TargetDefinition

COLUMNS = (
    "commitment", "target", "effective_on", "value", "no_figure", "includes_earlier", "milestone", "recorded_at",
    "counted_from", "counted_until", "review__decision", "review__reviewed_at",
    "withdrawal__withdrawn_at",
)  # fmt: skip


class SentReport(NamedTuple):
    """An entry of the ledger with the instants of its decisions, in the order of `COLUMNS`."""

    commitment: int
    target: int | None
    effective_on: date
    value: object
    no_figure: str
    includes_earlier: bool
    milestone: int | None
    recorded_at: datetime
    counted_from: datetime | None
    counted_until: datetime | None
    decision: str | None
    reviewed_at: datetime | None
    withdrawn_at: datetime | None


class SentReports:
    """Every report of some commitments of a plan, and the plan's choices about words."""

    def __init__(self, plan: Plan, commitments: Sequence[int]) -> None:
        self._plan = plan
        self._zone = ZoneInfo(plan.time_zone)
        self._chosen = list(NarrativeDuty.objects.filter(plan=plan))
        self._sent: dict[int, list[SentReport]] = defaultdict(list)
        for row in ProgressEntry.objects.filter(commitment__in=commitments).order_by().values_list(*COLUMNS):
            self._sent[row[0]].append(SentReport(*row))

    def of_commitment(self, commitment: int, moment: AuditMoment) -> ReportFacts:
        """Return the facts about a commitment that has words only."""
        words = self._known((each for each in self._sent[commitment] if each.target is None), moment)
        return ReportFacts(words, self._periods(self._plan.starts_on, self._plan.ends_on, moment))

    def of_target(
        self,
        defined: TargetDefinition,
        spec: TargetSpec,
        counted: Iterable[CountedEntry],
        moment: AuditMoment,
    ) -> ReportFacts:
        """Return the facts about a target; what is said about its commitment is said about its stages."""
        target = defined.target
        sent = self._sent[target.commitment_id]
        own = [each for each in sent if each.target == target.id]
        if spec.accumulation != Accumulation.STAGES:
            return ReportFacts(self._known(own, moment))
        done = {entry.milestone for entry in counted if entry.effective_on <= moment.on}
        return ReportFacts(
            self._known([*own, *(each for each in sent if each.target is None)], moment),
            self._periods(spec.starts_on, spec.due_on, moment),
            [
                OpenStage(stage.id, stage.due_on)
                for stage in defined.milestones
                if stage.due_on < moment.on and stage.id not in done
            ],
        )

    def _periods(self, first: date, last: date, moment: AuditMoment) -> tuple[Period, ...]:
        known = (each for each in self._chosen if moment.knew(each.set_at))
        duties = (WordsChoice(NarrativeFrequency(each.frequency), each.effective_from) for each in known)
        return narrative_periods(tuple(duties), first, last, moment.on)

    def _known(self, sent: Iterable[SentReport], moment: AuditMoment) -> list[Submission]:
        there = (each for each in sent if each.effective_on <= moment.on and moment.knew(each.recorded_at))
        found = (self._submission(each, moment) for each in there)
        return [each for each in found if each is not None]

    def _submission(self, sent: SentReport, moment: AuditMoment) -> Submission | None:
        """Return the report as it was known; None if it counts as a figure, was withdrawn or replaced."""
        ended = sent.counted_until is not None and moment.knew(sent.counted_until)
        counts = sent.counted_from is not None and moment.knew(sent.counted_from)
        facts: dict[str, Any] = {
            "effective_on": sent.effective_on,
            "in_words": sent.value is None,
            "no_figure": bool(sent.no_figure),
            "includes_earlier": sent.includes_earlier,
            "stage": sent.milestone,
        }
        returned_at = _returned_at(sent, moment)
        if returned_at:
            return Submission(**facts, returned_on=returned_at.astimezone(self._zone).date())
        if ended or (counts and sent.value is not None):
            return None
        return Submission(**facts, waits=not counts)


def _returned_at(sent: SentReport, moment: AuditMoment) -> datetime | None:
    """Return the instant of its return; None if it was not known yet, or withdrawn by then."""
    is_withdrawn = sent.withdrawn_at is not None and moment.knew(sent.withdrawn_at)
    if sent.decision != Decision.RETURN or sent.reviewed_at is None or is_withdrawn:
        return None
    return sent.reviewed_at if moment.knew(sent.reviewed_at) else None
