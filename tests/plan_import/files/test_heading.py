from pathlib import Path

from commitments.plan_import.files.read import read_plan
from tests.plan_import.folders import edit, places, problems_of


def test_a_missing_heading_is_the_only_problem(folder: Path) -> None:
    (folder / "plan.toml").unlink()
    assert places(problems_of(folder)) == [("plan.toml", 0, "")]


def test_a_heading_that_is_not_toml_says_where(folder: Path) -> None:
    edit(folder, "plan.toml", "year = 2023", "year: 2023")
    [problem] = problems_of(folder)
    assert "line" in str(problem.params["why"])


def test_every_bad_key_is_named(folder: Path) -> None:
    edit(folder, "plan.toml", "year = 2023", 'year = "soon"\ncolour = "red"')
    edit(folder, "plan.toml", 'version = "1"', 'version = ""')
    edit(folder, "plan.toml", 'code = "610300"', "")
    assert places(problems_of(folder)) == [
        ("plan.toml", 0, "parent.code"),
        ("plan.toml", 0, "rules.version"),
        ("plan.toml", 0, "plan.colour"),
        ("plan.toml", 0, "plan.year"),
    ]


def test_a_place_may_have_a_code_of_another_scheme(folder: Path) -> None:
    edit(folder, "plan.toml", 'code = "610302"', 'code = "E08000018"\nscheme = "ONS"')
    place = read_plan(folder).jurisdiction
    assert (place.code, place.scheme) == ("E08000018", "ONS")


def test_a_code_without_its_scheme_is_refused(folder: Path) -> None:
    edit(folder, "plan.toml", 'code = "610302"', 'code = "E08000018"')
    assert places(problems_of(folder)) == [("plan.toml", 0, "jurisdiction.code")]


def test_a_plan_without_a_calendar_follows_no_holidays(folder: Path) -> None:
    plan = read_plan(folder).plan
    assert (plan.holidays, plan.joins_january) == ("", False)


def test_a_plan_names_its_holidays_and_months(folder: Path) -> None:
    edit(folder, "plan.toml", "year = 2023", 'year = 2023\nholidays = "GB-ENG"\njoins_january = true')
    plan = read_plan(folder).plan
    assert (plan.holidays, plan.joins_january) == ("GB-ENG", True)


def test_holidays_of_nowhere_are_refused(folder: Path) -> None:
    edit(folder, "plan.toml", "year = 2023", 'year = 2023\nholidays = "Utopia"')
    assert places(problems_of(folder)) == [("plan.toml", 0, "plan.holidays")]


def test_a_place_needs_no_parent(folder: Path) -> None:
    edit(folder, "plan.toml", "[jurisdiction.parent]", "[elsewhere]")
    assert problems_of(folder) == []


def test_a_section_that_is_no_section_lacks_its_keys(folder: Path) -> None:
    (folder / "plan.toml").write_text("plan = 2023")
    assert ("plan.toml", 0, "plan.code") in places(problems_of(folder))


def test_a_broken_source_is_not_held_against_those_who_cite_it(folder: Path) -> None:
    edit(folder, "plan.toml", 'key = "review"', 'key = "the review"')
    assert places(problems_of(folder)) == [("plan.toml", 0, "sources 2.key")]
