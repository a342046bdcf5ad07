"""Compares every kept file with the digest that was stored when it was attached, and reports what is not the same."""

import logging
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from ...domain.enums import FileState
from ...models import Evidence, EvidenceComparison
from . import disk
from .disk import Compared

logger = logging.getLogger(__name__)
NIGHTLY = time(2, 30)  # on the service's own clock
SIZE = 100  # files whose comparison is stored at once: what was done stays done when time is up


def run_due(*, at: datetime) -> None:
    """Compares each file that has not been compared since tonight's hour, and removes what uploads left behind."""
    local = timezone.localtime(at)
    tonight = datetime.combine(local.date(), NIGHTLY, local.tzinfo)
    if at < tonight:
        return
    for evidence, found in compare_all(at=at, since=tonight):
        logger.error(disk.told(evidence, found))
    disk.sweep(_known)


def compare_all(*, at: datetime, since: datetime) -> Iterator[tuple[Evidence, Compared]]:
    """Compares what has not been compared `since`, stores what was found, and yields each file that is not intact."""
    waiting = _not_compared(since)
    while batch := list(waiting[:SIZE]):
        found = _compare(batch, at)
        yield from ((each, state) for each, state in found if state.state != FileState.INTACT)


def of_files() -> QuerySet[Evidence]:
    return Evidence.objects.exclude(file="")


def spoilt() -> QuerySet[EvidenceComparison]:
    """The files that were not intact when they were last compared."""
    return EvidenceComparison.objects.exclude(state=FileState.INTACT)


def _not_compared(since: datetime) -> QuerySet[Evidence]:
    """Rows of one file side by side, as it is read once for those of a batch."""
    due = Q(comparison=None) | Q(comparison__at__lt=since)
    return of_files().filter(due).order_by("file", "pk")


def _compare(batch: Sequence[Evidence], at: datetime) -> list[tuple[Evidence, Compared]]:
    read: dict[tuple[str, str], Compared] = {}
    for each in batch:
        key = (each.file.name or "", each.sha256)
        if key not in read:
            read[key] = disk.compare(each)
    found = [(each, read[each.file.name or "", each.sha256]) for each in batch]
    EvidenceComparison.objects.bulk_create(
        [EvidenceComparison(evidence=each, at=at, **state._asdict()) for each, state in found],
        update_conflicts=True,
        unique_fields=["evidence"],
        update_fields=["at", "state", "sha256"],
    )
    return found


def _known(names: Collection[str]) -> Collection[str]:
    return set(Evidence.objects.filter(file__in=names).values_list("file", flat=True))
