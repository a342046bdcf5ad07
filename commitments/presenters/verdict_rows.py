"""One line of the page: a stored verdict in the reader's words. Nothing here judges."""

from dataclasses import dataclass
from functools import cached_property

from .. import explanations, labels
from ..domain.enums import Comparator, Freshness, Goal, Reason, Status, Tier, TrajectoryKind
from ..explanations.facts import Facts
from ..formats import amount, exact, joined, localised, signed
from ..models import Commitment, CommitmentRollup, Target, TargetRollup
from .charts import Bullet, bullet
from .status_tags import Tag, tag


@dataclass(frozen=True)
class TargetRow:
    target: Target
    rollup: TargetRollup | None

    @cached_property
    def title(self) -> str:
        return localised(self.target.title, self.target.title_en)

    @cached_property
    def tag(self) -> Tag:
        return tag(self.rollup.status if self.rollup else "")

    @cached_property
    def actual(self) -> str:
        """Empty where nothing has been reported; a real 0 is a value."""
        if self.rollup is None or self.rollup.actual is None:
            return ""
        return self._amount(exact(self.rollup.actual))

    @cached_property
    def planned(self) -> str:
        if self.rollup is None or self.rollup.planned is None:
            return ""
        return Facts(self.target, self.rollup).planned

    @cached_property
    def goal(self) -> str:
        """The target in force, with the sign that says on which side of it to be; plain where it is to be reached."""
        value = self.rollup.target_value if self.rollup else self.target.value
        to_reach = (self.target.goal, self.target.comparator) == (Goal.REACH, Comparator.AT_LEAST)
        return ("" if to_reach else labels.SIGN[Comparator(self.target.comparator)]) + self._amount(
            exact(value)
        )

    @cached_property
    def gap(self) -> str:
        """In points of progress; beside a target held on every day, the two values say it better."""
        held = self.target.trajectory == TrajectoryKind.HOLD
        if held or self.rollup is None or self.rollup.gap is None:
            return ""
        return signed(self.rollup.gap)

    @cached_property
    def freshness(self) -> str:
        """Empty where nothing is expected any more."""
        if self.rollup is None or self.rollup.status == Status.DROPPED:
            return ""
        return str(labels.FRESHNESS[Freshness(self.rollup.freshness)])

    @cached_property
    def why(self) -> str:
        """Empty where the commitment says it all: nothing is judged yet, or it has been dropped."""
        if self.rollup is None or self.rollup.reason == Reason.DROPPED:
            return ""
        return explanations.why(self.target, self.rollup)

    @cached_property
    def aim(self) -> str:
        return explanations.aim(self.target, self.rollup) if self.rollup else ""

    @cached_property
    def rule(self) -> str:
        return str(labels.REASON[Reason(self.rollup.reason)]) if self.rollup else ""

    @cached_property
    def forecast(self) -> str:
        return explanations.forecast(self.target, self.rollup) if self.rollup else ""

    @cached_property
    def outlook(self) -> str:
        """The forecast and the paces, one sentence after the other."""
        return joined(self.forecast, self.paces)

    @cached_property
    def paces(self) -> str:
        return explanations.paces(self.target, self.rollup) if self.rollup else ""

    @cached_property
    def revisions(self) -> list[str]:
        return explanations.revisions(self.target, self.rollup) if self.rollup else []

    @cached_property
    def flags(self) -> list[str]:
        return explanations.flags(self.target, self.rollup) if self.rollup else []

    def _amount(self, figure: str) -> str:
        return amount(figure, localised(self.target.unit, self.target.unit_en))

    @cached_property
    def bullet(self) -> Bullet | None:
        if self.rollup is None or self.rollup.planned is None:
            return None
        return bullet(self.rollup.actual, self.rollup.planned, self.rollup.target_value)


@dataclass(frozen=True)
class CommitmentRow:
    commitment: Commitment
    rollup: CommitmentRollup | None
    targets: tuple[TargetRow, ...]

    @cached_property
    def title(self) -> str:
        return localised(self.commitment.title, self.commitment.title_en)

    @cached_property
    def section(self) -> str:
        return localised(self.commitment.section, self.commitment.section_en)

    @cached_property
    def status(self) -> str:
        return self.rollup.status if self.rollup else ""

    @cached_property
    def tag(self) -> Tag:
        return tag(self.status)

    @cached_property
    def is_direction(self) -> bool:
        """A statement of direction: nothing to measure, so one line says all."""
        return self.commitment.tier == Tier.DIRECTION and not self.targets

    @cached_property
    def deciding(self) -> TargetRow | None:
        """The headline target behind the commitment's status."""
        decided_by = self.rollup.decided_by_id if self.rollup else None
        return next((row for row in self.targets if row.target.pk == decided_by), None)

    @cached_property
    def why(self) -> str:
        return explanations.why_commitment(self.commitment) if self.rollup else ""

    @cached_property
    def confidence(self) -> str:
        return explanations.confidence(self.rollup) if self.rollup else ""

    @cached_property
    def lines(self) -> int:
        """How many lines of the table it takes: each target has one for its figures and one for the reason."""
        return sum(2 if row.why else 1 for row in self.targets) or 1


def row_of(commitment: Commitment) -> CommitmentRow:
    """Needs `rollups.read.commitments` and `targets__revisions`, else it asks the database once a row."""
    return CommitmentRow(
        commitment,
        getattr(commitment, "rollup", None),
        tuple(TargetRow(target, getattr(target, "rollup", None)) for target in commitment.targets.all()),
    )
