"""Rows of commitments and targets with stored verdicts in the reader's words."""

from dataclasses import dataclass
from functools import cached_property

from .. import explanations, labels
from ..domain.enums import Comparator, DutyState, Goal, Reason, Status, Tier, TrajectoryKind
from ..explanations.facts import Facts
from ..formats import amount, either, ends, exact, joined, localised, signed
from ..models import Commitment, ProgressEntry, Target
from ..states import CommitmentJudgement, CommitmentState, TargetJudgement, TargetState
from .charts import Bullet, bullet
from .status_tags import Tag, tag
from .words import ReportedWords


@dataclass(frozen=True)
class TargetVerdictRow:
    state: TargetState

    @property
    def target(self) -> Target:
        return self.state.target

    @property
    def verdict(self) -> TargetJudgement | None:
        return self.state.verdict

    @cached_property
    def title(self) -> str:
        return localised(self.target.title, self.target.title_en)

    @cached_property
    def tag(self) -> Tag:
        return tag(self.verdict.status if self.verdict else "")

    @cached_property
    def actual(self) -> str:
        """Return the actual value; empty without a report, while a real 0 is a value."""
        if self.verdict is None or self.verdict.actual is None:
            return ""
        return self._amount(exact(self.verdict.actual))

    @cached_property
    def planned(self) -> str:
        if self.verdict is None or self.verdict.planned is None:
            return ""
        return Facts(self.target, self.verdict).planned

    @cached_property
    def goal(self) -> str:
        """Return the target in force, with a sign for its side; without one, if it is to be reached."""
        to_reach = (self.target.goal, self.target.comparator) == (Goal.REACH, Comparator.AT_LEAST)
        sign = "" if to_reach else labels.SIGN[Comparator(self.target.comparator)]
        if self.verdict is None:
            return sign + self._amount(exact(self.target.value))
        about = self.target.comparator == Comparator.ABOUT
        return sign + self._amount(ends(self.verdict.target_value, self.verdict.target_high, about=about))

    @cached_property
    def gap(self) -> str:
        """Return the gap in points of progress; empty for a target held on every day."""
        # For a target held on every day, the two values beside each other are clearer.
        held = self.target.trajectory == TrajectoryKind.HOLD
        if held or self.verdict is None or self.verdict.gap is None:
            return ""
        return signed(self.verdict.gap)

    @cached_property
    def reports(self) -> str:
        """Return the state of its reports; empty for a dropped target that owes none and a day kept without one."""
        return name_reports(self.verdict)

    @cached_property
    def why(self) -> str:
        """Return the reason; empty without a verdict or for a dropped commitment."""
        if self.verdict is None or self.verdict.reason == Reason.DROPPED:
            return ""
        return explanations.why(self.target, self.verdict)

    @cached_property
    def aim(self) -> str:
        return explanations.aim(self.target, self.verdict) if self.verdict else ""

    @cached_property
    def rule(self) -> str:
        return str(labels.REASON[Reason(self.verdict.reason)]) if self.verdict else ""

    @cached_property
    def forecast(self) -> str:
        return explanations.forecast(self.target, self.verdict) if self.verdict else ""

    @cached_property
    def outlook(self) -> str:
        """Return the forecast and the paces, one sentence after the other."""
        return joined(self.forecast, self.paces)

    @cached_property
    def paces(self) -> str:
        return explanations.paces(self.target, self.verdict) if self.verdict else ""

    @cached_property
    def revisions(self) -> list[str]:
        return explanations.revisions(self.target, self.verdict) if self.verdict else []

    @cached_property
    def flags(self) -> list[str]:
        return explanations.flags(self.target, self.verdict) if self.verdict else []

    def _amount(self, figure: str) -> str:
        return amount(figure, either(self.target.unit, self.target.unit_en))

    @cached_property
    def bullet(self) -> Bullet | None:
        if self.verdict is None or self.verdict.planned is None:
            return None
        return bullet(self.verdict.actual, self.verdict.planned, self.verdict.target_value)


@dataclass(frozen=True)
class CommitmentVerdictRow:
    """A commitment; `told` is its newest report in words, where the page shows that."""

    state: CommitmentState
    told: ProgressEntry | None = None

    @property
    def commitment(self) -> Commitment:
        return self.state.commitment

    @property
    def verdict(self) -> CommitmentJudgement | None:
        return self.state.verdict

    @cached_property
    def targets(self) -> list[TargetVerdictRow]:
        return [TargetVerdictRow(target) for target in self.state.targets]

    @cached_property
    def title(self) -> str:
        return localised(self.commitment.title, self.commitment.title_en)

    @cached_property
    def section(self) -> str:
        return localised(self.commitment.section, self.commitment.section_en)

    @cached_property
    def tag(self) -> Tag:
        return tag(self.state.status)

    @cached_property
    def is_direction(self) -> bool:
        """Tell whether it is a statement of direction: it has no measure, so one line is enough."""
        return self.commitment.tier == Tier.DIRECTION and not self.targets

    @cached_property
    def deciding(self) -> TargetVerdictRow | None:
        """Return the headline target behind the commitment's status."""
        decider = self.state.decider
        return next((row for row in self.targets if row.state is decider), None)

    @cached_property
    def why(self) -> str:
        return explanations.why_commitment(self.state)

    @cached_property
    def confidence(self) -> str:
        return explanations.confidence(self.verdict) if self.verdict else ""

    @cached_property
    def reports(self) -> str:
        """Return the state of its reports."""
        return name_reports(self.verdict)

    @cached_property
    def words(self) -> ReportedWords | None:
        """Return its newest report in words, which names its target beside several."""
        if self.told is None:
            return None
        of = next((row for row in self.targets if row.target.pk == self.told.target_id), None)
        return ReportedWords(self.told, of.title if of and len(self.targets) > 1 else "")

    @cached_property
    def lines(self) -> int:
        """Return the number of its lines in the table: for each target one with figures and one with the reason.

        One with its newest words follows.
        """
        return (sum(2 if row.why else 1 for row in self.targets) or 1) + (self.told is not None)


def name_reports(verdict: CommitmentJudgement | TargetJudgement | None) -> str:
    """Name the state of the reports; empty for what was dropped and for a day kept without one."""
    if verdict is None or not verdict.report_state:
        return ""
    state = DutyState(verdict.report_state)
    # A commitment that was dropped afterwards, from an earlier day on, may have been late, and is counted so.
    is_silent = verdict.status == Status.DROPPED and state == DutyState.NOT_DUE
    return "" if is_silent else str(labels.DUTY_STATE[state])
