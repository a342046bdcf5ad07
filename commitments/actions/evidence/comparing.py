"""The nightly comparison of each kept file with the digest stored when it was attached."""

import logging
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from ...domain.enums import FileState
from ...models import Evidence, EvidenceComparison
from . import disk
from .disk import FileComparison

logger = logging.getLogger(__name__)
NIGHTLY = time(2, 30)  # on the service's own clock
# Files are compared in batches, each stored at once: a batch that is done stays done when time is up.
SIZE = 100


def run_due(*, at: datetime) -> None:
    """Compare each file not compared since tonight's hour, and remove the remains of broken uploads."""
    local = timezone.localtime(at)
    tonight = datetime.combine(local.date(), NIGHTLY, local.tzinfo)
    if at < tonight:
        return
    for evidence, found in compare_all(at=at, since=tonight):
        logger.error(disk.describe(evidence, found))
    disk.sweep(_known)


def compare_all(*, at: datetime, since: datetime) -> Iterator[tuple[Evidence, FileComparison]]:
    """Compare the files not compared `since`, store the results, and yield each file that is not intact."""
    waiting = _not_compared(since)
    while batch := list(waiting[:SIZE]):
        found = _compare(batch, at)
        yield from ((each, state) for each, state in found if state.state != FileState.INTACT)


def with_files() -> QuerySet[Evidence]:
    return Evidence.objects.exclude(file="")


def spoilt() -> QuerySet[EvidenceComparison]:
    """Select the comparisons that found a file not intact."""
    return EvidenceComparison.objects.exclude(state=FileState.INTACT)


def _not_compared(since: datetime) -> QuerySet[Evidence]:
    """Select evidence with files not compared since the instant."""
    due = Q(comparison=None) | Q(comparison__at__lt=since)
    # Rows of one file stand side by side, since a batch reads each file once.
    return with_files().filter(due).order_by("file", "pk")


def _compare(batch: Sequence[Evidence], at: datetime) -> list[tuple[Evidence, FileComparison]]:
    read: dict[tuple[str, str], FileComparison] = {}
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
