"""The contents of the page: stored verdicts, the ledger page by page, and the people behind it."""

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
from ....actions import period_locks
from ....domain.enums import ConfidenceHolder
from ....domain.methods import METHODS
from ....domain.status import Line
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
from ....presenters.status_tags import Tag, recomputing_tag
from ....presenters.verdict_rows import CommitmentVerdictRow, TargetVerdictRow
from ....reporting.addresses import build_entry_address
from ....rollups import cases, read
from ....states import CommitmentState
from .lines import LedgerLine, TargetChange
from .reporting import ReportLink, report_links

A_PAGE = 25


@dataclass(frozen=True)
class ResponsibleAgency:
    """An agency and the accounts that act for it."""

    agency: Agency
    leads: bool
    contacts: Sequence[User]


@dataclass(frozen=True)
class MeasuredTarget:
    """A target's verdict in words, and its course; None without a line to draw yet.

    `log` links to its next report.
    """

    line: TargetVerdictRow
    course: Course | None
    log: ReportLink


@dataclass(frozen=True)
class CommitmentPage:
    """The page; `pending` are all entries in review, newest first, and `ledger` is one page of all entries.

    `recomputing` stands in place of the status while the commitment is to be judged anew. `locked` is the last
    locked day of the plan.
    """

    commitment: Commitment
    row: CommitmentVerdictRow
    recomputing: Tag | None
    pending: Sequence[LedgerLine]
    ledger: "OfLedger[ProgressEntry]"
    responsible: Sequence[ResponsibleAgency]
    confidence: Sequence[DeliveryConfidence]
    targets: Sequence[MeasuredTarget]
    now: datetime
    user: User
    locked: date | None

    @cached_property
    def lines(self) -> Sequence[LedgerLine]:
        return [LedgerLine(entry, self.now, self._correct(entry)) for entry in self.ledger]

    def _correct(self, entry: ProgressEntry) -> str:
        is_open = self.locked is None or entry.effective_on > self.locked
        return build_entry_address(entry, self.user) if entry.is_live and is_open else ""

    @cached_property
    def revisions(self) -> Sequence[TargetChange]:
        """Return the revisions of all targets, newest first."""
        every = [
            TargetChange(revision) for row in self.row.targets for revision in row.target.revisions.all()
        ]
        return sorted(every, key=lambda change: change.revision.effective_from, reverse=True)


def page_of(state: CommitmentState, *, user: User, number: str | None, now: datetime) -> CommitmentPage:
    """Build the page from a `state` read by `state_of` at the same moment.

    `number` is the requested page of its ledger.
    """
    commitment, row = state.commitment, CommitmentVerdictRow(state)
    entries, lock = _entries(commitment), period_locks.in_force(commitment.plan)
    locked = lock.through if lock else None
    return CommitmentPage(
        commitment=commitment,
        row=row,
        recomputing=recomputing_tag() if state.verdict and read.recomputing([commitment.pk]) else None,
        pending=[LedgerLine(entry, now) for entry in entries.pending()],
        ledger=Paginator(entries, A_PAGE).get_page(number),
        responsible=_responsible(commitment),
        confidence=_newest_confidence(commitment),
        targets=_measured(commitment, row, user, now, locked),
        now=now,
        user=user,
        locked=locked,
    )


def readable(user: User) -> QuerySet[Commitment]:
    """Select the commitments that the user may see."""
    if not user.has_perm("commitments.view_commitment"):
        raise PermissionDenied
    return permissions.visible(Commitment.objects.all(), user)


def state_of(pk: int, user: User) -> CommitmentState:
    """Read a commitment that the user may see, with all rows that the page shows."""
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


def _measured(
    commitment: Commitment, row: CommitmentVerdictRow, user: User, now: datetime, locked: date | None
) -> list[MeasuredTarget]:
    on = commitment.plan.day_at(now)
    [case] = cases.read([commitment.pk], on)
    specs = {target.id: target.spec for target in case.targets}
    line = METHODS[case.context.rules.method].line
    logs = report_links(commitment, user, on, locked)
    return [
        MeasuredTarget(each, _course(each.target, specs[each.target.pk], on, line), logs[each.target.pk])
        for each in row.targets
    ]


def _course(target: Target, spec: TargetSpec, on: date, line: Line) -> Course | None:
    return course(spec, points_of(spec.accumulation, target.months.all()), on, line)


def _entries(commitment: Commitment) -> ProgressEntryQuerySet:
    return (
        ProgressEntry.objects.filter(commitment=commitment)
        .select_related(
            "commitment__plan",
            "commitment__lead_agency",
            "target",
            "milestone",
            "recorded_by__agency",
            "review__reviewed_by__agency",
            "withdrawal__withdrawn_by__agency",
        )
        .prefetch_related("evidence")
    )


def _responsible(commitment: Commitment) -> list[ResponsibleAgency]:
    agencies = [commitment.lead_agency, *commitment.supporting_agencies.all()]
    accounts = User.objects.filter(agency__in=agencies, is_active=True).order_by("role", "username")
    contacts: dict[int | None, list[User]] = {}
    for account in accounts:
        contacts.setdefault(account.agency_id, []).append(account)
    return [
        ResponsibleAgency(agency, agency == commitment.lead_agency, contacts.get(agency.pk, []))
        for agency in agencies
    ]


def _newest_confidence(commitment: Commitment) -> list[DeliveryConfidence]:
    """Return the newest confidence of each holder, in the order of the holders."""
    newest = (
        commitment.confidence.order_by("holder", "-pk").distinct("holder").select_related("stated_by__agency")
    )
    stated = {each.holder: each for each in newest}
    return [stated[holder] for holder in ConfidenceHolder if holder in stated]
