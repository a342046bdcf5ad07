from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from commitments.models import Agency, Commitment, Plan, Target

from .folders import edit

pytestmark = pytest.mark.django_db


def seed(folder: Path, *options: str) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("seed_plan", str(folder), *options, stdout=out)
    return out.getvalue()


def test_it_says_what_was_loaded(folder: Path) -> None:
    assert "commitment 4" in seed(folder)


def test_a_second_run_says_so(folder: Path) -> None:
    seed(folder)
    assert "Nothing to change." in seed(folder)


def test_a_dry_run_shows_the_difference_and_changes_nothing(folder: Path) -> None:
    seed(folder)
    edit(folder, "targets.csv", ">=,76", ">=,80")
    edit(folder, "targets.csv", ">,6000,亩,mu,2023-01-01,2023-12-31", ">,6000,亩,mu,2023-01-01,2023-11-30")
    edit(folder, "commitments.csv", "注,Note", ",Note")
    edit(folder, "commitments.csv", "A,works,jobs", "A,works,")
    shown = seed(folder, "--dry-run")
    assert "~ target C1\n    value: 76 → 80" in shown
    assert "due_on: 2023-12-31 → 2023-11-30" in shown
    assert "note: 注 → –" in shown
    assert "- supporting agency C1 jobs" in shown
    assert Target.objects.get(code="C1").value == 76


def test_a_broken_file_is_refused_with_every_problem_and_its_place(folder: Path) -> None:
    edit(folder, "targets.csv", ">=,76", ">=,many")
    edit(folder, "plan.toml", "year = 2023", 'year = "soon"')
    (folder / "checkpoints.csv").unlink()
    with pytest.raises(CommandError) as refused:
        seed(folder)
    assert str(refused.value).splitlines() == [
        "3 problems; nothing was changed.",
        "plan.toml, plan.year: Not a whole number from 1949 to 9999. [soon]",
        "targets.csv, line 2, value: Not a number. [many]",
        "checkpoints.csv: The file is missing.",
    ]
    assert not Plan.objects.exists()


def test_a_refused_change_is_named_and_nothing_is_applied(folder: Path) -> None:
    seed(folder)
    edit(folder, "plan.toml", "growth_floor = 0", "growth_floor = 1")
    edit(folder, "commitments.csv", "改造小区", "改造老旧小区")
    with pytest.raises(CommandError, match="rule set 1: A version of the rules never changes"):
        seed(folder)
    assert Commitment.objects.get(code="C1").title == "改造小区"


def test_a_missing_folder_is_a_list_of_missing_files(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="8 problems"):
        seed(tmp_path / "nowhere")


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_what_the_database_refuses_is_told_by_a_dry_run_too(folder: Path, options: list[str]) -> None:
    seed(folder)
    edit(folder, "agencies.csv", "住建局,Works", "人社局,Works")
    edit(folder, "agencies.csv", "jobs,人社局", "jobs,住建局")
    with pytest.raises(CommandError, match="The database refuses this file"):
        seed(folder, *options)
    assert Agency.objects.get(code="jobs").name == "人社局"


@pytest.mark.parametrize("sources", ['sources = ["x"]', 'sources = "x"'])
def test_sources_that_are_no_sections_are_problems(folder: Path, sources: str) -> None:
    heading = folder / "plan.toml"
    heading.write_text(sources + "\n" + heading.read_text("utf-8").split("[[sources]]")[0], "utf-8")
    with pytest.raises(CommandError, match="sources 1"):
        seed(folder)


def test_a_heading_that_is_a_folder_is_a_missing_file(folder: Path) -> None:
    (folder / "plan.toml").unlink()
    (folder / "plan.toml").mkdir()
    with pytest.raises(CommandError, match=r"plan\.toml: The file is missing"):
        seed(folder)


def test_a_character_that_cannot_be_stored_is_named(folder: Path) -> None:
    edit(folder, "commitments.csv", "改造小区", "改造\0小区")
    with pytest.raises(CommandError, match="Holds a character that cannot be stored"):
        seed(folder)


def test_what_is_counted_up_is_not_reached_from_above(folder: Path) -> None:
    edit(folder, "targets.csv", "at_least,reach,>=,76", "at_most,reach,<=,76")
    with pytest.raises(CommandError, match="cannot be reached from above"):
        seed(folder)
