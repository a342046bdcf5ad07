"""A plan with a bit of everything, judged at `NOON`."""

from datetime import date

from commitments.domain.enums import Accumulation, Goal, Lifecycle, TargetKind, Tier, TrajectoryKind
from commitments.models import Plan
from commitments.rollups.refresh import rebuild_plan
from tests import factories as make


def judged(plan: Plan) -> Plan:
    rebuild_plan(plan, at=make.NOON)
    return plan


def make_mixed_plan() -> Plan:
    plan = make.make_plan()
    people = make.make_priority(plan, code="LIV", title="民生优", title_en="Better lives")
    farms = make.make_priority(plan, code="DEV", title="发展优", title_en="Better development")
    housing = make.make_agency(code="housing", name="区住建局", name_en="Housing Bureau")
    jobs = make.make_commitment(
        plan, code="LIV-SVC-04", priority=people, title="城镇新增就业7900人", title_en="7,900 new urban jobs"
    )
    make.make_counted_entry(
        make.make_target(
            jobs, value=7900, unit="人", unit_en="persons", accumulation=Accumulation.INCREMENTS
        ),
        6160,
        date(2023, 8, 31),
        is_sample=True,
        includes_earlier=True,
    )
    estates = make.make_commitment(plan, code="ENV-CIT-01", priority=people, lead_agency=housing)
    make.make_counted_entry(make.make_target(estates), 20, date(2023, 9, 20))
    make.make_target(estates, code="ENV-CIT-01-S", headline=False)
    grain = make.make_commitment(
        plan, code="DEV-RUR-05", priority=farms, title="粮食面积", title_en="Grain area"
    )
    make.make_counted_entry(
        make.make_target(
            grain,
            kind=TargetKind.FLOOR,
            accumulation=Accumulation.LEVEL,
            goal=Goal.MAINTAIN,
            trajectory=TrajectoryKind.HOLD,
            value=28000,
            unit="亩",
            unit_en="mu",
        ),
        28120,
    )
    make.make_commitment(plan, code="DEV-IND-01", priority=farms, tier=Tier.DIRECTION, title="延伸产业链")
    dropped = make.make_commitment(
        plan,
        code="DEV-IND-09",
        priority=farms,
        lifecycle=Lifecycle.DROPPED,
        dropped_on=date(2023, 8, 15),
        dropped_authority="区政府常务会议纪要",
        dropped_reason="调整到下一年度",
    )
    make.make_target(dropped)
    return judged(plan)
