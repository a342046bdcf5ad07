"""One sentence for each rule that can decide a status."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import labels
from ..domain.enums import Goal, Reason, Status, Tier
from ..formats import capitalise, day, headed, localised
from ..models import Commitment, Target
from ..models.lifecycle import LifecycleTerms
from ..states import CommitmentState, TargetJudgement
from .facts import Facts

STOPS = "。.；;"


def why(target: Target, verdict: TargetJudgement) -> str:
    """Explain the target's status; load the verdict's rule set with `select_related`."""
    facts = Facts(target, verdict)
    return capitalise(_sentence(Reason(verdict.reason), facts) % facts)


def why_commitment(state: CommitmentState) -> str:
    """Explain the commitment's status by the sentence of its deciding target, without a query."""
    if state.verdict is None:
        return ""
    reason, decider = Reason(state.verdict.reason), state.decider
    if reason == Reason.DROPPED:
        return _dropped(state.lifecycle)
    if reason == Reason.NOTHING_MEASURABLE:
        return _unmeasured(state.commitment)
    if decider is None or decider.verdict is None:
        return str(labels.REASON[reason])
    sentence, target = why(decider.target, decider.verdict), decider.target
    return headed(localised(target.title, target.title_en), sentence) if len(state.targets) > 1 else sentence


def aim(target: Target, verdict: TargetJudgement) -> str:
    """Return the target to reach or keep; empty for stages, which must all be done."""
    facts = Facts(target, verdict)
    return "" if facts.is_staged else _("target %(goal)s") % facts


def _sentence(reason: Reason, facts: Facts) -> str:
    by_case = BY_CASE.get(reason)
    return by_case(facts) if by_case else str(ALWAYS[reason])


def _dropped(terms: LifecycleTerms) -> str:
    return _("Dropped on %(day)s. Authority: %(authority)s. Reason: %(reason)s.") % {
        "day": day(terms.dropped_on) if terms.dropped_on else "",
        "authority": terms.dropped_authority.rstrip(STOPS),
        "reason": terms.dropped_reason.rstrip(STOPS),
    }


def _unmeasured(commitment: Commitment) -> str:
    if commitment.tier == Tier.DIRECTION:
        return _("A general aim with no measurable target; not rated.")
    return _("No measurable target has been set yet; not rated.")


def _reached_in_time(facts: Facts) -> str:
    if facts.is_staged:
        return _("The last stage was done on %(met)s; all were due by %(due)s.")
    return _("The target was reached on %(met)s, due by %(due)s: now %(actual)s, target %(goal_again)s.")


def _reached_late(facts: Facts) -> str:
    if facts.is_staged:
        return ngettext(
            "The last stage was done on %(met)s, %(days_late)s day after it was due, %(due)s.",
            "The last stage was done on %(met)s, %(days_late)s days after it was due, %(due)s.",
            facts.days_late,
        )
    return ngettext(
        "The target was reached on %(met)s, %(days_late)s day after it was due, %(due)s: "
        "now %(actual)s, target %(goal_again)s.",
        "The target was reached on %(met)s, %(days_late)s days after it was due, %(due)s: "
        "now %(actual)s, target %(goal_again)s.",
        facts.days_late,
    )


def _nothing_planned_yet(facts: Facts) -> str:
    if facts.is_staged:
        return _("Nothing reported, and no stage was due yet; the last is due on %(due)s.")
    return _("Nothing reported, and nothing was due yet; target %(goal)s by %(due)s.")


def _nothing_reported(facts: Facts) -> str:
    if facts.is_staged:
        return _("Nothing reported; stages worth %(planned)s of the work were due by now.")
    if facts.target.goal != Goal.REACH:
        return _("Nothing reported; target %(goal)s.")
    return _("Nothing reported; %(planned)s expected by now.")


def _stages_in_time(facts: Facts) -> str:
    if facts.owes_a_stage:
        return _("No stage is overdue yet; one is due today: %(standing)s.")
    if facts.is_as_planned:
        return _("All stages due so far are complete (%(actual)s of the work, as planned).")
    return _("All stages due so far are complete (%(actual)s of the work; %(planned)s planned).")


