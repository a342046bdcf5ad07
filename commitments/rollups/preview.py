"""What a pending entry or a decision would change: its commitment judged without it and with it. Nothing is stored.

Each entry is looked at as if it alone were approved. All is made from the ledger itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from ..domain.doubts import Bound, bounds, doubts
from ..domain.enums import Status
from ..domain.readings import Reading, Standing, standing
from ..domain.targets import TargetSpec
from ..models import Commitment, Evidence, Milestone, Plan, ProgressEntry, Target
from . import cases
from .assess import AssessedCommitment, assess_case
from .cases import CommitmentCase, overdue_since

# As known at any instant to come: all that is there, whatever the clocks of several servers say.
FOREVER = datetime.max.replace(tzinfo=UTC)
COLUMNS = (
    "pk", "effective_on", "value", "denominator", "milestone", "milestone__weight", "includes_earlier",
)  # fmt: skip


class Preview(NamedTuple):
    """The commitment's status and the target's actual in its unit, without the entry and with it.

    `goal` is the target value in force, to be met by `due_on`. `previous` is the newest counted reading up to the
    entry's own day, and `doubts` is what makes the entry look odd beside those; what it corrects is left out of both.
    """

    before: Status
    after: Status
    actual_before: Decimal | None
    actual_after: Decimal | None
    goal: Decimal
    due_on: date
    previous: Reading | None
    doubts: tuple[Bound, ...]


class _Line(NamedTuple):
    """An entry that counts, or would; of a stage, `reading` is its weight."""

    reading: Reading
    milestone: int | None
    includes_earlier: bool


class _Ledgers(NamedTuple):
    """By the target's id what counts and the stages; and the entries that carry evidence."""

    lines: Mapping[int, Sequence[_Line]]
    stages: Mapping[int, Sequence[Milestone]]
    evidenced: Collection[int]


def previews(entries: Collection[ProgressEntry], *, at: datetime) -> dict[int, Preview]:
    """By the entry's id, judged on the plan's calendar day at the instant.

    Load entries with `target__commitment__plan` and `milestone`. Three queries and, for each plan, those of
    `cases.read`.
    """
    ledgers = _read({entry.target_id for entry in entries})
    found = {}
    for plan, of_plan in _by_plan(entries).items():
        on = plan.day_at(at)
        known = {case.id: case for case in cases.read(_commitments(of_plan), on, known_at=FOREVER)}
        for entry in of_plan:
            found[entry.pk] = _preview(entry, known[entry.target.commitment_id], ledgers, on)
    return found


def revised(target: Target, value: Decimal, due_on: date, *, at: datetime) -> tuple[Status, Status]:
    """The commitment's status on the plan's day at the instant: as it is, and with the target changed to this."""
    case, on = _case_of(target.commitment, at)
    ledgers = _read([target.pk])
    changed = tuple(
        each._replace(spec=each.spec._replace(value=value, due_on=due_on)) if each.id == target.pk else each
        for each in case.targets
    )
    counted = ledgers.lines.get(target.pk, ())
    after = _judged(case._replace(targets=changed), target.pk, counted, ledgers, on)
    return assess_case(case, on).verdict.status, after.verdict.status


def reinstated(commitment: Commitment, *, at: datetime) -> Status:
    """What the status of a dropped commitment would be on the plan's day at the instant, were it not dropped."""
    case, on = _case_of(commitment, at)
    return assess_case(case._replace(dropped=False), on).verdict.status


def _case_of(commitment: Commitment, at: datetime) -> tuple[CommitmentCase, date]:
    on = commitment.plan.day_at(at)
    return cases.read([commitment.pk], on, known_at=FOREVER)[0], on


def _by_plan(entries: Iterable[ProgressEntry]) -> dict[Plan, list[ProgressEntry]]:
    plans = defaultdict(list)
    for entry in entries:
        plans[entry.target.commitment.plan].append(entry)
    return plans


def _commitments(entries: Iterable[ProgressEntry]) -> list[int]:
    return sorted({entry.target.commitment_id for entry in entries})


