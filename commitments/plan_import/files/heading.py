"""The file `plan.toml`: the place, the plan and its sources.

A key stands for a column; faults have no line number.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from .problems import Problem
from .problems import marked as _
from .rows import JurisdictionRow, PlanRow, RuleSetRow, SourceRow
from .tables import list_columns, list_optional, read_cells

PLAN_FILE = "plan.toml"
Row = TypeVar("Row")


@dataclass
class Heading:
    """The part of `plan.toml` that could be read."""

    jurisdiction: JurisdictionRow | None = None
    parent: JurisdictionRow | None = None
    rules: RuleSetRow | None = None
    plan: PlanRow | None = None
    sources: list[SourceRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_heading(folder: Path) -> Heading:
    heading = Heading()
    content = _content(folder / PLAN_FILE, heading.problems)
    if content is None:
        return heading
    place = dict(_section(content, "jurisdiction"))
    parent = place.pop("parent", None)
    heading.jurisdiction = _read("jurisdiction", place, JurisdictionRow, heading.problems)
    if isinstance(parent, Mapping):
        heading.parent = _read("parent", parent, JurisdictionRow, heading.problems)
    heading.rules = _read("rules", _section(content, "rules"), RuleSetRow, heading.problems)
    heading.plan = _read("plan", _section(content, "plan"), PlanRow, heading.problems)
    for number, source in enumerate(_sources(content), 1):
        row = _read(f"sources {number}", source, SourceRow, heading.problems)
        heading.sources += [row] if row else []
    return heading


def _content(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError):
        problems.append(Problem(path.name, 0, "", _("The file is missing.")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, 0, "", _("Not a TOML file: %(why)s."), params={"why": error}))
    return None


def _sources(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the `[[sources]]` entries."""
    sources = content.get("sources", [])
    listed = sources if isinstance(sources, list) else [sources]
    # A malformed entry counts as empty, so that each missing key is reported.
    return [source if isinstance(source, Mapping) else {} for source in listed]


def _section(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = content.get(name, {})
    return section if isinstance(section, Mapping) else {}


def _read(
    name: str, section: Mapping[str, Any], row: Callable[..., Row], problems: list[Problem]
) -> Row | None:
    """Return the row of a section, or None if a value is faulty."""
    columns, optional = list_columns(row), list_optional(row)
    found = [Problem(PLAN_FILE, 0, key, _("The key is unknown.")) for key in section if key not in columns]
    # Values are read as text, as in the tables.
    cells = {key: str(section.get(key, "")) for key in columns if key in section or key not in optional}
    values = read_cells(PLAN_FILE, 0, cells, columns, found)
    problems += [replace(problem, column=f"{name}.{problem.column}") for problem in found]
    return None if values is None else row(**values)
