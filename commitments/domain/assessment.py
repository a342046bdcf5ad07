"""The whole verdict on a target for one day: the numbers, the status and why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .ledger import Standing
from .periods import ReportingCalendar, freshness
from .status import HUNDRED, Case, Rules, judge
from .targets import TargetSpec
from .trajectory import planned
from .words import Accumulation, Freshness, Reason, Status

FOUR_PLACES = Decimal("0.0001")
TWO_PLACES = Decimal("0.01")
MOST = Decimal(1_000_000)
ENDED = (Status.ACHIEVED, Status.ACHIEVED_LATE, Status.NOT_ACHIEVED, Status.DROPPED)


@dataclass(frozen=True)
class Assessment:
    """Values in the target's unit; `progress` is a fraction; `gap` = progress minus planned progress, in points.

    Both stop at what can be stored, a million times the target: a mistyped value must not stop the roll-up.
    """

    actual: Decimal | None
    planned: Decimal
    progress: Decimal | None
    gap: Decimal | None
    status: Status
    reason: Reason
    freshness: Freshness


def assess(
    spec: TargetSpec,
    standing: Standing,
    *,
    on: date,
    rules: Rules,
    calendar: ReportingCalendar,
    dropped: bool = False,
) -> Assessment:
    """Judges a target on a day of the plan's calendar. Stored numbers are rounded; the rules see exact ones."""
    expected = planned(spec, on)
    progress = None if standing.actual is None else spec.share_of(standing.actual)
    due = spec.share_of(expected)
    verdict = judge(Case(spec, standing, on, calendar.closes_on(spec.due_on), rules, dropped))
    return Assessment(
        actual=standing.actual,
        planned=expected.quantize(FOUR_PLACES),
        progress=None if progress is None else _within(MOST, progress).quantize(FOUR_PLACES),
        gap=(
            None
            if progress is None or due is None
            else _within(MOST * HUNDRED, (progress - due) * HUNDRED).quantize(TWO_PLACES)
        ),
        status=verdict.status,
        reason=verdict.reason,
        freshness=_freshness(spec, standing, verdict.status, calendar, on),
    )


def _within(limit: Decimal, value: Decimal) -> Decimal:
    return max(-limit, min(limit, value))


def _freshness(
    spec: TargetSpec, standing: Standing, status: Status, calendar: ReportingCalendar, on: date
) -> Freshness:
    """What has ended needs no report; a staged target only needs one when a stage is due."""
    if status in ENDED:
        return Freshness.CURRENT
    if spec.accumulation != Accumulation.STAGES:
        return freshness(calendar, spec.starts_on, standing.latest_on, on)
    if standing.overdue_since is None:
        return Freshness.CURRENT
    return Freshness.DUE if on <= calendar.closes_on(standing.overdue_since) else Freshness.LATE
