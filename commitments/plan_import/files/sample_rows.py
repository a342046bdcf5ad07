"""The rows of sample files; each annotated field is a column, with the reader of its cells.

Times are local ones of the plan's time zone.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from ...domain.enums import Confidence, ConfidenceHolder, Decision, NoFigure, Role
from .cells import (
    Day,
    Moment,
    Number,
    blank,
    code,
    moment,
    number,
    optional,
    pattern,
    text,
    whole,
    word,
    yes_no,
)

Language = Annotated[str, pattern("zh-hans|en")]


@dataclass(frozen=True)
class AccountRow:
    line: int
    username: Annotated[str, text(150)]
    role: Annotated[Role, word(Role)]
    agency: Annotated[str | None, optional(code(40))]
    language: Language
    email: Annotated[str, text(254)]


@dataclass(frozen=True)
class EntryRow:
    """One sample entry.

    `key` names it for a correction further down. Without a decision it waits for review. Without a value it is in
    words, about a target or about a `commitment`.
    """

    line: int
    key: Annotated[str, blank(40)]
    target: Annotated[str | None, optional(code(24))]
    milestone: Annotated[int | None, optional(whole(1, 999))]
    effective_on: Day
    value: Annotated[Decimal | None, optional(number())]
    progress: Annotated[str, blank(2000)]
    problems: Annotated[str, blank(2000)]
    next_steps: Annotated[str, blank(2000)]
    recorded_by: Annotated[str, text(150)]
    recorded_at: Moment
    corrects: Annotated[str, blank(40)]
    decision: Annotated[Decision | None, optional(word(Decision))]
    reviewed_by: Annotated[str, blank(150)]
    reviewed_at: Annotated[datetime | None, optional(moment)]
    reason: Annotated[str, blank(2000)]
    commitment: Annotated[str | None, optional(code(20))] = None
    no_figure: Annotated[NoFigure | None, optional(word(NoFigure))] = None


@dataclass(frozen=True)
class SubscriptionRow:
    line: int
    email: Annotated[str, text(254)]
    language: Language
    agency: Annotated[str | None, optional(code(40))]


@dataclass(frozen=True)
class DroppedRow:
    line: int
    commitment: Annotated[str, code(20)]
    dropped_on: Day
    authority: Annotated[str, text(300)]
    reason: Annotated[str, text(2000)]
    dropped_by: Annotated[str, text(150)]
    dropped_at: Moment


@dataclass(frozen=True)
class RevisionRow:
    line: int
    target: Annotated[str, code(24)]
    effective_from: Day
    new_value: Number
    new_due_on: Day
    authority: Annotated[str, text(300)]
    reason: Annotated[str, text(2000)]
    revised_by: Annotated[str, text(150)]
    revised_at: Moment
    new_value_high: Annotated[Decimal | None, optional(number())] = None
    new_tolerance: Annotated[Decimal | None, optional(number())] = None
    new_within: Annotated[bool | None, optional(yes_no)] = None


@dataclass(frozen=True)
class ConfidenceRow:
    line: int
    commitment: Annotated[str, code(20)]
    holder: Annotated[ConfidenceHolder, word(ConfidenceHolder)]
    confidence: Annotated[Confidence, word(Confidence)]
    note: Annotated[str, blank(2000)]
    stated_by: Annotated[str, text(150)]
    stated_at: Moment
