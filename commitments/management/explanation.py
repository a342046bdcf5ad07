"""The grounds of a verdict, line by line, in the active language."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from .. import explanations, labels
from ..domain.enums import Accumulation, Freshness, Reason, Status
from ..explanations.facts import Facts
from ..formats import amount, day, exact, headed, in_english, localised, points, rounded, signed
from ..models import Commitment, ProgressEntry, Target, TargetRollup

INDENT = "  "
Pair = tuple[str, str]
Entries = Mapping[int, ProgressEntry]


def commitment_lines(commitment: Commitment) -> Iterator[str]:
    """Yield the lines of the commitment's own verdict, without its targets."""
    yield f"{commitment.code} {localised(commitment.title, commitment.title_en)}"
    rollup = getattr(commitment, "rollup", None)
    if rollup is None:
        yield INDENT + _("There is no verdict.")
        return
    freshness = str(labels.FRESHNESS[Freshness(rollup.freshness)]) if rollup.freshness else ""
    yield from _lines(
        (
            (_("Status"), _status(rollup.status)),
            (_("Why"), explanations.why_commitment(commitment)),
            (_("Freshness"), freshness),
            (_("Confidence"), explanations.confidence(rollup)),
        )
    )


def target_lines(target: Target, entries: Entries) -> Iterator[str]:
    """Yield the lines of the target's verdict; `entries` holds the entries it names, by id."""
    yield headed(_("Target"), f"{target.code} {localised(target.title, target.title_en)}")
    rollup = getattr(target, "rollup", None)
    if rollup is None:
        yield INDENT + _("There is no verdict.")
        return
    yield from _lines((*_judgement(target, rollup), *_numbers(target, rollup), *_outlook(target, rollup)))
    yield from _lines(_basis(target, rollup, entries))


def _judgement(target: Target, rollup: TargetRollup) -> Iterable[Pair]:
    reason = Reason(rollup.reason)
    return (
        (_("Status"), _status(rollup.status)),
        (_("Why"), explanations.why(target, rollup)),
        (_("Rule"), f"{reason} · {labels.REASON[reason]}"),
    )


def _numbers(target: Target, rollup: TargetRollup) -> Iterable[Pair]:
    facts = Facts(target, rollup)
    return (
        (_("Actual"), "" if rollup.actual is None else facts.actual),
        (_("Planned"), facts.planned),
        (_("Target"), facts.goal),
        (_("Due"), facts.due),
        (_("Start value"), facts.start),
        (_("Progress"), "" if rollup.progress is None else f"{rounded(rollup.progress * 100)}%"),
        (_("Gap"), "" if rollup.gap is None else points(signed(rollup.gap))),
        (_("Freshness"), str(labels.FRESHNESS[Freshness(rollup.freshness)])),
        (_("Data as of"), facts.latest),
    )


def _outlook(target: Target, rollup: TargetRollup) -> Iterable[Pair]:
    return (
        (_("Forecast"), explanations.forecast(target, rollup)),
        (_("Pace"), explanations.paces(target, rollup)),
        (_("Look twice"), (" " if in_english() else "").join(explanations.flags(target, rollup))),
    )


def _basis(target: Target, rollup: TargetRollup, entries: Entries) -> Iterable[Pair]:
    yield _("Rule set"), rollup.rule_set_id
    for name, value in explanations.thresholds(rollup.rule_set):
        yield INDENT + name, value
    for number in rollup.newest_entries:
        yield _("Entry %(number)s") % {"number": number}, _entry(target, entries[number])


def _entry(target: Target, entry: ProgressEntry) -> str:
    milestone = entry.milestone
    if milestone is not None:
        return f"{day(entry.effective_on)} {localised(milestone.title, milestone.title_en)}"
    if target.accumulation == Accumulation.RATIO and entry.denominator is not None:
        return f"{day(entry.effective_on)} {exact(entry.value)}/{exact(entry.denominator)}"
    unit = localised(target.unit, target.unit_en)
    return f"{day(entry.effective_on)} {amount(exact(entry.value), unit)}"


def _status(status: str) -> str:
    known = Status(status)
    return f"{labels.LOOK[known].shape} {labels.STATUS[known]}"


def _lines(pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield the lines that have a value."""
    return (INDENT + headed(name, value) for name, value in pairs if value)
