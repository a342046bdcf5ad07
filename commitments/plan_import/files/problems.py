"""What is wrong with a plan file, and where. Messages are English templates, translated by `wording`."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def marked(message: str) -> str:
    """Marks a message for the translation catalogue, as `gettext_noop` does; this half knows no Django."""
    return message


@dataclass(frozen=True)
class Problem:
    """One fault: `row` is the line in the file (0: the file itself), `value` what stands there."""

    file: str
    row: int
    column: str
    message: str
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class BrokenPlanError(Exception):
    """The files cannot be used; `problems` names every fault in the order of the files."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
