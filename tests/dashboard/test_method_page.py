import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments import clock
from commitments.dashboard import method, rules
from commitments.domain.enums import Accumulation, Goal, Reason, Status, TrajectoryKind
from commitments.domain.flags import Flag
from commitments.domain.methods import METHODS
from commitments.domain.worked_cases import worked_cases
from commitments.models import Plan, RuleSetAdoption
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: make.NOON)


def words(client: Client, url: str = "/method/") -> str:
    return " ".join(re.sub("<[^>]+>", " ", client.get(url).content.decode()).split())


def adopt(plan: Plan, effective_from: date, version: str, ratio: str) -> None:
    RuleSetAdoption.objects.create(
        plan=plan,
        rule_set=make.make_rule_set(version=version, on_track_ratio=Decimal(ratio)),
        effective_from=effective_from,
        authority="区政府办通知",
        adopted_by=make.make_user(),
        adopted_at=make.NOON,
    )


ONLY_IN_1: set[Reason] = set()
ONLY_IN_2 = {
    Reason.LOWERED_AGAIN,
    Reason.USED_IN_PACE,
    Reason.USED_SLIGHTLY_FAST,
    Reason.USED_SMALL_GAP,
    Reason.USED_TOO_FAST,
    Reason.OVER_CEILING,
    Reason.CEILING_KEPT,
    Reason.NEAR_TARGET,
    Reason.UNITS_AWAY,
}
REASONS = {1: set(Reason) - ONLY_IN_2, 2: set(Reason) - ONLY_IN_1}


@pytest.mark.parametrize("number", METHODS)
def test_every_rule_is_told_once_for_each_status_it_gives(number: int) -> None:
    steps = rules.STEPS[number]
    told = [(status, reason) for _title, of_step in steps for status, reason, _when in of_step]
    assert {reason for _status, reason in told} == REASONS[number]
    assert {status for status, _reason in told} == set(Status)
    assert len(told) == len(set(told))


def test_every_word_of_a_target_is_explained() -> None:
    assert set(method.ACCUMULATION) == set(Accumulation)
    assert set(method.GOAL) == set(Goal)
    assert set(method.TRAJECTORY) == set(TrajectoryKind)
    assert set(method.FLAG_OF[max(METHODS)]) == set(Flag)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (
            "/method/",
            (
                "评定标准 1.0 ，2023年9月28日有效",
                "● 达到序时 达到序时 on_pace 进度达到序时进度的95%。",
                "▲ 存在风险 低于序时进度，差距较小 small_gap 差距小于5个百分点；按数量计的，差额不足一个计量单位。",
                "最早到期而未完成的节点，逾期不超过30天。",
                "次月5日前填报，再过5天仍未报的为逾期未报",
                "次月25日前填报",
                "1月和2月数据合并发布",
            ),
        ),
        (
            "/en/method/",
            (
                "Rule set 1.0 , in force on 28 September 2023",
                "● On track On pace on_pace Progress is at least 95% of planned progress.",
                "overdue by up to 30 days.",
                "due on day 5 of the next month and are overdue once 5 more days have passed",
                "January and February are published together",
            ),
        ),
    ],
)
def test_the_rules_carry_the_thresholds_in_force(client: Client, url: str, said: tuple[str, ...]) -> None:
    make.make_plan()
    page = words(client, url)
    assert [sentence for sentence in said if sentence not in page] == []


@pytest.mark.parametrize(
    ("holidays", "said"),
    [
        ("", "a Saturday or Sunday moves to the next Monday"),
        ("CN", "Working weekends count as working days"),
        ("GB-ENG", "a weekend or public holiday (GB-ENG) moves"),
    ],
)
def test_the_plans_own_working_days_are_told(client: Client, holidays: str, said: str) -> None:
    make.make_plan(holidays=holidays)
    assert said in words(client, "/en/method/")