def _stage_overdue(facts: Facts) -> str:
    return ngettext(
        "A stage due on %(since)s is not done, %(days_overdue)s day overdue (up to %(days_of_grace)s is at risk):"
        " %(standing)s.",
        "A stage due on %(since)s is not done, %(days_overdue)s days overdue (up to %(days_of_grace)s is at risk):"
        " %(standing)s.",
        facts.days_overdue,
    )


def _stage_long_overdue(facts: Facts) -> str:
    return ngettext(
        "A stage due on %(since)s is not done, %(days_overdue)s day overdue (more than %(days_of_grace)s):"
        " %(standing)s.",
        "A stage due on %(since)s is not done, %(days_overdue)s days overdue (more than %(days_of_grace)s):"
        " %(standing)s.",
        facts.days_overdue,
    )


def _last_reading_meets(facts: Facts) -> str:
    if facts.verdict.status == Status.ACHIEVED:
        return _("The last figure of the period, %(actual)s (%(latest)s), meets the target: %(goal)s.")
    return _("The latest figure, %(actual)s (%(latest)s), meets the target: %(goal)s.")


def _last_reading_misses(facts: Facts) -> str:
    if facts.verdict.status == Status.NOT_ACHIEVED:
        return _("The last figure of the period, %(actual)s (%(latest)s), misses the target: %(goal)s.")
    return _("The latest figure, %(actual)s (%(latest)s), misses the target: %(goal)s.")


def _near_target(facts: Facts) -> str:
    if facts.has_two_ends:
        return _near_end(facts)
    if facts.is_smaller_than_target:
        return _(
            "The latest figure, %(actual)s (%(latest)s), misses the target (%(goal)s)"
            " but is at least %(at_risk)s of it."
        )
    return _(
        "The latest figure, %(actual)s (%(latest)s), misses the target (%(goal)s),"
        " but the target is at least %(at_risk)s of it."
    )


def _near_end(facts: Facts) -> str:
    if facts.is_smaller_than_target:
        return _(
            "The latest figure, %(actual)s (%(latest)s), misses the target (%(goal)s)"
            " but is at least %(at_risk)s of the nearer end, %(missed_end)s."
        )
    return _(
        "The latest figure, %(actual)s (%(latest)s), misses the target (%(goal)s),"
        " but the nearer end, %(missed_end)s, is at least %(at_risk)s of it."
    )


def _above_floor(facts: Facts) -> str:
    if facts.rises:
        return _(
            "The latest figure, %(actual)s (%(latest)s), misses the target (%(goal)s)"
            " but is above the floor, %(floor)s."
        )
    return _(
        "The latest figure, %(actual)s (%(latest)s), misses the target (%(goal)s)"
        " but is below the limit of %(floor)s."
    )


def _below_floor(facts: Facts) -> str:
    if facts.rises:
        return _(
            "The latest figure, %(actual)s (%(latest)s), misses the target (%(goal)s)"
            " and is not above the floor, %(floor)s."
        )
    return _(
        "The latest figure, %(actual)s (%(latest)s), misses the target (%(goal)s)"
        " and is not below the limit of %(floor)s."
    )


def _not_reached(facts: Facts) -> str:
    if facts.is_staged:
        return _("Not all stages were done by %(due)s: %(actual)s of the work.")
    return _("Not reached by %(due)s: now %(actual)s, target %(goal_again)s.")


def _lowered_again(facts: Facts) -> str:
    if facts.verdict.status == Status.NOT_ACHIEVED:
        return _(
            "Reached on %(first_met)s, but lowered again and not reached by %(due)s:"
            " now %(actual)s, target %(goal_again)s."
        )
    return _(
        "Reached on %(first_met)s, but lowered again: now %(actual)s, target %(goal_again)s;"
        " %(planned_again)s expected by now."
    )


def _used_in_pace(facts: Facts) -> str:
    if facts.is_above_plan:
        return _("%(use)s: a little faster, but even pace is at least %(on_track)s of it.")
    return _("%(use)s: no faster than even pace.")


def _used_small_gap(facts: Facts) -> str:
    if facts.is_small_by_units:
        return _("%(use)s: too fast, but by less than one whole unit.")
    return _("%(use)s: too fast, but by less than %(small_share)s of the ceiling.")


def _over_ceiling(facts: Facts) -> str:
    if facts.verdict.status == Status.NOT_ACHIEVED:
        return _("Over the ceiling in the end: %(actual)s, target %(goal)s.")
    return _("Over the ceiling: %(actual)s so far, target %(goal)s.")


