import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from commitments.actions import commitments
from commitments.actions.preconditions import OvertakenError
from commitments.change_log import edits
from commitments.domain.enums import Confidence, ConfidenceHolder, Lifecycle, Role
from commitments.models import Commitment, DeliveryConfidence, User
from commitments.rollups import refresh
from tests.factories import NOON, TODAY, make_commitment, make_target, make_user

pytestmark = pytest.mark.django_db


def drop(commitment: Commitment, **given: Any) -> None:
    why = {"on": TODAY, "authority": "区政府常务会议", "reason": "调整到下一年度", "at": NOON}
    seen = commitments.newest(commitment)
    commitments.drop(commitment=commitment, **{"by": make_user(), "seen": seen, **why, **given})


def state(commitment: Commitment, by: User, holder: ConfidenceHolder) -> DeliveryConfidence:
    return commitments.state_confidence(
        commitment=commitment, holder=holder, confidence=Confidence.LOW, note=" 缺资金 ", by=by, at=NOON
    )


def test_a_dropped_commitment_says_when_by_whom_and_why() -> None:
    commitment = make_commitment()
    drop(commitment)
    commitment.refresh_from_db()
    assert (commitment.lifecycle, commitment.dropped_on) == (Lifecycle.DROPPED, TODAY)
    assert (commitment.dropped_authority, commitment.dropped_reason) == ("区政府常务会议", "调整到下一年度")


def test_dropping_moves_the_status() -> None:
    commitment = make_target().commitment
    drop(commitment)
    refresh.drain(clock=lambda: NOON)
    assert Commitment.objects.get(pk=commitment.pk).rollup.status == "dropped"


def test_a_commitment_is_dropped_once() -> None:
    commitment = make_commitment()
    drop(commitment)
    with pytest.raises(ValidationError, match="2023年9月28日.*区政府常务会议.*调整到下一年度"):
        drop(commitment, reason="other")


def reinstate(commitment: Commitment, **given: Any) -> None:
    why = {"authority": "区政府第九次常务会议", "reason": "误撤销", "at": NOON}
    seen = commitments.newest(commitment)
    commitments.reinstate(commitment=commitment, **{"by": make_user(), "seen": seen, **why, **given})


def test_what_somebody_decided_meanwhile_is_not_overruled_unseen() -> None:
    commitment = make_commitment()
    drop(commitment)
    seen = commitments.newest(commitment)
    reinstate(commitment)
    drop(commitment, authority="区委常委会")
    with pytest.raises(OvertakenError, match="区委常委会"):
        reinstate(commitment, seen=seen)


def test_who_reinstated_it_meanwhile_is_told_to_who_drops_it() -> None:
    commitment = make_commitment()
    drop(commitment)
    seen = commitments.newest(commitment)
    reinstate(commitment, authority="区政府第九次常务会议")
    with pytest.raises(OvertakenError, match="恢复.*区政府第九次常务会议"):
        drop(commitment, seen=seen)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", r"。如仍按本次填写办理，请再次提交。$"),
        ("en", r"\. Submit again to keep your version anyway\.$"),
    ],
)
def test_and_that_a_second_press_holds_all_the_same(language: str, said: str) -> None:
    commitment = make_commitment()
    drop(commitment)
    with override(language), pytest.raises(OvertakenError) as refused:
        reinstate(commitment, seen=0)
    assert re.search(said, str(refused.value.message))


def test_a_reinstated_commitment_is_judged_again() -> None:
    commitment = make_target().commitment
    drop(commitment)
    refresh.drain(clock=lambda: NOON)
    reinstate(commitment)
    refresh.drain(clock=lambda: NOON)
    commitment = Commitment.objects.get(pk=commitment.pk)
    assert (commitment.lifecycle, commitment.dropped_on, commitment.dropped_reason) == ("active", None, "")
    assert commitment.rollup.status == "no_data"


def test_only_what_is_dropped_is_reinstated() -> None:
    with pytest.raises(ValidationError, match="未终止|not dropped"):
        reinstate(make_commitment())


def test_the_history_tells_of_the_drop_and_of_taking_it_back() -> None:
    commitment, office = make_commitment(), make_user(username="wang")
    drop(commitment)
    reinstate(commitment, by=office)
    with override("en"):
        told = [
            (edit.verb, [change.after for change in edit.changes]) for edit in edits.list_edits(commitment)
        ]
        assert edits.list_edits(commitment)[0].who == "wang"
    assert told == [
        ("Reinstated", ["区政府第九次常务会议", "误撤销"]),
        ("Dropped", ["28 September 2023", "区政府常务会议", "调整到下一年度"]),
        ("Added", []),
    ]


@pytest.mark.parametrize("field", ["authority", "reason"])
def test_dropping_needs_authority_and_reason(field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        drop(make_commitment(), **{field: "  "})
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("day", [date(2022, 12, 31), TODAY + timedelta(days=1)])
def test_the_day_of_dropping_lies_between_the_plans_start_and_today(day: date) -> None:
    with pytest.raises(ValidationError) as refused:
        drop(make_commitment(), on=day)
    assert list(refused.value.message_dict) == ["on"]


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.LEADER])
def test_only_the_office_drops(role: Role) -> None:
    commitment = make_commitment()
    with pytest.raises(PermissionDenied):
        drop(commitment, by=make_user(role, agency=commitment.lead_agency))


def test_confidence_is_a_line_of_its_own_history() -> None:
    commitment = make_commitment()
    clerk = make_user(Role.CLERK, agency=commitment.lead_agency)
    stated = state(commitment, clerk, ConfidenceHolder.OWNER)
    assert (stated.confidence, stated.note, stated.stated_by, stated.stated_at) == (
        "low",
        "缺资金",
        clerk,
        NOON,
    )


def test_a_clerk_does_not_speak_for_the_office() -> None:
    commitment = make_commitment()
    with pytest.raises(PermissionDenied):
        state(commitment, make_user(Role.CLERK, agency=commitment.lead_agency), ConfidenceHolder.SUPERVISION)


def test_nobody_speaks_for_another_agency() -> None:
    with pytest.raises(PermissionDenied):
        state(make_commitment(), make_user(Role.CLERK), ConfidenceHolder.OWNER)
