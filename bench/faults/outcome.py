from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """One fault: its number of runs, the promise, and the measured result."""

    fault: str
    seed: int
    size: str
    promise: str
    measured: str
    holds: bool