def test_joined_months_are_told_of_only_where_the_plan_joins_them(client: Client) -> None:
    make.make_plan(joins_january=False)
    assert "a first figure is expected in March" not in words(client, "/en/method/")


@pytest.mark.parametrize("number", METHODS)
def test_each_rule_can_be_linked_to(client: Client, number: int) -> None:
    make.make_plan(rule_set=make.make_rule_set(method=number, near_units=1 if number == 2 else None))
    page = client.get("/method/").content.decode()
    assert {reason for reason in REASONS[number] if page.count(f'<tr id="{reason}">') != 1} == set()


def test_an_adopted_rule_set_is_told_from_its_day_on(client: Client) -> None:
    plan = make.make_plan()
    adopt(plan, date(2023, 7, 1), "1.1", "0.90")
    adopt(plan, date(2023, 10, 1), "1.2", "0.85")
    page = words(client)
    assert "评定标准 1.1 ，2023年9月28日有效" in page
    assert "进度达到序时进度的90%。" in page
    assert "自2023年10月1日起执行评定标准1.2（区政府办通知）" in page


def test_the_plan_asked_for_is_told_of_else_the_newest(client: Client) -> None:
    make.make_plan(year=2022, rule_set=make.make_rule_set(version="0.9"))
    make.make_plan(year=2023)
    assert "评定标准 0.9 ，" in words(client, "/method/?plan=610302-2022")
    assert "评定标准 1.0 ，" in words(client)
    assert client.get("/method/?plan=999999-2023").status_code == 404


def test_without_a_plan_the_page_says_how_to_get_one(client: Client) -> None:
    assert "manage.py seed_plan" in words(client)


def test_review_is_only_told_of_where_it_is_required(client: Client) -> None:
    make.make_plan(review_required=False)
    assert "填报须经审核通过方才生效" not in words(client)


@pytest.mark.parametrize("number", METHODS)
def test_every_worked_case_of_the_method_is_printed_with_its_working(client: Client, number: int) -> None:
    make.make_plan(rule_set=make.make_rule_set(method=number, near_units=1 if number == 2 else None))
    chinese, english = words(client), words(client, "/en/method/")
    for case in (case for case in worked_cases() if number in case.methods):
        assert f"{case.number}. " in chinese
        assert escaped(case.working_zh) in chinese
        assert escaped(case.working_en) in english


def escaped(text: str) -> str:
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&#x27;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return " ".join(text.split())


def test_a_worked_case_shows_its_numbers(client: Client) -> None:
    make.make_plan()
    page = words(client)
    assert "目标≥76个，期限2023-12-31 2023-07-01 33 37.8 43.42% −6.3 ▲ 存在风险 slightly_behind" in page
    assert "95.67% 95%" in page
    assert "76 74.7 100% +1.65 ✓ 已完成 reached_in_time" in page


def test_the_page_asks_little_of_the_database(client: Client) -> None:
    make.make_plan()
    with CaptureQueriesContext(connection) as queries:
        client.get("/method/")
    assert len(queries) == 2


def test_every_public_page_leads_here(client: Client) -> None:
    make.make_plan()
    assert 'href="/en/method/?plan=610302-2023"' in client.get("/en/").content.decode()
    assert 'href="/method/"' in client.get("/nothing/").content.decode()


def test_the_rules_of_a_past_day_are_told_and_the_first_set_is_named(client: Client) -> None:
    adopt(make.make_plan(), date(2023, 7, 1), "1.1", "0.90")
    page = words(client, "/method/?as_of=2023-06-30")
    assert "评定标准 1.0 ，2023年6月30日有效" in page
    assert "计划开始时执行评定标准1.0 自2023年7月1日起执行评定标准1.1" in page


def test_a_day_that_makes_no_sense_is_named_beside_the_present_rules(client: Client) -> None:
    make.make_plan()
    answer = client.get("/method/?as_of=2023-02-30")
    assert answer.status_code == 400
    assert "2023年9月28日有效" in " ".join(re.sub("<[^>]+>", " ", answer.content.decode()).split())