def _on_pace(facts: Facts) -> str:
    if facts.gap > 0:
        return _("%(standing)s (%(distance)s ahead).")
    if not facts.gap:
        return _("%(standing)s (just as planned).")
    return _("%(standing)s (%(distance)s behind, yet at least %(on_track)s of planned progress).")


def _small_gap(facts: Facts) -> str:
    if facts.is_small_by_units:
        return _("%(standing)s (%(distance)s behind, but by less than one whole unit).")
    return _("%(standing)s (%(distance)s behind, a gap of less than %(small_gap)s).")


ALWAYS: Mapping[Reason, labels.Label] = {
    Reason.DROPPED: gettext_lazy("The commitment has been dropped; the target is no longer judged."),
    Reason.NOTHING_MEASURABLE: gettext_lazy("No measurable target; not rated."),
    Reason.NOTHING_PUBLISHED_YET: gettext_lazy(
        "No official figure yet; the first is not late yet; target %(goal)s."
    ),
    Reason.KEPT_THROUGHOUT: gettext_lazy("Kept to the end: %(furthest)s %(worst)s, target %(goal)s."),
    Reason.NOT_KEPT: gettext_lazy("Not kept throughout: %(furthest)s %(worst)s, target %(goal)s."),
    Reason.USED_SLIGHTLY_FAST: gettext_lazy(
        "%(use)s: too fast, as even pace is at least %(at_risk)s of it but less than %(on_track)s."
    ),
    Reason.USED_TOO_FAST: gettext_lazy(
        "%(use)s: much too fast, as even pace is less than %(at_risk)s of it."
    ),
    Reason.CEILING_KEPT: gettext_lazy("Stayed under the ceiling: %(actual)s in all, target %(goal)s."),
    Reason.BREACHED_NOW: gettext_lazy(
        "The latest figure, %(actual)s (%(latest)s), does not keep to the target: %(goal)s."
    ),
    Reason.BREACHED_BEFORE: gettext_lazy(
        "Kept now, at %(actual)s, but not always: %(furthest)s %(worst)s, target %(goal)s."
    ),
    Reason.KEPT_SO_FAR: gettext_lazy("Kept so far: now %(actual)s, %(furthest)s %(worst)s, target %(goal)s."),
    Reason.UNITS_AWAY: gettext_lazy(
        "The latest figure, %(actual)s (%(latest)s), misses the target (%(goal)s) by no more than %(near_units)s."
    ),
    Reason.NO_WAY_TO_GO: gettext_lazy(
        "Progress cannot be calculated: the start, %(start)s, is already at or past the target, %(goal)s;"
        " now %(actual)s."
    ),
    Reason.SLIGHTLY_BEHIND: gettext_lazy(
        "%(standing)s (%(distance)s behind, at least %(at_risk)s of planned progress but less than %(on_track)s)."
    ),
    Reason.FAR_BEHIND: gettext_lazy("%(standing)s (%(distance)s behind)."),
}
BY_CASE: Mapping[Reason, Callable[[Facts], str]] = {
    Reason.REACHED_IN_TIME: _reached_in_time,
    Reason.REACHED_LATE: _reached_late,
    Reason.NOTHING_PLANNED_YET: _nothing_planned_yet,
    Reason.NOTHING_REPORTED: _nothing_reported,
    Reason.LAST_READING_MEETS: _last_reading_meets,
    Reason.LAST_READING_MISSES: _last_reading_misses,
    Reason.NEAR_TARGET: _near_target,
    Reason.ABOVE_FLOOR: _above_floor,
    Reason.BELOW_FLOOR: _below_floor,
    Reason.NOT_REACHED: _not_reached,
    Reason.LOWERED_AGAIN: _lowered_again,
    Reason.USED_IN_PACE: _used_in_pace,
    Reason.USED_SMALL_GAP: _used_small_gap,
    Reason.OVER_CEILING: _over_ceiling,
    Reason.STAGES_IN_TIME: _stages_in_time,
    Reason.STAGE_OVERDUE: _stage_overdue,
    Reason.STAGE_LONG_OVERDUE: _stage_long_overdue,
    Reason.ON_PACE: _on_pace,
    Reason.SMALL_GAP: _small_gap,
}
