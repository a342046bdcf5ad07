"""A plan that lives through many days: people record, review, correct, withdraw, revise, edit and judge meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from commitments.actions import commitments, ledger
from commitments.actions.proposals import ProposedEntry, ProposedNarrative
from commitments.change_log import editing
from commitments.domain.enums import (
    Accumulation,
    Comparability,
    Comparator,
    Confidence,
    ConfidenceHolder,
    Direction,
    Goal,
    NoFigure,
    TargetKind,
    TrajectoryKind,
)
from commitments.domain.readings import BY_PERIOD
from commitments.domain.targets import RATIOS
from commitments.models import (
    Baseline,
    Checkpoint,
    Commitment,
    DeliveryConfidence,
    Evidence,
    Milestone,
    Plan,
    ProgressEntry,
    RuleSetAdoption,
    Target,
    TargetRevision,
)
from commitments.rollups import refresh
from tests.factories import (
    make_commitment,
    make_plan,
    make_rule_set,
    make_staged_target,
    make_target,
    make_user,
)

FIRST = date(2023, 3, 1)
METHODS: tuple[dict[str, Any], ...] = ({"method": 1}, {"method": 2, "near_units": 1})
HELD: dict[str, Any] = {"goal": Goal.MAINTAIN, "trajectory": TrajectoryKind.HOLD}
KINDS: tuple[dict[str, Any], ...] = (
    {"accumulation": Accumulation.RUNNING_TOTAL},
    {"accumulation": Accumulation.INCREMENTS},
    {"accumulation": Accumulation.LEVEL, "kind": TargetKind.FLOOR, **HELD},
    {"accumulation": Accumulation.RATIO, **HELD},
    {"accumulation": Accumulation.RUNNING_RATIO, "goal": Goal.FINAL, "trajectory": TrajectoryKind.HOLD},
    {
        "accumulation": Accumulation.LEVEL,
        "kind": TargetKind.GROWTH_RATE,
        "goal": Goal.FINAL,
        "trajectory": "hold",
    },
    {"accumulation": Accumulation.LEVEL, "direction": Direction.AT_MOST, "comparator": Comparator.AT_MOST},
    {
        "accumulation": Accumulation.INCREMENTS,
        "direction": "at_most",
        "comparator": Comparator.AT_MOST,
        **HELD,
    },
    {"accumulation": Accumulation.LEVEL, "comparator": Comparator.ABOUT, "tolerance": Decimal(2)},
    {"accumulation": Accumulation.RUNNING_TOTAL, "comparator": Comparator.RANGE, "value_high": Decimal(900)},
)


@contextmanager
def nobody() -> Iterator[None]:
    """End the context of the last user, which would else hold until the end of the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', '', true), set_config('pghistory.context_metadata', '', true)"
        )
    yield


