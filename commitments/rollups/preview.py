"""What a pending entry would change: its commitment judged without it and with it. Nothing is stored.

Each entry is looked at as if it alone were approved. Both verdicts are made from the ledger itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ..domain.ledger import Reading, standing
from ..domain.words import Status
from ..models import Milestone, Plan, ProgressEntry
from . import cases
from .assess import AssessedCommitment, assess_case
from .cases import CommitmentCase, TargetCase, overdue_since


class Effect(NamedTuple):
    """The commitment's status, and the target's actual in its unit, without the entry and with it."""

    before: Status
    after: Status
    actual_before: Decimal | None
    actual_after: Decimal | None


class _Line(NamedTuple):
    """An entry that counts, or would; of a stage, `reading` is its weight."""

    reading: Reading
    milestone: int | None


class _Ledgers(NamedTuple):
    """By the target's id: the lines that count, and the stages."""

    lines: Mapping[int, Sequence[_Line]]
    stages: Mapping[int, Sequence[Milestone]]


def effects(entries: Collection[ProgressEntry], *, at: datetime) -> dict[int, Effect]:
    """By the entry's id, judged on the plan's calendar day at the instant.

    Load entries with `target__commitment__plan` and `milestone`. Two queries and, for each plan, those of
    `cases.read`.
    """
    ledgers = _ledgers({entry.target_id for entry in entries})
    found = {}
    for plan, of_plan in _by_plan(entries).items():
        on = at.astimezone(ZoneInfo(plan.time_zone)).date()
        known = {case.id: case for case in cases.read(_commitments(of_plan), on, known_at=at)}
        for entry in of_plan:
            found[entry.pk] = _effect(entry, known[entry.target.commitment_id], ledgers, on)
    return found


def _by_plan(entries: Iterable[ProgressEntry]) -> dict[Plan, list[ProgressEntry]]:
    plans = defaultdict(list)
    for entry in entries:
        plans[entry.target.commitment.plan].append(entry)
    return plans


def _commitments(entries: Iterable[ProgressEntry]) -> list[int]:
    return sorted({entry.target.commitment_id for entry in entries})


def _ledgers(targets: Collection[int]) -> _Ledgers:
    lines, stages = defaultdict(list), defaultdict(list)
    counted = ProgressEntry.objects.counted().filter(target__in=targets).select_related("milestone")
    for entry in counted.only("target", "effective_on", "value", "denominator", "milestone__weight"):
        lines[entry.target_id].append(_line(entry))
    for milestone in Milestone.objects.filter(target__in=targets):
        stages[milestone.target_id].append(milestone)
    return _Ledgers(lines, stages)


def _line(entry: ProgressEntry) -> _Line:
    worth = entry.milestone.weight if entry.milestone else entry.value
    return _Line(Reading(entry.effective_on, worth, entry.pk, entry.denominator), entry.milestone_id)


def _effect(entry: ProgressEntry, case: CommitmentCase, ledgers: _Ledgers, on: date) -> Effect:
    without = ledgers.lines.get(entry.target_id, ())
    kept = [line for line in without if line.reading.entry != entry.corrects_id]
    stages = ledgers.stages.get(entry.target_id, ())
    before = _judged(case, entry.target_id, without, stages, on)
    after = _judged(case, entry.target_id, [*kept, _line(entry)], stages, on)
    return Effect(
        before.verdict.status,
        after.verdict.status,
        _actual(before, entry.target_id),
        _actual(after, entry.target_id),
    )


def _judged(
    case: CommitmentCase, target: int, lines: Sequence[_Line], stages: Sequence[Milestone], on: date
) -> AssessedCommitment:
    """The commitment with these lines in the place of what counts of the target."""
    targets = tuple(_with(each, lines, stages, on) if each.id == target else each for each in case.targets)
    return assess_case(case._replace(targets=targets), on)


def _with(case: TargetCase, lines: Sequence[_Line], stages: Sequence[Milestone], on: date) -> TargetCase:
    done = {line.milestone for line in lines if line.reading.effective_on <= on}
    overdue = overdue_since([stage.due_on for stage in stages], [stage.pk in done for stage in stages], on)
    readings = [line.reading for line in lines]
    return case._replace(standing=standing(case.spec, readings, on, overdue))


def _actual(assessed: AssessedCommitment, target: int) -> Decimal | None:
    return next(each.assessment.actual for each in assessed.targets if each.case.id == target)
