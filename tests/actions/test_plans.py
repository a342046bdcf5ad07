from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from commitments import permissions
from commitments.actions import ledger, plans
from commitments.change_log import editing, edits
from commitments.domain.enums import NarrativeFrequency, Role, Tier
from commitments.models import Commitment, Evidence, Plan, ProgressEntry
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_entry,
    make_jurisdiction,
    make_plan,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_draft(**given: object) -> Plan:
    plan = make_plan(**{"published_at": None, "code": "610399-2023"} | given)
    make_commitment(plan)
    return plan


def test_publishing_says_when_and_the_history_who() -> None:
    plan, office = make_draft(), make_user(last_name="王", first_name="芳")
    plans.publish(plan=plan, by=office, at=NOON)
    assert plan.published_at == NOON
    edit = edits.last_edit(plan)
    assert edit is not None
    assert (edit.who, edit.at, edit.changes[0].field) == ("王芳", NOON, "发布时间")


def test_a_plan_is_published_once() -> None:
    plan = make_draft()
    plans.publish(plan=plan, by=make_user(), at=NOON)
    with pytest.raises(ValidationError, match="已经发布"):
        plans.publish(plan=plan, by=make_user(), at=NOON)


def test_a_plan_without_commitments_has_nothing_to_publish() -> None:
    with pytest.raises(ValidationError, match="没有承诺事项"):
        plans.publish(plan=make_plan(published_at=None), by=make_user(), at=NOON)


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.LEADER])
def test_only_the_office_publishes(role: Role) -> None:
    plan = make_draft()
    for act in (plans.publish, plans.count_for_place):
        with pytest.raises(PermissionDenied):
            act(plan=plan, by=make_user(role), at=NOON)
    assert Plan.objects.get().is_draft


@pytest.mark.parametrize("to", [None, datetime(2023, 5, 1, tzinfo=UTC)])
def test_the_database_lets_nobody_take_a_plan_back(to: datetime | None) -> None:
    plan = make_plan()
    with pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(published_at=to)


def counting() -> list[str]:
    return list(Plan.objects.filter(counts_for_place=True).order_by("code").values_list("code", flat=True))


def test_the_first_published_plan_of_a_place_and_year_counts_for_it() -> None:
    first = make_plan(code="610302-2023")
    make_plan(code="610303-2023")
    make_plan(code="610304-2024", year=2024)
    make_plan(code="610305-2023", jurisdiction=make_jurisdiction(code="610305"))
    assert first.counts_for_place
    assert counting() == ["610302-2023", "610304-2024", "610305-2023"]


def test_a_draft_that_was_there_first_leaves_it_to_what_is_published_first() -> None:
    draft = make_draft()
    make_plan(code="610302-2023")
    plans.publish(plan=draft, by=make_user(), at=NOON)
    assert counting() == ["610302-2023"]


def test_another_plan_takes_over_counting_for_the_place() -> None:
    make_plan(code="610302-2023")
    other = make_plan(code="610303-2023")
    plans.count_for_place(plan=other, by=make_user(), at=NOON)
    assert counting() == ["610303-2023"]
    edit = edits.last_edit(other)
    assert edit is not None
    assert edit.changes[0].field == "计入行政区汇总"


def test_a_draft_does_not_count_for_its_place() -> None:
    make_plan(code="610302-2023")
    with pytest.raises(ValidationError, match="先发布"):
        plans.count_for_place(plan=make_draft(), by=make_user(), at=NOON)
    assert counting() == ["610302-2023"]


@pytest.mark.parametrize(
    "columns", ["published_at = NULL, counts_for_place = true", "counts_for_place = true"]
)
def test_the_database_refuses_two_that_count_and_a_draft_that_does(columns: str) -> None:
    make_plan(code="610302-2023")
    make_draft() if "NULL" in columns else make_plan(code="610399-2023")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE commitments_plan SET {columns} WHERE code = '610399-2023'")


def test_a_plan_that_was_loaded_before_the_mark_moved_saves_without_taking_it_back() -> None:
    loaded = make_plan(code="610302-2023")
    plans.count_for_place(plan=make_plan(code="610303-2023"), by=make_user(), at=NOON)
    loaded.save()
    assert counting() == ["610303-2023"]


def test_a_plan_that_moves_to_another_year_counts_there_where_none_does() -> None:
    make_plan(code="610302-2023")
    moved = make_plan(code="610303-2023")
    Plan.objects.filter(pk=moved.pk).update(year=2024)
    assert counting() == ["610302-2023", "610303-2023"]


def three_plans() -> Plan:
    """Return the one that counts; of the others, the younger row was published first."""
    counts = make_plan(code="610302-2023")
    make_plan(code="610303-2023", published_at=NOON)
    make_plan(code="610304-2023", published_at=NOON - timedelta(days=1))
    make_draft()
    return counts


