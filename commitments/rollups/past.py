"""A plan's verdicts on a past day, as known now or as known then, on objects like those that `read` gives.

They are judged anew from the ledger and never stored.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..domain.enums import Scope, Status
from ..models import (
    Commitment,
    CommitmentRollup,
    CommitmentSupport,
    LifecycleDecision,
    Plan,
    RuleSet,
    Target,
    TargetRollup,
    TargetSnapshot,
)
from ..models.lifecycle import apply_decision
from ..models.rollups import TargetColumns
from . import read
from .assess import AssessedTarget, assess_commitments
from .batches import all_of, known_of
from .fields import commitment_fields, target_fields
from .past_targets import Then
from .read import Counts, Movement, Place
from .snapshots import end_of


class NoSuchDayError(ValueError):
    """The plan was not there on the day; the text says so in the active language."""


class Verdicts(NamedTuple):
    """By the id of the commitment or target; `decisions` and targets as known `then`, None for those of now."""

    commitments: dict[int, CommitmentRollup]
    targets: dict[int, TargetRollup]
    decisions: dict[int, LifecycleDecision] | None = None
    then: Then | None = None

    def attach(self, commitments: Iterable[Commitment]) -> None:
        """In place of the stored verdicts. What has none, as it was added meanwhile, shows none."""
        for commitment in commitments:
            _show(commitment, self.commitments.get(commitment.pk))
            if self.decisions is not None:
                apply_decision(commitment, self.decisions.get(commitment.pk))
            self.attach_to(commitment.targets.all())

    def attach_to(self, targets: Iterable[Target]) -> None:
        for target in targets:
            _show(target, self.targets.get(target.pk))
            if self.then:
                self.then.show(target)


def check_day(plan: Plan, on: date, *, today: date) -> None:
    """Raises NoSuchDayError for a day before the plan starts or after `today`, both of the plan's calendar."""
    if not plan.starts_on <= on <= today:
        raise NoSuchDayError(
            _("The day must lie between %(first)s and today, %(today)s.")
            % {"first": plan.starts_on.isoformat(), "today": today.isoformat()}
        )


def verdicts(plan: Plan, *, on: date, known_at: datetime | None = None) -> Verdicts:
    """The verdicts at the end of a day of the plan's calendar, as known now or at `known_at`."""
    day_ends = end_of(on, plan.time_zone)
    stated_by = min(day_ends, known_at) if known_at else day_ends
    there = known_of(plan, known_at) if known_at else all_of(plan)
    assessed = assess_commitments(there, on=on, known_at=known_at, stated_by=stated_by)
    versions = {target.rule_set for found in assessed for target in found.targets}
    rule_sets = RuleSet.objects.in_bulk(versions, field_name="version")
    return Verdicts(
        {found.case.id: CommitmentRollup(**commitment_fields(found), assessed_on=on) for found in assessed},
        {
            target.case.id: _rollup(target, rule_sets[target.rule_set], on)
            for found in assessed
            for target in found.targets
        },
        _decisions(plan, known_at) if known_at else None,
        Then(plan, known_at) if known_at else None,
    )


def _decisions(plan: Plan, known_at: datetime) -> dict[int, LifecycleDecision]:
    known = LifecycleDecision.objects.filter(commitment__plan=plan, decided_at__lte=known_at)
    return {decision.commitment_id: decision for decision in known.order_by("pk")}


def commitments(plan: Plan, *, on: date, known_at: datetime | None = None) -> list[Commitment]:
    """`read.commitments` with the verdicts of that day in place of the stored ones."""
    found = list(read.without_verdicts(plan))
    verdicts(plan, on=on, known_at=known_at).attach(found)
    return found


def movements(plan: Plan, since: date) -> list[Movement]:
    """`read.movements`; since a day that was not kept, from its verdicts as known at its end."""
    if read.is_kept(plan, since):
        return read.movements(plan, since)
    then = verdicts(plan, on=since, known_at=end_of(since, plan.time_zone))
    moved = read.moved_from(plan, then.commitments)
    return read.worst_first(
        moved,
        {
            target.pk: _snapshot(target, then.targets[target.pk])
            for commitment, before in moved
            for target in commitment.targets.all()
            if target.pk == before.decided_by_id
        },
    )


def status_counts(found: Sequence[Commitment], scope: Scope = Scope.PLAN) -> dict[Place, Counts]:
    """`read.status_counts` of attached verdicts, where there are any; of supporting agencies with 1 query."""
    counts: dict[Place, Counts] = {}
    supports = _supporting(found) if scope == Scope.SUPPORT else {}
    for commitment in found:
        if not hasattr(commitment, "rollup"):
            continue
        agencies = supports.get(commitment.pk, []) if scope == Scope.SUPPORT else [commitment.lead_agency_id]
        for agency in agencies:
            place = read.place_in(scope, commitment.priority_id, commitment.section, agency)
            of_place = counts.setdefault(place, dict.fromkeys(Status, 0))
            of_place[Status(commitment.rollup.status)] += 1
    return counts


def _rollup(target: AssessedTarget, rule_set: RuleSet, on: date) -> TargetRollup:
    """With the rule set itself, so that it is not asked for again."""
    return TargetRollup(**target_fields(target) | {"rule_set": rule_set}, assessed_on=on)


def _snapshot(target: Target, then: TargetRollup) -> TargetSnapshot:
    """What would have been kept; the target goes on showing its present verdict."""
    fields = TargetColumns._meta.local_fields  # noqa: SLF001 - Django's own public name for it
    columns = {field.name: getattr(then, field.name) for field in fields}
    return TargetSnapshot(**columns, target=target, on=then.assessed_on)


def _show(row: Commitment | Target, rollup: CommitmentRollup | TargetRollup | None) -> None:
    """Past the descriptor, which takes no None."""
    type(row).rollup.related.set_cached_value(row, rollup)


def _supporting(found: Sequence[Commitment]) -> dict[int, list[int]]:
    pairs = CommitmentSupport.objects.filter(commitment__in=[commitment.pk for commitment in found])
    agencies: dict[int, list[int]] = {}
    for commitment, agency in pairs.values_list("commitment", "agency"):
        agencies.setdefault(commitment, []).append(agency)
    return agencies
