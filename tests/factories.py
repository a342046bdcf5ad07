"""Small makers of real rows; each names only the values that a test cares about.

The rest is one plausible plan.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from commitments.actions import ledger
from commitments.actions.proposals import ProposedEntry, ProposedNarrative
from commitments.domain.enums import Accumulation, Goal, Role, TargetKind, Tier, TrajectoryKind
from commitments.domain.targets import RATIOS
from commitments.models import (
    Agency,
    Commitment,
    Jurisdiction,
    Milestone,
    Plan,
    Priority,
    ProgressEntry,
    RuleSet,
    SourceDocument,
    Target,
    User,
)

NUMBERS = count(1)
NOON = datetime(2023, 9, 28, 4, tzinfo=UTC)
TODAY = date(2023, 9, 28)


def make_rule_set(**given: Any) -> RuleSet:
    defaults = {
        "on_track_ratio": Decimal("0.95"),
        "at_risk_ratio": Decimal("0.80"),
        "small_gap_points": Decimal(5),
        "stage_grace_days": 30,
        "growth_floor": Decimal(0),
    }
    version = given.pop("version", "1.0")
    return RuleSet.objects.get_or_create(version=version, defaults=defaults | given)[0]


def make_jurisdiction(**given: Any) -> Jurisdiction:
    code = given.pop("code", "610302")
    names = {"name": "渭滨区", "name_en": "Weibin District"}
    return Jurisdiction.objects.get_or_create(code=code, defaults=names | given)[0]


def make_plan(**given: Any) -> Plan:
    """Make a published plan; a draft with `published_at=None`."""
    year = given.get("year", 2023)
    jurisdiction = given.pop("jurisdiction", None) or make_jurisdiction()
    defaults = {
        "code": f"{jurisdiction.code}-{year}",
        "year": year,
        "title": f"{year}年全区工作计划",
        "title_en": f"{year} work plan",
        "starts_on": date(year, 1, 1),
        "ends_on": date(year, 12, 31),
        "holidays": "CN",
        "joins_january": True,
        "rule_set": given.pop("rule_set", None) or make_rule_set(),
        "published_at": datetime(year, 1, 1, tzinfo=UTC),
    }
    return Plan.objects.create(jurisdiction=jurisdiction, **defaults | given)


def make_agency(**given: Any) -> Agency:
    number = next(NUMBERS)
    defaults = {"code": f"agency-{number}", "name": f"区第{number}局", "name_en": f"Bureau No. {number}"}
    jurisdiction = given.pop("jurisdiction", None) or make_jurisdiction()
    return Agency.objects.create(jurisdiction=jurisdiction, **defaults | given)


def make_priority(plan: Plan, **given: Any) -> Priority:
    number = next(NUMBERS)
    defaults = {"code": f"P{number}", "title": "民生优", "title_en": "Better lives", "position": number}
    return Priority.objects.create(plan=plan, **defaults | given)


def make_source(**given: Any) -> SourceDocument:
    number = next(NUMBERS)
    defaults = {
        "key": f"source-{number}",
        "title": "年度工作计划",
        "publisher": "宝鸡日报",
        "sha256": f"{number:064x}",
        "characters": 1000,
    }
    jurisdiction = given.pop("jurisdiction", None) or make_jurisdiction()
    return SourceDocument.objects.create(jurisdiction=jurisdiction, **defaults | given)


def make_commitment(plan: Plan | None = None, **given: Any) -> Commitment:
    plan = plan or make_plan()
    number = next(NUMBERS)
    defaults = {
        "code": f"LIV-SVC-{number:02d}",
        "title": "改造老旧小区",
        "title_en": "Renovate old communities",
        "section": "加大为民办事实力度",
        "section_en": "Doing more for people",
        "position": number,
        "tier": Tier.NUMBER,
        "lead_agency": given.pop("lead_agency", None) or make_agency(jurisdiction=plan.jurisdiction),
        "priority": given.pop("priority", None) or make_priority(plan),
    }
    commitment = Commitment.objects.create(plan=plan, **defaults | given)
    if commitment.dropped_on:
        _decide_so(commitment, commitment.dropped_on)
    return commitment


def _decide_so(commitment: Commitment, on: date) -> None:
    """Record the decision of a dropped commitment, known from the first dropped day on."""
    commitment.decisions.create(
        lifecycle=commitment.lifecycle,
        on=on,
        authority=commitment.dropped_authority,
        reason=commitment.dropped_reason,
        decided_at=datetime.combine(on, time.min, ZoneInfo(commitment.plan.time_zone)),
    )


def make_target(commitment: Commitment | None = None, **given: Any) -> Target:
    """76 of something by year's end, entered as a running total."""
    commitment = commitment or make_commitment()
    is_ratio = given.get("accumulation") in RATIOS
    defaults = {
        "code": commitment.code,
        "title": "改造老旧小区",
        "title_en": "Old communities renovated",
        "kind": TargetKind.COUNT,
        "accumulation": Accumulation.RUNNING_TOTAL,
        "goal": Goal.REACH,
        "value": Decimal(76),
        "unit": "%" if is_ratio else "个",
        "unit_en": "%" if is_ratio else "communities",
        "starts_on": commitment.plan.starts_on,
        "due_on": commitment.plan.ends_on,
    }
    return Target.objects.create(commitment=commitment, **defaults | given)


