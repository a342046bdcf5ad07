"""The rows of sample files, after reading; times are local ones of the plan's time zone."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ...domain.enums import Confidence, ConfidenceHolder, Decision, Role


@dataclass(frozen=True)
class AccountRow:
    line: int
    username: str
    role: Role
    agency: str | None
    language: str
    email: str


@dataclass(frozen=True)
class EntryRow:
    """One sample entry.

    `key` names it for a correction further down. Without a decision it waits for review.
    """

    line: int
    key: str
    target: str
    milestone: int | None
    effective_on: date
    value: Decimal
    progress: str
    problems: str
    next_steps: str
    recorded_by: str
    recorded_at: datetime
    corrects: str
    decision: Decision | None
    reviewed_by: str
    reviewed_at: datetime | None
    reason: str


@dataclass(frozen=True)
class SubscriptionRow:
    line: int
    email: str
    language: str
    agency: str | None


@dataclass(frozen=True)
class DroppedRow:
    line: int
    commitment: str
    dropped_on: date
    authority: str
    reason: str
    dropped_by: str
    dropped_at: datetime


@dataclass(frozen=True)
class RevisionRow:
    line: int
    target: str
    effective_from: date
    new_value: Decimal
    new_due_on: date
    authority: str
    reason: str
    revised_by: str
    revised_at: datetime


@dataclass(frozen=True)
class ConfidenceRow:
    line: int
    commitment: str
    holder: ConfidenceHolder
    confidence: Confidence
    note: str
    stated_by: str
    stated_at: datetime
