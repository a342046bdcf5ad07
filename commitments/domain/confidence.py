"""How far people's forward judgements and the computed status lie apart."""

from .enums import Confidence, Status

# The outlook of a judgement or status, in steps. Silence, and what cannot be rated, has none.
OUTLOOK: dict[Confidence | Status, int] = {
    Confidence.HIGH: 2,
    Confidence.MEDIUM: 1,
    Confidence.LOW: 0,
    Status.ACHIEVED: 2,
    Status.ACHIEVED_LATE: 2,
    Status.ON_TRACK: 2,
    Status.AT_RISK: 1,
    Status.OFF_TRACK: 0,
    Status.NOT_ACHIEVED: 0,
}


def disagreement(owner: Confidence | None, supervision: Confidence | None, status: Status) -> int | None:
    """Steps between the most and the least hopeful of owner, supervision office and status: 0 to 2.

    None where fewer than two of them say anything.
    """
    said = [OUTLOOK[voice] for voice in (owner, supervision, status) if voice in OUTLOOK]
    return max(said) - min(said) if len(said) > 1 else None