def make_staged_target(commitment: Commitment | None = None, *stages: date, **given: Any) -> Target:
    """Make a target of equal stages, one for each due date."""
    target = make_target(
        commitment,
        kind=TargetKind.STAGES,
        accumulation=Accumulation.STAGES,
        trajectory=TrajectoryKind.STEP,
        value=Decimal(100),
        unit="%",
        unit_en="%",
        **given,
    )
    for position, day in enumerate(stages, start=1):
        Milestone.objects.create(
            target=target,
            position=position,
            title=f"节点{position}",
            title_en=f"Stage {position}",
            due_on=day,
            weight=Decimal(100) / len(stages),
        )
    return target


def make_user(role: Role = Role.SUPERVISION, **given: Any) -> User:
    if role in (Role.CLERK, Role.REVIEWER):
        given["agency"] = given.get("agency") or make_agency()
    username = given.pop("username", None) or f"{role}-{next(NUMBERS)}"
    is_staff = given.pop("is_staff", True)
    return User.objects.create_user(username=username, role=role, is_staff=is_staff, **given)


def make_entry(
    target: Target,
    value: Decimal | int | str,
    effective_on: date = TODAY,
    *,
    by: User | None = None,
    at: datetime = NOON,
    **given: Any,
) -> ProgressEntry:
    """Record an entry; it waits for review if the plan requires one."""
    proposed = ProposedEntry(target, effective_on, Decimal(value), **given)
    return ledger.record(proposed, by=by or make_user(), at=at)


def make_narrative(
    commitment: Commitment,
    effective_on: date = TODAY,
    *,
    by: User | None = None,
    at: datetime = NOON,
    **given: Any,
) -> ProgressEntry:
    words = {"progress": "已完成前期工作。"} | given
    narrative = ProposedNarrative(commitment=commitment, effective_on=effective_on, **words)
    return ledger.record(narrative, by=by or make_user(), at=at)


def make_correction(
    entry: ProgressEntry,
    value: Decimal | int | str,
    effective_on: date = TODAY,
    *,
    by: User | None = None,
    at: datetime = NOON,
    **given: Any,
) -> ProgressEntry:
    facts = {"target": entry.target, "milestone": entry.milestone} | given
    proposed = ProposedEntry(effective_on=effective_on, value=Decimal(value), **facts)
    return ledger.correct(entry, proposed, by=by or make_user(), at=at)


def make_counted_entry(
    target: Target, value: Decimal | int | str, effective_on: date = TODAY, **given: Any
) -> ProgressEntry:
    entry = make_entry(target, value, effective_on, **given)
    if entry.counted_from is None:
        ledger.approve(entry=entry, by=make_user(), at=entry.recorded_at)
    return entry


def make_counted_narrative(commitment: Commitment, effective_on: date = TODAY, **given: Any) -> ProgressEntry:
    entry = make_narrative(commitment, effective_on, **given)
    if entry.counted_from is None:
        ledger.approve(entry=entry, by=make_user(), at=entry.recorded_at)
    return entry
