"""Revisions of targets, by each role."""

from datetime import date
from decimal import Decimal
from threading import Event, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from commitments.actions import targets
from commitments.domain.enums import Lifecycle
from commitments.models import Target, TargetRevision
from tests.factories import NOON, TODAY, make_commitment, make_target, make_user

pytestmark = pytest.mark.django_db


def revise(target: Target, **given: Any) -> TargetRevision:
    change = {"effective_from": TODAY, "new_value": Decimal(90), "new_due_on": None}
    why = {"authority": "区政府", "reason": "加码", "seen": targets.newest(target), "at": NOON}
    return targets.revise(target=target, **{"by": make_user(), **change, **why, **given})


@pytest.mark.parametrize("field", ["authority", "reason"])
def test_a_change_says_by_what_authority_and_why(field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        revise(make_target(), **{field: " "})
    assert list(refused.value.message_dict) == [field]


def test_the_target_of_a_dropped_commitment_stays_as_it_is() -> None:
    dropped = make_commitment(
        lifecycle=Lifecycle.DROPPED, dropped_on=TODAY, dropped_authority="区政府", dropped_reason="合并"
    )
    with pytest.raises(ValidationError, match="reinstate|恢复"):
        revise(make_target(dropped))


@pytest.mark.django_db(transaction=True)
def test_a_line_written_past_the_lock_at_the_same_moment_refuses_this_one() -> None:
    target, user = make_target(), make_user()
    written, moment = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                TargetRevision.objects.create(
                    target=target, effective_from=TODAY, old_value=76, new_value=80, old_due_on=target.due_on,
                    new_due_on=date(2023, 12, 30), authority="区政府", reason="导入", revised_by=user, revised_at=NOON,
                )  # fmt: skip
                written.set()
                moment.wait(0.5)
        finally:
            connection.close()

    thread = Thread(target=write)
    thread.start()
    written.wait(5)
    with pytest.raises(ValidationError):
        revise(target, seen=0)
    thread.join()
    assert TargetRevision.objects.get().reason == "导入"
