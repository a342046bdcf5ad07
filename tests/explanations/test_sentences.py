"""Every sentence, word for word, in both languages."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from commitments import explanations, labels
from commitments.domain.enums import (
    Accumulation,
    Comparator,
    Direction,
    Freshness,
    Goal,
    Reason,
    Status,
    TargetKind,
    Tier,
    TrajectoryKind,
)
from commitments.domain.flags import Flag
from commitments.models import Commitment, Plan, RuleSet, Target, TargetRevision
from commitments.models.lifecycle import NEVER, LifecycleTerms
from commitments.rollups import read, refresh
from commitments.states import CommitmentJudgement, CommitmentState, TargetJudgement
from tests import factories as make

RULES = RuleSet(
    version="1",
    on_track_ratio=Decimal("0.9500"),
    at_risk_ratio=Decimal("0.8000"),
    small_gap_points=Decimal("5.00"),
    stage_grace_days=30,
    growth_floor=Decimal("0.0000"),
)
RULES_2 = RuleSet(method=2, near_units=Decimal(1))
LEVEL = {"kind": TargetKind.LEVEL, "accumulation": Accumulation.LEVEL, "unit": "亩", "unit_en": "mu"}
FALLING = LEVEL | {
    "unit": "%",
    "unit_en": "%",
    "direction": Direction.AT_MOST,
    "comparator": Comparator.AT_MOST,
}
FLOOR = LEVEL | {"kind": TargetKind.FLOOR, "goal": Goal.MAINTAIN, "trajectory": TrajectoryKind.HOLD}
CEILING = FALLING | {"goal": Goal.MAINTAIN, "trajectory": TrajectoryKind.HOLD}
COMPLAINTS = {
    "accumulation": Accumulation.INCREMENTS,
    "direction": Direction.AT_MOST,
    "comparator": Comparator.AT_MOST,
    "goal": Goal.MAINTAIN,
    "trajectory": TrajectoryKind.HOLD,
    "unit": "件",
    "unit_en": "complaints",
}
RATE = {
    "kind": TargetKind.GROWTH_RATE,
    "accumulation": Accumulation.LEVEL,
    "goal": Goal.FINAL,
    "trajectory": TrajectoryKind.HOLD,
    "unit": "%",
    "unit_en": "%",
}
STAGES = {"kind": TargetKind.STAGES, "accumulation": Accumulation.STAGES, "unit": "%", "unit_en": "%"}
COMMUNITIES = {"actual": "33.0000", "planned": "40.0000", "target_value": "76.0000", "gap": "-9.21"}
MU = {"actual": "28120", "planned": "28000", "target_value": "28000", "worst": "28100"}
PERCENT = {"target_value": "5", "planned": "5"}
SEPTEMBER = date(2023, 9, 28)
WORDS = ("reason", "status", "freshness")


def target(**given: Any) -> Target:
    facts: dict[str, Any] = {
        "kind": TargetKind.COUNT,
        "accumulation": Accumulation.RUNNING_TOTAL,
        "direction": Direction.AT_LEAST,
        "goal": Goal.REACH,
        "comparator": Comparator.AT_LEAST,
        "trajectory": TrajectoryKind.LINEAR,
        "value": Decimal(76),
        "unit": "个",
        "unit_en": "communities",
        "starts_on": date(2023, 1, 1),
        "due_on": date(2023, 12, 31),
    }
    return Target(**facts | given)


def verdict(**given: Any) -> TargetJudgement:
    facts: dict[str, Any] = {
        "start_value": "0",
        "target_value": "76",
        "due_on": date(2023, 12, 31),
        "latest_on": date(2023, 8, 31),
        "rule_set": RULES,
        "status": Status.ON_TRACK,
        "reason": Reason.ON_PACE,
        "freshness": Freshness.CURRENT,
        "assessed_on": SEPTEMBER,
    }
    numbers: dict[str, Any] = {
        name: Decimal(value) if isinstance(value, str) and name not in WORDS else value
        for name, value in (facts | given).items()
    }
    return TargetJudgement(**numbers)


def both(words: Callable[[], str]) -> tuple[str, str]:
    said = []
    for language in ("zh-hans", "en"):
        with override(language):
            said.append(words())
    return said[0], said[1]


class SentenceCase(NamedTuple):
    reason: Reason
    target: dict[str, Any]
    verdict: dict[str, Any]
    zh: str
    en: str


CASES = [
    SentenceCase(
        Reason.DROPPED,
        {},
        COMMUNITIES,
        "所属承诺事项已经批准终止，目标不再评定。",
        "The commitment has been dropped; the target is no longer judged.",
    ),
    SentenceCase(
        Reason.NOTHING_MEASURABLE,
        {},
        {},
        "没有可衡量的目标，不作进度评定。",
        "No measurable target; not rated.",
    ),
    SentenceCase(
        Reason.REACHED_IN_TIME,
        {},
        COMMUNITIES | {"actual": "80", "first_met_on": date(2023, 6, 30)},
        "已于2023年6月30日达到目标（期限2023年12月31日）；目前80个，目标76个。",
        "The target was reached on 30 June 2023, due by 31 December 2023: now 80 communities, target 76.",
    ),
    SentenceCase(
        Reason.REACHED_IN_TIME,
        LEVEL | {"comparator": Comparator.ABOVE},
        {"actual": "6100", "target_value": "6000", "first_met_on": date(2023, 6, 30)},
        "已于2023年6月30日达到目标（期限2023年12月31日）；目前6,100亩，目标超过6,000亩。",
        "The target was reached on 30 June 2023, due by 31 December 2023: now 6,100 mu, target more than 6,000.",
    ),
    SentenceCase(
        Reason.REACHED_IN_TIME,
        STAGES,
        {"actual": "100", "first_met_on": date(2023, 6, 30)},
        "全部节点已于2023年6月30日完成（期限2023年12月31日）。",
        "The last stage was done on 30 June 2023; all were due by 31 December 2023.",
    ),
    SentenceCase(
        Reason.REACHED_IN_TIME,
        {},
        COMMUNITIES | {"actual": "80", "first_met_on": date(2023, 6, 30), "standing_since": date(2023, 9, 1)},
        "已于2023年9月1日达到目标（期限2023年12月31日）；目前80个，目标76个。",
        "The target was reached on 1 September 2023, due by 31 December 2023: now 80 communities, target 76.",
    ),
    SentenceCase(
        Reason.REACHED_LATE,
        {},
        COMMUNITIES | {"actual": "76", "first_met_on": date(2024, 1, 15)},
        "2024年1月15日达到目标，比期限2023年12月31日晚15天；目前76个，目标76个。",
        "The target was reached on 15 January 2024, 15 days after it was due, 31 December 2023:"
        " now 76 communities, target 76.",
    ),
    SentenceCase(
        Reason.REACHED_LATE,
        STAGES,
        {"actual": "100", "first_met_on": date(2024, 1, 1)},
        "2024年1月1日完成全部节点，比期限2023年12月31日晚1天。",
        "The last stage was done on 1 January 2024, 1 day after it was due, 31 December 2023.",
    ),
    SentenceCase(
        Reason.NOTHING_PLANNED_YET,
        {},
        {"planned": "0"},
        "尚未填报，目前也没有应完成的量；目标76个，期限2023年12月31日。",
        "Nothing reported, and nothing was due yet; target 76 communities by 31 December 2023.",
    ),
    SentenceCase(
        Reason.NOTHING_PLANNED_YET,
        STAGES,
        {"planned": "0"},
        "尚未填报，目前也没有到期的节点；最后期限2023年12月31日。",
        "Nothing reported, and no stage was due yet; the last is due on 31 December 2023.",
    ),
    SentenceCase(
        Reason.NOTHING_PUBLISHED_YET,
        RATE,
        PERCENT,
        "首期统计数据尚未填报，尚未超过应报期限；目标不低于5%。",
        "No official figure yet; the first is not late yet; target at least 5%.",
    ),
    SentenceCase(
        Reason.NOTHING_REPORTED,
        {},
        {"planned": "56.3736"},
        "尚未填报；按序时应完成56.4个。",
        "Nothing reported; 56.4 communities expected by now.",
    ),
    SentenceCase(
        Reason.NOTHING_REPORTED,
        STAGES,
        {"planned": "50", "target_value": "100"},
        "尚未填报；按到期节点应完成工作量的50%。",
        "Nothing reported; stages worth 50% of the work were due by now.",
    ),
    SentenceCase(
        Reason.NOTHING_REPORTED,
        CEILING,
        PERCENT,
        "尚未填报；目标不超过5%。",
        "Nothing reported; target no more than 5%.",
    ),
    SentenceCase(
        Reason.KEPT_THROUGHOUT,
        FLOOR,
        MU,
        "期内始终达标：最低28,100亩，要求不低于28,000亩。",
        "Kept to the end: lowest 28,100 mu, target at least 28,000 mu.",
    ),
    SentenceCase(
        Reason.NOT_KEPT,
        CEILING,
        PERCENT | {"actual": "4.9", "worst": "5.3"},
        "期内未能始终达标：最高5.3%，要求不超过5%。",
        "Not kept throughout: highest 5.3%, target no more than 5%.",
    ),
    SentenceCase(
        Reason.NOT_KEPT,
        FLOOR | {"accumulation": Accumulation.RATIO, "unit": "%", "unit_en": "%"},
        {"actual": "96.6667", "worst": "93.3333", "target_value": "95"},
        "期内未能始终达标：最低93.33%，要求不低于95%。",
        "Not kept throughout: lowest 93.33%, target at least 95%.",
    ),
    SentenceCase(
        Reason.LAST_READING_MEETS,
        RATE,
        PERCENT | {"actual": "5.6"},
        "最新数5.6%（截至2023年8月31日），达到“不低于5%”的目标。",
        "The latest figure, 5.6% (31 August 2023), meets the target: at least 5%.",
    ),
    SentenceCase(
        Reason.LAST_READING_MEETS,
        RATE,
        PERCENT | {"actual": "5.6", "latest_on": date(2023, 12, 31), "status": Status.ACHIEVED},
        "期末数5.6%（截至2023年12月31日），达到“不低于5%”的目标。",
        "The last figure of the period, 5.6% (31 December 2023), meets the target: at least 5%.",
    ),
    SentenceCase(
        Reason.LAST_READING_MISSES,
        RATE | {"comparator": Comparator.BELOW, "direction": Direction.AT_MOST},
        PERCENT | {"actual": "5.6", "status": Status.OFF_TRACK},
        "最新数5.6%（截至2023年8月31日），未达到“低于5%”的目标。",
        "The latest figure, 5.6% (31 August 2023), misses the target: less than 5%.",
    ),
    SentenceCase(
        Reason.LAST_READING_MISSES,
        RATE,
        PERCENT | {"actual": "4.1", "latest_on": date(2023, 12, 31), "status": Status.NOT_ACHIEVED},
        "期末数4.1%（截至2023年12月31日），未达到“不低于5%”的目标。",
        "The last figure of the period, 4.1% (31 December 2023), misses the target: at least 5%.",
    ),
    SentenceCase(
        Reason.NOT_REACHED,
        {},
        COMMUNITIES | {"actual": "70"},
        "至期限2023年12月31日未达到目标：实际70个，目标76个。",
        "Not reached by 31 December 2023: now 70 communities, target 76.",
    ),
    SentenceCase(
        Reason.NOT_REACHED,
        STAGES,
        {"actual": "75", "target_value": "100"},
        "至期限2023年12月31日未完成全部节点，已完成工作量的75%。",
        "Not all stages were done by 31 December 2023: 75% of the work.",
    ),
    SentenceCase(
        Reason.LOWERED_AGAIN,
        {},
        COMMUNITIES | {"first_met_on": date(2023, 8, 31), "status": Status.OFF_TRACK},
        "2023年8月31日曾达到目标，之后核减：目前33个，目标76个；按序时应完成40个。",
        "Reached on 31 August 2023, but lowered again: now 33 communities, target 76; 40 expected by now.",
    ),
    SentenceCase(
        Reason.LOWERED_AGAIN,
        {},
        COMMUNITIES | {"first_met_on": date(2023, 8, 31), "status": Status.NOT_ACHIEVED},
        "2023年8月31日曾达到目标，之后核减，至期限2023年12月31日未再达到：目前33个，目标76个。",
        "Reached on 31 August 2023, but lowered again and not reached by 31 December 2023:"
        " now 33 communities, target 76.",
    ),
    SentenceCase(
        Reason.USED_IN_PACE,
        COMPLAINTS | {"unit": "%", "unit_en": "%"},
        {"actual": "1", "planned": "1.5", "target_value": "3"},
        "至今1%（目标不超过3%），按序时至今为1.5%；未超序时。",
        "So far 1% (target no more than 3%); even pace is 1.5% by now: no faster than even pace.",
    ),
    SentenceCase(
        Reason.USED_IN_PACE,
        COMPLAINTS,
        {"actual": "90", "planned": "94.0110", "target_value": "190"},
        "至今90件（目标不超过190件），按序时至今为94.01件；未超序时。",
        "So far 90 of no more than 190 complaints; even pace is 94.01 by now: no faster than even pace.",
    ),
    SentenceCase(
        Reason.USED_IN_PACE,
        COMPLAINTS,
        {"actual": "96", "planned": "94.0110", "target_value": "190"},
        "至今96件（目标不超过190件），按序时至今为94.01件；略超序时，序时数仍在实际数的95%以上。",
        "So far 96 of no more than 190 complaints; even pace is 94.01 by now: a little faster, but"
        " even pace is at least 95% of it.",
    ),
    SentenceCase(
        Reason.USED_SLIGHTLY_FAST,
        COMPLAINTS,
        {"actual": "110", "planned": "94.0110", "target_value": "190"},
        "至今110件（目标不超过190件），按序时至今为94.01件；已超序时，序时数为实际数的80%以上、不足95%。",
        "So far 110 of no more than 190 complaints; even pace is 94.01 by now: too fast, as even"
        " pace is at least 80% of it but less than 95%.",
    ),
    SentenceCase(
        Reason.USED_SMALL_GAP,
        COMPLAINTS,
        {"actual": "8", "planned": "1.0440", "target_value": "190"},
        "至今8件（目标不超过190件），按序时至今为1.04件；已超序时，但超出部分不足上限的5%。",
        "So far 8 of no more than 190 complaints; even pace is 1.04 by now: too fast, but by less"
        " than 5% of the ceiling.",
    ),
    SentenceCase(
        Reason.USED_SMALL_GAP,
        COMPLAINTS,
        {"actual": "1", "planned": "0.2500", "target_value": "3"},
        "至今1件（目标不超过3件），按序时至今为0.3件；已超序时，但超出不足一个计量单位。",
        "So far 1 of no more than 3 complaints; even pace is 0.3 by now: too fast, but by less than"
        " one whole unit.",
    ),
    SentenceCase(
        Reason.USED_TOO_FAST,
        COMPLAINTS,
        {"actual": "188", "planned": "93.9560", "target_value": "190"},
        "至今188件（目标不超过190件），按序时至今为93.96件；明显超序时，序时数不足实际数的80%。",
        "So far 188 of no more than 190 complaints; even pace is 93.96 by now: much too fast, as"
        " even pace is less than 80% of it.",
    ),
    SentenceCase(
        Reason.OVER_CEILING,
        COMPLAINTS,
        {"actual": "191", "target_value": "190", "status": Status.OFF_TRACK},
        "已突破上限：至今191件，目标不超过190件。",
        "Over the ceiling: 191 complaints so far, target no more than 190 complaints.",
    ),
    SentenceCase(
        Reason.OVER_CEILING,
        COMPLAINTS,
        {"actual": "191", "target_value": "190", "status": Status.NOT_ACHIEVED},
        "期末突破上限：191件，目标不超过190件。",
        "Over the ceiling in the end: 191 complaints, target no more than 190 complaints.",
    ),
    SentenceCase(
        Reason.CEILING_KEPT,
        COMPLAINTS,
        {"actual": "180", "target_value": "190", "status": Status.ACHIEVED},
        "全期未突破上限：共180件，目标不超过190件。",
        "Stayed under the ceiling: 180 complaints in all, target no more than 190 complaints.",
    ),
    SentenceCase(
        Reason.BREACHED_NOW,
        FLOOR,
        MU | {"actual": "27900", "worst": "27900"},
        "最新数27,900亩（截至2023年8月31日），未达到“不低于28,000亩”的要求。",
        "The latest figure, 27,900 mu (31 August 2023), does not keep to the target: at least 28,000 mu.",
    ),
    SentenceCase(
        Reason.BREACHED_BEFORE,
        FLOOR,
        MU | {"worst": "27900"},
        "目前28,120亩，已达标，但期内曾不达标：最低27,900亩，要求不低于28,000亩。",
        "Kept now, at 28,120 mu, but not always: lowest 27,900 mu, target at least 28,000 mu.",
    ),
    SentenceCase(
        Reason.KEPT_SO_FAR,
        FLOOR,
        MU,
        "至今始终达标：目前28,120亩，最低28,100亩，要求不低于28,000亩。",
        "Kept so far: now 28,120 mu, lowest 28,100 mu, target at least 28,000 mu.",
    ),
    SentenceCase(
        Reason.LAST_READING_MEETS,
        RATE | {"kind": TargetKind.LEVEL, "comparator": Comparator.ABOUT, "unit": "倍", "unit_en": "times"},
        {"actual": "1.82", "target_value": "1.8", "target_high": "1.85"},
        "最新数1.82倍（截至2023年8月31日），达到“1.8±0.05倍左右”的目标。",
        "The latest figure, 1.82 times (31 August 2023), meets the target: about 1.8±0.05 times.",
    ),
    SentenceCase(
        Reason.LAST_READING_MEETS,
        RATE | {"comparator": Comparator.RANGE},
        {"actual": "6.3", "target_value": "5.5", "target_high": "6"},
        "最新数6.3%（截至2023年8月31日），达到“5.5–6%区间”的目标。",
        "The latest figure, 6.3% (31 August 2023), meets the target: in the range 5.5–6%.",
    ),
    SentenceCase(
        Reason.LAST_READING_MISSES,
        RATE | {"comparator": Comparator.RANGE},
        {"actual": "9", "target_value": "5.5", "target_high": "6", "within": True},
        "最新数9%（截至2023年8月31日），未达到“5.5–6%以内”的目标。",
        "The latest figure, 9% (31 August 2023), misses the target: within 5.5–6%.",
    ),
    SentenceCase(
        Reason.NEAR_TARGET,
        RATE | {"kind": TargetKind.LEVEL},
        {"actual": "40", "target_value": "50", "planned": "50"},
        "最新数40%（截至2023年8月31日），未达到“不低于50%”的目标，但已达目标值的80%以上。",
        "The latest figure, 40% (31 August 2023), misses the target (at least 50%) but is at least 80% of it.",
    ),
    SentenceCase(
        Reason.NEAR_TARGET,
        RATE | {"kind": TargetKind.LEVEL, "direction": Direction.AT_MOST, "comparator": Comparator.AT_MOST},
        {"actual": "4.2", "target_value": "4", "planned": "4"},
        "最新数4.2%（截至2023年8月31日），未达到“不超过4%”的目标，但目标值仍在最新数的80%以上。",
        "The latest figure, 4.2% (31 August 2023), misses the target (no more than 4%),"
        " but the target is at least 80% of it.",
    ),
    SentenceCase(
        Reason.NEAR_TARGET,
        RATE | {"comparator": Comparator.RANGE},
        {"actual": "6", "target_value": "3", "target_high": "5", "within": True},
        "最新数6%（截至2023年8月31日），未达到“3–5%以内”的目标，但较近一端5%仍在最新数的80%以上。",
        "The latest figure, 6% (31 August 2023), misses the target (within 3–5%),"
        " but the nearer end, 5%, is at least 80% of it.",
    ),
    SentenceCase(
        Reason.NEAR_TARGET,
        RATE | {"comparator": Comparator.RANGE, "direction": Direction.AT_MOST},
        {"actual": "6", "target_value": "-8", "target_high": "5"},
        "最新数6%（截至2023年8月31日），未达到“−8–5%区间”的目标，但较近一端5%仍在最新数的80%以上。",
        "The latest figure, 6% (31 August 2023), misses the target (in the range −8–5%),"
        " but the nearer end, 5%, is at least 80% of it.",
    ),
    SentenceCase(
        Reason.NEAR_TARGET,
        RATE | {"comparator": Comparator.ABOUT},
        {"actual": "1.5", "target_value": "1.8", "target_high": "1.9"},
        "最新数1.5%（截至2023年8月31日），未达到“1.8±0.1%左右”的目标，但已达较近一端1.7%的80%以上。",
        "The latest figure, 1.5% (31 August 2023), misses the target (about 1.8±0.1%)"
        " but is at least 80% of the nearer end, 1.7%.",
    ),
    SentenceCase(
        Reason.UNITS_AWAY,
        RATE
        | {"kind": TargetKind.COUNT, "direction": Direction.AT_MOST, "comparator": Comparator.AT_MOST}
        | {"unit": "名", "unit_en": "places"},
        {"actual": "4", "target_value": "3", "planned": "3", "rule_set": RULES_2},
        "最新数4名（截至2023年8月31日），未达到“不超过3名”的目标，但相差不超过1名。",
        "The latest figure, 4 places (31 August 2023), misses the target (no more than 3 places)"
        " by no more than 1 places.",
    ),
    SentenceCase(
        Reason.ABOVE_FLOOR,
        RATE | {"direction": Direction.AT_MOST, "comparator": Comparator.AT_MOST},
        {"actual": "-1", "target_value": "-3", "planned": "-3"},
        "最新数−1%（截至2023年8月31日），未达到“不超过−3%”的目标，但低于底线0%。",
        "The latest figure, −1% (31 August 2023), misses the target (no more than −3%) but is below the limit of 0%.",
    ),
    SentenceCase(
        Reason.BELOW_FLOOR,
        RATE | {"direction": Direction.AT_MOST, "comparator": Comparator.AT_MOST},
        {"actual": "1", "target_value": "-3", "planned": "-3"},
        "最新数1%（截至2023年8月31日），未达到“不超过−3%”的目标，且不低于底线0%。",
        "The latest figure, 1% (31 August 2023), misses the target (no more than −3%)"
        " and is not below the limit of 0%.",
    ),
    SentenceCase(
        Reason.ABOVE_FLOOR,
        RATE,
        PERCENT | {"actual": "3.2"},
        "最新数3.2%（截至2023年8月31日），未达到“不低于5%”的目标，但高于底线0%。",
        "The latest figure, 3.2% (31 August 2023), misses the target (at least 5%) but is above the floor, 0%.",
    ),
    SentenceCase(
        Reason.BELOW_FLOOR,
        RATE,
        PERCENT | {"actual": "-1.2"},
        "最新数−1.2%（截至2023年8月31日），未达到“不低于5%”的目标，也未超过底线0%。",
        "The latest figure, −1.2% (31 August 2023), misses the target (at least 5%)"
        " and is not above the floor, 0%.",
    ),
    SentenceCase(
        Reason.STAGES_IN_TIME,
        STAGES,
        {"actual": "50", "planned": "50"},
        "到期节点均已完成（工作量的50%，与计划一致）。",
        "All stages due so far are complete (50% of the work, as planned).",
    ),
    SentenceCase(
        Reason.STAGES_IN_TIME,
        STAGES,
        {"actual": "75", "planned": "50"},
        "到期节点均已完成（工作量的75%，计划50%）。",
        "All stages due so far are complete (75% of the work; 50% planned).",
    ),
    SentenceCase(
        Reason.STAGES_IN_TIME,
        STAGES,
        {"actual": "25", "planned": "60"},
        "有节点今日到期，尚无逾期节点：已完成工作量的25%，应完成60%。",
        "No stage is overdue yet; one is due today: 25% of the work done, 60% planned.",
    ),
    SentenceCase(
        Reason.STAGE_OVERDUE,
        STAGES,
        {"actual": "50", "planned": "75", "overdue_since": date(2023, 8, 31), "assessed_on": SEPTEMBER},
        "应于2023年8月31日完成的节点尚未完成，逾期28天（30天以内）；已完成工作量的50%，应完成75%。",
        "A stage due on 31 August 2023 is not done, 28 days overdue (up to 30 is at risk): 50% of"
        " the work done, 75% planned.",
    ),
    SentenceCase(
        Reason.STAGE_LONG_OVERDUE,
        STAGES,
        {"actual": "25", "planned": "75", "overdue_since": date(2023, 7, 31), "assessed_on": SEPTEMBER},
        "应于2023年7月31日完成的节点至今未完成，逾期59天（超过30天）；已完成工作量的25%，应完成75%。",
        "A stage due on 31 July 2023 is not done, 59 days overdue (more than 30): 25% of the work"
        " done, 75% planned.",
    ),
    SentenceCase(
        Reason.NO_WAY_TO_GO,
        LEVEL | {"comparator": Comparator.ABOVE},
        {"actual": "5900", "start_value": "6100", "target_value": "6000"},
        "起点为6,100亩，目标为超过6,000亩，无需推进，不计算进度；目前5,900亩。",
        "Progress cannot be calculated: the start, 6,100 mu, is already at or past the target, more"
        " than 6,000 mu; now 5,900 mu.",
    ),
    SentenceCase(
        Reason.ON_PACE,
        {},
        COMMUNITIES | {"actual": "42", "gap": "2.63"},
        "已完成42个（目标76个），按序时应完成40个，进度超前2.6个百分点。",
        "42 of 76 communities; 40 expected by now (2.6 points ahead).",
    ),
    SentenceCase(
        Reason.ON_PACE,
        LEVEL,
        {"actual": "5700", "planned": "5700.4", "target_value": "6000", "gap": "-0.04"},
        "目前5,700亩，按序时应为5,700亩，与序时进度持平。",
        "Now 5,700 mu; 5,700 expected by now (just as planned).",
    ),
    SentenceCase(
        Reason.ON_PACE,
        {"unit_en": "roads", "unit": "条"},
        {"actual": "0.96", "planned": "1.0000", "gap": "-1.00"},
        "已完成0.96条（目标76条），按序时应完成1条，进度滞后1个百分点，但在序时进度的95%以上。",
        "0.96 of 76 roads; 1 expected by now (1 point behind, yet at least 95% of planned progress).",
    ),
    SentenceCase(
        Reason.SLIGHTLY_BEHIND,
        {"accumulation": Accumulation.INCREMENTS, "unit": "人", "unit_en": "persons"},
        {"actual": "5000", "planned": "5860.2", "target_value": "7900", "gap": "-10.89"},
        "已完成5,000人（目标7,900人），按序时应完成5,860人，进度滞后10.9个百分点，在序时进度的80%以上、不足95%。",
        "5,000 of 7,900 persons; 5,860 expected by now (10.9 points behind, at least 80% of planned"
        " progress but less than 95%).",
    ),
    SentenceCase(
        Reason.SMALL_GAP,
        {},
        COMMUNITIES | {"actual": "2", "planned": "5", "gap": "-3.95"},
        "已完成2个（目标76个），按序时应完成5个，进度滞后4个百分点，差距小于5个百分点。",
        "2 of 76 communities; 5 expected by now (4 points behind, a gap of less than 5 points).",
    ),
    SentenceCase(
        Reason.SMALL_GAP,
        {"unit": "栋", "unit_en": "buildings"},
        {"actual": "0", "planned": "0.7", "target_value": "2", "gap": "-35.00"},
        "已完成0栋（目标2栋），按序时应完成0.7栋，进度滞后35个百分点，但差额不足一个计量单位。",
        "0 of 2 buildings; 0.7 expected by now (35 points behind, but by less than one whole unit).",
    ),
    SentenceCase(
        Reason.FAR_BEHIND,
        {"accumulation": Accumulation.INCREMENTS, "unit": "%", "unit_en": "%"},
        {"actual": "20", "planned": "28.2", "target_value": "38", "gap": "-21.58"},
        "已完成20%（目标38%），按序时应完成28.2%，进度滞后21.6个百分点（按进度计）。",
        "20% so far (target 38%); 28.2% expected by now (21.6 points of progress behind).",
    ),
    SentenceCase(
        Reason.FAR_BEHIND,
        {},
        COMMUNITIES,
        "已完成33个（目标76个），按序时应完成40个，进度滞后9.2个百分点。",
        "33 of 76 communities; 40 expected by now (9.2 points behind).",
    ),
    SentenceCase(
        Reason.FAR_BEHIND,
        FALLING,
        PERCENT | {"actual": "6.1", "planned": "5.7", "gap": "-26.67"},
        "目前6.1%，按序时应降至5.7%，进度滞后26.7个百分点（按进度计）。",
        "Now 6.1%; it should be down to 5.7% by now (26.7 points of progress behind).",
    ),
]


def test_every_reason_has_a_sentence_and_a_short_name() -> None:
    assert {case.reason for case in CASES} == set(Reason)
    assert set(labels.REASON) == set(Reason)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.reason)
def test_why_names_the_numbers(case: SentenceCase) -> None:
    given = target(**case.target), verdict(reason=case.reason, **case.verdict)
    assert both(lambda: explanations.why(*given)) == (case.zh, case.en)


def test_days_overdue_are_counted_up_to_the_day_that_is_judged() -> None:
    judged = verdict(overdue_since=date(2023, 9, 27), reason=Reason.STAGE_OVERDUE)
    with override("en"):
        assert "1 day overdue" in explanations.why(target(**STAGES), judged)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        ("0.98", ("按序时应完成0.98条", "0.98 expected")),
        ("0.008", ("按序时应完成不足0.1条", "less than 0.1 expected")),
        ("1.0000", ("按序时应完成1条", "1 expected")),
        ("56.3736", ("按序时应完成56.4条", "56.4 expected")),
        ("100.04", ("按序时应完成100条", "100 expected")),
    ],
)
def test_a_planned_value_never_reads_as_a_whole_number_that_it_is_not(
    planned: str, said: tuple[str, str]
) -> None:
    given = (
        target(unit="条", unit_en="roads"),
        verdict(reason=Reason.FAR_BEHIND, actual="0", planned=planned, gap="-20"),
    )
    chinese, english = both(lambda: explanations.why(*given))
    assert said[0] in chinese
    assert f"; {said[1]}" in english


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"actual": "0.77", "planned": "0.7566", "target_value": "1.02", "gap": "1.31"},
            ("按序时应完成0.757条", "0.77 of 1.02 roads; 0.757 expected by now (1.3 points ahead)."),
        ),
        (
            {"actual": "101.35", "planned": "111.6", "target_value": "150", "gap": "-6.83"},
            ("按序时应完成111.6条", "101.35 of 150 roads; 111.6 expected by now (6.8 points behind"),
        ),
        (
            {"actual": "0.04", "planned": "0.05", "target_value": "1.2", "gap": "-0.83"},
            ("按序时应完成0.05条", "0.04 of 1.2 roads; 0.05 expected by now (0.8 points behind"),
        ),
    ],
)
def test_the_planned_value_has_as_many_places_as_the_gap_needs(
    given: dict[str, str], said: tuple[str, str]
) -> None:
    told = both(lambda: explanations.why(target(unit="条", unit_en="roads"), verdict(**given)))
    assert said[1] in told[1]
    assert said[0] in told[0]


FAR = {
    "reason": Reason.FAR_BEHIND,
    "actual": "0",
    "planned": "145.45",
    "target_value": "100",
    "gap": "-145.45",
}
BEHIND_95 = {"actual": "95", "planned": "100.0400", "target_value": "200", "gap": "-2.52"}
NEARLY_A_UNIT = {"actual": "0", "planned": "0.9996", "target_value": "4", "gap": "-24.99"}
NEARLY_FIVE = {"actual": "15.04", "planned": "20", "target_value": "100", "gap": "-4.96"}


@pytest.mark.parametrize(
    ("given", "measure", "said"),
    [
        (FAR, {}, "(145 points behind)"),
        (BEHIND_95 | {"reason": Reason.SLIGHTLY_BEHIND}, {}, "100.04 expected by now"),
        (NEARLY_A_UNIT | {"reason": Reason.SMALL_GAP}, {}, "0.9996 expected by now"),
        (
            NEARLY_FIVE | {"reason": Reason.SMALL_GAP},
            LEVEL,
            "(4.96 points behind, a gap of less than 5 points)",
        ),
    ],
)
def test_a_number_is_not_rounded_across_the_limit_beside_it(
    given: dict[str, Any], measure: dict[str, Any], said: str
) -> None:
    with override("en"):
        assert said in explanations.why(target(**measure), verdict(**given))


def test_a_ratio_is_never_rounded_to_a_target_that_it_misses() -> None:
    share = RATE | {"kind": TargetKind.LEVEL, "accumulation": Accumulation.RATIO}
    judged = verdict(reason=Reason.LAST_READING_MISSES, actual="99.9960", target_value="100")
    assert "99.996%" in both(lambda: explanations.why(target(**share), judged))[1]


@pytest.mark.parametrize(
    ("given", "old", "new", "said"),
    [
        (
            {"comparator": Comparator.RANGE},
            {"value": "5.5", "value_high": "6"},
            {"value": "5.5", "value_high": "6.5"},
            ("起由5.5–6%调整为5.5–6.5%（", "Target changed from 5.5–6% to 5.5–6.5% on 1 June 2023"),
        ),
        (
            {"comparator": Comparator.ABOUT},
            {"value": "1.8", "tolerance": "0.05"},
            {"value": "1.8", "tolerance": "0.02"},
            ("起由1.8±0.05%调整为1.8±0.02%（", "Target changed from 1.8±0.05% to 1.8±0.02% on 1 June 2023"),
        ),
        (
            {"comparator": Comparator.RANGE},
            {"value": "5", "value_high": "6"},
            {"value": "5", "value_high": "6", "within": True},
            ("起由5–6%调整为5–6%以内（", "Target changed from 5–6% to within 5–6% on 1 June 2023"),
        ),
    ],
)
def test_a_change_of_any_end_is_told(
    given: dict[str, Any], old: dict[str, Any], new: dict[str, Any], said: tuple[str, str]
) -> None:
    changed = target(pk=1, **RATE | given)
    due = {"old_due_on": date(2023, 12, 31), "new_due_on": date(2023, 12, 31)}
    terms = {f"old_{name}": each for name, each in _numbers(old).items()}
    terms |= {f"new_{name}": each for name, each in _numbers(new).items()}
    revision = TargetRevision(effective_from=date(2023, 6, 1), authority="区政府", **due, **terms)
    vars(changed)["_prefetched_objects_cache"] = {"revisions": [revision]}
    told = both(lambda: "".join(explanations.revisions(changed, verdict())))
    assert [expected in sentence for expected, sentence in zip(said, told, strict=True)] == [True, True]


def _numbers(terms: dict[str, Any]) -> dict[str, Any]:
    return {name: Decimal(each) if isinstance(each, str) else each for name, each in terms.items()}


NUMBER = r"[−]?[0-9,]+(?:\.[0-9]+)?"
TOLD = {
    "en": re.compile(
        rf"({NUMBER}) of {NUMBER} roads; ({NUMBER}) expected by now \(({NUMBER}) points? (?:ahead|behind)"
    ),
    "zh-hans": re.compile(
        rf"({NUMBER})条（目标{NUMBER}条），按序时应完成({NUMBER})条，进度(?:超前|滞后)({NUMBER})个百分点"
    ),
}


def reason_by_pace(share: Decimal) -> Reason:
    """Return the reason that goes with a share of the planned value: another one would contradict the numbers."""
    if share >= RULES.on_track_ratio:
        return Reason.ON_PACE
    return Reason.SLIGHTLY_BEHIND if share >= RULES.at_risk_ratio else Reason.FAR_BEHIND


@example(tenths=2, done=53, due=56)
@given(st.integers(1, 5000), st.integers(0, 110), st.integers(1, 99))
def test_a_reader_who_computes_with_the_numbers_gets_the_gap_that_is_told(
    tenths: int, done: int, due: int
) -> None:
    """Read the numbers back out of the sentence, in both languages."""
    aimed = Decimal(tenths) / 10
    actual, planned = (round(aimed * part / 100, 4) for part in (done, due))
    exact_gap = round((actual - planned) * 100 / aimed, 2)
    reason = reason_by_pace(actual / planned)
    judged = verdict(actual=actual, planned=planned, target_value=aimed, gap=exact_gap, reason=reason)
    for language, pattern in TOLD.items():
        with override(language):
            sentence = explanations.why(target(unit="条", unit_en="roads"), judged)
        found = pattern.search(sentence)
        if round(exact_gap, 1) and "less than" not in sentence and "不足" not in sentence:
            assert found, sentence
        if found:
            got, wanted, points = (Decimal(number.replace(",", "")) for number in found.groups()[:3])
            assert abs(abs(got - wanted) * 100 / aimed - points) < Decimal("0.06")
            assert (got > wanted) == (exact_gap > 0)


def state_in(plan: Plan) -> CommitmentState:
    [found] = read.state(read.of_plan(plan))
    return found


@pytest.mark.django_db
def test_the_sentence_of_a_commitment_is_that_of_the_target_that_decides() -> None:
    commitment = make.make_commitment()
    make.make_counted_entry(make.make_target(commitment), 33)
    refresh.rebuild_plan(commitment.plan, at=make.NOON)
    found = state_in(commitment.plan)
    [only] = found.targets
    assert only.verdict
    with override("en"):
        assert explanations.why_commitment(found) == explanations.why(only.target, only.verdict)


@pytest.mark.django_db
def test_among_several_targets_the_one_that_decides_is_named() -> None:
    commitment = make.make_commitment()
    make.make_counted_entry(make.make_target(commitment, code="A"), 70)
    make.make_counted_entry(
        make.make_target(commitment, code="B", title="开工小区", title_en="Communities started"), 33
    )
    refresh.rebuild_plan(commitment.plan, at=make.NOON)
    found = state_in(commitment.plan)
    assert both(lambda: explanations.why_commitment(found)) == (
        "开工小区：已完成33个（目标76个），按序时应完成56.4个，进度滞后30.8个百分点。",
        "Communities started: 33 of 76 communities; 56.4 expected by now (30.8 points behind).",
    )


@pytest.mark.django_db
def test_where_the_deciding_target_is_gone_the_rule_is_still_named() -> None:
    commitment = make.make_commitment()
    make.make_target(commitment)
    refresh.rebuild_plan(commitment.plan, at=make.NOON)
    commitment.targets.get().delete()
    found = state_in(commitment.plan)
    assert both(lambda: explanations.why_commitment(found)) == ("尚无有效数据", "No figure yet")


def test_a_dropped_commitment_says_when_by_whom_and_why() -> None:
    terms = LifecycleTerms("dropped", date(2023, 8, 15), "区政府常务会议纪要", "调整到下一年度。")
    judged = CommitmentJudgement(status=Status.DROPPED, reason=Reason.DROPPED, assessed_on=SEPTEMBER)
    state = CommitmentState(Commitment(), terms, judged, ())
    assert both(lambda: explanations.why_commitment(state)) == (
        "2023年8月15日终止。依据：区政府常务会议纪要。原因：调整到下一年度。",
        "Dropped on 15 August 2023. Authority: 区政府常务会议纪要. Reason: 调整到下一年度.",
    )


@pytest.mark.parametrize(
    ("tier", "said"),
    [
        (
            Tier.DIRECTION,
            (
                "定性任务，没有可衡量的目标，不作进度评定。",
                "A general aim with no measurable target; not rated.",
            ),
        ),
        (
            Tier.DELIVERABLE,
            (
                "尚未设定可衡量的目标，不作进度评定。",
                "No measurable target has been set yet; not rated.",
            ),
        ),
    ],
)
def test_what_cannot_be_measured_says_so(tier: Tier, said: tuple[str, str]) -> None:
    judged = CommitmentJudgement(
        status=Status.NOT_RATED, reason=Reason.NOTHING_MEASURABLE, assessed_on=SEPTEMBER
    )
    state = CommitmentState(Commitment(tier=tier), NEVER, judged, ())
    assert both(lambda: explanations.why_commitment(state)) == said


def test_what_is_not_judged_has_no_reason() -> None:
    assert explanations.why_commitment(CommitmentState(Commitment(), NEVER, None, ())) == ""


HOPE = {"forecast": "61.7", "forecast_low": "55.2", "forecast_high": "70.4", "required_pace": "7.3"}


@pytest.mark.parametrize(
    ("measure", "given", "said"),
    [
        (
            {},
            HOPE,
            (
                "按当前速度，年底预计62个（80%区间55–70），目标76个。",
                "At this pace about 62 communities by 31 Dec (80% interval 55–70); target 76.",
            ),
        ),
        (
            {"value": Decimal(3), "unit": "条", "unit_en": "roads"},
            {
                "forecast": "2.44",
                "forecast_low": "1.2",
                "forecast_high": "3.6",
                "target_value": "3",
                "due_on": date(2023, 10, 31),
            },
            (
                "按当前速度，10月31日预计2.4条（80%区间1.2–3.6），目标3条。",
                "At this pace about 2.4 roads by 31 Oct (80% interval 1.2–3.6); target 3.",
            ),
        ),
        (
            FALLING,
            PERCENT
            | {
                "forecast": "5.5",
                "forecast_low": "5.1",
                "forecast_high": "5.9",
                "due_on": date(2024, 3, 31),
            },
            (
                "按当前速度，2024年3月31日预计5.5%（80%区间5.1–5.9%），目标不超过5%。",
                "At this pace about 5.5% by 31 March 2024 (80% interval 5.1–5.9%); target no more than 5%.",
            ),
        ),
        (
            {},
            HOPE | {"forecast_low": "76"},
            ("按当前速度，年底前可达到目标。", "At this pace the target will be reached by 31 Dec."),
        ),
        ({}, {"required_pace": "7.3"}, ("数据不足，暂不预测。", "Too few figures for a forecast yet.")),
        (FLOOR, MU, ("", "")),
    ],
)
def test_a_forecast_gives_value_interval_and_target(
    measure: dict[str, Any], given: dict[str, Any], said: tuple[str, str]
) -> None:
    assert both(lambda: explanations.forecast(target(**measure), verdict(**given))) == said


@pytest.mark.parametrize(
    ("measure", "given", "said"),
    [
        (
            {},
            {"required_pace": "7.3478", "pace": "4.1"},
            (
                "需每月7.3个，目前每月4.1个。",
                "Needed: 7.3 communities a month; at present: 4.1 a month.",
            ),
        ),
        ({}, {"required_pace": "7.3"}, ("需每月7.3个。", "Needed: 7.3 communities a month.")),
        (
            LEVEL,
            {"required_pace": "300", "pace": "-20"},
            ("需每月+300亩，目前每月−20亩。", "Needed: +300 mu a month; at present: −20 a month."),
        ),
        (
            FALLING,
            {"required_pace": "-0.3", "pace": "0.1"},
            (
                "需每月−0.3个百分点，目前每月+0.1个百分点。",
                "Needed: −0.3 points a month; at present: +0.1 points a month.",
            ),
        ),
        ({}, {"required_pace": "0.04", "pace": "4.1"}, ("", "")),
        (STAGES, {}, ("", "")),
    ],
)
def test_the_pace_needed_stands_beside_the_present_one(
    measure: dict[str, Any], given: dict[str, Any], said: tuple[str, str]
) -> None:
    assert both(lambda: explanations.paces(target(**measure), verdict(**given))) == said


@pytest.mark.parametrize(
    ("flag", "measure", "said"),
    [
        (
            Flag.LAST_DAY_JUMP,
            {},
            (
                "仅截止日当天新增的进展就超过全程的三分之一。",
                "The increase on the due date alone is more than a third of the whole way.",
            ),
        ),
        (Flag.EQUAL_THREE_TIMES, {}, ("最近三次填报数值相同。", "The last three readings are the same.")),
        (
            Flag.DONE_WITHOUT_EVIDENCE,
            {},
            (
                "已达到目标，但最近几次填报均未附佐证材料。",
                "The target is met, but none of the newest readings carries evidence.",
            ),
        ),
        (
            Flag.BELOW_PREVIOUS,
            {},
            ("最新一次填报低于上一次。", "The newest reading is below the one before."),
        ),
        (
            Flag.BELOW_PREVIOUS,
            FALLING,
            (
                "最新一次填报高于上一次，而该数值应当下降。",
                "The newest reading is above the one before, though it should fall.",
            ),
        ),
        (
            Flag.BELOW_PREVIOUS,
            {"accumulation": Accumulation.INCREMENTS},
            (
                "最新一次填报为负数，冲减了此前的填报。",
                "The newest reading is below zero: it takes back what was reported before.",
            ),
        ),
        (
            Flag.LEFT_AGAIN,
            LEVEL,
            (
                "目标曾经达到，但最新数已不达标。",
                "The target was reached, but the newest reading no longer meets it.",
            ),
        ),
        (
            Flag.ABOVE_WHOLE,
            LEVEL | {"accumulation": Accumulation.RATIO},
            (
                "最近几次填报中有分子大于分母的。",
                "One of the newest readings of the ratio has a numerator above its denominator.",
            ),
        ),
    ],
)
def test_a_flag_is_a_plain_fact(flag: Flag, measure: dict[str, Any], said: tuple[str, str]) -> None:
    given = target(**measure), verdict(flags=[flag.value])
    assert both(lambda: "".join(explanations.flags(*given))) == said


def test_every_flag_has_a_name() -> None:
    assert set(labels.FLAG) == set(Flag)


@pytest.mark.parametrize(
    ("owner", "supervision", "status", "gap", "said"),
    [
        (
            "high",
            "medium",
            Status.OFF_TRACK,
            2,
            (
                "责任单位认为可按期完成，督查室认为按期完成有难度，评定状态为“进度滞后”，判断不一致。",
                (
                    "The responsible agency's confidence is high, the supervision office's confidence is"
                    " medium, the status is “off track”, they differ."
                ),
            ),
        ),
        (
            "high",
            None,
            Status.ON_TRACK,
            0,
            (
                "责任单位认为可按期完成，评定状态为“达到序时”，判断一致。",
                "The responsible agency's confidence is high, the status is “on track”, they agree.",
            ),
        ),
        (
            None,
            "low",
            Status.AT_RISK,
            1,
            (
                "督查室认为难以按期完成，评定状态为“存在风险”，判断不一致。",
                "The supervision office's confidence is low, the status is “at risk”, they differ.",
            ),
        ),
        (
            None,
            "low",
            Status.NO_DATA,
            None,
            (
                "督查室认为难以按期完成，评定状态为“尚未填报”。",
                "The supervision office's confidence is low, the status is “no report”.",
            ),
        ),
        (None, None, Status.ON_TRACK, None, ("", "")),
    ],
)
def test_confidence_tells_how_far_judgements_lie_apart(
    owner: str | None, supervision: str | None, status: Status, gap: int | None, said: tuple[str, str]
) -> None:
    judged = CommitmentJudgement(
        status=status,
        reason=Reason.ON_PACE,
        assessed_on=SEPTEMBER,
        owner_confidence=owner,
        supervision_confidence=supervision,
        confidence_gap=gap,
    )
    assert both(lambda: explanations.confidence(judged)) == said
