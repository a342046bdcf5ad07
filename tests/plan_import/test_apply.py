from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from commitments.actions import ledger
from commitments.actions.plans import publish_loaded
from commitments.actions.targets import revise
from commitments.models import (
    Agency,
    Baseline,
    Commitment,
    Milestone,
    Plan,
    Priority,
    ProgressEntry,
    SourceDocument,
    Target,
    User,
)
from commitments.plan_import.apply import apply, rehearse
from commitments.plan_import.files.read import read_plan
from tests.factories import make_entry, make_narrative, make_user
from tests.sql import statements

from .folders import edit

pytestmark = pytest.mark.django_db
AT = datetime(2023, 5, 5, 1, tzinfo=UTC)


@pytest.fixture
def seeded(folder: Path) -> Path:
    apply(read_plan(folder))
    publish_loaded("610302-2023", at=AT)
    return folder


def report(code: str, *, counted: bool = True, milestone: int | None = None) -> ProgressEntry:
    """Progress on a target, approved or waiting."""
    clerk = User.objects.create_user(username="clerk", role="supervision")
    reviewer = User.objects.create_user(username="reviewer", role="supervision")
    target = Target.objects.get(code=code)
    stage = Milestone.objects.get(target=target, position=milestone) if milestone else None
    entry = make_entry(target, 1, date(2023, 5, 1), by=clerk, at=AT, milestone=stage)
    if counted:
        ledger.approve(entry=entry, by=reviewer, at=AT)
    return entry


def refused(folder: Path) -> list[tuple[Any, ...]]:
    return [(refusal.change.kind, *refusal.change.key) for refusal in apply(read_plan(folder)).refusals]


def test_every_row_of_the_file_is_there(seeded: Path) -> None:
    plan = Plan.objects.get()
    c1 = Commitment.objects.get(code="C1")
    assert plan.jurisdiction.parent is not None
    assert plan.rule_set.version == "1"
    assert [agency.code for agency in c1.supporting_agencies.all()] == ["jobs"]
    assert (c1.source, c1.char_start, c1.char_end) == (SourceDocument.objects.get(key="plan"), 0, 10)
    assert [milestone.weight for milestone in Milestone.objects.all()] == [40, 60]
    assert Baseline.objects.get(target__code="C4").value == 5000
    assert c1.targets.get().checkpoints.get().value == 20


def test_the_order_of_the_file_is_kept(seeded: Path) -> None:
    assert list(Commitment.objects.values_list("code", "position")) == [
        ("C1", 1),
        ("C2", 2),
        ("C3", 3),
        ("C4", 4),
    ]


def test_a_second_run_finds_nothing_to_change(seeded: Path) -> None:
    assert apply(read_plan(seeded)).changes == []


def test_a_rehearsal_changes_nothing(folder: Path) -> None:
    assert rehearse(read_plan(folder)).counts()["create"] > 0
    assert not Plan.objects.exists()


def test_a_second_run_asks_once_for_each_kind_of_row(seeded: Path) -> None:
    file = read_plan(seeded)
    with statements() as sent:
        apply(file)
    assert len([statement for statement in sent if statement.startswith("SELECT")]) == 12


def test_changed_titles_are_applied_even_with_progress(seeded: Path) -> None:
    report("C1")
    edit(seeded, "targets.csv", "小区,Communities", "小区数,Communities done")
    assert apply(read_plan(seeded)).refusals == []
    assert Target.objects.get(code="C1").title_en == "Communities done"


def test_a_changed_reference_is_applied(seeded: Path) -> None:
    edit(seeded, "commitments.csv", "C3,LIV", "C3,ENV")
    apply(read_plan(seeded))
    assert Commitment.objects.get(code="C3").priority.code == "ENV"


def test_an_unused_priority_is_removed_after_its_commitments_moved(seeded: Path) -> None:
    for code in ("C3", "C4"):
        edit(seeded, "commitments.csv", f"{code},LIV", f"{code},ENV")
    edit(seeded, "priorities.csv", "LIV,民生优,Livelihoods\n", "")
    apply(read_plan(seeded))
    assert [priority.code for priority in Priority.objects.all()] == ["ENV"]


def test_swapped_rows_change_places(seeded: Path) -> None:
    path = seeded / "priorities.csv"
    head, first, second = path.read_text().splitlines()
    path.write_text("\n".join([head, second, first]))
    apply(read_plan(seeded))
    assert [priority.code for priority in Priority.objects.all()] == ["LIV", "ENV"]


def test_a_removed_pledge_goes_with_its_parts(seeded: Path) -> None:
    edit(seeded, "commitments.csv", "C2,ENV,城市,City,建成平台,Build,B,works,,plan,10,20,注,Note\n", "")
    for name in ("targets.csv", "milestones.csv"):
        path = seeded / name
        kept = [line for line in path.read_text().splitlines() if not line.startswith("C2,")]
        path.write_text("\n".join(kept))
    apply(read_plan(seeded))
    assert not Commitment.objects.filter(code="C2").exists()
    assert not Milestone.objects.exists()


