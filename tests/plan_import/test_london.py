"""A plan from elsewhere: one language, a code of another scheme, no holidays of China."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from commitments.actions.plans import publish_loaded
from commitments.models import Agency, Baseline, Jurisdiction, Plan, StatusCount
from commitments.plan_import.apply import apply
from commitments.plan_import.files.read import read_plan
from commitments.reporting.periods import calendar_of
from commitments.rollups import refresh
from tests.factories import NOON
from tests.rollups.at_rest import differences

pytestmark = pytest.mark.django_db
LONDON = Path(__file__).parent / "london"
CODE = "E08000018-2023"


@pytest.fixture
def plan() -> Plan:
    apply(read_plan(LONDON))
    publish_loaded(CODE, at=NOON)
    return Plan.objects.get(code=CODE)


def page(client: Client, language: str) -> str:
    return client.get(f"/plans/{CODE}/?lang={language}", follow=True).content.decode()


def test_a_place_of_another_scheme_has_a_plan(plan: Plan) -> None:
    assert str(plan.jurisdiction.scheme) == "ONS"
    assert Jurisdiction.objects.get().code == "E08000018"


def test_a_second_run_finds_nothing_to_change(plan: Plan) -> None:
    assert apply(read_plan(LONDON)).changes == []


def test_no_chinese_holiday_moves_a_due_day(plan: Plan) -> None:
    """5 October 2023 is a Thursday in the week of China's National Day."""
    assert calendar_of(plan, "count").due_on(date(2023, 9, 30)) == date(2023, 10, 5)


def test_january_is_a_month_of_its_own(plan: Plan) -> None:
    assert calendar_of(plan, "growth_rate").period_of(date(2024, 1, 9)).last == date(2024, 1, 31)


def test_english_readers_see_no_mark(plan: Plan, client: Client) -> None:
    shown = page(client, "en")
    assert "Repave 40 km" in shown
    assert "Directorate" not in shown
    assert "only)" not in shown


def test_chinese_readers_see_which_texts_are_english_alone(plan: Plan, client: Client) -> None:
    shown = page(client, "zh-hans")
    for text in ("Town", "Town plan", "Streets", "General", "Repave 40 km", "Streets repaved", "Works"):
        assert f'<span lang="en">{text}</span>（仅有英文）' in shown


def test_sections_with_english_names_alone_are_counted_apart(plan: Plan) -> None:
    while refresh.drain(clock=lambda: NOON):
        pass
    sections = StatusCount.objects.filter(scope="section", commitments__gt=0)
    assert set(sections.values_list("section", flat=True)) == {"General", "Lighting"}
    assert differences(NOON) == []


def test_the_summary_names_a_section_by_its_english_title(plan: Plan, client: Client) -> None:
    refresh.rebuild_plan(plan, at=NOON)
    rows = client.get(f"/api/v1/summary/?plan={CODE}&scope=section").json()["results"]
    assert [(row["title"], row["title_en"]) for row in rows] == [("", "General"), ("", "Lighting")]


def test_sections_are_counted_apart_on_a_past_day_too(plan: Plan, client: Client) -> None:
    refresh.rebuild_plan(plan, at=NOON)
    answer = client.get(f"/api/v1/summary/?plan={CODE}&scope=section&as_of=2023-09-27").json()
    assert [row["total"] for row in answer["results"]] == [1, 1]


def test_a_removed_row_is_found_again_by_its_english_name(plan: Plan) -> None:
    Baseline.objects.all().delete()
    outcome = apply(read_plan(LONDON))
    assert [one.change.key for one in outcome.edited] == [("T01", "Repaved last year")]


def test_an_agency_does_not_take_the_english_name_of_another(plan: Plan) -> None:
    Agency.objects.filter(code="a").update(code="b")
    [refused] = [each for each in apply(read_plan(LONDON)).refusals if each.change.kind == "agency"]
    assert refused.params["holder"] == "b"
