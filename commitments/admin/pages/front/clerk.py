"""The clerk's front page: the reports that the agency owes, those returned to it first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from .... import permissions
from ....actions import period_locks
from ....domain.enums import DutyState
from ....formats import headed, joined, sentence_of, short_day
from ....labels import DUTY_STATE
from ....models import Commitment, CommitmentRollup, Plan, ProgressEntry, TargetRollup, User
from ....presenters.entries import format_entry
from ....presenters.people import waited
from ....reporting import overdue
from ....reporting.addresses import build_entry_address
from ....reporting.next_report import next_report
from ....reporting.periods import calendar_of, month_name, period_of_entry
from ....rollups import read
from .. import owed as list_of_owed
from .. import own_reports
from ..own_reports import BESIDE, own_rollups, reported_by_agency, returned_to, to_report_again
from .owed_reports import Stages, describe_owed, stages_of
from .parts import SHOWN, Front, Group, Item, Link, all_of, name_of, subject_of


class _Work(NamedTuple):
    """An agency's open reports: the commitments that owe one, their targets, and what was returned.

    `locked` are the last locked days by plan.
    """

    rollups: Sequence[CommitmentRollup]
    targets: Mapping[int, Sequence[TargetRollup]]
    stages: Stages
    returned: Mapping[int, Sequence[ProgressEntry]]
    locked: Mapping[Plan, date]
    user: User
    at: datetime


def clerk_front(user: User, at: datetime) -> Front:
    """Return the page; `at` is the instant that days are counted to."""
    with read.one_moment():
        work = _read_work(user, at)
        groups = [_returned(work), _overdue(work), _due(work)]
        is_recomputing = own_rollups(user).filter(read.is_recomputing("commitment")).exists()
        in_review = _in_review(user, at)
    shown = [group for group in groups if group.count]
    return Front(
        headline=_headline(work, groups) if shown else _all_reported(user, at),
        groups=shown,
        beside=[in_review] if in_review.count else [],
        button=Link(reverse("staff:quick_log"), _("Report progress")) if shown else None,
        is_recomputing=is_recomputing,
    )


def _read_work(user: User, at: datetime) -> _Work:
    owed = overdue.owed(own_rollups(user)).select_related("commitment__plan", "commitment__lead_agency")
    rollups = list(owed.order_by("report_since", "commitment__code"))
    targets = overdue.owing_targets(owed)
    returned = returned_to(user)
    stages = stages_of([each for owing in targets.values() for each in owing])
    plans = {entry.commitment.plan for entries in returned.values() for entry in entries}
    locks = ((plan, period_locks.in_force(plan)) for plan in plans)
    locked = {plan: lock.through for plan, lock in locks if lock and lock.through}
    return _Work(rollups, targets, stages, returned, locked, user, at)


def _headline(work: _Work, groups: Iterable[Group]) -> str:
    returned, late, due = (group.count for group in groups)
    parts = []
    if returned:
        parts.append(_("%(number)d returned") % {"number": returned})
    if late:
        parts.append(_("%(number)d overdue") % {"number": late})
    if due:
        said = _("%(number)d more due") if parts else _("%(number)d due")
        parts.append(said % {"number": due})
    agency = work.user.agency
    return headed(agency.short_name, sentence_of(parts)) if agency else sentence_of(parts)


def _all_reported(user: User, at: datetime) -> str:
    """Say that nothing is owed, and the report that is due next."""
    coming = next_report(permissions.own(Commitment.objects.all(), user, commitment="pk"), at)
    if coming is None:
        return _("All reported.")
    if coming.target and coming.is_figure:
        period = calendar_of(coming.commitment.plan, coming.target.kind).period_of(coming.since)
        subject = _("%(month)s figures") % {"month": month_name(period)}
    else:
        subject = name_of(coming.target or coming.commitment)
    following = _("Next: %(report)s, due %(day)s.") % {"report": subject, "day": short_day(coming.due_on)}
    return joined(_("All reported."), following)


def _returned(work: _Work) -> Group:
    """List the commitments with a returned report, unless one of their reports is overdue."""
    found = to_report_again(own_rollups(work.user), work.returned).values_list("commitment", flat=True)
    again = set(found)
    owing = {each.commitment_id: each for each in work.rollups}
    asked = [each for each in work.returned if each in again]
    items = [_item(work, pk, owing.get(pk)) for pk in asked[:SHOWN]]
    more = all_of(len(asked), own_reports.address_of_returned())
    return Group("returned", _("Returned to you"), len(asked), items, "↩", "off_track", more=more)


def _overdue(work: _Work) -> Group:
    """List the commitments with an overdue report, those with a returned one first."""
    late = [each for each in work.rollups if each.report_state == DutyState.LATE]
    late.sort(key=lambda each: each.commitment_id not in work.returned)
    items = [_item(work, each.commitment_id, each) for each in late[:SHOWN]]
    more = all_of(len(late), list_of_owed.address())
    return Group("overdue", str(DUTY_STATE[DutyState.LATE]), len(late), items, "■", "off_track", more=more)


def _due(work: _Work) -> Group:
    due = [
        each
        for each in work.rollups
        if each.report_state == DutyState.DUE and each.commitment_id not in work.returned
    ]
    items = [_item(work, each.commitment_id, each) for each in due[:SHOWN]]
    more = all_of(len(due), own_reports.address_of_due())
    return Group("due", str(DUTY_STATE[DutyState.DUE]), len(due), items, "○", more=more)


def _item(work: _Work, commitment: int, rollup: CommitmentRollup | None) -> Item:
    """Return a commitment with one line for each of its reports, the returned ones first."""
    returned = work.returned.get(commitment, ())
    lines = [_returned_line(entry, work) for entry in returned]
    if rollup:
        again = {entry.target_id for entry in returned}
        owing = work.targets[commitment]
        left = [each for each in owing if each.target_id not in again]
        if left or not (owing or returned):
            lines += describe_owed(rollup, left, work.stages, work.user, work.at)
    if len(lines) == 1:
        return lines[0]
    return Item(name_of(rollup.commitment if rollup else returned[0].commitment), lines=lines)


def _returned_line(entry: ProgressEntry, work: _Work) -> Item:
    review = entry.review
    said = {"who": review.reviewed_by.name, "reason": review.reason, "value": format_entry(entry)}
    note = _("%(who)s: “%(reason)s” You reported: %(value)s.") % said
    address = build_entry_address(entry, work.user)
    lock = work.locked.get(entry.commitment.plan)
    if lock and lock >= period_of_entry(entry).last:
        closed = _("The period is locked; the supervision office can unlock it.")
        return Item(subject_of(entry), address, entry.code, joined(note, closed))
    return Item(subject_of(entry), address, entry.code, note, _("Report again"))


def _in_review(user: User, at: datetime) -> Group:
    """List the agency's reports that wait for review, the oldest first."""
    pending = reported_by_agency(ProgressEntry.objects.pending(), user)
    found = pending.order_by("recorded_at", "pk")
    items = [
        Item(
            subject_of(entry),
            build_entry_address(entry, user),
            entry.code,
            f"{format_entry(entry)} · {waited(entry.recorded_at, at)}",
        )
        for entry in found.select_related(*BESIDE)[:SHOWN]
    ]
    count = found.count()
    more = all_of(count, own_reports.address_in_review())
    said = _("A report in review is never overdue.")
    return Group("in-review", _("In review"), count, items, said=said, more=more)