def _read(targets: Collection[int]) -> _Ledgers:
    lines, stages = defaultdict(list), defaultdict(list)
    counted = ProgressEntry.objects.counted().filter(target__in=targets)
    for target, *columns in counted.values_list("target", *COLUMNS):
        lines[target].append(_line(*columns))
    for milestone in Milestone.objects.filter(target__in=targets):
        stages[milestone.target_id].append(milestone)
    evidenced = Evidence.objects.filter(entry__target__in=targets).values_list("entry", flat=True)
    return _Ledgers(lines, stages, set(evidenced))


def _line(
    pk: int,
    effective_on: date,
    value: Decimal,
    denominator: Decimal | None,
    milestone: int | None,
    weight: Decimal | None,
    includes_earlier: bool,  # noqa: FBT001 - a column
) -> _Line:
    reading = Reading(effective_on, value if weight is None else weight, pk, denominator)
    return _Line(reading, milestone, includes_earlier)


def _line_of(entry: ProgressEntry) -> _Line:
    weight = entry.milestone.weight if entry.milestone else None
    return _line(
        entry.pk,
        entry.effective_on,
        entry.value,
        entry.denominator,
        entry.milestone_id,
        weight,
        entry.includes_earlier,
    )


def _preview(entry: ProgressEntry, case: CommitmentCase, ledgers: _Ledgers, on: date) -> Preview:
    counted = ledgers.lines.get(entry.target_id, ())
    others = [line for line in counted if line.reading.entry != entry.corrects_id]
    before = _judged(case, entry.target_id, counted, ledgers, on)
    after = _judged(case, entry.target_id, [*others, _line_of(entry)], ledgers, on)
    spec = next(target.spec for target in case.targets if target.id == entry.target_id)
    earlier = _standing(spec, others, ledgers, entry.effective_on)
    return Preview(
        before.verdict.status,
        after.verdict.status,
        _actual(before, entry),
        _actual(after, entry),
        spec.value,
        spec.due_on,
        earlier.previous(),
        _doubts(entry, spec, earlier, ledgers, says_again=_says_again(entry, earlier, before, after)),
    )


def _says_again(
    entry: ProgressEntry, earlier: Standing, before: AssessedCommitment, after: AssessedCommitment
) -> bool:
    """It repeats the reading before, and its approval changes neither the value nor the status."""
    previous = earlier.previous()
    if previous is None or entry.milestone:
        return False
    return (
        (entry.value, entry.denominator) == (previous.value, previous.denominator)
        and before.verdict.status == after.verdict.status
        and _actual(before, entry) == _actual(after, entry)
    )


def _judged(
    case: CommitmentCase, of: int, lines: Sequence[_Line], ledgers: _Ledgers, on: date
) -> AssessedCommitment:
    """The commitment with these lines in the place of what counts of the target `of`."""
    overdue = _overdue_since(lines, ledgers.stages.get(of, ()), on)
    targets = tuple(
        target._replace(standing=_standing(target.spec, lines, ledgers, on, overdue))
        if target.id == of
        else target
        for target in case.targets
    )
    return assess_case(case._replace(targets=targets), on)


def _standing(
    spec: TargetSpec, lines: Sequence[_Line], ledgers: _Ledgers, on: date, overdue: date | None = None
) -> Standing:
    inclusive = [line.reading.entry for line in lines if line.includes_earlier]
    return standing(spec, [line.reading for line in lines], on, overdue, ledgers.evidenced, inclusive)


def _overdue_since(lines: Sequence[_Line], stages: Sequence[Milestone], on: date) -> date | None:
    done = {line.milestone for line in lines if line.reading.effective_on <= on}
    return overdue_since([stage.due_on for stage in stages], [stage.pk in done for stage in stages], on)


def _actual(assessed: AssessedCommitment, entry: ProgressEntry) -> Decimal | None:
    return next(each.assessment.actual for each in assessed.targets if each.case.id == entry.target_id)


def _doubts(
    entry: ProgressEntry, spec: TargetSpec, earlier: Standing, ledgers: _Ledgers, *, says_again: bool
) -> tuple[Bound, ...]:
    """What was done and approved before needs no evidence anew for saying so again."""
    evidenced = says_again or entry.pk in ledgers.evidenced
    return doubts(bounds(spec, earlier), entry.value, entry.denominator, evidenced=evidenced)
