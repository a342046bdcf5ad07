"""Sample progress for a plan: its tables, and the rules between their rows."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .problems import BrokenPlanError, Problem
from .problems import marked as _
from .sample_rows import AccountRow, ConfidenceRow, DroppedRow, EntryRow, RevisionRow, SubscriptionRow
from .tables import ReadTable, read_table

DEMO_FILE = "demo.toml"


@dataclass(frozen=True)
class DemoFile:
    """The rows of a demonstration; `words_from` is the day from which the plan asks for words every quarter."""

    plan: str
    words_from: date | None
    accounts: ReadTable[AccountRow]
    entries: ReadTable[EntryRow]
    subscriptions: ReadTable[SubscriptionRow]
    dropped: ReadTable[DroppedRow]
    revisions: ReadTable[RevisionRow]
    confidence: ReadTable[ConfidenceRow]


def read_demo(folder: Path) -> DemoFile:
    """Read the samples; raise BrokenPlanError with every problem of every file."""
    told = _told(folder / DEMO_FILE)
    demo = DemoFile(
        plan=told["plan"],
        words_from=told.get("words_from"),
        accounts=read_table(folder, "accounts.csv", AccountRow),
        entries=read_table(folder, "progress.csv", EntryRow),
        subscriptions=read_table(folder, "subscriptions.csv", SubscriptionRow),
        dropped=read_table(folder, "dropped.csv", DroppedRow),
        revisions=read_table(folder, "revisions.csv", RevisionRow),
        confidence=read_table(folder, "confidence.csv", ConfidenceRow),
    )
    problems = [
        *_sheet_problems(demo),
        *_no_entries(demo.entries),
        *_order_problems(demo.entries),
        *_subject_problems(demo.entries),
    ]
    if problems:
        raise BrokenPlanError(problems)
    return demo


def _told(path: Path) -> dict[str, Any]:
    """Return the code of the plan that the samples are for, and the day from which it asks for words."""
    try:
        told = tomllib.loads(path.read_text("utf-8-sig"))
        told["plan"] = str(told["plan"])
    except (FileNotFoundError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError):
        message = _('This file must name the plan, for example plan = "610302-2023".')
        raise BrokenPlanError([Problem(path.name, 0, "plan", message)]) from None
    if type(told.get("words_from")) not in (date, type(None)):
        message = _("This must be a day, for example words_from = 2023-07-01.")
        raise BrokenPlanError([Problem(path.name, 0, "words_from", message)])
    return told


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


def _subject_problems(entries: ReadTable[EntryRow]) -> Iterator[Problem]:
    """Refuse a row without anything it is about, and parts of a figure or of words that would be left out."""
    for row in entries.rows:
        if row.target is None and row.commitment is None:
            yield Problem(
                entries.file, row.line, "target", _("Name a target, or a commitment for words alone.")
            )
        elif row.value is None:
            if row.milestone is not None:
                yield Problem(entries.file, row.line, "value", _("A stage that is done has the value 1."))
        elif row.target is None:
            yield Problem(entries.file, row.line, "target", _("A figure needs its target."))
        elif row.commitment or row.no_figure:
            message = _("Only words have a commitment, or a reason for having no figure.")
            yield Problem(entries.file, row.line, "value", message)