def test_agencies_stay_when_a_plan_needs_them_no_more(seeded: Path) -> None:
    path = seeded / "commitments.csv"
    path.write_text(path.read_text().replace("jobs", "works").replace("works,works", "works,"))
    edit(seeded, "agencies.csv", "jobs,人社局,Jobs\n", "")
    apply(read_plan(seeded))
    assert Agency.objects.filter(code="jobs").exists()


def test_a_target_value_may_change_while_progress_only_waits(seeded: Path) -> None:
    report("C1", counted=False)
    edit(seeded, "targets.csv", ">=,76", ">=,80")
    assert refused(seeded) == []
    assert Target.objects.get(code="C1").value == 80


@pytest.mark.parametrize(
    ("file", "old", "new", "row"),
    [
        ("targets.csv", ">=,76", ">=,70", ("target", "C1")),
        ("checkpoints.csv", "30,20", "30,10", ("checkpoint", "C1", date(2023, 6, 30))),
        (
            "baselines.csv",
            "C1,,小区总数,All,627,个,communities,2022-12-31,none",
            "C1,C1,小区总数,All,627,个,communities,2022-12-31,same",
            ("baseline", "C1", "小区总数"),
        ),
    ],
)
def test_counted_progress_is_not_judged_anew(
    seeded: Path, file: str, old: str, new: str, row: tuple[Any, ...]
) -> None:
    report("C1")
    edit(seeded, file, old, new)
    assert refused(seeded) == [row]
    assert rehearse(read_plan(seeded)).changes != []


def test_a_revised_target_keeps_its_comparator(seeded: Path) -> None:
    target = Target.objects.get(code="C1")
    edit(seeded, "targets.csv", ">=,76", ">,76")
    revise(
        target=target, effective_from=date(2023, 5, 1), new_value=Decimal(80), new_due_on=None,
        authority="区政府", reason="加码", seen=0, by=make_user(), at=AT,
    )  # fmt: skip
    assert refused(seeded) == [("target", "C1")]


def test_a_stage_with_counted_progress_keeps_its_weight(seeded: Path) -> None:
    report("C2", milestone=1)
    edit(seeded, "milestones.csv", ",40", ",70")
    edit(seeded, "milestones.csv", ",60", ",30")
    assert refused(seeded) == [("milestone", "C2", 1), ("milestone", "C2", 2)]


def test_a_stage_of_a_target_without_progress_may_move(seeded: Path) -> None:
    report("C1")
    edit(seeded, "milestones.csv", "2023-04-30", "2023-05-31")
    assert refused(seeded) == []


def test_a_pledge_with_progress_is_not_removed(seeded: Path) -> None:
    report("C4", counted=False)
    for name in ("commitments.csv", "targets.csv", "baselines.csv"):
        path = seeded / name
        kept = [line for line in path.read_text().splitlines() if not line.startswith("C4,")]
        path.write_text("\n".join(kept))
    assert refused(seeded) == [("commitment", "C4"), ("target", "C4")]
    assert Commitment.objects.filter(code="C4").exists()


def test_the_rules_of_a_version_never_change(seeded: Path) -> None:
    edit(seeded, "plan.toml", "at_risk_ratio = 0.80", "at_risk_ratio = 0.70")
    assert refused(seeded) == [("rule_set", "1")]


def test_a_plan_in_use_keeps_its_time_zone(seeded: Path) -> None:
    edit(seeded, "plan.toml", 'time_zone = "Asia/Shanghai"', 'time_zone = "Asia/Urumqi"')
    assert refused(seeded) == [("plan", "610302-2023")]


def test_a_plan_in_use_does_not_change_its_rules_by_its_file(seeded: Path) -> None:
    edit(seeded, "plan.toml", "at_risk_ratio = 0.80", "at_risk_ratio = 0.70")
    edit(seeded, "plan.toml", 'version = "1"', 'version = "2"')
    assert refused(seeded) == [("plan", "610302-2023")]
    assert Plan.objects.get().rule_set.version == "1"


def test_a_pledge_with_words_on_record_is_not_removed(seeded: Path) -> None:
    make_narrative(Commitment.objects.get(code="C3"), date(2023, 5, 1), at=AT)
    path = seeded / "commitments.csv"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith("C3,")))
    assert ("commitment", "C3") in refused(seeded)


def test_words_do_not_keep_a_target_from_being_mended(seeded: Path) -> None:
    target = Target.objects.get(code="C1")
    words = make_narrative(target.commitment, date(2023, 5, 1), target=target, at=AT)
    ledger.approve(entry=words, by=make_user(), at=AT)
    edit(seeded, "targets.csv", ">=,76", ">=,80")
    assert refused(seeded) == []
