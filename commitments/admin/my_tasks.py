"""What waits for whoever has just signed in. A fixed number of queries, however much it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import formats, policy
from ..domain.words import Decision, Freshness, Lifecycle, Role
from ..models import Agency, ProgressEntry, TargetRollup, User
from .states import PENDING

SHOWN = 5


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
        return [_waiting(user, at), _late_agencies()]
    if user.role == Role.CLERK:
        return [_due(user), _returned(user)]
    return [_waiting(user, at)] if user.role == Role.REVIEWER else []


def _due(user: User) -> Task:
    """Late ones first."""
    owed = policy.own(_owed(), user, commitment="target__commitment").order_by("-freshness", "target__code")
    address = _page("quick_log", "admin:commitments_progressentry_add")
    lines = [_owed_line(rollup) for rollup in owed.select_related("target")[:SHOWN]]
    return Task(_("Reports due"), owed.count(), lines, address, _("Report progress"), stays=True)


def _owed() -> QuerySet[TargetRollup]:
    running = TargetRollup.objects.filter(target__commitment__lifecycle=Lifecycle.ACTIVE)
    return running.filter(freshness__in=[Freshness.DUE, Freshness.LATE])


def _owed_line(rollup: TargetRollup) -> Line:
    address = f"{reverse('admin:commitments_progressentry_add')}?target={rollup.target_id}"
    latest = rollup.latest_on
    last = _("last data %(day)s") % {"day": formats.day(latest)} if latest else _("nothing reported yet")
    return Line(address, str(rollup.target), f"{rollup.get_freshness_display()} · {last}")


def _returned(user: User) -> Task:
    """Those that nothing has been reported after."""
    returned = ProgressEntry.objects.filter(review__decision=Decision.RETURN)
    later = ProgressEntry.objects.filter(target=OuterRef("target"), pk__gt=OuterRef("pk"))
    open_ = policy.own(returned, user, commitment="target__commitment").filter(~Exists(later)).order_by("pk")
    lines = [_returned_line(entry) for entry in open_.select_related("target", "milestone", "review")[:SHOWN]]
    address = f"{reverse('admin:commitments_progressentry_changelist')}?state=returned"
    return Task(_("Returned to you"), open_.count(), lines, address, _("All returned entries"))


def _returned_line(entry: ProgressEntry) -> Line:
    address = reverse("admin:commitments_progressentry_change", args=[entry.pk])
    return Line(address, str(entry), entry.review.reason)


def _waiting(user: User, at: datetime) -> Task:
    """Oldest first; what one has recorded is somebody else's to review."""
    pending = policy.own(ProgressEntry.objects.pending(), user, commitment="target__commitment")
    pending = pending.exclude(recorded_by=user).order_by("recorded_at", "pk")
    lines = [
        _waiting_line(entry, at)
        for entry in pending.select_related("target", "milestone", "recorded_by")[:SHOWN]
    ]
    everything = f"{reverse('admin:commitments_progressentry_changelist')}?state={PENDING}"
    address = _page("review_queue", everything)
    return Task(_("Waiting for review"), pending.count(), lines, address, _("Review"))


def _waiting_line(entry: ProgressEntry, at: datetime) -> Line:
    days = max(0, (at - entry.recorded_at).days)
    age = ngettext("waiting for %(days)d day", "waiting for %(days)d days", days) % {"days": days}
    since = age if days else _("since today")
    who = entry.recorded_by.get_full_name() or entry.recorded_by.get_username()
    address = reverse("admin:commitments_progressentry_change", args=[entry.pk])
    return Line(address, str(entry), f"{who} · {since}")


def _late_agencies() -> Task:
    """By the agency that leads, most first."""
    late = _owed().filter(freshness=Freshness.LATE)
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


def _page(name: str, instead: str) -> str:
    """A page of the staff's own where there is one."""
    try:
        return reverse(f"staff:{name}")
    except NoReverseMatch:
        return reverse(instead) if instead.startswith("admin:") else instead
