"""The full roll-up of 10,000 targets against one statement that only sums and upserts, and the usual loop."""

import re
import statistics
import subprocess
import sys
from datetime import UTC, date, datetime

from django.db.models import Max, Sum

from bench import processes
from bench.measure import BenchFigure, figure, medians
from bench.scale import Scale
from bench.tables import add_entries, execute, make_large_plan, settle
from commitments.domain.enums import Reason, Status
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
# Most times the floor, by the number of entries of each target. With few entries the floor has little to
# sum up, while judging 10,000 targets costs as much as ever.
GOALS = {10: 6.0, 100: 3.0, 1_000: 1.5}
REBUILDING_GOAL = 12.0
MOST_MEMORY = 150.0
ONCE = (
    "import django; django.setup()\n"
    "from bench.full import AT\n"
    "from commitments.models import Plan\n"
    "from commitments.rollups import garbage, refresh; garbage.relax()\n"
    "refresh.refresh_plan(Plan.objects.get(pk={plan}), at=AT)\n"
    "print(open('/proc/self/status').read())"
)
# The kernel's own peak of the program; that of `getrusage` begins with the memory of the process that started it.
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def figures(scale: Scale) -> list[BenchFigure]:
    targets = scale.size(TARGETS)
    plan = make_large_plan(targets, year=2050)
    found, rebuilds, before = [], {}, 0
    for whole in PER_TARGET:
        each = scale.size(whole)
        add_entries(plan, before + 1, each)
        before = each
        settle()
        ours, rebuild, floor = medians(
            lambda: refresh.refresh_plan(plan, at=AT),
            lambda: refresh.rebuild_plan(plan, at=AT),
            lambda: execute(FLOOR),
            rounds=scale.rounds(5),
            between=settle,
        )
        rebuilds[each * targets] = rebuild
        named = f"of {targets:,} targets at {each * targets:,} entries, against one aggregate and upsert"
        found += [
            figure(f"full roll-up {named}", ours, floor, goal=GOALS[whole], unit="ms"),
            figure(f"rebuilding from the ledger {named}", rebuild, floor, goal=REBUILDING_GOAL, unit="ms"),
        ]
        if whole == PER_TARGET[1]:
            found += [_against_the_loop(plan, scale), _memory(plan, scale)]
    return [*found, _linear(rebuilds)]


def _linear(rebuilds: dict[int, float]) -> BenchFigure:
    """Compare the cost of an entry in the largest ledger with that in the smallest."""
    fewest, most = min(rebuilds), max(rebuilds)
    return figure(
        f"rebuilding from the ledger, per entry, at {most:,} against {fewest:,} entries",
        rebuilds[most] / most * 1000,
        rebuilds[fewest] / fewest * 1000,
        goal=1.0,
        unit="µs",
    )


def _against_the_loop(plan: Plan, scale: Scale) -> BenchFigure:
    ours, loop = medians(
        lambda: refresh.refresh_plan(plan, at=AT), lambda: _loop(plan), rounds=scale.rounds(3), between=settle
    )
    return figure("full roll-up against a loop of aggregate and save", ours, loop, goal=1 / 30, unit="ms")


def _loop(plan: Plan) -> None:
    """Ask the ledger about one target after the other, and save each: the usual way."""
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


def _memory(plan: Plan, scale: Scale) -> BenchFigure:
    peak = statistics.median(_peak_of_a_process(plan) for _ in range(scale.rounds(3)))
    return figure("memory of a full roll-up", peak, MOST_MEMORY, goal=1, unit="MB")


def _peak_of_a_process(plan: Plan) -> float:
    """Return the largest memory, in MB, of a process that only does one roll-up."""
    command = [sys.executable, "-c", ONCE.format(plan=plan.pk)]
    ended = subprocess.run(command, env=processes.environment(), capture_output=True, text=True, check=True)
    (peak,) = PEAK.findall(ended.stdout)
    return int(peak) / 1024
