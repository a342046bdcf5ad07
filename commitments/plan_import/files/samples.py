"""Sample progress for a plan: its tables, and the rules between their rows."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...domain.enums import Confidence, ConfidenceHolder, Decision, Role
from .cells import blank, code, day, moment, number, optional, pattern, text, whole, word
from .problems import BrokenPlanError, Problem
from .problems import marked as _
from .sample_rows import AccountRow, ConfidenceRow, DroppedRow, EntryRow, RevisionRow, SubscriptionRow
from .tables import ReadTable, Table, read_table

DEMO_FILE = "demo.toml"
LANGUAGE = pattern("zh-hans|en")
ACCOUNTS = Table(
    "accounts.csv",
    AccountRow,
    {
        "username": text(150),
        "role": word(Role),
        "agency": optional(code(40)),
        "language": LANGUAGE,
        "email": text(254),
    },
)
ENTRIES = Table(
    "progress.csv",
    EntryRow,
    {
        "key": blank(40),
        "target": code(24),
        "milestone": optional(whole(1, 999)),
        "effective_on": day,
        "value": number(),
        "progress": blank(2000),
        "problems": blank(2000),
        "next_steps": blank(2000),
        "recorded_by": text(150),
        "recorded_at": moment,
        "corrects": blank(40),
        "decision": optional(word(Decision)),
        "reviewed_by": blank(150),
        "reviewed_at": optional(moment),
        "reason": blank(2000),
    },
)
SUBSCRIPTIONS = Table(
    "subscriptions.csv",
    SubscriptionRow,
    {"email": text(254), "language": LANGUAGE, "agency": optional(code(40))},
)
DROPPED = Table(
    "dropped.csv",
    DroppedRow,
    {
        "commitment": code(20),
        "dropped_on": day,
        "authority": text(300),
        "reason": text(2000),
        "dropped_by": text(150),
        "dropped_at": moment,
    },
)
REVISIONS = Table(
    "revisions.csv",
    RevisionRow,
    {
        "target": code(24),
        "effective_from": day,
        "new_value": number(),
        "new_due_on": day,
        "authority": text(300),
        "reason": text(2000),
        "revised_by": text(150),
        "revised_at": moment,
    },
)
CONFIDENCE = Table(
    "confidence.csv",
    ConfidenceRow,
    {
        "commitment": code(20),
        "holder": word(ConfidenceHolder),
        "confidence": word(Confidence),
        "note": blank(2000),
        "stated_by": text(150),
        "stated_at": moment,
    },
)


@dataclass(frozen=True)
class DemoFile:
    plan: str
    accounts: ReadTable[AccountRow]
    entries: ReadTable[EntryRow]
    subscriptions: ReadTable[SubscriptionRow]
    dropped: ReadTable[DroppedRow]
    revisions: ReadTable[RevisionRow]
    confidence: ReadTable[ConfidenceRow]


def read_demo(folder: Path) -> DemoFile:
    """Read the samples; raise BrokenPlanError with every problem of every file."""
    demo = DemoFile(
        plan=_plan(folder / DEMO_FILE),
        accounts=read_table(folder, ACCOUNTS),
        entries=read_table(folder, ENTRIES),
        subscriptions=read_table(folder, SUBSCRIPTIONS),
        dropped=read_table(folder, DROPPED),
        revisions=read_table(folder, REVISIONS),
        confidence=read_table(folder, CONFIDENCE),
    )
    problems = [*_sheet_problems(demo), *_no_entries(demo.entries), *_order_problems(demo.entries)]
    if problems:
        raise BrokenPlanError(problems)
    return demo


def _plan(path: Path) -> str:
    """Return the code of the plan that the samples are for."""
    try:
        return str(tomllib.loads(path.read_text("utf-8-sig"))["plan"])
    except (FileNotFoundError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError):
        message = _('This file must name the plan, for example plan = "610302-2023".')
        raise BrokenPlanError([Problem(path.name, 0, "plan", message)]) from None


def _sheet_problems(demo: DemoFile) -> Iterator[Problem]:
    for sheet in (
        demo.accounts,
        demo.entries,
        demo.subscriptions,
        demo.dropped,
        demo.revisions,
        demo.confidence,
    ):
        yield from sheet.problems


def _no_entries(entries: ReadTable[EntryRow]) -> Iterator[Problem]:
    """Refuse a demonstration without progress: by its entries it is known to have been loaded."""
    if entries.sound and not entries.rows:
        yield Problem(entries.file, 0, "", _("A demonstration has at least one entry."))


def _order_problems(entries: ReadTable[EntryRow]) -> Iterator[Problem]:
    """Refuse reviews before their entry was made, and corrections before their entry was named."""
    named: set[str] = set()
    for row in entries.rows:
        if row.corrects and row.corrects not in named:
            yield Problem(entries.file, row.line, "corrects", _("No line above has this key."), row.corrects)
        if row.decision and (row.reviewed_at is None or row.reviewed_at < row.recorded_at):
            message = _("A reviewed entry needs a time of review after it was recorded.")
            yield Problem(entries.file, row.line, "reviewed_at", message, str(row.reviewed_at or ""))
        named.add(row.key)
