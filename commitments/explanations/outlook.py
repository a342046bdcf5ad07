"""A target's outlook in words: forecast, pace, flags and people's confidence."""

from decimal import Decimal

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import labels
from ..domain.enums import Accumulation, Comparator, Confidence, Direction, Status, TargetKind
from ..domain.flags import Flag
from ..domain.targets import ZERO
from ..formats import FINER, LARGE, amount, beside, day, exact, points, rounded, sentence_of, signed, tenth
from ..models import Target
from ..states import CommitmentJudgement, TargetJudgement
from .facts import Facts

# For a target of so many units or more, a forecast is given in whole ones.
MANY = 10
ONE_UNIT = Decimal(1)
YEAR_END = (12, 31)


def forecast(target: Target, verdict: TargetJudgement) -> str:
    """Return the forecast for the due date; empty if none is possible."""
    if verdict.forecast is None:
        return _("Too few figures for a forecast yet.") if verdict.required_pace is not None else ""
    if _is_sure(target, verdict):
        return _("At this pace the target will be reached by %(day)s.") % {"day": _deadline(verdict)}
    facts = Facts(target, verdict)
    return _("At this pace about %(value)s by %(day)s (80%% interval %(low)s–%(high)s); target %(goal)s.") % {
        "value": amount(_about(target, verdict, verdict.forecast), facts.unit),
        "day": _deadline(verdict),
        "low": _about(target, verdict, verdict.forecast_low),
        "high": _about(target, verdict, verdict.forecast_high) + ("%" if facts.unit == "%" else ""),
        "goal": facts.goal_again,
    }


def paces(target: Target, verdict: TargetJudgement) -> str:
    """Return the pace needed in 30 days beside the present one; empty if next to no amount is left."""
    if verdict.required_pace is None or not tenth(verdict.required_pace):
        return ""
    facts = Facts(target, verdict)
    required = _per_month(facts, verdict.required_pace)
    if verdict.pace is None:
        return _("Needed: %(required)s a month.") % {"required": required}
    return _("Needed: %(required)s a month; at present: %(pace)s a month.") % {
        "required": required,
        "pace": _per_month(facts, verdict.pace, again=True),
    }


def flags(target: Target, verdict: TargetJudgement) -> list[str]:
    """Return the flags about the readings, one sentence each."""
    return [_flag(target, Flag(flag)) for flag in verdict.flags]


def confidence(verdict: CommitmentJudgement) -> str:
    """Return people's forward judgements and their distance from the status; empty without judgements."""
    said = [
        sentence % {"confidence": _inside(labels.CONFIDENCE[Confidence(word)])}
        for sentence, word in (
            (_("the responsible agency's confidence is %(confidence)s"), verdict.owner_confidence),
            (_("the supervision office's confidence is %(confidence)s"), verdict.supervision_confidence),
        )
        if word
    ]
    if not said:
        return ""
    status = _("the status is “%(status)s”") % {"status": _inside(labels.STATUS[Status(verdict.status)])}
    apart = [] if verdict.confidence_gap is None else [_agreement(verdict.confidence_gap)]
    return sentence_of([*said, status, *apart])


def _is_sure(target: Target, verdict: TargetJudgement) -> bool:
    """Tell whether even the low end of the forecast meets the target."""
    low = verdict.forecast_low
    return target.comparator == Comparator.AT_LEAST and low is not None and low >= verdict.target_value


def _about(target: Target, verdict: TargetJudgement, value: Decimal | None) -> str:
    """Return a forecast in whole units if there are many, else to a tenth; finer if that would read as the target."""
    value = value or ZERO
    is_whole = abs(value) >= LARGE or (target.kind == TargetKind.COUNT and target.value >= MANY)
    return exact(beside(value, verdict.target_value, (ONE_UNIT, *FINER) if is_whole else FINER))


def _deadline(verdict: TargetJudgement) -> str:
    """Return the due date, without the year if that is the year of the latest reading."""
    due_on = verdict.due_on
    if verdict.latest_on is None or due_on.year != verdict.latest_on.year:
        return day(due_on)
    if (due_on.month, due_on.day) == YEAR_END:
        return pgettext("deadline", "31 Dec")
    return format_date(due_on, pgettext("date format", "j M"))


def _per_month(facts: Facts, pace: Decimal, *, again: bool = False) -> str:
    """Return a monthly pace; a level has a sign, and is in points if it is a percentage."""
    # An amount that is counted up only grows, so it needs no sign.
    if facts.target.accumulation != Accumulation.LEVEL:
        figure = rounded(pace)
    elif facts.unit == "%":
        return points(signed(pace))
    else:
        figure = signed(pace)
    return facts.again(figure) if again else amount(figure, facts.unit)


def _flag(target: Target, flag: Flag) -> str:
    if flag == Flag.LAST_DAY_JUMP:
        return _("The increase on the due date alone is more than a third of the whole way.")
    if flag == Flag.EQUAL_THREE_TIMES:
        return _("The last three readings are the same.")
    if flag == Flag.DONE_WITHOUT_EVIDENCE:
        return _("The target is met, but none of the newest readings carries evidence.")
    if flag == Flag.LEFT_AGAIN:
        return _("The target was reached, but the newest reading no longer meets it.")
    if flag == Flag.ABOVE_WHOLE:
        return _("One of the newest readings of the ratio has a numerator above its denominator.")
    if target.accumulation == Accumulation.INCREMENTS:
        return _("The newest reading is below zero: it takes back what was reported before.")
    if target.direction == Direction.AT_MOST:
        return _("The newest reading is above the one before, though it should fall.")
    return _("The newest reading is below the one before.")


def _agreement(steps: int) -> str:
    return _("they differ") if steps else _("they agree")


def _inside(label: labels.Label) -> str:
    """Return the label as it stands within a sentence."""
    return str(label).lower()
