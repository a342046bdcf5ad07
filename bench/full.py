"""The full roll-up of 10,000 targets against one statement that only sums and upserts, and against the usual loop."""

import os
from datetime import UTC, date, datetime

from django.db.models import Max, Sum

from bench import processes
from bench.measure import Figure, figure, medians, milliseconds
from bench.tables import add_entries, execute, make_large_plan, settle
from commitments.domain.words import Reason, Status
from commitments.models import Plan, ProgressEntry, Target, TargetRollup
from commitments.rollups import refresh

TARGETS = 10_000
PER_TARGET = (10, 100, 1_000)
AT = datetime(2023, 9, 28, 4, tzinfo=UTC)
ON = date(2023, 9, 28)
FLOOR = """
INSERT INTO commitments_targetrollup AS old (target_id, actual, planned, start_value, target_value, due_on, status,
    reason, rule_set, freshness, latest_on, flags, newest_entries, is_sample, assessed_on)
SELECT e.target_id, sum(e.value), 0, 0, 1, '2023-12-31', 'on_track', 'on_pace', '1', 'current', max(e.effective_on),
       '{}', ARRAY[max(e.id)], false, '2023-09-28'
FROM commitments_progressentry e
WHERE e.counted_from IS NOT NULL AND e.counted_until IS NULL AND e.effective_on <= '2023-09-28'
GROUP BY e.target_id
ON CONFLICT (target_id) DO UPDATE SET actual = excluded.actual, latest_on = excluded.latest_on,
    newest_entries = excluded.newest_entries, assessed_at = DEFAULT
"""
# At most so many times the floor, at so many entries. The smallest misses: there the floor has little to sum up, while to
# judge 10,000 targets costs as much as ever.
GOALS = {100_000: 3.0, 1_000_000: 3.0, 10_000_000: 1.5}
MOST_MEMORY = 300.0
ONCE = (
    "import django; django.setup()\n"
    "from bench.full import AT\n"
    "from commitments.models import Plan\n"
    "from commitments.rollups import collector, refresh; collector.spare()\n"
    "refresh.refresh_plan(Plan.objects.get(pk={plan}), at=AT)"
)


def figures(*, small: bool) -> list[Figure]:
    plan = make_large_plan(TARGETS, year=2050)
    found, rebuilds = [], []
    before = 0
    for each in PER_TARGET[: 2 if small else 3]:
        add_entries(plan, before + 1, each)
        before = each
        settle()
        rebuilds.append(milliseconds(lambda: refresh.rebuild_plan(plan, at=AT)))
        settle()
        found += _at_size(plan, each * TARGETS, rebuilds[-1])
        if each * TARGETS == 1_000_000:
            found += [_against_the_loop(plan), _memory(plan)]
    return [*found, _linear(rebuilds)]


def _at_size(plan: Plan, entries: int, rebuild: float) -> list[Figure]:
    ours, floor = medians(lambda: refresh.refresh_plan(plan, at=AT), lambda: execute(FLOOR), rounds=5)
    named = f"of {TARGETS:,} targets at {entries:,} entries, against one aggregate and upsert"
    return [
        figure(f"full roll-up {named}", ours, floor, goal=GOALS[entries], unit="ms"),
        figure(f"rebuilding from the ledger {named}", rebuild, floor, goal=GOALS[entries], unit="ms"),
    ]


def _linear(rebuilds: list[float]) -> Figure:
    """Per entry, the largest ledger is to cost no more than the smallest."""
    sizes = [each * TARGETS for each in PER_TARGET]
    return figure(
        f"rebuilding from the ledger, per entry, at {sizes[len(rebuilds) - 1]:,} against {sizes[0]:,} entries",
        rebuilds[-1] / sizes[len(rebuilds) - 1] * 1000,
        rebuilds[0] / sizes[0] * 1000,
        goal=1.0,
        unit="µs",
    )


def _against_the_loop(plan: Plan) -> Figure:
    (ours,) = medians(lambda: refresh.refresh_plan(plan, at=AT), rounds=5)
    loop = milliseconds(lambda: _loop(plan))
    return figure("full roll-up against a loop of aggregate and save", ours, loop, goal=1 / 30, unit="ms")


def _loop(plan: Plan) -> None:
    """The usual way: ask the ledger about one target after the other, and save each."""
    for target in Target.objects.filter(commitment__plan=plan):
        total = ProgressEntry.objects.counted().filter(target=target, effective_on__lte=ON)
        sums = total.aggregate(actual=Sum("value"), latest_on=Max("effective_on"))
        rollup, _ = TargetRollup.objects.get_or_create(
            target=target,
            defaults={
                "target_value": 1,
                "start_value": 0,
                "due_on": ON,
                "assessed_on": ON,
                "rule_set_id": "1",
            },
        )
        rollup.actual, rollup.latest_on = sums["actual"], sums["latest_on"]
        rollup.status, rollup.reason = Status.ON_TRACK, Reason.ON_PACE
        rollup.save()


def _memory(plan: Plan) -> Figure:
    """The peak of a process that does nothing else."""
    process = processes.start("-c", ONCE.format(plan=plan.pk))
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError("the roll-up failed")
    return figure("memory of a full roll-up", usage.ru_maxrss / 1024, MOST_MEMORY, goal=1, unit="MB")
