import pytest

from commitments.domain.confidence import disagreement
from commitments.domain.enums import Confidence, Status

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


@pytest.mark.parametrize(
    ("owner", "supervision", "status", "steps"),
    [
        (HIGH, HIGH, Status.ON_TRACK, 0),
        (HIGH, MEDIUM, Status.ON_TRACK, 1),
        (HIGH, LOW, Status.AT_RISK, 2),
        (HIGH, HIGH, Status.OFF_TRACK, 2),
        (LOW, LOW, Status.NOT_ACHIEVED, 0),
        (MEDIUM, None, Status.AT_RISK, 0),
        (None, LOW, Status.ACHIEVED, 2),
        (LOW, None, Status.ACHIEVED_LATE, 2),
    ],
)
def test_disagreement_is_the_distance_between_the_most_and_the_least_hopeful(
    owner: Confidence | None, supervision: Confidence | None, status: Status, steps: int
) -> None:
    assert disagreement(owner, supervision, status) == steps


@pytest.mark.parametrize("status", [Status.NO_DATA, Status.NOT_STARTED, Status.NOT_RATED, Status.DROPPED])
def test_a_status_without_outlook_says_nothing(status: Status) -> None:
    assert disagreement(HIGH, None, status) is None
    assert disagreement(HIGH, LOW, status) == 2


def test_a_status_alone_disagrees_with_nobody() -> None:
    assert disagreement(None, None, Status.OFF_TRACK) is None
