"""The work that waits for the user after sign-in, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import formats, permissions
from ...domain.enums import EntryState, Role
from ...domain.readings import BY_PERIOD
from ...models import Agency, CommitmentRollup, ProgressEntry, TargetRollup, User
from ...presenters.people import age
from ...reporting import overdue
from ...reporting.addresses import build_entry_address, build_owed_address
from ...reporting.returns import open_returns
from . import owed
from .quick_log import sheet
from .review_queue import waiting

SHOWN = 5
# Rows that an entry's line shows or links to.
WITH = ("commitment__plan", "commitment__lead_agency", "target", "milestone", "recorded_by")


@dataclass(frozen=True)
class TaskLink:
    """One thing to do: its address, its subject and its details."""

    address: str
    title: str
    note: str


@dataclass(frozen=True)
class Task:
    """A kind of work: its amount, its first lines, and the page for all of it.

    `stays` marks a kind that is shown even without work.
    """

    title: str
    count: int
    lines: Sequence[TaskLink]
    address: str
    button: str
    stays: bool = False


def list_tasks(user: User, *, at: datetime) -> list[Task]:
    """Return the tasks of the user's role; empty for roles that only read.

    `at` is the instant that ages are counted to.
    """
    if permissions.acts_for_all(user):
        return [_waiting(user, at), _late_agencies()]
    if user.role == Role.CLERK:
        return [_due(user, at), _returned(user), _submitted(user)]
    return [_waiting(user, at)] if user.role == Role.REVIEWER else []


def _due(user: User, at: datetime) -> Task:
    """Return the commitments with reports due, late ones first."""
    own = permissions.own(CommitmentRollup.objects.all(), user, commitment="commitment")
    found = overdue.owed(own)
    newest = found.select_related("commitment__plan", "commitment__lead_agency")
    # “late” comes after “due” in the alphabet.
    newest = newest.order_by("-report_state", "report_since", "commitment__code")[:SHOWN]
    targets = overdue.owing_targets(newest)
    lines = [_owed_line(rollup, targets[rollup.pk], user, at) for rollup in newest]
    address = reverse("staff:quick_log")
    return Task(_("Reports due"), found.count(), lines, address, _("Report progress"), stays=True)


def _owed_line(rollup: CommitmentRollup, owing: Sequence[TargetRollup], user: User, at: datetime) -> TaskLink:
    """Link a missing amount to the oldest period that lacks one, any other report to the newest."""
    commitment, since = rollup.commitment, rollup.report_since or rollup.assessed_on
    due = formats.day(rollup.report_due_on) if rollup.report_due_on else ""
    note = _("%(state)s · due %(day)s") % {"state": rollup.get_report_state_display(), "day": due}
    row = owing[0].target if owing else None
    if row and row.accumulation not in BY_PERIOD:
        address = sheet.newest_address(row, user, commitment.plan.day_at(at))
    else:
        address = build_owed_address(commitment, row, user, since)
    return TaskLink(address, str(row or commitment), note)


def _returned(user: User) -> Task:
    """Return the entries of the user's agency that were returned and whose period is not settled since."""
    returned = ProgressEntry.objects.returned().filter(recorded_by__agency=user.agency)
    own = permissions.own(returned, user, commitment="commitment").select_related(*WITH, "review")
    found = open_returns(own)
    lines = [_returned_line(entry, user) for entry in found[:SHOWN]]
    address = f"{reverse('admin:commitments_progressentry_changelist')}?state={EntryState.RETURNED}"
    return Task(_("Returned to you"), len(found), lines, address, _("All returned entries"))


def _returned_line(entry: ProgressEntry, user: User) -> TaskLink:
    note = f"{entry.recorded_by.name} · {entry.review.reason}"
    return TaskLink(build_entry_address(entry, user), str(entry), note)


def _submitted(user: User) -> Task:
    """Return the entries of the user's agency that wait for review, newest first."""
    pending = ProgressEntry.objects.pending().filter(recorded_by__agency=user.agency)
    found = permissions.own(pending, user, commitment="commitment").order_by("-recorded_at", "-pk")
    lines = [
        TaskLink(build_entry_address(entry, user), str(entry), entry.recorded_by.name)
        for entry in found.select_related(*WITH)[:SHOWN]
    ]
    address = f"{reverse('admin:commitments_progressentry_changelist')}?state={EntryState.PENDING}"
    return Task(_("In review"), found.count(), lines, address, _("All entries in review"))


def _waiting(user: User, at: datetime) -> Task:
    """Return the entries that the user may review, oldest first."""
    # Another person reviews an entry that the user recorded.
    found = waiting.waiting_for(user)
    lines = [_waiting_line(entry, at) for entry in found[:SHOWN]]
    return Task(_("To review"), found.count(), lines, reverse("staff:review_queue"), _("Review"))


def _waiting_line(entry: ProgressEntry, at: datetime) -> TaskLink:
    """Return a line with the entry's address in the queue, which starts with these entries."""
    since = age(entry.recorded_at, at)
    return TaskLink(waiting.address(entry), str(entry), f"{entry.recorded_by.name} · {since}")


def _late_agencies() -> Task:
    """Return the number of commitments with late reports by lead agency, highest number first."""
    leads = overdue.overdue().values("commitment__lead_agency").annotate(many=Count("pk"))
    found = list(leads.order_by("-many", "commitment__lead_agency"))
    agencies = Agency.objects.in_bulk([each["commitment__lead_agency"] for each in found[:SHOWN]])
    lines = [_late_line(agencies[each["commitment__lead_agency"]], each["many"]) for each in found[:SHOWN]]
    return Task(
        _("Agencies with overdue reports"), len(found), lines, owed.address(), _("All overdue reports")
    )


def _late_line(agency: Agency, many: int) -> TaskLink:
    address = owed.address(commitment__lead_agency__id__exact=agency.pk)
    said = ngettext("%(count)d overdue report", "%(count)d overdue reports", many) % {"count": many}
    return TaskLink(address, agency.short_name, said)
