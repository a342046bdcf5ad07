"""Every row of a sheet by the ledger's own rules, without a query for any of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .. import ledger
from ..domain.words import Accumulation
from ..models import Milestone, ProgressEntry, Target
from ..policy import may_not_record
from .files.rows import Row
from .frame import Frame, plain
from .wording import sentence

PERCENT = "%"
# Where the sheet names a field of the ledger differently.
COLUMN_OF = {"target": "code", "effective_on": "day"}

Remark = tuple[str, str]


class Checked(NamedTuple):
    """A row as the ledger would get it, or what is wrong with it: pairs of a column and a sentence."""

    row: Row
    entry: ProgressEntry | None
    faults: list[Remark]


def check_rows(rows: Iterable[Row], frame: Frame, day: date) -> Iterator[Checked]:
    """In their order, as if each were recorded after the one before; `day` is that of rows that name none."""
    for row in rows:
        faults: list[Remark] = [
            (column, sentence(message, params)) for column, message, params in row.faults
        ]
        entry = _entry(row, frame, day, faults)
        if entry is not None:
            faults += entry_faults(entry, frame)
        yield Checked(row, entry if not faults else None, faults)
        if entry is not None and not faults and entry.milestone_id is not None:
            frame.reported.add(entry.milestone_id)


def entry_faults(entry: ProgressEntry, frame: Frame) -> list[Remark]:
    """What `ledger.check` refuses, in its words, and whatever else it would refuse after that."""
    if entry.target.commitment_id not in frame.own:
        return [("code", may_not_record(entry.target.commitment))]
    faults: list[Remark] = []
    for holds in (*ledger.CHECKS, _not_reported_in(frame)):
        try:
            holds(entry)
        except ValidationError as refusal:
            faults += _remarks(refusal)
    return faults


def _not_reported_in(frame: Frame) -> Callable[[ProgressEntry], None]:
    def holds(entry: ProgressEntry) -> None:
        if entry.milestone_id in frame.reported:
            raise ledger.reported_already()

    return holds


def _remarks(refusal: ValidationError) -> list[Remark]:
    return [
        (COLUMN_OF.get(field, field), message)
        for field, messages in refusal.message_dict.items()
        for message in messages
    ]


def _entry(row: Row, frame: Frame, day: date, faults: list[Remark]) -> ProgressEntry | None:
    """The entry that the row stands for; None where that cannot be told."""
    target = _target(row, frame, faults)
    if target is None or not row.value:
        return None
    if row.percent and (target.unit != PERCENT or target.accumulation == Accumulation.RATIO):
        message = _("Written in percent, but this is a figure in %(unit)s: enter it without “%%”.")
        faults.append(("value", message % {"unit": target.unit}))
    return ProgressEntry(
        target=target,
        milestone=_milestone(row, target, frame, faults),
        effective_on=date.fromisoformat(row.day) if row.day else day,
        value=Decimal(row.value),
        denominator=Decimal(row.denominator) if row.denominator else None,
        progress=row.progress,
        problems=row.problems,
        next_steps=row.next_steps,
        recorded_by=frame.by,
        recorded_at=frame.at,
    )


def _target(row: Row, frame: Frame, faults: list[Remark]) -> Target | None:
    found: Sequence[Target] = ()
    if row.code:
        column, found = "code", frame.targets.get(row.code, ())
    elif row.title:
        column, found = "title", frame.titled.get(plain(row.title), ())
    else:
        return None
    if len(found) == 1:
        return found[0]
    message = (
        _("Several targets of the plan are called “%(name)s”: give the code.")
        if found
        else _("No target of the plan is called “%(name)s”.")
    )
    faults.append((column, message % {"name": row.code or row.title}))
    return None


def _milestone(row: Row, target: Target, frame: Frame, faults: list[Remark]) -> Milestone | None:
    """By its title or its number."""
    if not row.milestone:
        return None
    name = plain(row.milestone)
    for milestone in frame.milestones.get(target.pk, ()):
        if name in (str(milestone.position), plain(milestone.title), plain(milestone.title_en)):
            return milestone
    if target.accumulation == Accumulation.STAGES:
        message = _("%(code)s has no milestone that is called “%(name)s”.")
        faults.append(("milestone", message % {"code": target.code, "name": row.milestone}))
    return None
