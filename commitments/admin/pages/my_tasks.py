"""What waits for whoever has just signed in. A fixed number of queries, however much it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import formats, labels, permissions
from ...domain.enums import Decision, Role
from ...domain.readings import BY_PERIOD
from ...models import Agency, ProgressEntry, TargetRollup, User
from ...presenters.people import age
from ...reporting import overdue
from ...reporting.periods import local_day
from ..base.entry_states import PENDING
from . import owed
from .quick_log import sheet
from .review_queue import waiting

SHOWN = 5
# What a line of an entry shows and where it leads.
WITH = ("target__commitment__plan", "target__commitment__lead_agency", "milestone", "recorded_by")


@dataclass(frozen=True)
class Line:
    """One thing to do: where, what, and what is to be known of it."""

    address: str
    title: str
    note: str


@dataclass(frozen=True)
class Task:
    """A kind of work: how much of it, its first lines, and the page for all of it; `stays` where it is always
    offered."""

    title: str
    count: int
    lines: Sequence[Line]
    address: str
    button: str
    stays: bool = False


def of(user: User, *, at: datetime) -> list[Task]:
    """By role; somebody who only looks has none. `at` is the instant that ages are counted to."""
    if permissions.acts_for_all(user):
        return [_waiting(user, at), _late_agencies(at)]
    if user.role == Role.CLERK:
        return [_due(user, at), _returned(user), _submitted(user)]
    return [_waiting(user, at)] if user.role == Role.REVIEWER else []


def _due(user: User, at: datetime) -> Task:
    """Late ones first."""
    own = permissions.own(TargetRollup.objects.all(), user, commitment="target__commitment")
    found = overdue.owed(at, own)
    address = reverse("staff:quick_log")
    newest = found.select_related("target__commitment__plan").order_by("-owed", "target__code")[:SHOWN]
    reports = overdue.what_is_owed(newest, at)
    lines = [_owed_line(rollup, reports[rollup.pk], user, at) for rollup in newest]
    return Task(_("Reports due"), found.count(), lines, address, _("Report progress"), stays=True)


def _owed_line(rollup: TargetRollup, report: overdue.Owed, user: User, at: datetime) -> Line:
    """An amount leads to the oldest period that lacks one, all else to the newest."""
    target = rollup.target
    address = sheet.newest_address(target, user, local_day(target.commitment.plan, at))
    if report.since and target.accumulation in BY_PERIOD:
        address = sheet.address(target, user, report.since)
    latest = rollup.latest_on
    last = _("last data %(day)s") % {"day": formats.day(latest)} if latest else _("nothing reported yet")
    return Line(address, str(target), f"{labels.FRESHNESS[report.freshness]} · {last}")


def _returned(user: User) -> Task:
    """Those that one's agency reported, and that nothing has been reported after."""
    returned = ProgressEntry.objects.filter(review__decision=Decision.RETURN, recorded_by__agency=user.agency)
    later = ProgressEntry.objects.filter(target=OuterRef("target"), pk__gt=OuterRef("pk"))
    open_ = (
        permissions.own(returned, user, commitment="target__commitment").filter(~Exists(later)).order_by("pk")
    )
    lines = [_returned_line(entry, user) for entry in open_.select_related(*WITH, "review")[:SHOWN]]
    address = f"{reverse('admin:commitments_progressentry_changelist')}?state=returned"
    return Task(_("Returned to you"), open_.count(), lines, address, _("All returned entries"))


def _returned_line(entry: ProgressEntry, user: User) -> Line:
    note = f"{entry.recorded_by.name} · {entry.review.reason}"
    return Line(sheet.address(entry.target, user, entry.effective_on), str(entry), note)


def _submitted(user: User) -> Task:
    """What one's agency reported and nobody has reviewed yet, newest first."""
    pending = ProgressEntry.objects.pending().filter(recorded_by__agency=user.agency)
    found = permissions.own(pending, user, commitment="target__commitment").order_by("-recorded_at", "-pk")
    lines = [
        Line(sheet.address(entry.target, user, entry.effective_on), str(entry), entry.recorded_by.name)
        for entry in found.select_related(*WITH)[:SHOWN]
    ]
    address = f"{reverse('admin:commitments_progressentry_changelist')}?state={PENDING}"
    return Task(_("Submitted, waiting for review"), found.count(), lines, address, _("All waiting entries"))


def _waiting(user: User, at: datetime) -> Task:
    """Oldest first; what one has recorded is somebody else's to review."""
    found = waiting.waiting_for(user)
    lines = [_waiting_line(entry, at) for entry in found[:SHOWN]]
    return Task(_("Waiting for review"), found.count(), lines, reverse("staff:review_queue"), _("Review"))


def _waiting_line(entry: ProgressEntry, at: datetime) -> Line:
    """Leads to the entry's place in the queue, of which these are the first."""
    since = age(entry.recorded_at, at)
    return Line(waiting.address(entry), str(entry), f"{entry.recorded_by.name} · {since}")


def _late_agencies(at: datetime) -> Task:
    """By the agency that leads, most first."""
    leads = overdue.overdue(at).values("target__commitment__lead_agency").annotate(many=Count("pk"))
    found = list(leads.order_by("-many", "target__commitment__lead_agency"))
    agencies = Agency.objects.in_bulk([each["target__commitment__lead_agency"] for each in found[:SHOWN]])
    lines = [
        _late_line(agencies[each["target__commitment__lead_agency"]], each["many"]) for each in found[:SHOWN]
    ]
    return Task(_("Agencies that are late"), len(found), lines, owed.address(), _("All late reports"))


def _late_line(agency: Agency, many: int) -> Line:
    address = owed.address(target__commitment__lead_agency__id__exact=agency.pk)
    said = ngettext("%(count)d report late", "%(count)d reports late", many) % {"count": many}
    return Line(address, str(agency), said)
