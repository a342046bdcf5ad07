from datetime import timedelta

import pytest

from commitments.actions import ledger
from commitments.change_log import ledger_lines
from commitments.models import DeliveryConfidence
from tests.factories import (
    NOON,
    TODAY,
    make_correction,
    make_counted_entry,
    make_entry,
    make_target,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_an_entry_tells_what_became_of_it() -> None:
    wang, li = make_user(username="wang"), make_user(username="li")
    entry = make_counted_entry(make_target(), 40, by=wang)
    later = NOON + timedelta(hours=1)
    correction = make_correction(entry, entry.figure.value, TODAY, by=li, at=later)
    ledger.approve(entry=correction, by=wang, at=later)
    told = [(edit.who, edit.part) for edit in ledger_lines.list_edits(entry)]
    assert told[0] == ("li", "Correction")
    assert ("wang", "") in told
    assert any(part == "Approve" for _who, part in told)


def test_a_return_and_a_withdrawal_say_why() -> None:
    user, target = make_user(), make_target()
    returned, withdrawn = make_entry(target, 40), make_entry(target, 41)
    ledger.return_(entry=returned, reason="数字有误", by=user, at=NOON)
    ledger.withdraw(entry=withdrawn, reason="重复", by=user, at=NOON)
    reasons = [
        edit.changes[0].after
        for row in (returned, withdrawn)
        for edit in ledger_lines.list_edits(row)
        if edit.changes
    ]
    assert reasons == ["数字有误", "重复"]


def test_a_judgement_is_signed() -> None:
    commitment = make_target().commitment
    said = DeliveryConfidence.objects.create(
        commitment=commitment, holder="owner", confidence="high", stated_by=make_user(username="wang"), stated_at=NOON
    )  # fmt: skip
    (edit,) = ledger_lines.list_edits(said)
    assert (edit.who, edit.at) == ("wang", NOON)
