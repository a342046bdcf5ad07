"""Puts the page together: stored verdicts, the ledger page by page, and the people behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.paginator import Page as OfLedger
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet

from ...domain.words import ConfidenceHolder
from ...models import (
    Agency,
    Commitment,
    DeliveryConfidence,
    ProgressEntry,
    Target,
    TargetRevision,
    User,
)
from ...models.ledger import ProgressEntryQuerySet
from ...shown.rows import CommitmentRow, row_of
from .lines import Change, Line

A_PAGE = 25


@dataclass(frozen=True)
class Responsible:
    """An agency and the accounts that act for it."""

    agency: Agency
    leads: bool
    contacts: Sequence[User]


@dataclass(frozen=True)
class Page:
    """`pending` are all entries that wait, newest first; `ledger` one page of all there are."""

    commitment: Commitment
    row: CommitmentRow
    pending: Sequence[Line]
    ledger: "OfLedger[ProgressEntry]"
    responsible: Sequence[Responsible]
    confidence: Sequence[DeliveryConfidence]
    now: datetime

    @cached_property
    def lines(self) -> Sequence[Line]:
        return [Line(entry, self.now) for entry in self.ledger]

    @cached_property
    def revisions(self) -> Sequence[Change]:
        """Of all targets, newest first."""
        every = [Change(revision) for row in self.row.targets for revision in row.target.revisions.all()]
        return sorted(every, key=lambda change: change.revision.effective_from, reverse=True)


def page_of(commitment: Commitment, *, number: str | None, now: datetime) -> Page:
    """`commitment` as `complete` loads it; `number` is the wished page of its ledger."""
    entries = _entries(commitment)
    return Page(
        commitment=commitment,
        row=row_of(commitment),
        pending=[Line(entry, now) for entry in entries.pending()],
        ledger=Paginator(entries, A_PAGE).get_page(number),
        responsible=_responsible(commitment),
        confidence=_newest_confidence(commitment),
        now=now,
    )


def complete(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """With all that the page shows of the commitment itself."""
    revisions = TargetRevision.objects.select_related("revised_by__agency")
    targets = Target.objects.select_related("rollup__rule_set").prefetch_related(
        Prefetch("revisions", revisions)
    )
    return commitments.select_related("plan", "priority", "lead_agency", "rollup").prefetch_related(
        Prefetch("targets", targets), "supporting_agencies"
    )


def _entries(commitment: Commitment) -> ProgressEntryQuerySet:
    return (
        ProgressEntry.objects.filter(target__commitment=commitment)
        .select_related(
            "target",
            "milestone",
            "recorded_by__agency",
            "review__reviewed_by__agency",
            "withdrawal__withdrawn_by__agency",
        )
        .prefetch_related("evidence")
    )


def _responsible(commitment: Commitment) -> list[Responsible]:
    agencies = [commitment.lead_agency, *commitment.supporting_agencies.all()]
    accounts = User.objects.filter(agency__in=agencies, is_active=True).order_by("role", "username")
    contacts: dict[int | None, list[User]] = {}
    for account in accounts:
        contacts.setdefault(account.agency_id, []).append(account)
    return [
        Responsible(agency, agency == commitment.lead_agency, contacts.get(agency.pk, []))
        for agency in agencies
    ]


def _newest_confidence(commitment: Commitment) -> list[DeliveryConfidence]:
    """The newest of each holder, in the order of the holders."""
    newest = (
        commitment.confidence.order_by("holder", "-pk").distinct("holder").select_related("stated_by__agency")
    )
    stated = {each.holder: each for each in newest}
    return [stated[holder] for holder in ConfidenceHolder if holder in stated]
