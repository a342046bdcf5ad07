"""The reports that a commitment owes, in words and with the address of each on the sheet."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ....domain.enums import Accumulation, DutyState
from ....domain.readings import BY_PERIOD
from ....formats import short_day
from ....models import CommitmentRollup, Milestone, TargetRollup, User
from ....reporting.addresses import build_owed_address
from ....reporting.periods import calendar_of, month_name, newest_over
from .parts import Item, name_of

Stages = Mapping[tuple[int, date], Milestone]


def stages_of(owing: Collection[TargetRollup]) -> dict[tuple[int, date], Milestone]:
    """Read the stages of the staged targets by target and day; one query."""
    staged = [each.pk for each in owing if each.target.accumulation == Accumulation.STAGES]
    # If several stages fall on a day, the first is named.
    found = Milestone.objects.filter(target__in=staged).order_by("-position")
    return {(each.target_id, each.due_on): each for each in found}


def describe_owed(
    rollup: CommitmentRollup, owing: Sequence[TargetRollup], stages: Stages, user: User, at: datetime
) -> list[Item]:
    """Return a line for each target that owes a report; one for the commitment that owes words about itself."""
    if owing:
        return [_of_target(each, stages, user, at) for each in owing]
    commitment = rollup.commitment
    address = build_owed_address(commitment, None, user, rollup.report_since or rollup.assessed_on)
    note = _note(_("progress in words"), rollup)
    return [Item(name_of(commitment), address, commitment.code, note, _("Report"))]


def _of_target(owed: TargetRollup, stages: Stages, user: User, at: datetime) -> Item:
    target, since = owed.target, owed.report_since or owed.assessed_on
    stage = stages.get((target.pk, since))
    note = _note(_subject(owed, stage, since), owed)
    address = build_owed_address(target.commitment, target, user, _day(owed, stage, since, at))
    return Item(name_of(target), address, target.code, note, _("Report"))


def _subject(owed: TargetRollup, stage: Milestone | None, since: date) -> str:
    """Name the report that is lacking: a month's figure, a stage, or words."""
    target = owed.target
    if stage:
        return _("stage “%(stage)s”") % {"stage": name_of(stage)}
    if target.accumulation == Accumulation.STAGES:
        return _("progress in words")
    period = calendar_of(target.commitment.plan, target.kind).period_of(since)
    return _("%(month)s figures") % {"month": month_name(period)}


def _note(subject: str, owed: CommitmentRollup | TargetRollup) -> str:
    """Return the report and its day, in time or past."""
    day = short_day(owed.report_due_on or owed.assessed_on)
    is_late = owed.report_state == DutyState.LATE
    said = pgettext("report", "was due %(day)s") if is_late else pgettext("report", "due %(day)s")
    return f"{subject} · {said % {'day': day}}"


def _day(owed: TargetRollup, stage: Milestone | None, since: date, at: datetime) -> date:
    """Return the day whose sheet takes the report.

    Amounts and words belong to their own period. A newer total, level or stage settles all before it.
    """
    accumulation, plan = owed.target.accumulation, owed.target.commitment.plan
    if accumulation in BY_PERIOD or (accumulation == Accumulation.STAGES and not stage):
        return since
    return max(since, newest_over(plan, max(plan.day_at(at), plan.starts_on)).last)
