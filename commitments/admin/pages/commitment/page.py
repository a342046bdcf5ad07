"""Puts the page together: stored verdicts, the ledger page by page, and the people behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as OfLedger
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404

from .... import permissions
from ....domain.enums import ConfidenceHolder
from ....domain.targets import TargetSpec
from ....models import (
    Agency,
    Commitment,
    DeliveryConfidence,
    ProgressEntry,
    Target,
    TargetMonth,
    TargetRevision,
    User,
)
from ....models.ledger import ProgressEntryQuerySet
from ....presenters.course_chart import Course, course, points_of
from ....presenters.verdict_rows import CommitmentRow, TargetRow
from ....rollups import cases, read
from ....states import CommitmentState
from .lines import Change, Line
from .reporting import Way, ways

A_PAGE = 25


@dataclass(frozen=True)
class Responsible:
    """An agency and the accounts that act for it."""

    agency: Agency
    leads: bool
    contacts: Sequence[User]


@dataclass(frozen=True)
class Measured:
    """A target's verdict in words, and how it came along: None where there is no line to draw yet.

    `log` is where its progress is reported next.
    """

    line: TargetRow
    course: Course | None
    log: Way


@dataclass(frozen=True)
class Page:
    """`pending` are all entries that wait, newest first; `ledger` one page of all there are."""

    commitment: Commitment
    row: CommitmentRow
    pending: Sequence[Line]
    ledger: "OfLedger[ProgressEntry]"
    responsible: Sequence[Responsible]
    confidence: Sequence[DeliveryConfidence]
    targets: Sequence[Measured]
    now: datetime

    @cached_property
    def lines(self) -> Sequence[Line]:
        return [Line(entry, self.now) for entry in self.ledger]

    @cached_property
    def revisions(self) -> Sequence[Change]:
        """Of all targets, newest first."""
        every = [Change(revision) for row in self.row.targets for revision in row.target.revisions.all()]
        return sorted(every, key=lambda change: change.revision.effective_from, reverse=True)


def page_of(state: CommitmentState, *, user: User, number: str | None, now: datetime) -> Page:
    """`state` as `state_of` reads it; `number` is the wished page of its ledger."""
    commitment, row = state.commitment, CommitmentRow(state)
    entries = _entries(commitment)
    return Page(
        commitment=commitment,
        row=row,
        pending=[Line(entry, now) for entry in entries.pending()],
        ledger=Paginator(entries, A_PAGE).get_page(number),
        responsible=_responsible(commitment),
        confidence=_newest_confidence(commitment),
        targets=_measured(commitment, row, user, now),
        now=now,
    )


def readable(user: User) -> QuerySet[Commitment]:
    """Those that the person sees."""
    if not user.has_perm("commitments.view_commitment"):
        raise PermissionDenied
    return permissions.visible(Commitment.objects.all(), user)


def state_of(pk: int, user: User) -> CommitmentState:
    """Read a commitment that the person sees, with all that the page shows of it."""
    rows = readable(user).filter(pk=pk).select_related("plan", "priority", "lead_agency")
    states = read.state(rows.prefetch_related("supporting_agencies"))
    if not states:
        raise Http404
    prefetch_related_objects(
        [each.target for each in states[0].targets],
        Prefetch("revisions", TargetRevision.objects.select_related("revised_by__agency")),
        Prefetch("months", TargetMonth.objects.order_by("month")),
    )
    return states[0]


def _measured(commitment: Commitment, row: CommitmentRow, user: User, now: datetime) -> list[Measured]:
    on = commitment.plan.day_at(now)
    specs = {target.id: target.spec for case in cases.read([commitment.pk], on) for target in case.targets}
    logs = ways(commitment, user, on)
    return [
        Measured(line, _course(line.target, specs[line.target.pk], on), logs[line.target.pk])
        for line in row.targets
    ]


def _course(target: Target, spec: TargetSpec, on: date) -> Course | None:
    return course(spec, points_of(spec.accumulation, target.months.all()), on)


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
