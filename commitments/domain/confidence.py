"""The distance between people's forward judgements and the computed status."""

from .enums import Confidence, Status

# The outlook of a judgement or status, in steps. Silence and an unrated commitment have none.
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
    """Return the steps between the most and the least hopeful voice: 0 to 2.

    The voices are owner, supervision office and status. The result is None if fewer than two of them speak.
    """
    said = [OUTLOOK[voice] for voice in (owner, supervision, status) if voice in OUTLOOK]
    return max(said) - min(said) if len(said) > 1 else None
