"""Changes that the database refuses to every writer."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from commitments.actions import commitments, ledger, period_locks
from commitments.domain.enums import Confidence, ConfidenceHolder
from commitments.models import (
    DeliveryConfidence,
    LedgerSeal,
    ProgressEntry,
    Review,
    TargetRevision,
    Withdrawal,
)
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_rule_set,
    make_target,
    make_user,
)
from tests.preparing import SERVICE_PASSWORD, SERVICE_ROLE

pytestmark = pytest.mark.django_db
LEDGER = (
    "progressentry",
    "review",
    "withdrawal",
    "evidence",
    "targetrevision",
    "deliveryconfidence",
    "lifecycledecision",
    "periodlock",
    "ruleset",
    "ledgerseal",
)


def refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(error.value)


def one_of_each() -> None:
    target, user = make_target(), make_user()
    entry = make_counted_entry(target, 5)
    ledger.withdraw(entry=entry, reason="误报", by=user, at=NOON)
    entry.evidence.create(title="照片", url="https://example.cn/1", added_by=user, added_at=NOON)
    DeliveryConfidence.objects.create(
        commitment=target.commitment, holder=ConfidenceHolder.OWNER, confidence=Confidence.HIGH,
        stated_by=user, stated_at=NOON,
    )  # fmt: skip
    TargetRevision.objects.create(
        target=target, effective_from=TODAY, old_value=76, new_value=80, old_due_on=target.due_on,
        new_due_on=target.due_on, authority="区政府", reason="加码", revised_by=user, revised_at=NOON,
    )  # fmt: skip
    period_locks.lock(
        plan=target.commitment.plan, through=TODAY, reason="数据已发布", seen=0, by=user, at=NOON
    )
    make_rule_set()
    LedgerSeal.objects.create(commitment=target.commitment, sealed_at=NOON, covered={}, signature=64 * "0")
    commitments.drop(
        commitment=target.commitment, on=TODAY, authority="区政府", reason="合并", seen=0, by=user, at=NOON
    )


@pytest.mark.parametrize("table", LEDGER)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE commitments_{} SET id = id + 1",
        "DELETE FROM commitments_{}",
        "TRUNCATE commitments_{} CASCADE",
    ],
)
def test_facts_stay(table: str, statement: str) -> None:
    one_of_each()
    assert refused(statement.format(table))


@pytest.mark.parametrize(
    "change",
    [
        "value = 6",
        "effective_on = '2023-01-02'",
        "recorded_by_id = NULL",
        "is_sample = true",
        "includes_earlier = true",
        "progress = 'x'",
    ],
)
def test_no_fact_of_an_entry_can_be_edited(change: str) -> None:
    make_entry(make_target(), 5)
    refused(f"UPDATE commitments_progressentry SET {change}")


def test_a_span_once_begun_is_not_moved() -> None:
    entry = make_counted_entry(make_target(), 5)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgressEntry.objects.filter(pk=entry.pk).update(counted_from=NOON + timedelta(days=1))


def test_a_span_once_ended_is_not_opened_again() -> None:
    entry = make_entry(make_target(), 5)
    ledger.return_(entry=entry, reason="缺佐证", by=make_user(), at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgressEntry.objects.filter(pk=entry.pk).update(counted_until=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgressEntry.objects.filter(pk=entry.pk).update(counted_from=NOON)


def test_the_database_too_refuses_an_author_as_reviewer() -> None:
    entry = make_entry(make_target(), 5)
    with pytest.raises(DatabaseError, match="author"), transaction.atomic():
        Review.objects.create(
            entry=entry, decision="approve", reviewed_by=entry.recorded_by, reviewed_at=NOON
        )


def test_a_withdrawal_says_why() -> None:
    entry = make_entry(make_target(), 5)
    with pytest.raises(DatabaseError), transaction.atomic():
        Withdrawal.objects.create(entry=entry, reason="", withdrawn_by=entry.recorded_by, withdrawn_at=NOON)


def test_a_commitment_with_a_ledger_cannot_be_deleted() -> None:
    commitment = make_commitment()
    make_entry(make_target(commitment), 5)
    refused(
        f"DELETE FROM commitments_target WHERE commitment_id = {commitment.pk}; SET CONSTRAINTS ALL IMMEDIATE"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE commitments_progressentry SET value = 6",
        "UPDATE commitments_progressentry SET counted_from = NULL",
        "DELETE FROM commitments_progressentry",
        "TRUNCATE commitments_progressentry CASCADE",
    ],
)
def test_a_session_cannot_switch_the_triggers_off(statement: str) -> None:
    make_counted_entry(make_target(), 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(tgname::text)::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger%%'")
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [cursor.fetchone()[0]])
    refused(statement)


@pytest.fixture
def service_role(transactional_db: None) -> Iterator[psycopg.Connection]:
    """Connect in the role of the running service, with the grants of deploy/roles.sql and the migrations."""
    database = connection.settings_dict
    with psycopg.connect(
        dbname=database["NAME"],
        user=SERVICE_ROLE,
        password=SERVICE_PASSWORD,
        host=database["HOST"],
        port=database["PORT"],
    ) as link:
        yield link


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE commitments_progressentry SET value = 6",
        "DELETE FROM commitments_progressentry",
        "TRUNCATE commitments_progressentry CASCADE",
        "ALTER TABLE commitments_progressentry DISABLE TRIGGER ALL",
        "DROP TABLE commitments_review",
        "UPDATE commitments_review SET reason = 'x'",
        "DELETE FROM commitments_review",
        "UPDATE commitments_lifecycledecision SET reason = 'x'",
        "DELETE FROM commitments_lifecycledecision",
        "UPDATE commitments_ledgerseal SET signature = 'x'",
        "DELETE FROM commitments_ledgerseal",
    ],
)
def test_the_services_own_role_is_refused(service_role: psycopg.Connection, statement: str) -> None:
    make_counted_entry(make_target(), 5)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        service_role.execute(statement)


def test_the_services_own_role_may_end_a_span(service_role: psycopg.Connection) -> None:
    make_counted_entry(make_target(), 5)
    ended = service_role.execute("UPDATE commitments_progressentry SET counted_until = now()")
    assert ended.rowcount == 1
