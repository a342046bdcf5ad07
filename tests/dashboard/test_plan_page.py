import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.domain.enums import (
    Accumulation,
    Comparator,
    Confidence,
    ConfidenceHolder,
    Direction,
    TargetKind,
    Tier,
)
from commitments.models import AuditRun, Commitment, DeliveryConfidence, Plan, Target, TargetRollup
from tests import factories as make
from tests.dashboard.plans import judged, make_mixed_plan

pytestmark = pytest.mark.django_db


def html(client: Client, url: str = "/") -> str:
    return client.get(url).content.decode()


def text(page: str) -> str:
    """Return the text for a reader, with single spaces."""
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def words(client: Client, url: str = "/") -> str:
    return text(html(client, url))


def row(client: Client, code: str, url: str = "/") -> str:
    """Return the words of one commitment."""
    part = html(client, url).split(f'<tbody id="{code}"')[1].split("</tbody>")[0]
    return text("<x" + part)


def test_without_a_plan_the_front_page_says_how_to_get_one(client: Client) -> None:
    assert "manage.py seed_plan fixtures/610302-2023" in html(client)


def test_the_front_page_shows_the_newest_plan(client: Client) -> None:
    make.make_plan(year=2022)
    make.make_plan(year=2023)
    assert "<h1>2023年全区工作计划</h1>" in html(client)
    assert "<h1>2022 work plan</h1>" in html(client, "/en/plans/610302-2022/")


def test_the_front_page_is_not_taken_over_by_next_years_draft(client: Client) -> None:
    make.make_plan(year=2023)
    make.make_plan(year=2024, published_at=None)
    assert "<h1>2023年全区工作计划</h1>" in html(client)
    assert "2023 work plan" in html(client, "/en/method/")


def test_of_two_plans_of_a_year_the_front_page_shows_the_one_that_counts(client: Client) -> None:
    make.make_plan(code="610309-2023", title="计入的计划")
    make.make_plan(code="610301-2023", title="另一计划")
    assert "<h1>计入的计划</h1>" in html(client)


def test_with_a_draft_alone_there_is_no_plan_yet(client: Client) -> None:
    make.make_plan(published_at=None)
    assert "seed_plan" in html(client)
    assert "seed_plan" in html(client, "/method/")


