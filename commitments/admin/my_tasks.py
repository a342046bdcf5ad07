"""What waits for whoever has just signed in. A fixed number of queries, however much it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import formats, policy
from ..domain.words import Decision, Freshness, Lifecycle, Role
from ..models import Agency, Plan, ProgressEntry, TargetRollup, User
from .quick_log import sheet
from .states import PENDING

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
    if policy.acts_for_all(user):
        return [_waiting(user, at), _late_agencies(at)]
    if user.role == Role.CLERK:
        return [_due(user, at), _returned(user), _submitted(user)]
    return [_waiting(user, at)] if user.role == Role.REVIEWER else []


def _due(user: User, at: datetime) -> Task:
    """Late ones first."""
    owed = policy.own(_owed(at), user, commitment="target__commitment").order_by("-freshness", "target__code")
    address = reverse("staff:quick_log")
    shown = owed.select_related("target__commitment__plan")[:SHOWN]
    lines = [_owed_line(rollup, user, at) for rollup in shown]
    return Task(_("Reports due"), owed.count(), lines, address, _("Report progress"), stays=True)


def _owed(at: datetime) -> QuerySet[TargetRollup]:
    """Not what has been reported and waits for review."""
    running = TargetRollup.objects.filter(target__commitment__lifecycle=Lifecycle.ACTIVE)
    reported = ProgressEntry.objects.pending().filter(_is_of_newest_month(at), target=OuterRef("target"))
    return running.filter(freshness__in=[Freshness.DUE, Freshness.LATE]).exclude(Exists(reported))


def _is_of_newest_month(at: datetime) -> Q:
    """Entries of each plan's newest month that is over, or of later ones."""
    found = Q(pk=None)
    for plan in Plan.objects.all():
        today = sheet.local_day(plan, at)
        if plan.starts_on <= today:
            found |= Q(target__commitment__plan=plan, effective_on__gte=sheet.newest_over(plan, today).first)
    return found


def _owed_line(rollup: TargetRollup, user: User, at: datetime) -> Line:
    plan = rollup.target.commitment.plan
    address = sheet.newest_address(rollup.target, user, sheet.local_day(plan, at))
    latest = rollup.latest_on
    last = _("last data %(day)s") % {"day": formats.day(latest)} if latest else _("nothing reported yet")
    return Line(address, str(rollup.target), f"{rollup.get_freshness_display()} · {last}")


def _returned(user: User) -> Task:
    """Those that one's agency reported, and that nothing has been reported after."""
    returned = ProgressEntry.objects.filter(review__decision=Decision.RETURN, recorded_by__agency=user.agency)
    later = ProgressEntry.objects.filter(target=OuterRef("target"), pk__gt=OuterRef("pk"))
    open_ = policy.own(returned, user, commitment="target__commitment").filter(~Exists(later)).order_by("pk")
    lines = [_returned_line(entry, user) for entry in open_.select_related(*WITH, "review")[:SHOWN]]
    address = f"{reverse('admin:commitments_progressentry_changelist')}?state=returned"
    return Task(_("Returned to you"), open_.count(), lines, address, _("All returned entries"))


def _returned_line(entry: ProgressEntry, user: User) -> Line:
    note = f"{entry.recorded_by.name} · {entry.review.reason}"
    return Line(sheet.address(entry.target, user, entry.effective_on), str(entry), note)


def _submitted(user: User) -> Task:
    """What one's agency reported and nobody has reviewed yet, newest first."""
    pending = ProgressEntry.objects.pending().filter(recorded_by__agency=user.agency)
    found = policy.own(pending, user, commitment="target__commitment").order_by("-recorded_at", "-pk")
    lines = [
        Line(sheet.address(entry.target, user, entry.effective_on), str(entry), entry.recorded_by.name)
        for entry in found.select_related(*WITH)[:SHOWN]
    ]
    address = f"{reverse('admin:commitments_progressentry_changelist')}?state={PENDING}"
    return Task(_("Submitted, waiting for review"), found.count(), lines, address, _("All waiting entries"))


def _waiting(user: User, at: datetime) -> Task:
    """Oldest first; what one has recorded is somebody else's to review."""
    pending = policy.own(ProgressEntry.objects.pending(), user, commitment="target__commitment")
    pending = pending.exclude(recorded_by=user).order_by("recorded_at", "pk")
    lines = [_waiting_line(entry, at) for entry in pending.select_related(*WITH)[:SHOWN]]
    address = reverse("staff:review_queue")
    return Task(_("Waiting for review"), pending.count(), lines, address, _("Review"))


def _waiting_line(entry: ProgressEntry, at: datetime) -> Line:
    plan = entry.target.commitment.plan
    days = max(0, (sheet.local_day(plan, at) - sheet.local_day(plan, entry.recorded_at)).days)
    age = ngettext("waiting for %(days)d day", "waiting for %(days)d days", days) % {"days": days}
    since = age if days else _("since today")
    address = reverse("admin:commitments_progressentry_change", args=[entry.pk])
    return Line(address, str(entry), f"{entry.recorded_by.name} · {since}")


def _late_agencies(at: datetime) -> Task:
    """By the agency that leads, most first."""
    late = _owed(at).filter(freshness=Freshness.LATE)
    leads = late.values("target__commitment__lead_agency").annotate(many=Count("pk"))
    found = list(leads.order_by("-many", "target__commitment__lead_agency"))
    agencies = Agency.objects.in_bulk([each["target__commitment__lead_agency"] for each in found[:SHOWN]])
    lines = [
        _late_line(agencies[each["target__commitment__lead_agency"]], each["many"]) for each in found[:SHOWN]
    ]
    address = f"{reverse('admin:commitments_targetrollup_changelist')}?freshness__exact={Freshness.LATE}"
    return Task(_("Agencies that are late"), len(found), lines, address, _("All late reports"))


def _late_line(agency: Agency, many: int) -> Line:
    asked = {"target__commitment__lead_agency__id__exact": agency.pk, "freshness__exact": Freshness.LATE}
    address = f"{reverse('admin:commitments_targetrollup_changelist')}?{urlencode(asked)}"
    said = ngettext("%(count)d report late", "%(count)d reports late", many) % {"count": many}
    return Line(address, str(agency), said)
