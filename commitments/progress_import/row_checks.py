"""The check of every row of a sheet by the ledger's own rules, without a query for any of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as _

from ..actions import ledger, period_locks
from ..actions.proposals import Proposed, ProposedEntry
from ..domain.enums import Accumulation
from ..domain.targets import RATIOS
from ..formats import Unit
from ..models import Commitment, Milestone, Target
from ..permissions import MAY_NOT_RECORD
from ..reporting.parsing import is_done, is_no
from ..spreadsheets.reader.problems import Remark
from ..spreadsheets.reader.rows import RATE, LeftOut, SheetRow
from .context import CheckContext, folded
from .group_rows import why_no_target
from .row_doubts import RowDoubts, doubt_hidden
from .row_figures import ReadRow, RowFigures, has_rate_alone
from .row_narratives import (
    RowWords,
    describe_words,
    find_commitment,
    find_word_faults,
    is_in_words,
    propose_narrative,
)
from .row_targets import find_target

PERCENT = "%"
AND = re.compile("[、,，;；/和及]")
# Columns of the sheet for fields of the ledger with another name.
COLUMN_OF = {"target": "code", "effective_on": "day", "no_figure": "value"}


class CheckedRow(NamedTuple):
    """A row with its proposed entry, or with its faults; `doubts` do not keep it from being recorded.

    `remarks` say how a cell was read. `target` and `commitment` are those of a faulty row, if they were found.
    """

    row: SheetRow
    proposed: Proposed | None
    faults: list[Remark]
    doubts: list[Remark]
    remarks: Sequence[Remark] = ()
    target: Target | None = None
    commitment: Commitment | None = None


def check_rows(
    rows: Iterable[SheetRow],
    context: CheckContext,
    day: date,
    doubts: RowDoubts,
    figures: RowFigures,
    left_out: LeftOut,
) -> Iterator[CheckedRow]:
    """Check each row against the ledger of today, not one after the other; a milestone is reported once in a sheet.

    `day` is the day of rows without one; `left_out` gets the rows of groups. Call it without an active language,
    since messages are kept untranslated.
    """
    for row in rows:
        faults: list[Remark] = []
        remarks: list[Remark] = []
        if why := why_no_target(row, context):
            left_out.add(why, row.number)
            continue
        commitment = find_commitment(row, context)
        target = None if commitment else find_target(row, context, faults, remarks)
        if has_rate_alone(row, target):
            left_out.add(RATE, row.number)
            continue
        about = commitment or (target.commitment if target else None)
        words = RowWords(row, about, target, figures.no_figure(row)) if about else None
        if words and is_in_words(words):
            yield _check_words(words, context, day, remarks)
            continue
        understood, said, odd = figures.read(row, target, day) if target else ReadRow(row, [])
        faults += [Remark(*fault) for fault in understood.faults]
        proposed = _propose(understood, target, context, day, faults)
        if proposed is not None:
            faults += find_faults(proposed, context)
        if proposed is None or faults:
            yield CheckedRow(row, None, faults, [], target=target, commitment=about)
            continue
        if proposed.milestone is not None:
            context.reported.add(proposed.milestone.pk)
        asked = [*_other_agency(row, proposed.commitment, context), *odd, *doubts.find(understood, proposed)]
        yield CheckedRow(row, proposed, faults, asked, [*remarks, *said])


def _check_words(words: RowWords, context: CheckContext, day: date, remarks: Sequence[Remark]) -> CheckedRow:
    """Check a row in words; no doubt about a figure concerns it."""
    row, commitment, target, _no_figure = words
    proposed = propose_narrative(words, day)
    faults = [*find_word_faults(words), *find_faults(proposed, context)]
    if faults:
        return CheckedRow(row, None, faults, [], target=target, commitment=commitment)
    asked = [*_other_agency(row, commitment, context), *doubt_hidden(row)]
    return CheckedRow(row, proposed, [], asked, [*remarks, *describe_words(words)])


def find_faults(proposed: Proposed, context: CheckContext) -> list[Remark]:
    """Return every refusal of `ledger.record`, in its words."""
    if proposed.commitment.pk not in context.own:
        return [Remark("code", MAY_NOT_RECORD, {"code": proposed.commitment.code})]
    milestone = proposed.milestone if isinstance(proposed, ProposedEntry) else None
    faults = [
        remark for refusal in ledger.refusals(proposed, at=context.at) for remark in _to_remarks(refusal)
    ]
    if milestone is not None and milestone.pk in context.reported:
        faults += _to_remarks(ledger.reported_already())
    if context.locked_through is not None and proposed.effective_on <= context.locked_through:
        faults += _to_remarks(period_locks.refusal(context.locked_through))
    return faults


def _to_remarks(refusal: ValidationError) -> list[Remark]:
    return [
        Remark(COLUMN_OF.get(field, field), str(error.message), error.params or {})
        for field, errors in refusal.error_dict.items()
        for error in errors
    ]


def _propose(
    row: SheetRow, target: Target | None, context: CheckContext, day: date, faults: list[Remark]
) -> ProposedEntry | None:
    """Return the row's proposed entry; None without a target or value."""
    if target is None or not row.value:
        return None
    if row.percent and (PERCENT not in (target.unit, target.unit_en) or target.accumulation in RATIOS):
        message = _("Written in percent, but this is a figure in %(unit)s: enter it without “%%”.")
        faults.append(Remark("value", message, {"unit": Unit(target.unit, target.unit_en)}))
    return ProposedEntry(
        target=target,
        effective_on=date.fromisoformat(row.day) if row.day else day,
        value=Decimal(row.value),
        denominator=Decimal(row.denominator) if row.denominator else None,
        milestone=_find_milestone(row, target, context, faults),
        includes_earlier=_read_tick(row, faults),
        progress=row.progress,
        problems=row.problems,
        next_steps=row.next_steps,
    )


