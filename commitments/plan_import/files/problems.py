"""Problems of a plan file with their place, as English templates translated by `messages`."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def marked(message: str) -> str:
    """Mark a message for the translation catalogue, as `gettext_noop` does."""
    # This package knows no Django.
    return message


@dataclass(frozen=True)
class Problem:
    """One fault: `row` is the line in the file (0: the file itself), `value` the text found there."""

    file: str
    row: int
    column: str
    message: str
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class BrokenPlanError(Exception):
    """A plan that cannot be used; `problems` lists every fault in the order of the files."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