@pytest.mark.parametrize("moved", [{"year": 2024}, {"jurisdiction": "610305"}])
def test_where_the_counting_plan_leaves_the_next_published_one_counts(moved: dict[str, Any]) -> None:
    plan = three_plans()
    place = make_jurisdiction(code=moved.get("jurisdiction", "610302"))
    Plan.objects.filter(pk=plan.pk).update(jurisdiction=place, year=moved.get("year", 2023))
    assert counting() == ["610302-2023", "610304-2023"]


def test_the_migration_chooses_for_places_that_had_lost_theirs() -> None:
    three_plans()
    Plan.objects.update(counts_for_place=False)
    with connection.cursor() as cursor:
        cursor.execute(
            import_module("commitments.migrations.0010_the_next_published_plan_counts").CHOOSE_NEXT
        )
    assert counting() == ["610302-2023"]


def test_where_the_counting_plan_is_deleted_the_next_published_one_counts() -> None:
    three_plans().delete()
    assert counting() == ["610304-2023"]


def test_where_all_plans_leave_at_once_one_counts() -> None:
    three_plans()
    Plan.objects.update(year=2024)
    assert len(counting()) == 1


def test_the_history_says_who_moved_the_plan_that_counted() -> None:
    plan, office = three_plans(), make_user(last_name="王", first_name="芳")
    with editing.by(office.pk, at=NOON):
        Plan.objects.filter(pk=plan.pk).update(year=2024)
    edit = edits.last_edit(Plan.objects.get(code="610304-2023"))
    assert edit is not None
    assert (edit.who, edit.changes[0].field) == ("王芳", "计入行政区汇总")


def test_what_becomes_public_is_counted_and_what_is_missing_named() -> None:
    plan = make_draft()
    rated = plan.commitments.get()
    make_user(Role.CLERK, agency=rated.lead_agency)
    make_target(rated)
    make_target(rated, code="X", headline=False)
    bare, unmanned = make_commitment(plan), make_agency()
    Commitment.objects.filter(pk=bare.pk).update(lead_agency=unmanned)
    make_commitment(plan, tier=Tier.DIRECTION, lead_agency=rated.lead_agency)
    found = plans.review_contents(plan)
    assert (found.commitments, found.targets, found.headline, found.readers) == (3, 2, 1, 0)
    assert (found.unmeasured, found.unmanned, len(found.uncited)) == ([bare.code], [unmanned], 3)


def test_a_draft_takes_no_progress() -> None:
    target = make_target(make_draft().commitments.get())
    with pytest.raises(ValidationError, match="610399-2023是草案"):
        make_entry(target, 5)
    assert not ProgressEntry.objects.exists()


def test_an_agency_acts_for_a_pledge_of_its_own_once_it_is_public() -> None:
    plan = make_draft()
    commitment = plan.commitments.get()
    clerk = make_user(Role.CLERK, agency=commitment.lead_agency)
    assert not permissions.can_record(clerk, commitment)
    plans.publish(plan=plan, by=make_user(), at=NOON)
    assert permissions.can_record(clerk, Commitment.objects.get(pk=commitment.pk))


@pytest.mark.parametrize(("role", "expected"), [(Role.LEADER, False), (Role.SUPERVISION, True)])
def test_nothing_of_a_draft_is_public_evidence(role: Role, expected: bool) -> None:
    target = make_target(make_draft().commitments.get())
    entry = ProgressEntry(commitment=target.commitment, target=target, effective_on=TODAY, value=5)
    assert permissions.can_read_evidence(make_user(role), Evidence(entry=entry, public=True)) is expected


def test_a_command_publishes_what_is_a_draft_and_leaves_what_is_public() -> None:
    plan = make_draft()
    with editing.by_command("seed_plan", at=NOON):
        plans.publish_loaded(plan.code, at=NOON)
        plans.publish_loaded(plan.code, at=datetime(2024, 1, 1, tzinfo=UTC))
    plan.refresh_from_db()
    assert plan.published_at == NOON


def test_the_ledger_says_the_same_of_a_sheet() -> None:
    assert "610399-2023" in " ".join(ledger.unpublished(make_draft()).messages)


def test_a_published_plan_asks_for_words_every_quarter() -> None:
    plan = make_draft()
    plans.publish(plan=plan, by=make_user(), at=NOON)
    [chosen] = plan.narrative_duties.all()
    assert (chosen.frequency, chosen.effective_from) == (NarrativeFrequency.QUARTERLY, TODAY)


def test_words_are_not_asked_for_twice() -> None:
    plan = make_draft()
    for _ in range(2):
        plans.ask_for_words(plan, from_=TODAY, at=NOON)
    assert plan.narrative_duties.count() == 1


def test_what_somebody_chose_for_a_later_day_stays_the_only_choice() -> None:
    plan = make_draft()
    plan.narrative_duties.create(frequency="none", effective_from=TODAY + timedelta(days=9), set_at=NOON)
    plans.publish(plan=plan, by=make_user(), at=NOON)
    assert plan.narrative_duties.get().frequency == NarrativeFrequency.NONE
