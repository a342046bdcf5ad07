"""The rules of a status on the method page: in their order, with the thresholds in force."""

from collections.abc import Sequence
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
STEPS: Sequence[tuple[labels.Label, Sequence[RuleText]]] = (
    (
        _("Is the commitment still pursued?"),
        ((Status.DROPPED, Reason.DROPPED, _("It has been dropped, with authority and reason on record.")),),
    ),
    (
        _("Can it be measured?"),
        ((Status.NOT_RATED, Reason.NOTHING_MEASURABLE, _("The commitment has no headline target.")),),
    ),
    (
        _("To be reached once: has it been reached?"),
        (
            (Status.ACHIEVED, Reason.REACHED_IN_TIME, _("First reached on or before the due date.")),
            (Status.ACHIEVED_LATE, Reason.REACHED_LATE, _("First reached after the due date.")),
        ),
    ),
    (
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
    ),
    (
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
    ),
    (
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
    ),
    (
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
    ),
    (
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
    ),
    (
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
    ),
)


def steps(rule_set: RuleSet) -> list[MethodStep]:
    numbers = {
        "on_track": percent(rule_set.on_track_ratio),
        "at_risk": percent(rule_set.at_risk_ratio),
        "gap": exact(rule_set.small_gap_points),
        "days": rule_set.stage_grace_days,
        "floor": exact(rule_set.growth_floor),
    }
    taken: set[str] = set()
    return [
        MethodStep(
            str(title),
            [_rule(status, reason, str(when) % numbers, taken) for status, reason, when in rules],
        )
        for title, rules in STEPS
    ]


def _rule(status: Status, reason: Reason, when: str, taken: set[str]) -> MethodRule:
    anchor = "" if reason in taken else reason.value
    taken.add(reason.value)
    return MethodRule(tag(status), reason.value, anchor, str(labels.REASON[reason]), when)