@pytest.mark.parametrize(
    ("url", "said"), [("/plans/999999-2023/", "页面不存在"), ("/en/nothing/", "Page not found")]
)
def test_an_unknown_address_is_told_in_the_pages_language(client: Client, url: str, said: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404
    assert said in answer.content.decode()


def test_a_plan_without_roll_ups_says_that_they_are_being_computed(client: Client) -> None:
    make.make_target(make.make_commitment(code="LIV-SVC-04"))
    assert "各项状态正在计算" in words(client)
    assert "计算中" in row(client, "LIV-SVC-04")
    assert "76个" in row(client, "LIV-SVC-04")


def test_a_plan_without_commitments_says_so(client: Client) -> None:
    make.make_plan()
    assert "该计划尚无承诺事项。" in words(client)


def test_the_head_says_what_day_the_statuses_and_the_figures_are_of(client: Client) -> None:
    make_mixed_plan()
    assert "状态评定日： 2023年9月28日 最新数据截至2023年9月28日" in words(client)
    assert "Status as of 28 September 2023 newest figures: 28 September 2023" in words(client, "/en/")


def test_a_count_stands_with_its_word_and_leads_to_the_list(client: Client) -> None:
    make_mixed_plan()
    assert "总体进展 0 ✓ 已完成 2 ● 达到序时 0 ▲ 存在风险 1 ■ 进度滞后 1 – 定性任务 1 ⊘ 已终止" in words(
        client
    )
    assert 'href="?status=off_track#commitments"' in html(client)


def test_a_target_shows_actual_planned_and_target_with_unit_gap_status_and_date(client: Client) -> None:
    make_mixed_plan()
    assert "6,160人 示例数据 5,860人 7,900人 +3.8 ● 达到序时 2023-08-31 已报" in row(client, "LIV-SVC-04")
    english = row(client, "LIV-SVC-04", "/en/")
    assert "6,160 persons Sample data 5,860 persons 7,900 persons +3.8 ● On track 2023-08-31" in english


def test_numbers_are_the_stored_ones(client: Client) -> None:
    make_mixed_plan()
    TargetRollup.objects.filter(target__code="LIV-SVC-04").update(actual=1, status="no_data", gap="-99.94")
    assert "1人 示例数据 5,860人 7,900人 −99.9 ? 尚未填报" in row(client, "LIV-SVC-04")


def test_only_sample_values_are_marked_and_one_of_them_puts_a_note_on_the_page(client: Client) -> None:
    plan = make_mixed_plan()
    assert "不反映实际工作情况" in words(client)
    assert "示例数据" not in row(client, "ENV-CIT-01")
    TargetRollup.objects.filter(target__commitment__plan=plan).update(is_sample=False)
    assert "示例数据" not in words(client)


def test_a_commitment_of_several_targets_shows_its_own_status_too(client: Client) -> None:
    make_mixed_plan()
    said = row(client, "ENV-CIT-01")
    assert "总体： ■ 进度滞后" in said
    assert "（参考） — 56.4个 76个 — ? 尚未填报 —" in said


def test_an_indicator_named_like_its_commitment_is_not_named_twice(client: Client) -> None:
    plan = make_mixed_plan()
    Target.objects.filter(commitment__plan=plan, commitment__code="DEV-RUR-05").update(title="守住耕地红线")
    Commitment.objects.filter(plan=plan, code="DEV-RUR-05").update(title="守住耕地红线")
    assert row(client, "DEV-RUR-05").count("守住耕地红线") == 1


def test_beside_a_floor_no_gap_is_shown(client: Client) -> None:
    make_mixed_plan()
    assert "28,120亩 28,000亩 ≥28,000亩 — ● 达到序时" in row(client, "DEV-RUR-05")


@pytest.mark.parametrize(
    ("direction", "comparator", "said"),
    [
        (Direction.AT_LEAST, Comparator.ABOVE, ">5.2%"),
        (Direction.AT_MOST, Comparator.AT_MOST, "≤5.2%"),
        (Direction.AT_MOST, Comparator.BELOW, "<5.2%"),
    ],
)
def test_a_target_says_on_which_side_of_it_to_be(
    client: Client, direction: Direction, comparator: Comparator, said: str
) -> None:
    commitment = make.make_commitment(code="LIV-SVC-04")
    make.make_target(
        commitment,
        kind=TargetKind.LEVEL,
        accumulation=Accumulation.LEVEL,
        direction=direction,
        comparator=comparator,
        value=Decimal("5.2000"),
        unit="%",
        unit_en="%",
    )
    judged(commitment.plan)
    assert said in row(client, "LIV-SVC-04").replace("&gt;", ">").replace("&lt;", "<")


def test_a_direction_takes_one_line(client: Client) -> None:
    make_mixed_plan()
    assert "定性任务，没有可衡量的目标，不作进度评定。 – 定性任务" in row(client, "DEV-IND-01")


def test_a_pledge_that_is_firm_but_has_no_target_is_no_direction(client: Client) -> None:
    commitment = make.make_commitment(code="LIV-SVC-04", tier=Tier.DELIVERABLE)
    judged(commitment.plan)
    assert "尚未设定可衡量的目标，不作进度评定。 – 定性任务" in row(client, "LIV-SVC-04")


def test_a_dropped_pledge_says_when_by_whom_and_why(client: Client) -> None:
    make_mixed_plan()
    said = row(client, "DEV-IND-09")
    assert "2023年8月15日终止。依据：区政府常务会议纪要。原因：调整到下一年度。" in said
    assert said.endswith("⊘ 已终止 —")


def test_priorities_come_in_their_own_order_with_their_counts(client: Client) -> None:
    make_mixed_plan()
    assert "分领域进展 民生优 2 ● 达到序时 1 ■ 进度滞后 1 发展优 3" in words(client)


def test_the_furthest_behind_comes_first_and_silence_after_it(client: Client) -> None:
    plan = make.make_plan()
    for number, value in enumerate((None, 30, 10, 20, 76), start=1):
        target = make.make_target(make.make_commitment(plan, code=f"C-{number}", title=f"第{number}项"))
        if value is not None:
            make.make_counted_entry(target, value)
    judged(plan)
    worst = html(client).split('<ol class="worst">')[1].split("</ol>")[0]
    assert [line.split('"')[0] for line in worst.split('<a href="#')[1:]] == ["C-3", "C-4", "C-2", "C-1"]
    assert "已完成10个（目标76个），按序时应完成56.37个，进度滞后61个百分点。" in text(worst)
    assert "尚未填报；按序时应完成56.4个。" in text(worst)


def test_no_more_than_eight_are_named_first(client: Client) -> None:
    plan = make.make_plan()
    for number in range(10):
        make.make_target(make.make_commitment(plan, code=f"C-{number}"))
    judged(plan)
    assert html(client).split('<ol class="worst">')[1].split("</ol>")[0].count("<li>") == 8


def test_nothing_behind_is_said_in_words(client: Client) -> None:
    commitment = make.make_commitment()
    make.make_counted_entry(make.make_target(commitment), 76)
    judged(commitment.plan)
    assert "目前没有进度滞后、到期未完成或尚未填报的事项。" in words(client)


@pytest.mark.parametrize("size", [3, 30])
def test_the_number_of_queries_does_not_grow(client: Client, size: int) -> None:
    plan = make.make_plan()
    for number in range(size):
        make.make_target(make.make_commitment(plan, code=f"C-{number}"))
    judged(plan)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    assert len(queries) == 6


def test_every_target_says_why_and_names_the_rule(client: Client) -> None:
    make_mixed_plan()
    assert "已完成20个（目标76个），按序时应完成56.4个，进度滞后47.9个百分点。" in row(client, "ENV-CIT-01")
    assert "规则 明显低于序时进度 far_behind · 评定标准1.0" in row(client, "ENV-CIT-01")
    assert 'href="/method/?plan=610302-2023#far_behind"' in html(client)
    english = row(client, "DEV-RUR-05", "/en/")
    assert "Kept so far: now 28,120 mu, lowest 28,120 mu, target at least 28,000 mu." in english


def test_forecast_pace_and_flags_stand_where_there_are_any(client: Client) -> None:
    target = make.make_target(make.make_commitment(code="LIV-SVC-04"))
    for month, value in enumerate((6, 12, 18, 24, 17), start=4):
        make.make_counted_entry(target, value, date(2023, month, 20))
    judged(target.commitment.plan)
    said = row(client, "LIV-SVC-04")
    assert "⚑ 数据提示1条" in said
    assert "预测 按当前速度，年底预计" in said
    assert "速度 需每月18.8个，目前每月" in said
    assert "数据提示 最新一次填报低于上一次。" in said


def test_confidence_stands_beside_the_target_that_decides(client: Client) -> None:
    commitment = make.make_commitment(code="LIV-SVC-04")
    make.make_counted_entry(make.make_target(commitment), 60)
    make.make_target(commitment, code="LIV-SVC-04-S", headline=False)
    make.make_target(make.make_commitment(commitment.plan))
    state_confidence(commitment)
    judged(commitment.plan)
    assert words(client).count("完成预判") == 1
    assert "完成预判 责任单位认为难以按期完成，评定状态为“达到序时”，判断不一致。" in row(
        client, "LIV-SVC-04"
    )


def test_confidence_in_what_cannot_be_measured_is_told_too(client: Client) -> None:
    commitment = make.make_commitment(code="DEV-IND-01", tier=Tier.DIRECTION)
    state_confidence(commitment)
    judged(commitment.plan)
    assert "责任单位认为难以按期完成，评定状态为“定性任务”。" in row(client, "DEV-IND-01")


def state_confidence(commitment: Commitment) -> None:
    DeliveryConfidence.objects.create(
        commitment=commitment,
        holder=ConfidenceHolder.OWNER,
        confidence=Confidence.LOW,
        stated_by=make.make_user(),
        stated_at=make.NOON,
    )


def test_the_newest_audit_without_differences_is_told_on_the_plans_clock(client: Client) -> None:
    plan = make_mixed_plan()
    assert "数据已核对" not in words(client)
    for day, differences in ((26, 0), (27, 0), (28, 3)):
        AuditRun.objects.create(
            plan=plan, at=datetime(2023, 9, day, 18, 30, tzinfo=UTC), checked=9, differences=differences
        )
    assert "数据已核对：2023年9月28日 02:30" in words(client)
    assert "last verified: 28 September 2023, 02:30" in words(client, "/en/")


def test_pages_obey_a_strict_content_security_policy(client: Client) -> None:
    make_mixed_plan()
    page = html(client)
    assert not [
        word for word in (" style=", "<style", "<script", "onclick", "http://", "https://") if word in page
    ]


def test_a_demo_says_what_its_clock_shows(client: Client, demo_clock: None) -> None:
    plan: Plan = make_mixed_plan()
    assert "本站时钟已另行设定，站内时间为2023年9月28日 09:0" in words(client)
    assert "计算时间" not in words(client, f"/plans/{plan.code}/")


def test_on_a_real_clock_the_time_of_computing_is_shown(client: Client) -> None:
    make_mixed_plan()
    assert "计算时间：" in words(client)


def test_the_page_only_answers_reading(client: Client) -> None:
    assert client.post("/").status_code == 405
    assert client.head("/").status_code == 200


def test_days_are_those_of_the_figures(client: Client) -> None:
    make_mixed_plan()
    assert str(date(2023, 9, 20)) in row(client, "ENV-CIT-01")
