from pathlib import Path

import pytest

from tests.plan_import.folders import edit, places, problems_of


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("plan.toml", "ends_on = 2023-12-31", "ends_on = 2022-12-31", ("plan.toml", 0, "plan.ends_on")),
        ("plan.toml", "due_day = 5", "due_day = 31", ("plan.toml", 0, "plan.reporting_due_day")),
        ("plan.toml", "ratio = 0.80", "ratio = 0.95", ("plan.toml", 0, "rules.at_risk_ratio")),
        ("plan.toml", "points = 5", "points = -5", ("plan.toml", 0, "rules.small_gap_points")),
        (
            "plan.toml",
            "growth_floor = 0",
            "growth_floor = 0\nmethod = 2",
            ("plan.toml", 0, "rules.near_units"),
        ),
        (
            "plan.toml",
            "growth_floor = 0",
            "growth_floor = 0\nnear_units = 1",
            ("plan.toml", 0, "rules.near_units"),
        ),
        (
            "plan.toml",
            "growth_floor = 0",
            "growth_floor = 0\nmethod = 2\nnear_units = -1",
            ("plan.toml", 0, "rules.near_units"),
        ),
        ("plan.toml", '"610302-2023"', '"-2023"', ("plan.toml", 0, "plan.code")),
        ("plan.toml", '"610302-2023"', '"wb_2023"', ("plan.toml", 0, "plan.code")),
        ("plan.toml", '"610302-2023"', f'"{"a" * 41}"', ("plan.toml", 0, "plan.code")),
        ("plan.toml", 'key = "review"', 'key = "plan"', ("plan.toml", 0, "sources.key")),
        ("plan.toml", "b" * 64, "a" * 64, ("plan.toml", 0, "sources.sha256")),
        ("commitments.csv", "C1,ENV", "C1,XXX", ("commitments.csv", 2, "priority")),
        ("commitments.csv", "A,works,jobs", "A,works,nobody", ("commitments.csv", 2, "supporting_agencies")),
        ("commitments.csv", "C,jobs", "C,nobody", ("commitments.csv", 4, "lead_agency")),
        ("commitments.csv", "plan,20", "book,20", ("commitments.csv", 4, "source")),
        ("targets.csv", "C4,C4", "C4,C9", ("targets.csv", 4, "commitment")),
        ("checkpoints.csv", "C1", "C9", ("checkpoints.csv", 2, "target")),
        ("milestones.csv", "C2,2", "C9,2", ("milestones.csv", 3, "target")),
        ("baselines.csv", "C1,,", "C1,C9,", ("baselines.csv", 3, "target")),
        ("agencies.csv", "jobs,人社局", "works,人社局", ("agencies.csv", 3, "code")),
        ("agencies.csv", "jobs,人社局", "jobs,住建局", ("agencies.csv", 3, "name")),
        ("agencies.csv", "jobs,人社局,Jobs", "jobs,,住建局", ("agencies.csv", 3, "name")),
        ("agencies.csv", "人社局,Jobs", ",", ("agencies.csv", 3, "name")),
        ("plan.toml", 'title = "计划"\ntitle_en = "Plan"', "", ("plan.toml", 0, "plan.title")),
        ("commitments.csv", "C3,LIV", "C2,LIV", ("commitments.csv", 4, "code")),
        ("milestones.csv", "C2,2", "C2,1", ("milestones.csv", 3, "position")),
        ("commitments.csv", "plan,0,10", "plan,10,10", ("commitments.csv", 2, "char_end")),
        ("commitments.csv", "plan,30,40", "plan,30,101", ("commitments.csv", 5, "char_end")),
        ("baselines.csv", "review,0,10", "review,10,9", ("baselines.csv", 2, "char_end")),
        ("commitments.csv", "A,works,jobs", "A,works,works", ("commitments.csv", 2, "supporting_agencies")),
    ],
)
def test_names_the_place(folder: Path, file: str, old: str, new: str, place: tuple[str, int, str]) -> None:
    edit(folder, file, old, new)
    assert place in places(problems_of(folder))


def test_a_table_that_cannot_be_read_is_not_held_against_the_others(folder: Path) -> None:
    edit(folder, "priorities.csv", "title_en", "English")
    assert {problem.file for problem in problems_of(folder)} == {"priorities.csv"}


def test_an_empty_table_leaves_references_open(folder: Path) -> None:
    (folder / "priorities.csv").write_text("code,title,title_en\n")
    assert {problem.column for problem in problems_of(folder)} == {"priority"}