def _read_tick(row: SheetRow, faults: list[Remark]) -> bool:
    """Tell whether the row says that it includes all since the last report."""
    text = row.includes_earlier
    if not text or is_no(text):
        return False
    if not is_done(text):
        message = _("“%(text)s” says neither yes nor no: write “yes”, or leave the cell blank.")
        faults.append(Remark("includes_earlier", message, {"text": text}))
    return True


def _find_milestone(
    row: SheetRow, target: Target, context: CheckContext, faults: list[Remark]
) -> Milestone | None:
    """Find the milestone by its title or its number."""
    if not row.milestone:
        return None
    if target.accumulation != Accumulation.STAGES:
        faults.append(Remark("milestone", _("This target has no milestones; enter a value.")))
        return None
    name = folded(row.milestone)
    for milestone in context.milestones.get(target.pk, ()):
        if name in (str(milestone.position), folded(milestone.title), folded(milestone.title_en)):
            return milestone
    message = _("%(code)s has no milestone that is called “%(name)s”.")
    faults.append(Remark("milestone", message, {"code": target.code, "name": row.milestone}))
    return None


def _other_agency(row: SheetRow, commitment: Commitment, context: CheckContext) -> list[Remark]:
    """Doubt a row that names none of its commitment's agencies."""
    own = context.agencies.get(commitment.pk, frozenset())
    named = AND.split(folded(row.agency)) if row.agency else []
    if not named or any(_is_short_for(one, other) for one in named for other in own):
        return []
    lead = commitment.lead_agency
    message = _("The sheet names %(given)s, but this target is led by %(agency)s.")
    return [Remark("agency", message, {"given": row.agency, "agency": Unit(lead.name, lead.name_en)})]


@cache
def _is_short_for(one: str, other: str) -> bool:
    """Tell whether one name has the signs of the other in order: 区住建局 is 区住房和城乡建设局."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(sign in rest for sign in short)
