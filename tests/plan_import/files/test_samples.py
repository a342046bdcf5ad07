from pathlib import Path

import pytest

from commitments.plan_import.files.problems import BrokenPlanError
from commitments.plan_import.files.samples import read_demo

from ..folders import edit, places
from ..samples import write_samples


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    return write_samples(tmp_path / "demo")


def problems(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(BrokenPlanError) as broken:
        read_demo(folder)
    return places(broken.value.problems)


def test_rows_are_read(samples: Path) -> None:
    demo = read_demo(samples)
    assert demo.plan == "610302-2023"
    assert [row.value for row in demo.entries.rows] == [9, 8, 1, 15]


@pytest.mark.parametrize("content", ["", "plan:", None])
def test_the_plan_must_be_named(samples: Path, content: str | None) -> None:
    (samples / "demo.toml").unlink()
    if content is not None:
        (samples / "demo.toml").write_text(content)
    assert problems(samples) == [("demo.toml", 0, "plan")]


def test_problems_of_all_files_are_named(samples: Path) -> None:
    edit(samples, "accounts.csv", "supervision", "king")
    edit(samples, "confidence.csv", "high", "sky-high")
    assert problems(samples) == [("accounts.csv", 3, "role"), ("confidence.csv", 2, "confidence")]


def test_a_correction_follows_what_it_corrects(samples: Path) -> None:
    edit(samples, "progress.csv", "first,approve", "second,approve")
    assert problems(samples) == [("progress.csv", 3, "corrects")]


@pytest.mark.parametrize("when", ["", "2023-05-04 08:00"])
def test_a_review_comes_after_the_entry(samples: Path, when: str) -> None:
    edit(samples, "progress.csv", "2023-05-05 09:00", when)
    assert problems(samples) == [("progress.csv", 2, "reviewed_at")]


COLUMNS = "target,milestone,value,commitment,no_figure"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (",,,,", "target"),
        ("C2,1,,,", "value"),
        (",,9,,", "target"),
        (",,9,C1,", "target"),
        ("C1,,9,C1,", "value"),
        ("C1,,9,,not_published", "value"),
    ],
)
def test_a_row_is_a_figure_or_words(samples: Path, cells: str, column: str) -> None:
    write_entry(samples, cells)
    assert problems(samples) == [("progress.csv", 2, column)]


@pytest.mark.parametrize("cells", [",,,C3,", "C1,,,,", "C1,,,C1,not_published", "C1,,9,,"])
def test_words_are_about_a_commitment_or_a_target(samples: Path, cells: str) -> None:
    write_entry(samples, cells)
    assert len(read_demo(samples).entries.rows) == 1


def write_entry(folder: Path, cells: str) -> None:
    rest = (
        "key,effective_on,progress,problems,next_steps,recorded_by,recorded_at,corrects,decision,reviewed_by"
    )
    head = f"{COLUMNS},{rest},reviewed_at,reason"
    line = f"{cells},,2023-04-30,开工,,,clerk,2023-05-04 09:00,,,,,"
    (folder / "progress.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