class Life:
    """A plan with days run by `live`, the daily work soon after each midnight, and chance for the rest."""

    def __init__(self, seed: int, *, time_zone: str = "Asia/Shanghai", untold: bool = False) -> None:
        self.chance = Random(seed)
        self.untold = untold
        self.people = make_user(), make_user()
        # Commitments added after the plan was loaded, with the instant.
        self.added: dict[int, datetime] = {}
        loaded_at = datetime.combine(FIRST, time.min, ZoneInfo(time_zone))
        with editing.by_command("seed_plan", at=loaded_at):
            self.plan = self._load(time_zone)

    def _load(self, time_zone: str) -> Plan:
        rule_set = make_rule_set(version="first", **self.chance.choice(METHODS))
        plan = make_plan(time_zone=time_zone, rule_set=rule_set)
        for given in KINDS:
            make_target(make_commitment(plan), value=Decimal(self.chance.randrange(5, 40)), **given)
        commitment = make_commitment(plan)
        make_staged_target(commitment, FIRST + timedelta(days=3), date(2023, 6, 30))
        make_target(commitment, code=f"{commitment.code}-2", headline=False)
        make_commitment(plan)
        return plan

    @property
    def targets(self) -> list[Target]:
        return list(Target.objects.filter(commitment__plan=self.plan).select_related("commitment__plan"))

    def live(self, days: int, *, events: int = 4) -> Iterator[date]:
        """Yield each day at its end, before the next one starts."""
        for day in (FIRST + timedelta(days=count) for count in range(days)):
            refresh.assess_day(self.plan, at=self.at(day, time(0, 5)))
            for second in sorted(self.chance.randrange(300, 86400) for _ in range(events)):
                self.happen(day, self.at(day, time.min) + timedelta(seconds=second))
            yield day

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, ZoneInfo(self.plan.time_zone))

    def happen(self, day: date, at: datetime) -> None:
        kinds: tuple[Callable[[date, datetime], object], ...] = (
            self.record, self.record, self.record, self.tell, self.approve, self.approve, self.approve,
            self.correct, self.reword, self.withdraw, self.send_back, self.give_up, self.revise, self.state,
            self.prove, self.adopt, self.decide, self.edit, self.edit,
        )  # fmt: skip
        self.chance.choice(kinds)(day, at)

    def record(self, day: date, at: datetime) -> None:
        target = self.chance.choice(self.targets)
        milestone = target.milestones.filter(entries__isnull=True).first()
        if target.kind == TargetKind.STAGES and milestone is None:
            return
        ratio = target.accumulation in RATIOS
        by_period = target.accumulation in BY_PERIOD
        ProgressEntry.objects.create(
            commitment=target.commitment,
            target=target,
            milestone=milestone,
            effective_on=day - timedelta(days=self.chance.randrange(40)),
            value=1 if milestone else self.chance.randrange(30),
            denominator=self.chance.randrange(1, 90) if ratio else None,
            recorded_by=self.people[0],
            recorded_at=at,
            is_sample=self.chance.random() < 0.1,
            includes_earlier=by_period and self.chance.random() < 0.3,
        )

    def tell(self, day: date, at: datetime) -> None:
        """Record words about a commitment or a target, or the reason why that has no figure."""
        target = self.chance.choice([None, *self.targets])
        owes = target is not None and target.kind != TargetKind.STAGES
        some = self.chance.choice(list(self.plan.commitments.order_by("pk")))
        ProgressEntry.objects.create(
            commitment=target.commitment if target else some,
            target=target,
            effective_on=day - timedelta(days=self.chance.randrange(40)),
            no_figure=self.chance.choice(["", *NoFigure]) if owes else "",
            progress="已完成前期工作。",
            recorded_by=self.people[0],
            recorded_at=at,
        )

    def approve(self, _day: date, at: datetime) -> None:
        if entry := self._any(ProgressEntry.objects.pending()):
            ledger.approve(entry=entry, by=self.people[1], at=at)

    def correct(self, day: date, at: datetime) -> None:
        plain = ProgressEntry.objects.figures().counted().filter(milestone=None, denominator=None)
        if entry := self._any(plain.filter(corrections=None, commitment__dropped_on=None)):
            proposed = ProposedEntry(entry.figure.target, day, Decimal(self.chance.randrange(30)))
            ledger.correct(entry, proposed, by=self.people[0], at=at)

    def reword(self, day: date, at: datetime) -> None:
        told = ProgressEntry.objects.narratives().counted().filter(corrections=None)
        if entry := self._any(told.filter(commitment__dropped_on=None)):
            words = ProposedNarrative(entry.commitment, day, entry.target, progress="已开工。")
            ledger.correct(entry, words, by=self.people[0], at=at)

    def withdraw(self, _day: date, at: datetime) -> None:
        if entry := self._any(ProgressEntry.objects.counted().filter(corrections=None)):
            ledger.withdraw(entry=entry, reason="误报", by=self.people[1], at=at)

    def send_back(self, _day: date, at: datetime) -> None:
        if entry := self._any(ProgressEntry.objects.pending()):
            ledger.return_(entry=entry, reason="缺佐证", by=self.people[1], at=at)

    def give_up(self, _day: date, at: datetime) -> None:
        if entry := self._any(ProgressEntry.objects.returned()):
            ledger.withdraw(entry=entry, reason="误报", by=self.people[0], at=at)

    def revise(self, day: date, at: datetime) -> None:
        target = self.chance.choice(self.targets)
        from_day = day + timedelta(days=self.chance.randrange(-10, 10))
        if target.kind != TargetKind.STAGES and not target.revisions.filter(effective_from=from_day).exists():
            TargetRevision.objects.create(
                target=target, effective_from=from_day, old_value=target.value,
                new_value=target.value + self.chance.randrange(1, 9), old_due_on=target.due_on,
                new_due_on=target.due_on, old_value_high=target.value_high, new_value_high=target.value_high,
                old_tolerance=target.tolerance, new_tolerance=target.tolerance,
                authority="区政府", reason="调整", revised_by=self.people[0], revised_at=at,
            )  # fmt: skip

    def state(self, _day: date, at: datetime) -> None:
        DeliveryConfidence.objects.create(
            commitment=self.chance.choice(self.targets).commitment,
            holder=self.chance.choice(list(ConfidenceHolder)),
            confidence=self.chance.choice(list(Confidence)),
            stated_by=self.people[0],
            stated_at=at,
        )

    def prove(self, _day: date, at: datetime) -> None:
        if entry := self._any(ProgressEntry.objects.counted()):
            Evidence.objects.create(
                entry=entry, title="验收单", url="https://e.org", added_by=self.people[0], added_at=at
            )

    def adopt(self, day: date, at: datetime) -> None:
        if not RuleSetAdoption.objects.filter(effective_from=day).exists():
            version = f"2.{RuleSetAdoption.objects.count()}"
            ratio = Decimal(self.chance.randrange(81, 100)) / 100
            method = self.chance.choice(METHODS)
            rule_set = make_rule_set(version=version, on_track_ratio=ratio, **method)
            RuleSetAdoption.objects.create(
                plan=self.plan, rule_set=rule_set, effective_from=day,
                authority="区政府", adopted_by=self.people[0], adopted_at=at,
            )  # fmt: skip

    def decide(self, day: date, at: datetime) -> None:
        commitment = self.chance.choice(self.targets).commitment
        why: dict[str, Any] = {
            "authority": "区政府",
            "reason": "调整",
            "seen": commitments.newest(commitment),
            "by": self.people[0],
        }
        if commitment.dropped_on:
            commitments.reinstate(commitment=commitment, at=at, **why)
        else:
            since = day - timedelta(days=self.chance.randrange(10))
            commitments.drop(commitment=commitment, on=since, at=at, **why)

    def edit(self, day: date, at: datetime) -> None:
        """Edit by hand a fact that progress is measured by; the admin site would let only some of it pass.

        `untold` lives are also edited past the service, at half of the times.
        """
        kinds: tuple[Callable[[date], object], ...] = (
            self.change_target, self.move_start, self.set_checkpoint, self.forget_checkpoint, self.move_stage,
            self.change_plan, self.add_target,
        )  # fmt: skip
        past_the_service = self.untold and self.chance.random() < 0.5
        with nobody() if past_the_service else editing.by(self.people[0].pk, at=at):
            if self.chance.random() < 0.2 and not past_the_service:
                self.added[make_commitment(self.plan).pk] = at
            else:
                self.chance.choice(kinds)(day)

    def change_target(self, day: date) -> None:
        target = self.chance.choice([each for each in self.targets if each.kind != TargetKind.STAGES])
        target.value += self.chance.randrange(1, 9)
        target.due_on = day + timedelta(days=self.chance.randrange(90))
        target.headline = not target.headline
        target.save()

    def move_start(self, _day: date) -> None:
        """Move last year's figure, or give it to another target."""
        target = self.chance.choice(self.targets)
        value = Decimal(self.chance.randrange(9))
        Baseline.objects.filter(target=target).update(target=None)
        Baseline.objects.update_or_create(
            commitment=target.commitment,
            indicator="去年",
            defaults={
                "target": target,
                "value": value,
                "unit": "个",
                "on": date(2022, 12, 31),
                "comparability": self.chance.choice([Comparability.SAME, Comparability.SIMILAR]),
            },
        )

    def set_checkpoint(self, day: date) -> None:
        target = self.chance.choice([each for each in self.targets if each.trajectory != TrajectoryKind.HOLD])
        target.trajectory = TrajectoryKind.CHECKPOINTS
        target.save()
        on = day + timedelta(days=self.chance.randrange(-20, 20))
        value = Decimal(self.chance.randrange(20))
        Checkpoint.objects.update_or_create(target=target, on=on, defaults={"value": value})

    def forget_checkpoint(self, _day: date) -> None:
        if point := Checkpoint.objects.order_by("pk").first():
            point.delete()

    def move_stage(self, day: date) -> None:
        stage = self.chance.choice(list(Milestone.objects.order_by("pk")))
        stage.due_on = day + timedelta(days=self.chance.randrange(-20, 20))
        stage.weight = Decimal(self.chance.randrange(10, 90))
        stage.save()

    def change_plan(self, _day: date) -> None:
        self.plan.reporting_due_day = self.chance.randrange(1, 29)
        self.plan.statistics_due_day = self.chance.randrange(1, 29)
        self.plan.reporting_grace_days = self.chance.randrange(9)
        self.plan.holidays = self.chance.choice(["", "CN", "GB-ENG"])
        self.plan.joins_january = self.chance.choice([True, False])
        self.plan.save()

    def add_target(self, _day: date) -> None:
        """Add a target; the verdict of a commitment of many targets changes with each."""
        commitment = self.chance.choice(list(Commitment.objects.filter(plan=self.plan).order_by("pk")))
        make_target(commitment, code=f"{commitment.code}-{commitment.targets.count() + 1}")

    def _any(self, entries: Any) -> ProgressEntry | None:
        found = list(entries.filter(commitment__plan=self.plan).order_by("pk"))
        return self.chance.choice(found) if found else None
