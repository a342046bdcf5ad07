"""The numbers and days of a verdict as its sentences write them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..domain.enums import Accumulation, Comparator, Direction, Goal, Reason, TargetKind
from ..domain.targets import RATIOS, ZERO
from ..formats import (
    FINER,
    amount,
    beside,
    day,
    either,
    ends,
    exact,
    in_english,
    percent,
    points,
    rounded,
    tenth,
)
from ..models import Target
from ..states import TargetJudgement
from .planned_figure import is_small_by_units, planned_figure

ONE_TENTH = Decimal("0.1")
HALF_A_TENTH = Decimal("0.05")


class Facts:
    """The numbers of a verdict as words, looked up by `sentence % facts`."""

    def __init__(self, target: Target, verdict: TargetJudgement) -> None:
        self.target, self.verdict = target, verdict
        self.unit = either(target.unit, target.unit_en)

    def __getitem__(self, name: str) -> str:
        return str(getattr(self, name))

    @property
    def actual(self) -> str:
        return self.reading(self.verdict.actual)

    @property
    def worst(self) -> str:
        return self.reading(self.verdict.worst)

    @property
    def start(self) -> str:
        return self.reading(self.verdict.start_value)

    @property
    def floor(self) -> str:
        """Return the floor of a growth rate; that of a falling one is mirrored."""
        floor = self.verdict.rule_set.growth_floor
        return self.reading(floor if self.rises else -floor)

    @property
    def rises(self) -> bool:
        return self.target.direction == Direction.AT_LEAST

    @property
    def has_two_ends(self) -> bool:
        return self.verdict.target_high is not None

    @property
    def missed_end(self) -> str:
        return amount(exact(self._missed_end), self.unit)

    @property
    def is_smaller_than_target(self) -> bool:
        """Tell whether the actual value, without its sign, is a part of the end that it misses, not the reverse."""
        return abs(self.verdict.actual or ZERO) < abs(self._missed_end)

    @property
    def near_units(self) -> str:
        return amount(exact(self.verdict.rule_set.near_units or ZERO), self.unit)

    @property
    def planned(self) -> str:
        return self._planned(lambda figure: amount(figure, self.unit))

    @property
    def planned_again(self) -> str:
        return self._planned(self.again)

    @property
    def goal(self) -> str:
        """Return the target in force, with the side to be on unless that is self-evident."""
        return self._sided(amount(self._ends, self.unit))

    @property
    def goal_again(self) -> str:
        return self._sided(self.again(self._ends))

    @property
    def due(self) -> str:
        return day(self.verdict.due_on)

    @property
    def met(self) -> str:
        """Return the day that counts for a target that was reached."""
        return day(self._met_on) if self._met_on else ""

    @property
    def first_met(self) -> str:
        return day(self.verdict.first_met_on) if self.verdict.first_met_on else ""

    @property
    def latest(self) -> str:
        return day(self.verdict.latest_on) if self.verdict.latest_on else ""

    @property
    def since(self) -> str:
        return day(self.verdict.overdue_since) if self.verdict.overdue_since else ""

    @property
    def days_late(self) -> int:
        return (self._met_on - self.verdict.due_on).days if self._met_on else 0

    @property
    def on(self) -> date:
        """The day that is judged."""
        return self.verdict.assessed_on

    @property
    def days_overdue(self) -> int:
        since = self.verdict.overdue_since
        return (self.on - since).days if since else 0

    @property
    def days_of_grace(self) -> int:
        return self.verdict.rule_set.stage_grace_days

    @property
    def on_track(self) -> str:
        return percent(self.verdict.rule_set.on_track_ratio)

    @property
    def at_risk(self) -> str:
        return percent(self.verdict.rule_set.at_risk_ratio)

    @property
    def small_gap(self) -> str:
        return points(exact(self.verdict.rule_set.small_gap_points))

    @property
    def small_share(self) -> str:
        """Return the small gap as a share of a ceiling: `5%`."""
        return f"{exact(self.verdict.rule_set.small_gap_points)}%"

    @property
    def gap(self) -> Decimal:
        """Return the gap in points, to the tenth that is shown."""
        return tenth(self.verdict.gap or ZERO)

    @property
    def distance(self) -> str:
        """Return the gap such as `9.2 points`; beside values in percent, as points of progress."""
        shown = points(self._points)
        if self.unit != "%":
            return shown
        return _("%(points)s of progress") % {"points": shown}

    @property
    def _points(self) -> str:
        """Return the gap to a tenth; a small one finer, if it would read as the limit of small gaps."""
        gap, limit = abs(self.verdict.gap or ZERO), self.verdict.rule_set.small_gap_points
        if self.verdict.reason == Reason.SMALL_GAP and not self.is_small_by_units:
            return exact(beside(min(gap, limit - FINER[-1]), limit))
        return rounded(gap)

    @property
    def standing(self) -> str:
        """Return present, target and planned value, such as `33 of 76 communities; 40 expected by now`."""
        if self.is_staged:
            return _("%(actual)s of the work done, %(planned)s planned") % self
        if self.target.direction == Direction.AT_MOST:
            return _("now %(actual)s; it should be down to %(planned_again)s by now") % self
        if self.target.accumulation == Accumulation.LEVEL:
            return _("now %(actual)s; %(planned_again)s expected by now") % self
        return _("%(share)s; %(planned_again)s expected by now") % self

    @property
    def use(self) -> str:
        """Return the use of a ceiling, such as `so far 60 of no more than 190 cases; even pace is 95 by now`."""
        if self.unit == "%":
            return _("so far %(actual)s (target %(goal)s); even pace is %(planned_again)s by now") % self
        return _("so far %(figure)s of %(goal)s; even pace is %(planned_again)s by now") % self

    @property
    def share(self) -> str:
        """Return the total to date beside the target, such as `33 of 76 communities`."""
        # English has one noun for both figures; but 20 per cent of 38 per cent would be a product.
        if self.unit == "%" or self.target.comparator == Comparator.RANGE:
            return _("%(actual)s so far (target %(goal)s)") % self
        return _("%(figure)s of %(goal)s") % self

    @property
    def figure(self) -> str:
        """Return the actual value; in English without its unit, which the target has."""
        return self.again(self._exactly(self.verdict.actual))

    @property
    def is_above_plan(self) -> bool:
        return (self.verdict.actual or ZERO) > (self.verdict.planned or ZERO)

    @property
    def furthest(self) -> str:
        """Return the word for the worst reading of a goal to maintain: lowest or highest."""
        return pgettext("reading", "lowest") if self.rises else pgettext("reading", "highest")

    @property
    def is_staged(self) -> bool:
        return self.target.kind == TargetKind.STAGES

    @property
    def is_as_planned(self) -> bool:
        return self.verdict.planned == self.verdict.actual

    @property
    def owes_a_stage(self) -> bool:
        """Tell whether a stage of the day itself is due, if none is overdue."""
        return (self.verdict.planned or ZERO) > (self.verdict.actual or ZERO)

    @property
    def is_small_by_units(self) -> bool:
        return is_small_by_units(self.target, self.verdict)

    def reading(self, value: Decimal | None) -> str:
        """Return a reading as entered; a ratio's share to a hundredth, or finer beside the target."""
        return amount(self._exactly(value), self.unit)

    def _exactly(self, value: Decimal | None) -> str:
        value = value or ZERO
        if self.target.accumulation in RATIOS:
            value = beside(value, self.verdict.target_value, FINER[1:])
        return exact(value)

    def again(self, figure: str) -> str:
        """Return a second figure of the same unit; English does not repeat the unit."""
        return figure if in_english() and self.unit != "%" else amount(figure, self.unit)

    @property
    def _met_on(self) -> date | None:
        return self.verdict.standing_since or self.verdict.first_met_on

    def _planned(self, shown: Callable[[str], str]) -> str:
        """Return the planned value; a very small one as a limit, since it would read as 0."""
        value = self.verdict.planned or ZERO
        if ZERO < value < HALF_A_TENTH:
            return pgettext("planned", "less than %(value)s") % {"value": shown(exact(ONE_TENTH))}
        return shown(exact(planned_figure(self.target, self.verdict)))

    @property
    def _ends(self) -> str:
        """Return the figures of the target in force."""
        about = self.target.comparator == Comparator.ABOUT
        return ends(self.verdict.target_value, self.verdict.target_high, about=about)

    @property
    def _missed_end(self) -> Decimal:
        """Return the end of the target in force on whose wrong side the actual value lies."""
        stated, high = self.verdict.target_value, self.verdict.target_high
        if high is None:
            return stated
        low = stated * 2 - high if self.target.comparator == Comparator.ABOUT else stated
        return low if (self.verdict.actual or ZERO) < stated else high

    def _sided(self, value: str) -> str:
        comparator = Comparator(self.target.comparator)
        if self.verdict.within:
            return _("within %(value)s") % {"value": value}
        if comparator == Comparator.AT_LEAST and self.target.goal == Goal.REACH:
            return value
        sides = {
            Comparator.AT_LEAST: _("at least %(value)s"),
            Comparator.ABOVE: _("more than %(value)s"),
            Comparator.AT_MOST: _("no more than %(value)s"),
            Comparator.BELOW: _("less than %(value)s"),
            Comparator.ABOUT: _("about %(value)s"),
            Comparator.RANGE: _("in the range %(value)s"),
        }
        return sides[comparator] % {"value": value}
