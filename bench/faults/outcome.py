from dataclasses import dataclass


@dataclass(frozen=True)
class DrillOutcome:
    """One fault: its number of runs, the promise, and the measured result."""

    fault: str
    seed: int
    size: str
    promise: str
    measured: str
    holds: bool
