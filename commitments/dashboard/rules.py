"""The rules of a status on the method page: in their order, with the thresholds in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import Reason, Status
from ..formats import exact, percent
from ..models import RuleSet
from ..presenters.status_tags import Tag, tag


@dataclass(frozen=True)
class MethodRule:
    """A rule as shown; `anchor` is empty if an earlier rule of the same code has it."""

    tag: Tag
    code: str
    anchor: str
    name: str
    when: str


@dataclass(frozen=True)
class MethodStep:
    """A group of rules; the first step with a matching rule decides."""

    title: str
    rules: Sequence[MethodRule]


RuleText = tuple[Status, Reason, labels.Label]
Step = tuple[labels.Label, Sequence[RuleText]]
PURSUED: Step = (
    _("Is the commitment still pursued?"),
    ((Status.DROPPED, Reason.DROPPED, _("It has been dropped, with authority and reason on record.")),),
)
MEASURABLE: Step = (
    _("Can it be measured?"),
    ((Status.NOT_RATED, Reason.NOTHING_MEASURABLE, _("The commitment has no headline target.")),),
)
REACHED: Step = (
    _("To be reached once: has it been reached?"),
    (
        (Status.ACHIEVED, Reason.REACHED_IN_TIME, _("First reached on or before the due date.")),
        (Status.ACHIEVED_LATE, Reason.REACHED_LATE, _("First reached after the due date.")),
    ),
)
REPORTED: Step = (
    _("Has anything been reported?"),
    (
        (
            Status.NOT_STARTED,
            Reason.NOTHING_PLANNED_YET,
            _("No approved figure, and nothing was due by today."),
        ),
        (
            Status.NOT_STARTED,
            Reason.NOTHING_PUBLISHED_YET,
            _("No approved figure, and the first official statistics are not late yet."),
        ),
        (
            Status.NO_DATA,
            Reason.NOTHING_REPORTED,
            _("No approved figure, though something was due by today."),
        ),
    ),
)
ENDED: Step = (
    _("Have the due date and the time for its report passed?"),
    (
        (Status.ACHIEVED, Reason.KEPT_THROUGHOUT, _("To be kept: no reading missed the target.")),
        (Status.NOT_ACHIEVED, Reason.NOT_KEPT, _("To be kept: at least one reading missed the target.")),
        (
            Status.ACHIEVED,
            Reason.LAST_READING_MEETS,
            _("Decided by the last reading: it meets the target."),
        ),
        (
            Status.NOT_ACHIEVED,
            Reason.LAST_READING_MISSES,
            _("Decided by the last reading: it misses the target."),
        ),
        (Status.NOT_ACHIEVED, Reason.NOT_REACHED, _("To be reached once: not reached.")),
    ),
)
KEPT: Step = (
    _("To be kept at every reading, still running"),
    (
        (Status.OFF_TRACK, Reason.BREACHED_NOW, _("The latest reading misses the target.")),
        (
            Status.AT_RISK,
            Reason.BREACHED_BEFORE,
            _("The latest reading meets the target, an earlier one did not."),
        ),
        (Status.ON_TRACK, Reason.KEPT_SO_FAR, _("Every reading meets the target.")),
    ),
)
FINAL: Step = (
    _("Decided by the last reading, still running"),
    (
        (Status.ON_TRACK, Reason.LAST_READING_MEETS, _("The latest reading meets the target.")),
        (
            Status.OFF_TRACK,
            Reason.LAST_READING_MISSES,
            _("The latest reading misses a target that is an upper limit."),
        ),
        (
            Status.AT_RISK,
            Reason.ABOVE_FLOOR,
            _("The latest reading misses the target but is above %(floor)s."),
        ),
        (
            Status.OFF_TRACK,
            Reason.BELOW_FLOOR,
            _("The latest reading misses the target and is not above %(floor)s."),
        ),
    ),
)
STAGED: Step = (
    _("In stages, still running"),
    (
        (
            Status.ON_TRACK,
            Reason.STAGES_IN_TIME,
            _("No stage is overdue (the due day itself does not count as overdue)."),
        ),
        (
            Status.AT_RISK,
            Reason.STAGE_OVERDUE,
            _("The oldest stage that is due and not done is overdue by up to %(days)s days."),
        ),
        (
            Status.OFF_TRACK,
            Reason.STAGE_LONG_OVERDUE,
            _("The oldest stage that is due and not done is overdue by more than %(days)s days."),
        ),
    ),
)
PACE: Step = (
    _("To be reached once, still running: progress against planned progress"),
    (
        (
            Status.AT_RISK,
            Reason.NO_WAY_TO_GO,
            _("Progress cannot be computed: the start equals the target or meets it already."),
        ),
        (
            Status.ON_TRACK,
            Reason.ON_PACE,
            _("Progress is at least %(on_track)s of planned progress."),
        ),
        (
            Status.AT_RISK,
            Reason.SLIGHTLY_BEHIND,
            _("Progress is at least %(at_risk)s of planned progress."),
        ),
        (
            Status.AT_RISK,
            Reason.SMALL_GAP,
            _("The gap is less than %(gap)s percentage points or, of a count, less than one whole unit."),
        ),
        (Status.OFF_TRACK, Reason.FAR_BEHIND, _("None of the above.")),
    ),
)
STANDING: Step = (
    _("To be reached once: has it been reached, and does what is counted up still stand there?"),
    (
        (
            Status.ACHIEVED,
            Reason.REACHED_IN_TIME,
            _("Standing at the target since the due date or earlier; a level, once reached, stays so."),
        ),
        (
            Status.ACHIEVED_LATE,
            Reason.REACHED_LATE,
            _("Standing at the target since a day after the due date; a level, first reached after it."),
        ),
    ),
)
# Pace decides the status of what was lowered, so it may get any of these.
LOWERED: Step = (
    _("Counted up: had it been reached, and was it lowered again?"),
    (
        (
            Status.NOT_ACHIEVED,
            Reason.LOWERED_AGAIN,
            _("The due date and the time for its report are over."),
        ),
        *(
            (status, Reason.LOWERED_AGAIN, _("Still running: judged by progress against planned progress."))
            for status in (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
        ),
    ),
)
CEILING: Step = (
    _("A ceiling above 0 for what is counted up: what may be used by today, against what has been used"),
    (
        (Status.OFF_TRACK, Reason.OVER_CEILING, _("Over the ceiling, still running.")),
        (Status.NOT_ACHIEVED, Reason.OVER_CEILING, _("Over the ceiling; due date and grace are over.")),
        (Status.ACHIEVED, Reason.CEILING_KEPT, _("Under the ceiling; due date and grace are over.")),
        (
            Status.ON_TRACK,
            Reason.USED_IN_PACE,
            _("The planned amount, a straight line from 0, is at least %(on_track)s of what has been used."),
        ),
        (
            Status.AT_RISK,
            Reason.USED_SLIGHTLY_FAST,
            _("The planned amount is at least %(at_risk)s of what has been used."),
        ),
        (
            Status.AT_RISK,
            Reason.USED_SMALL_GAP,
            _(
                "Above the planned amount by less than %(gap)s %% of the ceiling or, of a count, one whole unit."
            ),
        ),
        (Status.OFF_TRACK, Reason.USED_TOO_FAST, _("None of the above.")),
    ),
)
FINAL_2: Step = (
    _("Decided by the last reading, still running: a growth rate by its floor, others by how near they are"),
    (
        (Status.ON_TRACK, Reason.LAST_READING_MEETS, _("The latest reading meets the target.")),
        (
            Status.AT_RISK,
            Reason.ABOVE_FLOOR,
            _(
                "A growth rate misses a target above %(floor)s but lies above it too; for one that should fall,"
                " both lie below %(mirrored)s."
            ),
        ),
        (
            Status.OFF_TRACK,
            Reason.BELOW_FLOOR,
            _("A growth rate misses the target and is on the wrong side of its floor too."),
        ),
        (
            Status.AT_RISK,
            Reason.NEAR_TARGET,
            _(
                "Another value reaches %(at_risk)s of the target; a value to stay under, with the target at least"
                " %(at_risk)s of it."
            ),
        ),
        (
            Status.AT_RISK,
            Reason.UNITS_AWAY,
            _("A count or rank misses the target by at most %(near_units)s."),
        ),
        (
            Status.OFF_TRACK,
            Reason.LAST_READING_MISSES,
            _(
                "The latest reading misses the target by more. (A value with a path is judged by pace, as below.)"
            ),
        ),
    ),
)
STEPS: Mapping[int, Sequence[Step]] = {
    1: (PURSUED, MEASURABLE, REACHED, REPORTED, ENDED, KEPT, FINAL, STAGED, PACE),
    2: (PURSUED, MEASURABLE, STANDING, REPORTED, CEILING, LOWERED, ENDED, KEPT, FINAL_2, STAGED, PACE),
}


def steps(rule_set: RuleSet) -> list[MethodStep]:
    numbers = {
        "on_track": percent(rule_set.on_track_ratio),
        "at_risk": percent(rule_set.at_risk_ratio),
        "gap": exact(rule_set.small_gap_points),
        "days": rule_set.stage_grace_days,
        "floor": exact(rule_set.growth_floor),
        "mirrored": exact(-rule_set.growth_floor),
        "near_units": "" if rule_set.near_units is None else exact(rule_set.near_units),
    }
    taken: set[str] = set()
    return [
        MethodStep(
            str(title),
            [_rule(status, reason, str(when) % numbers, taken) for status, reason, when in rules],
        )
        for title, rules in STEPS[rule_set.method]
    ]


def _rule(status: Status, reason: Reason, when: str, taken: set[str]) -> MethodRule:
    anchor = "" if reason in taken else reason.value
    taken.add(reason.value)
    return MethodRule(tag(status), reason.value, anchor, str(labels.REASON[reason]), when)
