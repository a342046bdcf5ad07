"""The check of every row of a sheet by the ledger's own rules, without a query for any of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as _

from ..actions import ledger, period_locks
from ..actions.proposals import ProposedEntry
from ..domain.enums import Accumulation
from ..formats import Unit
from ..models import Milestone, Target
from ..permissions import MAY_NOT_RECORD
from ..reporting.parsing import is_done, parse_value
from ..spreadsheets.reader.problems import Remark
from ..spreadsheets.reader.rows import SheetRow
from . import stage_words
from .context import CheckContext, folded
from .row_doubts import RowDoubts

PERCENT = "%"
# Columns of the sheet for fields of the ledger with another name.
COLUMN_OF = {"target": "code", "effective_on": "day"}


class CheckedRow(NamedTuple):
    """A row with its proposed entry, or with its faults; `doubts` do not keep it from being recorded."""

    row: SheetRow
    proposed: ProposedEntry | None
    faults: list[Remark]
    doubts: list[Remark]


def check_rows(
    rows: Iterable[SheetRow], context: CheckContext, day: date, doubts: RowDoubts, value_at: int
) -> Iterator[CheckedRow]:
    """Check each row against the ledger of today, not one after the other; a milestone is reported once in a sheet.

    `day` is the day of rows without one, `value_at` the place of the values (from 0). Call it without an active
    language, since messages are kept untranslated.
    """
    for row in rows:
        faults: list[Remark] = []
        target = _find_target(row, context, faults)
        understood = _interpret(row, target, value_at) if target else row
        faults += [Remark(*fault) for fault in understood.faults]
        proposed = _propose(understood, target, context, day, faults)
        if proposed is not None:
            faults += find_faults(proposed, context)
        if proposed is None or faults:
            yield CheckedRow(row, None, faults, [])
            continue
        if proposed.milestone is not None:
            context.reported.add(proposed.milestone.pk)
        yield CheckedRow(row, proposed, faults, doubts.find(row, proposed))


def find_faults(proposed: ProposedEntry, context: CheckContext) -> list[Remark]:
    """Return every refusal of `ledger.record`, in its words."""
    if proposed.target.commitment_id not in context.own:
        return [Remark("code", MAY_NOT_RECORD, {"code": proposed.target.commitment.code})]
    faults = [
        remark for refusal in ledger.refusals(proposed, at=context.at) for remark in _to_remarks(refusal)
    ]
    if proposed.milestone is not None and proposed.milestone.pk in context.reported:
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


def _interpret(row: SheetRow, target: Target, value_at: int) -> SheetRow:
    """Return the row with its value read as its target needs it."""
    written = row.written[value_at] if value_at < len(row.written) else ""
    if target.accumulation == Accumulation.STAGES:
        return _interpret_stage(row, written)
    return _strip_unit(row, target, written) if row.faults else row


def _interpret_stage(row: SheetRow, written: str) -> SheetRow:
    """Return the row as done, with a fault if its value is no word for that; a blank row stays blank."""
    if not (row.value or written.strip()) or _is_one(row):
        return row
    faults = [fault for fault in row.faults if fault[0] != "value"]
    if not is_done(written):
        faults.append(Remark("value", stage_words.HOW))
    return row._replace(value=str(ledger.DONE), percent=False, faults=faults)


def _is_one(row: SheetRow) -> bool:
    return bool(row.value) and Decimal(row.value) == ledger.DONE and not row.percent


def _strip_unit(row: SheetRow, target: Target, written: str) -> SheetRow:
    """Return the row with its value read without the target's unit."""
    try:
        value = parse_value(written, target)
    except ValidationError:
        return row
    return row._replace(value=f"{value:f}", faults=[fault for fault in row.faults if fault[0] != "value"])


def _propose(
    row: SheetRow, target: Target | None, context: CheckContext, day: date, faults: list[Remark]
) -> ProposedEntry | None:
    """Return the row's proposed entry; None without a target or value."""
    if target is None or not row.value:
        return None
    if row.percent and (
        PERCENT not in (target.unit, target.unit_en) or target.accumulation == Accumulation.RATIO
    ):
        message = _("Written in percent, but this is a figure in %(unit)s: enter it without “%%”.")
        faults.append(Remark("value", message, {"unit": Unit(target.unit, target.unit_en)}))
    return ProposedEntry(
        target=target,
        effective_on=date.fromisoformat(row.day) if row.day else day,
        value=Decimal(row.value),
        denominator=Decimal(row.denominator) if row.denominator else None,
        milestone=_find_milestone(row, target, context, faults),
        progress=row.progress,
        problems=row.problems,
        next_steps=row.next_steps,
    )


def _find_target(row: SheetRow, context: CheckContext, faults: list[Remark]) -> Target | None:
    found: Sequence[Target] = ()
    if row.code:
        column, found = "code", context.targets.get(row.code, ())
    elif row.title:
        column, found = "title", context.titled.get(folded(row.title), ())
    else:
        return None
    if len(found) == 1:
        return found[0]
    message = (
        _("Several targets of the plan are called “%(name)s”: give the code.")
        if found
        else _("No target of the plan is called “%(name)s”.")
    )
    faults.append(Remark(column, message, {"name": row.code or row.title}))
    return None


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
