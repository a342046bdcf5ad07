"""Every row of a sheet by the ledger's own rules, without a query for any of them."""

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
from ..spreadsheets.reader.rows import Row
from . import stage_words
from .context import Frame, folded
from .row_doubts import Doubts

PERCENT = "%"
# Where the sheet names a field of the ledger differently.
COLUMN_OF = {"target": "code", "effective_on": "day"}


class Checked(NamedTuple):
    """A row with what it proposes, or with what is wrong with it; `doubts` do not stand in its way."""

    row: Row
    proposed: ProposedEntry | None
    faults: list[Remark]
    doubts: list[Remark]


def check_rows(
    rows: Iterable[Row], frame: Frame, day: date, doubts: Doubts, value_at: int
) -> Iterator[Checked]:
    """Each against the ledger of today, not one after the other; only a milestone is reported once in a sheet.

    `day` is that of rows that name none, `value_at` the place of the values (from 0).
    To be called in no language: what is wrong is kept untranslated.
    """
    for row in rows:
        faults: list[Remark] = []
        target = _target(row, frame, faults)
        understood = _understood(row, target, value_at) if target else row
        faults += [Remark(*fault) for fault in understood.faults]
        proposed = _proposed(understood, target, frame, day, faults)
        if proposed is not None:
            faults += faults_of(proposed, frame)
        if proposed is None or faults:
            yield Checked(row, None, faults, [])
            continue
        if proposed.milestone is not None:
            frame.reported.add(proposed.milestone.pk)
        yield Checked(row, proposed, faults, doubts.of(row, proposed))


def faults_of(proposed: ProposedEntry, frame: Frame) -> list[Remark]:
    """Return all that `ledger.record` would refuse, in its words."""
    if proposed.target.commitment_id not in frame.own:
        return [Remark("code", MAY_NOT_RECORD, {"code": proposed.target.commitment.code})]
    faults = [remark for refusal in ledger.refusals(proposed, at=frame.at) for remark in _remarks(refusal)]
    if proposed.milestone is not None and proposed.milestone.pk in frame.reported:
        faults += _remarks(ledger.reported_already())
    if frame.locked_through is not None and proposed.effective_on <= frame.locked_through:
        faults += _remarks(period_locks.refusal(frame.locked_through))
    return faults


def _remarks(refusal: ValidationError) -> list[Remark]:
    return [
        Remark(COLUMN_OF.get(field, field), str(error.message), error.params or {})
        for field, errors in refusal.error_dict.items()
        for error in errors
    ]


def _understood(row: Row, target: Target, value_at: int) -> Row:
    """Return the row with its value read as its target asks for."""
    written = row.written[value_at] if value_at < len(row.written) else ""
    if target.accumulation == Accumulation.STAGES:
        return _stage(row, written)
    return _without_unit(row, target, written) if row.faults else row


def _stage(row: Row, written: str) -> Row:
    """Done, or what is wrong in the words of stages, and looked at like one that is done; a blank one stays so."""
    if not (row.value or written.strip()) or _is_one(row):
        return row
    faults = [fault for fault in row.faults if fault[0] != "value"]
    if not is_done(written):
        faults.append(Remark("value", stage_words.HOW))
    return row._replace(value=str(ledger.DONE), percent=False, faults=faults)


def _is_one(row: Row) -> bool:
    return bool(row.value) and Decimal(row.value) == ledger.DONE and not row.percent


def _without_unit(row: Row, target: Target, written: str) -> Row:
    """Return the row with its value understood where only the target's unit explains it."""
    try:
        value = parse_value(written, target)
    except ValidationError:
        return row
    return row._replace(value=f"{value:f}", faults=[fault for fault in row.faults if fault[0] != "value"])


def _proposed(
    row: Row, target: Target | None, frame: Frame, day: date, faults: list[Remark]
) -> ProposedEntry | None:
    """What the row proposes; None where that cannot be told."""
    if target is None or not row.value:
        return None
    if row.percent and (target.unit != PERCENT or target.accumulation == Accumulation.RATIO):
        message = _("Written in percent, but this is a figure in %(unit)s: enter it without “%%”.")
        faults.append(Remark("value", message, {"unit": Unit(target.unit, target.unit_en)}))
    return ProposedEntry(
        target=target,
        effective_on=date.fromisoformat(row.day) if row.day else day,
        value=Decimal(row.value),
        denominator=Decimal(row.denominator) if row.denominator else None,
        milestone=_milestone(row, target, frame, faults),
        progress=row.progress,
        problems=row.problems,
        next_steps=row.next_steps,
    )


def _target(row: Row, frame: Frame, faults: list[Remark]) -> Target | None:
    found: Sequence[Target] = ()
    if row.code:
        column, found = "code", frame.targets.get(row.code, ())
    elif row.title:
        column, found = "title", frame.titled.get(folded(row.title), ())
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


def _milestone(row: Row, target: Target, frame: Frame, faults: list[Remark]) -> Milestone | None:
    """By its title or its number."""
    if not row.milestone:
        return None
    if target.accumulation != Accumulation.STAGES:
        faults.append(Remark("milestone", _("This target has no milestones; enter a value.")))
        return None
    name = folded(row.milestone)
    for milestone in frame.milestones.get(target.pk, ()):
        if name in (str(milestone.position), folded(milestone.title), folded(milestone.title_en)):
            return milestone
    message = _("%(code)s has no milestone that is called “%(name)s”.")
    faults.append(Remark("milestone", message, {"code": target.code, "name": row.milestone}))
    return None
