from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What was broken, how often, what is promised of it, and what was measured."""

    fault: str
    seed: int
    size: str
    promise: str
    measured: str
    holds: bool
