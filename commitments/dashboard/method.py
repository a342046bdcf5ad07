"""The contents of the method page: the way from a figure to a status, with the numbers of one plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import Accumulation, Goal, TrajectoryKind
from ..domain.flags import Flag
from ..domain.workdays import CHINA, NO_HOLIDAYS
from ..explanations import thresholds
from ..models import Plan, RuleSet, RuleSetAdoption
from .cases import CaseRow, case_rows
from .rules import MethodStep, steps

ACCUMULATION: Mapping[Accumulation, labels.Label] = {
    Accumulation.INCREMENTS: _(
        "Each report gives the increase; the actual is their sum. Examples: jobs, events."
    ),
    Accumulation.RUNNING_TOTAL: _(
        "Each report gives the total since the start of the plan; the actual is the newest one."
    ),
    Accumulation.LEVEL: _(
        "Each report gives the level of that day; the actual is the newest one. Examples: areas, rates."
    ),
    Accumulation.STAGES: _("A stage is done or not; the actual is the weight of the stages done."),
    Accumulation.RATIO: _(
        "Each report gives a numerator and a denominator; both are added up before they are divided, so that"
        " percentages are never averaged."
    ),
    Accumulation.RUNNING_RATIO: _(
        "Each report gives a numerator and a denominator since the start of the plan; the actual is the newest share."
    ),
}
GOAL: dict[Goal, labels.Label] = {
    Goal.REACH: _("A target reached once by the due date is done, even if the figure falls again."),
    Goal.MAINTAIN: _("Every reading up to the due date has to meet the target, as with a floor."),
    Goal.FINAL: _("The last reading of the period decides, as with growth rates, which can fall again."),
}
# The methods after the first one say some of it in another way.
GOAL_OF: Mapping[int, Mapping[Goal, labels.Label]] = {
    1: GOAL,
    2: GOAL
    | {
        Goal.REACH: _(
            "Reached by the due date is achieved: what is counted up, as long as it stands there; a level, even"
            " if it falls again."
        ),
    },
}
TRAJECTORY: Mapping[TrajectoryKind, labels.Label] = {
    TrajectoryKind.LINEAR: _(
        "The same amount every day, from the start value to the target at the due date."
    ),
    TrajectoryKind.HOLD: _("The target itself applies on every day."),
    TrajectoryKind.STEP: _("Nothing more is expected until the next given date."),
    TrajectoryKind.CHECKPOINTS: _("Straight lines between values approved for given days."),
}
FLAG: dict[Flag, labels.Label] = {
    Flag.LAST_DAY_JUMP: _("The increase on the due date alone is more than a third of the whole way."),
    Flag.EQUAL_THREE_TIMES: _(
        "The last three readings are the same, and not zero, unless the target is met or the work is in stages."
    ),
    Flag.DONE_WITHOUT_EVIDENCE: _("The target is met, but none of the newest readings carries evidence."),
    Flag.BELOW_PREVIOUS: _(
        "A total or level is on the wrong side of the one before, or an increment is negative."
    ),
}
FLAG_OF: Mapping[int, Mapping[Flag, labels.Label]] = {
    1: FLAG,
    2: FLAG
    | {
        Flag.BELOW_PREVIOUS: _(
            "A total, level or part of a ratio to date is on the wrong side of the one before, or an increment is"
            " negative."
        ),
        Flag.LEFT_AGAIN: _(
            "A level that had to be reached once was reached, and no longer meets the target."
        ),
        Flag.ABOVE_WHOLE: _("One of the newest readings of a ratio has a numerator above its denominator."),
    },
}


@dataclass(frozen=True)
class Term:
    word: str
    meaning: str


@dataclass(frozen=True)
class Method:
    plan: Plan
    on: date
    rule_set: RuleSet
    working_days: str
    thresholds: Sequence[Term]
    steps: Sequence[MethodStep]
    adoptions: Sequence[RuleSetAdoption]
    accumulations: Sequence[Term]
    goals: Sequence[Term]
    trajectories: Sequence[Term]
    flags: Sequence[Term]
    cases: Sequence[CaseRow]


def describe_method(plan: Plan, *, on: date) -> Method:
    """Describe the method by the rule set in force on a day of the plan's calendar."""
    prefetch_related_objects(
        [plan], Prefetch("adoptions", RuleSetAdoption.objects.select_related("rule_set"))
    )
    rule_set = plan.rule_set_on(on)
    return Method(
        plan=plan,
        on=on,
        rule_set=rule_set,
        working_days=_working_days(plan.holidays),
        thresholds=[Term(*told) for told in thresholds(rule_set)],
        steps=steps(rule_set),
        adoptions=list(plan.adoptions.all()),
        accumulations=_terms(labels.ACCUMULATION, ACCUMULATION),
        goals=_terms(labels.GOAL, GOAL_OF[rule_set.method]),
        trajectories=_terms(labels.TRAJECTORY, TRAJECTORY),
        flags=_terms(labels.FLAG, FLAG_OF[rule_set.method]),
        cases=case_rows(rule_set.method),
    )


def _working_days(holidays: str) -> str:
    """Say which days are no due days by the plan's holiday calendar."""
    if holidays == NO_HOLIDAYS:
        return gettext(
            "A due day or last day of grace that is a Saturday or Sunday moves to the next Monday."
        )
    if holidays == CHINA:
        return gettext(
            "A due day or last day of grace that is a weekend or public holiday moves to the next working day."
            " Working weekends count as working days. For years whose holidays are not published yet, Monday to"
            " Friday are working days."
        )
    words = gettext(
        "A due day or last day of grace that is a weekend or public holiday (%(holidays)s) moves to the next"
        " working day."
    )
    return words % {"holidays": holidays}


def _terms(
    names: Mapping[labels.Word, labels.Label], meanings: Mapping[labels.Word, labels.Label]
) -> list[Term]:
    return [Term(str(names[word]), str(meaning)) for word, meaning in meanings.items()]
