"""Overdue reports of headline targets; those in review are left out, as nobody is late who has reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..formats import day, localised
from ..models import Commitment, TargetRollup
from ..reporting.overdue import BESIDE, overdue, owed_reports
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


def late_reports(states: Sequence[CommitmentState], at: datetime) -> list[LateReport]:
    """Return one report for each commitment with overdue ones, the longest due first."""
    commitments = {state.commitment.pk: state.commitment for state in states}
    headline = [each.target.pk for state in states for each in state.targets if each.target.headline]
    late = overdue(at, TargetRollup.objects.filter(target__in=headline)).select_related(*BESIDE)
    reports = owed_reports(late, at)
    due = [(on, rollup.target.commitment_id) for rollup in late if (on := reports[rollup.target_id].due_on)]
    # The oldest of a commitment comes last and stays.
    oldest = {commitment: on for on, commitment in sorted(due, reverse=True)}
    found = [_late_report(commitments[commitment], on) for commitment, on in oldest.items()]
    return sorted(found, key=lambda report: (report.on, report.code))


def _late_report(commitment: Commitment, on: date) -> LateReport:
    title = localised(commitment.title, commitment.title_en)
    return LateReport(on, commitment.code, title, commitment.lead_agency.short_name)
