"""Late reports by the content of the ledger: on a day, as known now and as known then."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from commitments.domain.enums import Accumulation, Freshness
from commitments.models import ProgressEntry, Target, TargetRollup
from commitments.rollups import audit, read, refresh
from tests.factories import NOON, TODAY, make_commitment, make_counted_entry, make_target

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2023, 7, 10), date(2023, 8, 10)


@pytest.fixture
def amounts() -> Target:
    """Make a target counted up from July on."""
    return make_target(accumulation=Accumulation.INCREMENTS, starts_on=date(2023, 7, 1))


def freshness_of(target: Target) -> str:
    while refresh.drain(clock=lambda: NOON):
        pass
    return TargetRollup.objects.get(target=target).freshness


def test_a_later_total_settles_the_months_before_it() -> None:
    target = make_target(starts_on=date(2023, 7, 1))
    make_counted_entry(target, 5, AUGUST)
    assert freshness_of(target) == Freshness.CURRENT


def test_a_later_amount_leaves_the_months_before_it_late(amounts: Target) -> None:
    make_counted_entry(amounts, 5, AUGUST)
    assert freshness_of(amounts) == Freshness.LATE


def test_a_typed_0_settles_its_month(amounts: Target) -> None:
    make_counted_entry(amounts, 5, AUGUST)
    make_counted_entry(amounts, 0, JULY)
    assert freshness_of(amounts) == Freshness.CURRENT


def test_an_amount_that_includes_all_since_the_last_report_settles_them(amounts: Target) -> None:
    make_counted_entry(amounts, 5, AUGUST, includes_earlier=True)
    assert freshness_of(amounts) == Freshness.CURRENT


def test_the_audit_agrees(amounts: Target) -> None:
    make_counted_entry(amounts, 5, AUGUST, includes_earlier=True)
    freshness_of(amounts)
    assert audit.audit(amounts.commitment.plan, at=NOON).differences == []


def test_the_audit_misses_what_a_month_no_longer_says(amounts: Target) -> None:
    make_counted_entry(amounts, 5, AUGUST, includes_earlier=True)
    freshness_of(amounts)
    amounts.months.update(includes_earlier=False)
    (found,) = audit.audit(amounts.commitment.plan, at=NOON).differences
    assert (found.column, found.stored, found.computed) == ("includes_earlier", False, True)


def freshness_then(target: Target, on: date, known_at: datetime | None = None) -> str | None:
    moment = read.AsOf(target.commitment.plan, on, known_at)
    (found,) = read.target_states(Target.objects.filter(pk=target.pk), moment)
    return found.verdict.freshness if found.verdict else None


def test_on_a_day_before_it_nothing_was_included_yet(amounts: Target) -> None:
    at = NOON - timedelta(days=8)
    make_counted_entry(amounts, 5, AUGUST, at=at)
    make_counted_entry(amounts, 5, date(2023, 9, 20), at=at, includes_earlier=True)
    freshness_of(amounts)
    found = [freshness_then(amounts, day) for day in (date(2023, 9, 19), date(2023, 9, 20))]
    assert found == [Freshness.LATE, Freshness.CURRENT]


def test_before_it_was_recorded_nobody_knew_that_it_includes_them(amounts: Target) -> None:
    make_counted_entry(amounts, 5, AUGUST, includes_earlier=True)
    hours = timedelta(hours=1)
    found = [freshness_then(amounts, TODAY, at) for at in (NOON - hours, NOON + hours)]
    assert found == [Freshness.LATE, Freshness.CURRENT]


def test_the_database_lets_no_total_include_earlier_periods() -> None:
    target = make_target()
    entry = make_counted_entry(target, 5)
    with pytest.raises(DatabaseError, match="only an amount"), transaction.atomic():
        ProgressEntry.objects.create(
            commitment=target.commitment, target=target, effective_on=AUGUST, value=6,
            recorded_by=entry.recorded_by, recorded_at=NOON,
            includes_earlier=True,
        )  # fmt: skip


def test_present_verdicts_wait_to_be_judged_by_the_rule_after_the_migration() -> None:
    migration = import_module("commitments.migrations.0009_entries_include_earlier_periods")
    make_commitment()
    while refresh.drain(clock=lambda: NOON):
        pass
    with connection.cursor() as cursor:
        cursor.execute(migration.JUDGE_ANEW)
    assert refresh.drain(clock=lambda: NOON) == 1
