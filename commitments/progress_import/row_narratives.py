"""The rows that report in words: about a commitment, or about a target without a figure."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from ..actions.proposals import ProposedNarrative
from ..domain.enums import Accumulation, NoFigure
from ..models import Commitment, Target
from ..reporting.parsing import is_no
from ..spreadsheets.reader.problems import Remark
from ..spreadsheets.reader.rows import NO_VALUE, SheetRow
from .context import CheckContext, code_key, title_key

OF_TARGETS = _("%(code)s is a commitment. A figure needs the code of its target.")
NOT_BOTH = _("The value says that there is no figure. Leave the parts of a figure blank.")
IN_WORDS = _("There is no value: this is recorded as a report in words.")
NO_STAGE = _("The stage is not reported as done: these words are recorded for %(code)s as a whole.")


class RowWords(NamedTuple):
    """A row in words: what it is about, and why its target has no figure."""

    row: SheetRow
    commitment: Commitment
    target: Target | None
    no_figure: NoFigure | None


def find_commitment(row: SheetRow, context: CheckContext) -> Commitment | None:
    """Find the commitment that a row names where it names no target; by its title, only one without targets."""
    if row.code:
        key = code_key(row.code)
        found = () if key in context.coded else context.commitments.get(key, ())
    else:
        key = title_key(row.title)
        found = () if key in context.numbered else context.directions.get(key, ())
    return found[0] if len(found) == 1 else None


def is_in_words(words: RowWords) -> bool:
    """Tell whether a row reports in words: it has a text and no figure, or a word in place of that."""
    row, _commitment, target, no_figure = words
    if target is None:
        return True
    if no_figure is not None:
        return target.accumulation != Accumulation.STAGES
    has_text = any(text.strip() for text in (row.progress, row.problems, row.next_steps))
    return has_text and not row.rates and not _has_parts(row) and _lacks_value(row)


def propose_narrative(words: RowWords, day: date) -> ProposedNarrative:
    row = words.row
    return ProposedNarrative(
        commitment=words.commitment,
        target=words.target,
        effective_on=date.fromisoformat(row.day) if row.day else day,
        no_figure=words.no_figure if words.target else None,
        progress=row.progress,
        problems=row.problems,
        next_steps=row.next_steps,
    )


def find_word_faults(words: RowWords) -> list[Remark]:
    """Return the faults of its cells, and that of a figure or part of one, which it cannot have."""
    row, commitment, target, _no_figure = words
    faults = [Remark(*fault) for fault in row.faults if fault[0] not in ("value", "increase")]
    has_parts = _has_parts(row)
    if target is None and (has_parts or not _lacks_value(row)):
        return [*faults, Remark("code", OF_TARGETS, {"code": commitment.code})]
    return [*faults, Remark("value", NOT_BOTH)] if has_parts else faults


def describe_words(words: RowWords) -> list[Remark]:
    """Say what becomes of a row that may have been meant as a figure or a stage."""
    row, commitment, target, no_figure = words
    if row.milestone:
        return [Remark("milestone", NO_STAGE, {"code": target.code if target else commitment.code})]
    takes_figures = target is not None and target.accumulation != Accumulation.STAGES
    return [Remark("value", IN_WORDS)] if takes_figures and no_figure is None else []


def _lacks_value(row: SheetRow) -> bool:
    return any(fault[1] == NO_VALUE for fault in row.faults)


def _has_parts(row: SheetRow) -> bool:
    tick = row.includes_earlier
    return bool(row.denominator) or bool(tick and not is_no(tick))
