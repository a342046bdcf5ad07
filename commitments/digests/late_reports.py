"""The commitments with late reports, by the verdicts that the mail shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..domain.enums import DutyState
from ..formats import day, localised
from ..states import CommitmentState


@dataclass(frozen=True)
class LateReport:
    """The report of a commitment that has been due longest, and its due day."""

    on: date
    code: str
    title: str
    agency: str

    @property
    def day(self) -> str:
        return day(self.on)


def late_reports(states: Sequence[CommitmentState]) -> list[LateReport]:
    """Return one report for each commitment with late ones, the longest due first."""
    found = [
        _late_report(state, state.verdict.report_due_on)
        for state in states
        if state.verdict and state.verdict.report_state == DutyState.LATE and state.verdict.report_due_on
    ]
    return sorted(found, key=lambda report: (report.on, report.code))


def _late_report(state: CommitmentState, on: date) -> LateReport:
    commitment = state.commitment
    title = localised(commitment.title, commitment.title_en)
    return LateReport(on, commitment.code, title, commitment.lead_agency.short_name)
