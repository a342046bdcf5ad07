"""The grounds of a verdict, line by line, in the active language."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from .. import explanations, labels
from ..domain.enums import Reason, Status
from ..explanations.facts import Facts
from ..formats import amount, day, either, exact, headed, in_english, localised, points, rounded, signed
from ..models import ProgressEntry, Target
from ..presenters.verdict_rows import name_reports
from ..states import CommitmentState, TargetJudgement, TargetState

INDENT = "  "
Pair = tuple[str, str]
Entries = Mapping[int, ProgressEntry]


def commitment_lines(state: CommitmentState) -> Iterator[str]:
    """Yield the lines of the commitment's own verdict, without its targets."""
    commitment, verdict = state.commitment, state.verdict
    yield f"{commitment.code} {localised(commitment.title, commitment.title_en)}"
    if verdict is None:
        yield INDENT + _("There is no verdict.")
        return
    reports = name_reports(verdict)
    yield from _lines(
        (
            (_("Status"), _status(verdict.status)),
            (_("Why"), explanations.why_commitment(state)),
            (_("Reporting"), reports),
            (_("Confidence"), explanations.confidence(verdict)),
        )
    )


def target_lines(state: TargetState, entries: Entries) -> Iterator[str]:
    """Yield the lines of the target's verdict; `entries` holds the entries it names, by id."""
    target, verdict = state.target, state.verdict
    yield headed(_("Target"), f"{target.code} {localised(target.title, target.title_en)}")
    if verdict is None:
        yield INDENT + _("There is no verdict.")
        return
    yield from _lines((*_judgement(target, verdict), *_numbers(target, verdict), *_outlook(target, verdict)))
    yield from _lines(_basis(target, verdict, entries))


def _judgement(target: Target, verdict: TargetJudgement) -> Iterable[Pair]:
    reason = Reason(verdict.reason)
    return (
        (_("Status"), _status(verdict.status)),
        (_("Why"), explanations.why(target, verdict)),
        (_("Rule"), f"{reason} · {labels.REASON[reason]}"),
    )


def _numbers(target: Target, verdict: TargetJudgement) -> Iterable[Pair]:
    facts = Facts(target, verdict)
    return (
        (_("Actual"), "" if verdict.actual is None else facts.actual),
        (_("Planned"), facts.planned),
        (_("Target"), facts.goal),
        (_("Due"), facts.due),
        (_("Start value"), facts.start),
        (_("Progress"), "" if verdict.progress is None else f"{rounded(verdict.progress * 100)}%"),
        (_("Gap"), "" if verdict.gap is None else points(signed(verdict.gap))),
        (_("Reporting"), name_reports(verdict)),
        (_("Data as of"), facts.latest),
    )


def _outlook(target: Target, verdict: TargetJudgement) -> Iterable[Pair]:
    return (
        (_("Forecast"), explanations.forecast(target, verdict)),
        (_("Pace"), explanations.paces(target, verdict)),
        (_("Data checks"), (" " if in_english() else "").join(explanations.flags(target, verdict))),
    )


def _basis(target: Target, verdict: TargetJudgement, entries: Entries) -> Iterable[Pair]:
    yield _("Rule set"), verdict.rule_set.version
    for name, value in explanations.thresholds(verdict.rule_set):
        yield INDENT + name, value
    for number in verdict.newest_entries:
        yield _("Entry %(number)s") % {"number": number}, _entry(target, entries[number])


def _entry(target: Target, entry: ProgressEntry) -> str:
    _target, value, denominator, milestone = entry.figure
    if milestone is not None:
        return f"{day(entry.effective_on)} {localised(milestone.title, milestone.title_en)}"
    if denominator is not None:
        return f"{day(entry.effective_on)} {exact(value)}/{exact(denominator)}"
    unit = either(target.unit, target.unit_en)
    return f"{day(entry.effective_on)} {amount(exact(value), unit)}"


def _status(status: str) -> str:
    known = Status(status)
    return f"{labels.LOOK[known].shape} {labels.STATUS[known]}"


def _lines(pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield the lines that have a value."""
    return (INDENT + headed(name, value) for name, value in pairs if value)
