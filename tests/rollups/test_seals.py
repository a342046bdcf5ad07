"""The seals of the ledger: they find each row rewritten by the owner of the database, and no ordinary work."""

import logging
from datetime import date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from commitments.actions import ledger
from commitments.domain.enums import Confidence, ConfidenceHolder
from commitments.models import (
    AuditRun,
    DeliveryConfidence,
    LedgerSeal,
    LifecycleDecision,
    ProgressEntry,
    Target,
    TargetMonth,
    TargetRevision,
    TargetRollup,
    TargetSnapshot,
)
from commitments.rollups import audit, refresh, snapshots
from commitments.rollups.audit import ledger as compared
from commitments.rollups.audit.ledger_differences import (
    Change,
    LedgerDifference,
    SealDifference,
    UnsignedSeals,
)
from commitments.rollups.audit.sealed_rows import SEALED, find_settled, read_rows
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_correction,
    make_counted_entry,
    make_entry,
    make_plan,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db
EARLIER = NOON - timedelta(days=3)
TOMORROW = NOON + timedelta(days=1)
OTHER_KEY = "another key, as long as a key has to be, for tests only"


@pytest.fixture
def target() -> Target:
    """Make a commitment with a row of each table of the ledger, recorded days ago and sealed at noon."""
    target = make_target(make_commitment(make_plan(review_required=True)))
    fill_ledger(target)
    refresh.drain(clock=lambda: NOON)
    assert check(target) == []
    return target


def fill_ledger(target: Target) -> None:
    user = make_user()
    entry = make_counted_entry(target, 20, date(2023, 8, 20), at=EARLIER, progress="完成20个")
    entry.evidence.create(title="照片", url="https://example.cn/1", added_by=user, added_at=EARLIER)
    withdrawn = make_entry(target, 7, date(2023, 8, 21), at=EARLIER)
    ledger.withdraw(entry=withdrawn, reason="误报", by=user, at=EARLIER)
    make_entry(target, 9, date(2023, 8, 22), at=EARLIER)
    DeliveryConfidence.objects.create(
        commitment=target.commitment, holder=ConfidenceHolder.OWNER, confidence=Confidence.HIGH, note="有把握",
        stated_by=user, stated_at=EARLIER,
    )  # fmt: skip
    TargetRevision.objects.create(
        target=target, effective_from=date(2023, 8, 1), old_value=76, new_value=80, old_due_on=target.due_on,
        new_due_on=target.due_on, authority="区政府", reason="加码", revised_by=user, revised_at=EARLIER,
    )  # fmt: skip
    LifecycleDecision.objects.create(
        commitment=target.commitment, lifecycle="active", on=TODAY, authority="区政府", reason="恢复",
        decided_by=user, decided_at=EARLIER,
    )  # fmt: skip


def check(target: Target, *, at: datetime = NOON) -> list[SealDifference]:
    return list(audit.audit(target.commitment.plan, at=at, with_snapshots=False).ledger)


def changes(target: Target, *, at: datetime = NOON) -> list[tuple[str, Change]]:
    """Return the table and the kind of each difference between the ledger and its seals."""
    found = check(target, at=at)
    return [(each.name, each.change) for each in found if isinstance(each, LedgerDifference)]


