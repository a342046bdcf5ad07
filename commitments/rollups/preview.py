"""The effect of a pending entry or a decision: its commitment is judged without it and with it, and not stored.

Each entry is judged as if it alone were approved. All values come from the ledger itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from ..domain.doubts import Bound, bounds, doubts
from ..domain.enums import Comparator, Status
from ..domain.readings import Reading, Standing, standing
from ..domain.targets import Revision, TargetSpec, band_of
from ..models import Commitment, Evidence, Milestone, Plan, ProgressEntry, Target
from . import cases
from .assess import AssessedCommitment, AssessedTarget, assess_case
from .cases import CommitmentCase

# An instant after all entries, so that all are known even if the servers' clocks differ.
FOREVER = datetime.max.replace(tzinfo=UTC)
COLUMNS = (
    "pk", "effective_on", "value", "denominator", "milestone", "milestone__weight", "includes_earlier",
    "counted_from",
)  # fmt: skip
# Counted readings beside an entry.
LAST = 5


class CountedReading(NamedTuple):
    """A reading that counts, and since when."""

    reading: Reading
    since: datetime


class ReportedStage(NamedTuple):
    """A stage of the entry's target, with the day of the counted entry that says it is done."""

    milestone: Milestone
    done_on: date | None


class EntryPreview(NamedTuple):
    """The commitment's status and the target's actual in its unit, without the entry and with it.

    `goal` is the target value in force, to be met by `due_on`. `previous` is the newest counted reading up to the
    entry's own day, and `doubts` compare the entry with the readings before it. Both leave out the entry that
    this one corrects. `counts_now` is the newest reading that counts, and `last` are the last five, oldest first.
    If the corrected reading counts and is older, they begin with that one. `planned` is the value planned for
    the day. `stages` are those of the target in the order of the plan.
    """

    before: Status
    after: Status
    actual_before: Decimal | None
    actual_after: Decimal | None
    goal: Decimal
    due_on: date
    previous: Reading | None
    doubts: tuple[Bound, ...]
    planned: Decimal
    counts_now: CountedReading | None
    last: tuple[CountedReading, ...]
    stages: tuple[ReportedStage, ...]


class _PreviewLine(NamedTuple):
    """An entry that counts, or would, which has no `counted_from`; for a stage, `reading` is its weight."""

    reading: Reading
    milestone: int | None
    includes_earlier: bool
    counted_from: datetime | None


class _Ledgers(NamedTuple):
    """The counted entries and the stages by the target's id, and the entries with evidence."""

    lines: Mapping[int, Sequence[_PreviewLine]]
    stages: Mapping[int, Sequence[Milestone]]
    evidenced: Collection[int]


def preview_entries(entries: Collection[ProgressEntry], *, at: datetime) -> dict[int, EntryPreview]:
    """Return the previews of figures by the entry's id, judged on the plan's calendar day at the instant.

    Load entries with `commitment__plan`, `target` and `milestone`. Three queries run, and for each plan those of
    `cases.read`.
    """
    ledgers = _read({entry.figure.target.pk for entry in entries})
    found = {}
    for plan, of_plan in _by_plan(entries).items():
        on = plan.day_at(at)
        known = {case.id: case for case in cases.read(_commitments(of_plan), on, known_at=FOREVER)}
        for entry in of_plan:
            found[entry.pk] = _preview(entry, known[entry.commitment_id], ledgers, on)
    return found


def preview_revision(target: Target, revision: Revision, *, at: datetime) -> tuple[Status, Status]:
    """Return the commitment's status on the plan's day at the instant, before and after a change of the target."""
    case, on = _case_of(target.commitment, at)
    ledgers = _read([target.pk])
    band = band_of(Comparator(target.comparator), target.direction, revision.terms)
    value = band.near if band else revision.value
    changed = tuple(
        each._replace(spec=each.spec._replace(value=value, due_on=revision.due_on, band=band))
        if each.id == target.pk
        else each
        for each in case.targets
    )
    counted = ledgers.lines.get(target.pk, ())
    after = _judged(case._replace(targets=changed), target.pk, counted, ledgers, on)
    return assess_case(case, on).verdict.status, after.verdict.status


def preview_reinstatement(commitment: Commitment, *, at: datetime) -> Status:
    """Return the status of a dropped commitment on the plan's day at the instant, as if it were not dropped."""
    case, on = _case_of(commitment, at)
    return assess_case(case._replace(dropped=False), on).verdict.status


def _case_of(commitment: Commitment, at: datetime) -> tuple[CommitmentCase, date]:
    on = commitment.plan.day_at(at)
    return cases.read([commitment.pk], on, known_at=FOREVER)[0], on


def _by_plan(entries: Iterable[ProgressEntry]) -> dict[Plan, list[ProgressEntry]]:
    plans = defaultdict(list)
    for entry in entries:
        plans[entry.commitment.plan].append(entry)
    return plans


def _commitments(entries: Iterable[ProgressEntry]) -> list[int]:
    return sorted({entry.commitment_id for entry in entries})


