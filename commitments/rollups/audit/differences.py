"""Stored rows compared with the result of `recount` on the same ledger."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from ...domain.enums import Scope
from ...models import (
    Commitment,
    CommitmentRollup,
    CommitmentSnapshot,
    CommitmentSupport,
    Plan,
    StatusCount,
    TargetMonth,
    TargetRollup,
    TargetSnapshot,
)
from ..snapshots import end_of
from .counted_entries import AuditMoment
from .recount import AuditBatch, Fields, RecountedVerdicts

SNAPSHOTS = (CommitmentSnapshot, TargetSnapshot)
NOTHING_COUNTED: Fields = {"entries": 0}
OF_REPORTS = ("freshness", "report_state", "report_since", "report_due_on")
UNKNOWN = RecountedVerdicts({}, {})
Table = type[Model]
# Scope, priority, section, agency, status.
Place = tuple[str, str | None, str | None, str | None, str]


class AuditDifference(NamedTuple):
    """A column of a stored row that disagrees with the ledger; `on` is the day or month of the row."""

    table: Table
    code: str
    on: date | None
    column: str
    stored: Any
    computed: Any

    def __str__(self) -> str:
        what = str(self.table._meta.verbose_name)  # noqa: SLF001 - Django's own public name for it
        return _("%(where)s, %(column)s: stored %(stored)s, computed %(computed)s") % {
            "where": f"{what} {self.code}" + (f" {self.on:%Y-%m-%d}" if self.on else ""),
            "column": self.column,
            "stored": self.stored,
            "computed": self.computed,
        }


class ComparedRow(NamedTuple):
    """A stored row that has been compared, with its commitment."""

    commitment: int
    differences: tuple[AuditDifference, ...]


class StoredRows(NamedTuple):
    """Stored rows by the id of their commitment or target."""

    commitments: Mapping[int, Fields]
    targets: Mapping[int, Fields]


def compare_verdicts(batch: AuditBatch, today: date) -> Iterator[ComparedRow]:
    """Compare each verdict with one recomputed for the same day; a missing one is recomputed for `today`."""
    kept = StoredRows(
        _index_by("commitment_id", _of_commitments(CommitmentRollup, batch)),
        _index_by("target_id", _of_targets(TargetRollup, batch)),
    )
    for commitment in batch.commitments:
        stored = kept.commitments.get(commitment.pk)
        on = stored["assessed_on"] if stored else today
        verdict, targets = batch.judge(commitment, AuditMoment(on))
        judged = RecountedVerdicts(
            verdict, {target: of_one | {"assessed_on": on} for target, of_one in targets.items()}
        )
        yield from _compare_commitment(commitment, judged, kept, (CommitmentRollup, TargetRollup), None)


def compare_months(batch: AuditBatch) -> Iterator[ComparedRow]:
    """Compare the stored months; a month without a counted entry has no row or an empty one."""
    places = {
        target.pk: (commitment, target.code)
        for commitment in batch.commitments
        for target in commitment.targets.all()
    }
    stored = {(row["target_id"], row["month"]): row for row in _of_targets(TargetMonth, batch).values()}
    computed = batch.months()
    for target, month in sorted(stored.keys() | computed.keys()):
        commitment, code = places[target]
        found, wanted = (of.get((target, month), NOTHING_COUNTED) for of in (stored, computed))
        yield _compare_row(commitment, TargetMonth, code, month, found, wanted)


def compare_snapshots(batch: AuditBatch, days: Iterable[date]) -> Iterator[ComparedRow]:
    """Compare the snapshots of each day; rows exist only for targets and commitments added by its end."""
    for day in days:
        yield from _compare_day(batch, day)


def compare_counts(plan: Plan) -> Iterator[tuple[AuditDifference, ...]]:
    """Compare the counts with the stored verdicts; `compare_verdicts` compares those with the ledger."""
    stored, computed = _stored_counts(plan), _recount_statuses(plan)
    for place in sorted(stored.keys() | computed.keys(), key=str):
        *words, status = place
        code = " ".join(word for word in words if word)
        yield _find_differences(StatusCount, code, None, {status: stored[place]}, {status: computed[place]})


def _compare_day(batch: AuditBatch, day: date) -> Iterator[ComparedRow]:
    kept = StoredRows(
        _index_by("commitment_id", _of_commitments(CommitmentSnapshot, batch).filter(on=day)),
        _index_by("target_id", _of_targets(TargetSnapshot, batch).filter(on=day)),
    )
    end = end_of(day, batch.plan.time_zone)
    for commitment in batch.commitments:
        judged = batch.judge(commitment, AuditMoment(day, end)) if batch.knows(commitment, end) else UNKNOWN
        yield from _compare_commitment(commitment, judged, kept, SNAPSHOTS, day)


def _compare_commitment(
    commitment: Commitment,
    judged: RecountedVerdicts,
    kept: StoredRows,
    tables: tuple[Table, Table],
    on: date | None,
) -> Iterator[ComparedRow]:
    of_commitment, of_target = tables
    pairs = [
        (of_commitment, commitment.code, kept.commitments.get(commitment.pk), judged.commitment),
        *(
            (of_target, target.code, kept.targets.get(target.pk), judged.targets.get(target.pk, {}))
            for target in commitment.targets.all()
        ),
    ]
    for table, code, stored, computed in pairs:
        if stored or computed:
            yield _compare_row(commitment, table, code, on, stored or {}, computed)


def _compare_row(
    commitment: Commitment, table: Table, code: str, on: date | None, stored: Fields, computed: Fields
) -> ComparedRow:
    """Compare a row; for one that is missing or should not exist, only the status is compared."""
    if not (stored and computed):
        computed = {"status": computed.get("status")}
    elif "report_state" in computed and stored["report_state"] is None:
        # A day kept before reports had a state of their day judged them by another rule, and stays.
        computed = {column: value for column, value in computed.items() if column not in OF_REPORTS}
    return ComparedRow(commitment.pk, _find_differences(table, code, on, stored, computed))


def _find_differences(
    table: Table, code: str, on: date | None, stored: Fields, computed: Fields
) -> tuple[AuditDifference, ...]:
    return tuple(
        AuditDifference(table, code, on, column, stored.get(column), value)
        for column, value in computed.items()
        if stored.get(column) != value
    )


def _of_commitments(table: type[Any], batch: AuditBatch) -> QuerySet[Any]:
    return table.objects.filter(commitment__in=batch.commitments).order_by()  # type: ignore[no-any-return]


def _of_targets(table: type[Any], batch: AuditBatch) -> QuerySet[Any]:
    return table.objects.filter(target__commitment__in=batch.commitments).order_by()  # type: ignore[no-any-return]


def _index_by(key: str, found: QuerySet[Any]) -> dict[int, Fields]:
    return {row[key]: row for row in found.values()}


def _stored_counts(plan: Plan) -> Counter[Place]:
    found = StatusCount.objects.filter(plan=plan).values_list(
        "scope", "priority__code", "section", "agency__code", "status", "commitments"
    )
    return Counter({row[:5]: row[5] for row in found})


def _recount_statuses(plan: Plan) -> Counter[Place]:
    counts: Counter[Place] = Counter()
    judged = Commitment.objects.filter(plan=plan, rollup__isnull=False)
    for priority, section, section_en, agency, status in judged.values_list(
        "priority__code", "section", "section_en", "lead_agency__code", "rollup__status"
    ):
        counts[Scope.PLAN, None, None, None, status] += 1
        counts[Scope.PRIORITY, priority, None, None, status] += 1
        counts[Scope.SECTION, priority, section or section_en, None, status] += 1
        counts[Scope.AGENCY, None, None, agency, status] += 1
    supports = CommitmentSupport.objects.filter(commitment__in=judged)
    for agency, status in supports.values_list("agency__code", "commitment__rollup__status"):
        counts[Scope.SUPPORT, None, None, agency, status] += 1
    return counts
