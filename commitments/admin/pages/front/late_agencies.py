"""The agencies with overdue reports: the commitments, and since when each is due."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from .... import permissions
from ....formats import short_day
from ....models import Agency, CommitmentRollup, User
from ....reporting.overdue import overdue
from .. import owed
from .parts import SHOWN, Group, Item, Link, name_of

# No more of one agency are named; the others are one click away.
NAMED = 5


def list_late_agencies(user: User) -> Group:
    """List the lead agencies, the one with the oldest due day first; three queries.

    The count of the list is that of commitments, as everywhere.
    """
    late = overdue(permissions.visible(CommitmentRollup.objects.all(), user))
    leads = late.values("commitment__lead_agency").annotate(many=Count("pk"), oldest=Min("report_due_on"))
    ordered = list(leads.order_by("oldest", "-many", "commitment__lead_agency"))
    counts = {each["commitment__lead_agency"]: each["many"] for each in ordered}
    shown = list(counts)[:SHOWN]
    agencies = Agency.objects.in_bulk(shown)
    rows = _by_agency(late.filter(commitment__lead_agency__in=shown))
    items = [_item(agencies[pk], rows[pk]) for pk in shown]
    return Group(
        "overdue",
        _("Overdue reports"),
        sum(counts.values()),
        items,
        "■",
        "off_track",
        more=Link(owed.address(), _("All overdue reports")) if items else None,
    )


def _by_agency(late: QuerySet[CommitmentRollup]) -> dict[int, list[CommitmentRollup]]:
    """Return by lead agency its overdue commitments, the oldest due day first."""
    found: defaultdict[int, list[CommitmentRollup]] = defaultdict(list)
    for rollup in late.select_related("commitment").order_by("report_due_on", "commitment__code"):
        found[rollup.commitment.lead_agency_id].append(rollup)
    return found


def _item(agency: Agency, late: Sequence[CommitmentRollup]) -> Item:
    address = owed.address(commitment__lead_agency__id__exact=agency.pk)
    said = ngettext("%(count)d overdue report", "%(count)d overdue reports", len(late)) % {"count": len(late)}
    return Item(agency.short_name, address, note=said, lines=[_line(each) for each in late[:NAMED]])


def _line(rollup: CommitmentRollup) -> Item:
    commitment = rollup.commitment
    day = short_day(rollup.report_due_on or rollup.assessed_on)
    note = pgettext("report", "was due %(day)s") % {"day": day}
    return Item(name_of(commitment), reverse("staff:overview", args=[commitment.pk]), commitment.code, note)