def _read(targets: Collection[int]) -> _Ledgers:
    lines, stages = defaultdict(list), defaultdict(list)
    counted = ProgressEntry.objects.figures().counted().filter(target__in=targets)
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
    counted_from: datetime | None,
) -> _PreviewLine:
    reading = Reading(effective_on, value if weight is None else weight, pk, denominator)
    return _PreviewLine(reading, milestone, includes_earlier, counted_from)


def _line_of(entry: ProgressEntry) -> _PreviewLine:
    _target, value, denominator, milestone = entry.figure
    weight = milestone.weight if milestone else None
    return _line(
        entry.pk,
        entry.effective_on,
        value,
        denominator,
        entry.milestone_id,
        weight,
        entry.includes_earlier,
        entry.counted_from,
    )


def _preview(entry: ProgressEntry, case: CommitmentCase, ledgers: _Ledgers, on: date) -> EntryPreview:
    of = entry.figure.target.pk
    counted = ledgers.lines.get(of, ())
    others = [line for line in counted if line.reading.entry != entry.corrects_id]
    before = _judged(case, of, counted, ledgers, on)
    after = _judged(case, of, [*others, _line_of(entry)], ledgers, on)
    spec = _target_of(before, entry).case.spec
    earlier, readings = _standing(spec, others, ledgers, entry.effective_on), _readings(counted, spec, on)
    return EntryPreview(
        before.verdict.status,
        after.verdict.status,
        _actual(before, entry),
        _actual(after, entry),
        spec.stated,
        spec.due_on,
        earlier.previous(),
        _doubts(entry, spec, earlier, ledgers, says_again=_says_again(entry, earlier, before, after)),
        _target_of(before, entry).assessment.planned,
        readings[-1] if readings else None,
        _last(readings, entry.corrects_id),
        _stages(ledgers.stages.get(of, ()), counted),
    )


def _readings(counted: Iterable[_PreviewLine], spec: TargetSpec, on: date) -> list[CountedReading]:
    """Return the counted readings that the target is judged by, oldest first."""
    last = spec.last_day(on)
    found = [
        CountedReading(line.reading, line.counted_from)
        for line in counted
        if line.counted_from and line.reading.effective_on <= last
    ]
    return sorted(found, key=lambda each: (each.reading.effective_on, each.reading.entry))


def _last(readings: Sequence[CountedReading], corrected: int | None) -> tuple[CountedReading, ...]:
    first = max(len(readings) - LAST, 0)
    older = (place for place, each in enumerate(readings[:first]) if each.reading.entry == corrected)
    first = next(older, first)
    return tuple(readings[first : first + LAST])


def _stages(stages: Sequence[Milestone], counted: Iterable[_PreviewLine]) -> tuple[ReportedStage, ...]:
    done = {line.milestone: line.reading.effective_on for line in counted}
    return tuple(ReportedStage(stage, done.get(stage.pk)) for stage in stages)


def _says_again(
    entry: ProgressEntry, earlier: Standing, before: AssessedCommitment, after: AssessedCommitment
) -> bool:
    """Tell whether the entry repeats the reading before, and its approval changes neither value nor status."""
    previous = earlier.previous()
    if previous is None or entry.milestone:
        return False
    return (
        (entry.value, entry.denominator) == (previous.value, previous.denominator)
        and before.verdict.status == after.verdict.status
        and _actual(before, entry) == _actual(after, entry)
    )


def _judged(
    case: CommitmentCase, of: int, lines: Sequence[_PreviewLine], ledgers: _Ledgers, on: date
) -> AssessedCommitment:
    """Judge the commitment with these lines in place of the counted entries of the target `of`."""
    overdue = _overdue_since(lines, ledgers.stages.get(of, ()), on)
    targets = tuple(
        target._replace(standing=_standing(target.spec, lines, ledgers, on, overdue))
        if target.id == of
        else target
        for target in case.targets
    )
    return assess_case(case._replace(targets=targets), on)


def _standing(
    spec: TargetSpec, lines: Sequence[_PreviewLine], ledgers: _Ledgers, on: date, overdue: date | None = None
) -> Standing:
    inclusive = [line.reading.entry for line in lines if line.includes_earlier]
    return standing(spec, [line.reading for line in lines], on, overdue, ledgers.evidenced, inclusive)


def _overdue_since(lines: Sequence[_PreviewLine], stages: Sequence[Milestone], on: date) -> date | None:
    done = {line.milestone for line in lines if line.reading.effective_on <= on}
    open_stages = (stage.due_on for stage in stages if stage.due_on < on and stage.pk not in done)
    return min(open_stages, default=None)


def _actual(assessed: AssessedCommitment, entry: ProgressEntry) -> Decimal | None:
    return _target_of(assessed, entry).assessment.actual


def _target_of(assessed: AssessedCommitment, entry: ProgressEntry) -> AssessedTarget:
    return next(each for each in assessed.targets if each.case.id == entry.target_id)


def _doubts(
    entry: ProgressEntry, spec: TargetSpec, earlier: Standing, ledgers: _Ledgers, *, says_again: bool
) -> tuple[Bound, ...]:
    """Find the doubts about an entry, compared with the readings before it."""
    # A value that was approved before needs no new evidence to be repeated.
    evidenced = says_again or entry.pk in ledgers.evidenced
    _target, value, denominator, _milestone = entry.figure
    return doubts(bounds(spec, earlier), value, denominator, evidenced=evidenced)