def forge(statement: str, *parameters: int) -> None:
    """Run a statement as the owner of the database, with the triggers switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, parameters)
        assert cursor.rowcount > 0
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


# A changed text, author and day for each table.
FORGERIES = {
    "progressentry": ("progress = 'x'", "recorded_by_id = %s", "effective_on = effective_on - 1"),
    "review": ("reason = 'x'", "reviewed_by_id = %s", "reviewed_at = reviewed_at - interval '1 day'"),
    "withdrawal": ("reason = 'x'", "withdrawn_by_id = %s", "withdrawn_at = withdrawn_at - interval '1 day'"),
    "evidence": ("title = 'x'", "added_by_id = %s", "added_at = added_at - interval '1 day'"),
    "targetrevision": ("reason = 'x'", "revised_by_id = %s", "effective_from = effective_from - 1"),
    "deliveryconfidence": ("note = 'x'", "stated_by_id = %s", "stated_at = stated_at - interval '1 day'"),
    "lifecycledecision": ("reason = 'x'", "decided_by_id = %s", '"on" = "on" - 1'),
}
NEVER_SEALED = {"counted_from", "counted_until", "public"}


@pytest.mark.parametrize(
    ("table", "change"), [(table, change) for table, changes in FORGERIES.items() for change in changes]
)
def test_a_forged_row_is_found_and_its_table_named(target: Target, table: str, change: str) -> None:
    author = [make_user().pk] if "%s" in change else []
    forge(f"UPDATE commitments_{table} SET {change}", *author)
    of_whom = target.commitment_id, target.commitment.code
    assert check(target) == [LedgerDifference(*of_whom, table, Change.CHANGED, TODAY)]


@pytest.mark.parametrize("table", FORGERIES)
def test_a_deleted_row_is_found_and_its_table_named(target: Target, table: str) -> None:
    newest = f"(SELECT max(id) FROM commitments_{table})"
    forge(f"DELETE FROM commitments_{table} WHERE id = {newest}")
    of_whom = target.commitment_id, target.commitment.code
    assert check(target) == [LedgerDifference(*of_whom, table, Change.MISSING, TODAY)]


def test_every_table_of_the_ledger_is_forged_above() -> None:
    assert FORGERIES.keys() == SEALED.keys()


@pytest.mark.parametrize("table", SEALED)
def test_every_column_that_never_changes_is_sealed(table: str) -> None:
    columns = {field.column for field in SEALED[table].model._meta.concrete_fields}
    assert columns - NEVER_SEALED == {*SEALED[table].columns, *SEALED[table].of_narrative}


def test_a_forged_number_of_an_entry_is_found(target: Target) -> None:
    forge("UPDATE commitments_progressentry SET value = value + 1 WHERE effective_on = '2023-08-22'")
    assert changes(target) == [("progressentry", Change.CHANGED)]


def test_a_row_put_among_older_ones_is_found(target: Target) -> None:
    forge("UPDATE commitments_progressentry SET id = id - 1000000 WHERE effective_on = '2023-08-22'")
    check(target)
    audit.accept_ledger(target.commitment.plan, at=NOON)
    forge("""
        INSERT INTO commitments_review (id, entry_id, decision, reason, reviewed_by_id, reviewed_at)
        SELECT 0, id, 'approve', '', recorded_by_id, recorded_at FROM commitments_progressentry
        WHERE effective_on = '2023-08-22'
    """)
    assert changes(target) == [("review", Change.ADDED)]


def test_an_entry_moved_to_another_commitment_is_missed_there_and_found_here(target: Target) -> None:
    other = make_target(make_commitment(target.commitment.plan))
    forge(
        "UPDATE commitments_progressentry SET target_id = %s, commitment_id = %s WHERE effective_on = '2023-08-22'",
        other.pk,
        other.commitment_id,
    )
    assert [
        (found.commitments, found.change) for found in check(target) if isinstance(found, LedgerDifference)
    ] == [
        ((target.commitment_id,), Change.MISSING),
        ((other.commitment_id,), Change.ADDED),
    ]


def test_ordinary_work_raises_no_alarm(target: Target) -> None:
    pending = ProgressEntry.objects.pending().get()
    counted = ProgressEntry.objects.counted().get()
    ledger.return_(entry=pending, reason="缺佐证", by=make_user(), at=NOON)
    correction = make_correction(counted, 21, at=NOON)
    ledger.approve(entry=correction, by=make_user(), at=NOON)
    ledger.withdraw(entry=correction, reason="误报", by=make_user(), at=TOMORROW)
    counted.evidence.update(public=True)
    for days in range(3):
        assert check(target, at=TOMORROW + timedelta(days=days)) == []
    assert LedgerSeal.objects.count() == 3


def test_rows_of_the_last_hour_are_sealed_by_the_next_audit(target: Target) -> None:
    entry = make_entry(target, 11, at=NOON - timedelta(minutes=59))
    check(target)
    forge("UPDATE commitments_progressentry SET progress = 'x' WHERE id = %s", entry.pk)
    assert check(target, at=TOMORROW) == []
    forge("UPDATE commitments_progressentry SET progress = 'y' WHERE id = %s", entry.pk)
    assert changes(target, at=TOMORROW) == [("progressentry", Change.CHANGED)]


def test_rows_of_the_past_that_are_loaded_later_raise_no_alarm(target: Target) -> None:
    fill_ledger(make_target(make_commitment(target.commitment.plan)))
    make_entry(target, 3, date(2023, 8, 23), at=EARLIER - timedelta(days=9))
    assert check(target) == check(target) == []
    assert LedgerSeal.objects.count() == 3


def test_digests_do_not_depend_on_the_time_zone_of_a_session(target: Target) -> None:
    extent = find_settled(NOON)
    before = read_rows({target.commitment_id: extent}, known=extent, until=extent)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Shanghai'")
    assert read_rows({target.commitment_id: extent}, known=extent, until=extent) == before


def test_without_new_rows_nothing_is_sealed_anew(target: Target) -> None:
    check(target, at=TOMORROW)
    assert LedgerSeal.objects.get().sealed_at == NOON


def test_a_commitment_without_any_row_has_no_seal() -> None:
    target = make_target()
    check(target)
    assert not LedgerSeal.objects.exists()


def test_a_clock_put_back_raises_no_alarm(target: Target) -> None:
    make_entry(target, 11, date(2023, 8, 23), at=EARLIER - timedelta(days=9))
    assert check(target, at=EARLIER - timedelta(days=8)) == check(target) == []


@pytest.mark.parametrize(
    "change",
    [
        "covered = jsonb_set(covered, '{review,rows}', '7')",
        "sealed_at = sealed_at + interval '1 day'",
        "signature = repeat('0', 64)",
        "covered = '[]'",
    ],
)
def test_a_forged_seal_is_found(target: Target, change: str) -> None:
    forge(f"UPDATE commitments_ledgerseal SET {change}")
    assert check(target) == [UnsignedSeals((target.commitment_id,), (target.commitment.code,))]


def test_a_removed_seal_is_found_by_those_of_its_night(target: Target) -> None:
    fill_ledger(make_target(make_commitment(target.commitment.plan)))
    check(target)
    forge("DELETE FROM commitments_ledgerseal WHERE commitment_id = %s", target.commitment_id)
    found = check(target)
    assert {difference.commitments for difference in found} == {(target.commitment_id,)}
    assert {change for _, change in changes(target)} == {Change.ADDED}


def test_later_rows_of_a_forged_ledger_are_no_difference_of_their_own(target: Target) -> None:
    forge("UPDATE commitments_review SET reason = 'x'")
    make_entry(target, 11, at=NOON)
    fill_ledger(make_target(make_commitment(target.commitment.plan)))
    check(target, at=TOMORROW)
    assert changes(target, at=TOMORROW) == [("review", Change.CHANGED)]


def test_a_seal_signed_with_an_earlier_key_is_compared(target: Target, settings: LazySettings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OTHER_KEY, [settings.SECRET_KEY]
    assert check(target) == []
    forge("UPDATE commitments_review SET reason = 'x'")
    assert changes(target) == [("review", Change.CHANGED)]


def test_with_another_key_one_sentence_says_so(target: Target, settings: LazySettings) -> None:
    fill_ledger(make_target(make_commitment(target.commitment.plan)))
    check(target)
    settings.SECRET_KEY = OTHER_KEY
    with override("en"):
        [said] = map(str, check(target))
    assert said.startswith("2 seals of the ledger cannot be compared")


def test_with_another_key_the_ledger_can_be_accepted(target: Target, settings: LazySettings) -> None:
    settings.SECRET_KEY = OTHER_KEY
    audit.accept_ledger(target.commitment.plan, at=NOON)
    assert check(target) == []


def test_a_long_list_of_commitments_is_shortened() -> None:
    codes = tuple(f"A-{number}" for number in range(11))
    assert str(UnsignedSeals((), codes)).count("A-") == 10


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change.MISSING, "rows are missing (review)."),
        (Change.CHANGED, "rows say something else (review)."),
        (Change.ADDED, "rows were put among older ones, or a seal was removed (review)."),
    ],
)
def test_a_sentence_names_commitment_day_and_table(change: Change, said: str) -> None:
    with override("en"):
        found = str(LedgerDifference(1, "A-01", "review", change, TODAY))
    assert found == f"The ledger of A-01 has been changed since 2023-09-28: {said}"


def test_the_statements_do_not_grow_with_the_plan(target: Target) -> None:
    with statements() as few:
        check(target)
    for _ in range(19):
        fill_ledger(make_target(make_commitment(target.commitment.plan)))
    refresh.drain(clock=lambda: NOON)
    check(target)
    with statements() as many:
        check(target)
    assert len(many) == len(few)


def test_a_large_plan_is_compared_batch_by_batch(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_ledger(make_target(make_commitment(target.commitment.plan)))
    check(target)
    forge("UPDATE commitments_review SET reason = 'x'")
    whole = check(target)
    monkeypatch.setattr(compared, "SIZE", 1)
    assert check(target) == whole
    assert len(whole) == 2


def test_nightly_a_forged_ledger_is_logged_and_counted(
    target: Target, caplog: pytest.LogCaptureFixture
) -> None:
    forge("UPDATE commitments_review SET reason = 'x'")
    audit.run_due(at=TOMORROW)
    assert AuditRun.objects.latest("at").differences == 1
    [error] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert target.commitment.code in error.getMessage()


@pytest.fixture
def forged(target: Target) -> Target:
    """Forge the value that counts; the stored verdict still shows the true one."""
    forge_the_value(target)
    return target


def forge_the_value(target: Target) -> None:
    forge("UPDATE commitments_progressentry SET value = 70 WHERE target_id = %s AND value = 20", target.pk)


def shown(target: Target) -> tuple[object, object]:
    return TargetRollup.objects.get(target=target).actual, TargetMonth.objects.get(target=target).added


def test_a_repair_publishes_no_forged_value(forged: Target, capsys: pytest.CaptureFixture[str]) -> None:
    with override("en"), pytest.raises(CommandError, match="difference") as failed:
        call_command("audit_rollups", "--repair")
    assert failed.value.returncode == 1
    assert f"Not recomputed: {forged.commitment.code}." in capsys.readouterr().out
    assert shown(forged) == (20, 20)


def test_a_repair_writes_no_forged_value_into_past_days(target: Target) -> None:
    yesterday = TODAY - timedelta(days=1)
    snapshots.write(target.commitment.plan, on=yesterday)
    forge_the_value(target)
    with pytest.raises(CommandError):
        call_command("audit_rollups", "--repair")
    assert TargetSnapshot.objects.get(on=yesterday).actual == 20


def test_past_days_are_not_rebuilt_from_a_forged_ledger(forged: Target) -> None:
    days = ("--from", "2023-09-26", "--to", "2023-09-27")
    with override("en"), pytest.raises(CommandError, match="610302-2023 differs from its seals"):
        call_command("rebuild_snapshots", *days)
    assert not TargetSnapshot.objects.exists()


def test_a_repair_recomputes_the_other_commitments(forged: Target) -> None:
    other = make_target(make_commitment(forged.commitment.plan))
    fill_ledger(other)
    refresh.drain(clock=lambda: NOON)
    TargetRollup.objects.filter(target=other).update(actual=5)
    with pytest.raises(CommandError):
        call_command("audit_rollups", "--repair")
    assert shown(other) == (20, 20)


def test_a_ledger_that_a_person_accepted_is_sealed_and_repaired(
    forged: Target, capsys: pytest.CaptureFixture[str]
) -> None:
    with override("en"):
        call_command("audit_rollups", "--accept-ledger", "--repair")
    said = capsys.readouterr().out
    assert said.startswith(f"Accepted and sealed anew: The ledger of {forged.commitment.code}")
    assert "Not recomputed" not in said
    assert shown(forged) == (70, 70)


def test_what_was_accepted_is_logged(forged: Target, caplog: pytest.LogCaptureFixture) -> None:
    audit.accept_ledger(forged.commitment.plan, at=NOON)
    assert forged.commitment.code in caplog.text
