"""Rules between the tables of a plan file; each check lists all its faults."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ...domain.codes import GB_T_2260, GB_T_2260_CODE
from .checks_of_targets import checks_of_targets
from .heading import PLAN_FILE
from .kinds import KINDS
from .partial_plan import PartialPlan
from .problems import Problem
from .problems import marked as _
from .rows import BaselineRow, CommitmentRow
from .tables import ReadTable

# A note may be missing.
NEEDED = ("title", "name", "section", "indicator", "unit")
NO_LANGUAGE = _("Write it in Chinese or English; one is enough.")
Check = Callable[[PartialPlan], Iterator[Problem]]


def problems_between(draft: PartialPlan) -> list[Problem]:
    checks: list[Check] = [
        _place_codes,
        _one_language,
        _plan_period,
        _thresholds,
        _method,
        _references,
        _duplicates,
        _sources_twice,
        _spans,
        _supporters,
        *checks_of_targets,
    ]
    return [problem for check in checks for problem in check(draft)]


def _place_codes(draft: PartialPlan) -> Iterator[Problem]:
    places = {"jurisdiction": draft.heading.jurisdiction, "parent": draft.heading.parent}
    for name, place in places.items():
        if place and place.scheme == GB_T_2260 and not re.fullmatch(GB_T_2260_CODE, place.code):
            message = _("Not a GB/T 2260 code: six digits, the first not 0. Name another scheme as scheme.")
            yield _heading(f"{name}.code", message, place.code)


def _one_language(draft: PartialPlan) -> Iterator[Problem]:
    heading = draft.heading
    for section, row in (
        ("jurisdiction", heading.jurisdiction),
        ("parent", heading.parent),
        ("plan", heading.plan),
    ):
        for column in _missing(row):
            yield _heading(f"{section}.{column}", NO_LANGUAGE, "")
    for sheet in draft.sheets:
        for line in sheet.rows:
            for column in _missing(line):
                yield Problem(sheet.file, line.line, column, NO_LANGUAGE)


def _missing(row: Any) -> list[str]:
    """Return the texts that a row has neither in Chinese nor in English."""
    return [
        column for column in NEEDED if not (getattr(row, column, "-") or getattr(row, f"{column}_en", ""))
    ]


def _plan_period(draft: PartialPlan) -> Iterator[Problem]:
    plan = draft.heading.plan
    if plan and plan.ends_on <= plan.starts_on:
        yield _heading("plan.ends_on", _("The plan ends before it starts."), plan.ends_on)


def _thresholds(draft: PartialPlan) -> Iterator[Problem]:
    rules = draft.heading.rules
    if rules and not 0 < rules.at_risk_ratio < rules.on_track_ratio <= 1:
        message = _("The ratios must rise: above 0, at risk, on track, at most 1.")
        yield _heading("rules.at_risk_ratio", message, rules.at_risk_ratio)
    if rules and not 0 <= rules.small_gap_points <= 100:
        message = _("Not a number of points from 0 to 100.")
        yield _heading("rules.small_gap_points", message, rules.small_gap_points)


def _method(draft: PartialPlan) -> Iterator[Problem]:
    rules = draft.heading.rules
    if rules and (rules.method == 1) != (rules.near_units is None):
        message = _("Whole units that are a near miss belong to method 2, and only to it.")
        yield _heading("rules.near_units", message, rules.near_units)
    if rules and rules.near_units is not None and rules.near_units < 0:
        yield _heading("rules.near_units", _("Not a number from 0 on."), rules.near_units)


def _heading(column: str, message: str, value: object) -> Problem:
    return Problem(PLAN_FILE, 0, column, message, str(value))


def _references(draft: PartialPlan) -> Iterator[Problem]:
    known = _known_codes(draft)
    for sheet in draft.sheets:
        for line, cells in sheet.lines:
            for column in sorted(known.keys() & cells.keys()):
                for code in cells[column].split():
                    if code not in known[column]:
                        yield Problem(sheet.file, line, column, _("No such code."), code)


def _known_codes(draft: PartialPlan) -> dict[str, set[str]]:
    """Return the codes that each column may name."""
    # A table that could not be read at all causes no faults in others.
    sheets: dict[str, ReadTable[Any]] = {
        "priority": draft.priorities,
        "lead_agency": draft.agencies,
        "supporting_agencies": draft.agencies,
        "commitment": draft.commitments,
        "target": draft.targets,
    }
    known = {column: sheet.named("code") for column, sheet in sheets.items() if sheet.lines or sheet.sound}
    if not draft.heading.problems:
        known["source"] = {source.key for source in draft.heading.sources}
    return known


def _duplicates(draft: PartialPlan) -> Iterator[Problem]:
    keys: list[tuple[ReadTable[Any], tuple[str, ...]]] = [
        (draft.agencies, KINDS["agency"].key),
        (draft.agencies, ("name",)),
        (draft.priorities, KINDS["priority"].key),
        (draft.commitments, KINDS["commitment"].key),
        (draft.targets, KINDS["target"].key),
        (draft.checkpoints, KINDS["checkpoint"].key),
        (draft.milestones, KINDS["milestone"].key),
        (draft.baselines, KINDS["baseline"].key),
    ]
    for sheet, columns in keys:
        first: dict[tuple[str, ...], int] = {}
        for row in sheet.rows:
            key = tuple(str(getattr(row, column) or getattr(row, f"{column}_en")) for column in columns)
            if first.setdefault(key, row.line) != row.line:
                message, params = _("Duplicate of line %(line)d."), {"line": first[key]}
                yield Problem(sheet.file, row.line, columns[-1], message, " ".join(key), params)


def _sources_twice(draft: PartialPlan) -> Iterator[Problem]:
    for column in ("key", "sha256"):
        values = [getattr(source, column) for source in draft.heading.sources]
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield _heading(f"sources.{column}", _("Appears twice."), value)


def _spans(draft: PartialPlan) -> Iterator[Problem]:
    length = {source.key: source.characters for source in draft.heading.sources}
    cited: list[tuple[str, CommitmentRow | BaselineRow]] = [
        *((draft.commitments.file, row) for row in draft.commitments.rows),
        *((draft.baselines.file, row) for row in draft.baselines.rows),
    ]
    for file, row in cited:
        if row.char_end <= row.char_start:
            yield Problem(file, row.line, "char_end", _("The span ends before it starts."), str(row.char_end))
        elif row.char_end > length.get(row.source, row.char_end):
            yield Problem(
                file, row.line, "char_end", _("The span ends after the end of the source."), str(row.char_end)
            )


def _supporters(draft: PartialPlan) -> Iterator[Problem]:
    for row in draft.commitments.rows:
        bodies = [row.lead_agency, *row.supporting_agencies]
        if len(set(bodies)) < len(bodies):
            message, value = _("An agency is named twice, or both leads and supports."), " ".join(bodies)
            yield Problem(draft.commitments.file, row.line, "supporting_agencies", message, value)
