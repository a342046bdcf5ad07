from pathlib import Path

import pytest

from tests.plan_import.folders import edit, places, problems_of

COUNT = "count,running_total,at_least,reach,>=,76"
STAGES = "stages,stages,at_least,reach,>=,100"
LEVEL = "level,level,at_least,reach,>,6000,亩,mu,2023-01-01,2023-12-31,implied,linear"


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("targets.csv", COUNT, "count,running_total,at_most,reach,>=,76", ("targets.csv", 2, "comparator")),
        ("targets.csv", COUNT, "count,stages,at_least,reach,>=,76", ("targets.csv", 2, "accumulation")),
        ("targets.csv", COUNT, "count,ratio,at_least,reach,>=,76", ("targets.csv", 2, "goal")),
        ("targets.csv", COUNT, "count,ratio,at_least,maintain,>=,76", ("targets.csv", 2, "unit")),
        ("targets.csv", COUNT, "count,increments,at_least,maintain,>=,76", ("targets.csv", 2, "goal")),
        ("targets.csv", STAGES, "stages,stages,at_least,reach,>=,90", ("targets.csv", 3, "value")),
        ("targets.csv", "mplied,linear", "mplied,hold", ("targets.csv", 4, "trajectory")),
        ("targets.csv", LEVEL, LEVEL.replace("-12-31", "-13-31"), ("targets.csv", 4, "due_on")),
        ("targets.csv", LEVEL, LEVEL.replace("2023-01-01", "2024-01-01"), ("targets.csv", 4, "starts_on")),
        ("targets.csv", LEVEL, LEVEL.replace("2023-12-31", "2022-12-31"), ("targets.csv", 4, "due_on")),
        ("targets.csv", "C4,C4,yes", "C4,C4,no", ("commitments.csv", 5, "tier")),
        ("commitments.csv", "Keep,A", "Keep,C", ("targets.csv", 4, "commitment")),
        ("milestones.csv", "C2,2", "C1,2", ("milestones.csv", 3, "target")),
        ("milestones.csv", ",60", ",0", ("milestones.csv", 3, "weight")),
        ("milestones.csv", ",60", ",50", ("targets.csv", 3, "code")),
        ("milestones.csv", "2023-11-30", "2024-01-31", ("milestones.csv", 3, "due_on")),
        ("checkpoints.csv", "2023-06-30", "2022-06-30", ("checkpoints.csv", 2, "on")),
        ("checkpoints.csv", "C1,2023-06-30,20\n", "", ("targets.csv", 2, "trajectory")),
        ("checkpoints.csv", "C1", "C4", ("checkpoints.csv", 2, "target")),
        ("baselines.csv", "mu,2022-12-31", "mu,2023-01-01", ("baselines.csv", 2, "on")),
        ("baselines.csv", "same", "none", ("baselines.csv", 2, "comparability")),
        ("baselines.csv", "C1,,", "C1,C4,", ("baselines.csv", 3, "target")),
        ("baselines.csv", "C4,C4", "C2,C4", ("baselines.csv", 2, "target")),
        ("baselines.csv", "亩,mu", "公顷,ha", ("baselines.csv", 2, "unit")),
        ("baselines.csv", "亩,mu", ",ha", ("baselines.csv", 2, "unit")),
        ("baselines.csv", "Area,5000", "Area,6000", ("targets.csv", 4, "value")),
        ("targets.csv", COUNT, "count,running_total,at_least,reach,>=,0", ("targets.csv", 2, "value")),
        ("targets.csv", COUNT, COUNT.replace(">=", "~"), ("targets.csv", 2, "tolerance")),
        ("targets.csv", COUNT, COUNT.replace(">=", ".."), ("targets.csv", 2, "value_high")),
        ("targets.csv", STAGES, STAGES.replace(">=", "~"), ("targets.csv", 3, "comparator")),
    ],
)
def test_names_the_place(folder: Path, file: str, old: str, new: str, place: tuple[str, int, str]) -> None:
    edit(folder, file, old, new)
    assert place in places(problems_of(folder))


def test_a_baseline_with_an_english_unit_alone_fits_its_target(folder: Path) -> None:
    edit(folder, "baselines.csv", "亩,mu", ",mu")
    assert problems_of(folder) == []


def test_weights_are_not_added_up_while_one_is_unreadable(folder: Path) -> None:
    edit(folder, "milestones.csv", ",60", ",sixty")
    assert places(problems_of(folder)) == [("milestones.csv", 3, "weight")]


def test_a_pledge_is_not_said_to_lack_a_target_that_is_unreadable(folder: Path) -> None:
    edit(folder, "targets.csv", ">,6000", ">,six thousand")
    assert places(problems_of(folder)) == [("targets.csv", 4, "value")]


def test_one_target_has_one_baseline(folder: Path) -> None:
    edit(
        folder,
        "baselines.csv",
        "C1,,小区总数,All,627,个,communities,2022-12-31,none",
        "C4,C4,旧,Old,1,亩,mu,2021-12-31,similar",
    )
    assert places(problems_of(folder)) == [("baselines.csv", 3, "target")]


@pytest.mark.parametrize(
    ("comparator", "cells", "columns"),
    [
        ("~", ",2,no", []),
        ("..", "80,,", []),
        ("~", ",0,no", ["tolerance"]),
        ("~", ",75.9999,no", []),
        ("~", ",76,no", ["tolerance"]),
        ("..", "76,,no", ["value_high"]),
        (">=", "80,2,no", ["tolerance", "value_high"]),
        ("~", ",2,yes", ["within"]),
        (">=", ",,yes", ["within"]),
    ],
)
def test_ends_fit_the_comparator(folder: Path, comparator: str, cells: str, columns: list[str]) -> None:
    lines = (folder / "targets.csv").read_text(encoding="utf-8").splitlines()
    lines = [
        f"{line},{'value_high,tolerance,within' if not number else ',,'}" for number, line in enumerate(lines)
    ]
    lines[1] = lines[1].replace(">=", comparator).removesuffix(",,") + cells
    (folder / "targets.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = problems_of(folder)
    assert [column for _file, _line, column in places(found)] == columns


@pytest.mark.parametrize(
    ("direction", "comparator", "cells", "column"),
    [
        ("at_least", "~", "6000,,1000,no", "tolerance"),
        ("at_least", "~", "6000,,999,no", ""),
        ("at_least", "..", "4000,8000,,no", "value"),
        ("at_least", "..", "5001,8000,,no", ""),
        ("at_most", "~", "4000,,1000,no", "tolerance"),
        ("at_most", "~", "4000,,999,no", ""),
        ("at_most", "..", "4000,5000,,no", "value"),
    ],
)
def test_an_end_that_the_baseline_meets_already_is_refused(
    folder: Path, direction: str, comparator: str, cells: str, column: str
) -> None:
    """The level stood at 5,000 before the plan."""
    value, ends = cells.split(",", 1)
    lines = (folder / "targets.csv").read_text(encoding="utf-8").splitlines()
    lines = [
        f"{line},{ends if number else 'value_high,tolerance,within'}" for number, line in enumerate(lines)
    ]
    words = f"level,level,{direction},reach,{comparator},{value},"
    lines = [line.replace("level,level,at_least,reach,>,6000,", words) for line in lines]
    lines[1:3] = [f"{line.removesuffix(ends)},," for line in lines[1:3]]
    (folder / "targets.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [(line, named) for _file, line, named in places(problems_of(folder))]
    assert found == ([(4, column)] if column else [])
