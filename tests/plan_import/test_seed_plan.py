from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from commitments.change_log import edits
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


def test_a_loaded_plan_is_a_draft_and_says_so(folder: Path) -> None:
    assert "The plan stays a draft until it is published" in seed(folder)
    assert Plan.objects.get().is_draft


def test_it_publishes_when_told_to_and_only_once(folder: Path) -> None:
    assert "draft" not in seed(folder, "--publish")
    plan = Plan.objects.get()
    seed(folder, "--publish")
    assert Plan.objects.get().published_at == plan.published_at
    assert [edit.who for edit in edits.list_edits(plan)] == ["系统命令seed_plan"] * 2


def test_nothing_is_published_by_a_dry_run_or_a_refused_file(folder: Path) -> None:
    seed(folder)
    seed(folder, "--dry-run", "--publish")
    edit(folder, "plan.toml", "growth_floor = 0", "growth_floor = 1")
    with pytest.raises(CommandError):
        seed(folder, "--apply", "--publish")
    assert Plan.objects.get().is_draft


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


def test_a_live_plan_is_shown_how_it_differs_and_left_alone(folder: Path) -> None:
    seed(folder)
    edit(folder, "targets.csv", ">=,76", ">=,80")
    shown = seed(folder)
    assert "~ target C1\n    value: 76 → 80" in shown
    assert "0 to add, 1 to change, 0 to remove." in shown
    assert "--apply makes the live plan match the files" in shown
    assert Target.objects.get(code="C1").value == 76


def test_a_live_plan_is_changed_when_told_to(folder: Path) -> None:
    seed(folder)
    edit(folder, "targets.csv", ">=,76", ">=,80")
    assert "0 to add, 1 to change, 0 to remove." in seed(folder, "--apply")
    assert Target.objects.get(code="C1").value == 80


def test_a_deployment_is_not_stopped_by_a_difference_that_may_not_be_applied(folder: Path) -> None:
    seed(folder)
    edit(folder, "plan.toml", "growth_floor = 0", "growth_floor = 1")
    shown = seed(folder)
    assert "These changes are not allowed:\nrule set 1: A version of the rules never changes" in shown


def test_in_short_a_difference_is_one_line_and_agreement_none(folder: Path) -> None:
    assert seed(folder, "--verbosity", "0") == ""
    assert seed(folder, "--verbosity", "0") == ""
    edit(folder, "targets.csv", ">=,76", ">=,80")
    edit(folder, "commitments.csv", "注,Note", ",Note")
    assert seed(folder, "--verbosity", "0") == (
        "The plan's files differ from the live plan in 2 rows; nothing was changed: "
        f"manage.py seed_plan {folder} shows them.\n"
    )


def test_a_dry_run_of_a_new_plan_loads_nothing(folder: Path) -> None:
    assert "+ commitment C1" in seed(folder, "--dry-run")
    assert not Plan.objects.exists()


@pytest.mark.parametrize("options", [["--overwrite-edits"], ["--dry-run", "--apply"]])
def test_options_that_do_not_go_together_are_refused(folder: Path, options: list[str]) -> None:
    with pytest.raises(CommandError):
        seed(folder, *options)


def test_a_plan_that_was_given_another_code_is_not_loaded_again(folder: Path) -> None:
    seed(folder)
    Plan.objects.update(code="WB-2023")
    told = "The plan 610302-2023 has another code now or was removed, so it was not loaded again"
    assert told in seed(folder)
    assert seed(folder, "--verbosity", "0").count("\n") == 1
    assert [plan.code for plan in Plan.objects.all()] == ["WB-2023"]


def test_a_plan_that_was_given_another_code_is_loaded_beside_it_when_told_to(folder: Path) -> None:
    seed(folder)
    Plan.objects.update(code="WB-2023")
    seed(folder, "--apply")
    assert {plan.code for plan in Plan.objects.all()} == {"WB-2023", "610302-2023"}


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
        seed(folder, "--apply")
    assert Commitment.objects.get(code="C1").title == "改造小区"


def test_a_missing_folder_is_a_list_of_missing_files(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="8 problems"):
        seed(tmp_path / "nowhere")


@pytest.mark.parametrize("options", [["--apply"], ["--dry-run"]])
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


@pytest.mark.parametrize(
    ("character", "said"), [("\0", "a character that cannot be stored"), ("\u202e", "reverses the text")]
)
def test_a_character_that_no_text_may_hold_is_named(character: str, said: str, folder: Path) -> None:
    edit(folder, "commitments.csv", "改造小区", f"改造{character}小区")
    with pytest.raises(CommandError, match=f"Contains .*{said}"):
        seed(folder)


def test_what_is_counted_up_is_not_reached_from_above(folder: Path) -> None:
    edit(folder, "targets.csv", "at_least,reach,>=,76", "at_most,reach,<=,76")
    with pytest.raises(CommandError, match="cannot come down to a target"):
        seed(folder)
