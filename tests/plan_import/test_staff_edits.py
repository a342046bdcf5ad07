"""Plan files that meet people's edits: each is named with author and time, and stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from commitments.change_log import editing
from commitments.models import (
    Agency,
    Baseline,
    Checkpoint,
    Commitment,
    CommitmentSupport,
    Milestone,
    Plan,
    Priority,
    SourceDocument,
    Target,
    User,
)

from .folders import edit

pytestmark = pytest.mark.django_db
AT = datetime(2023, 9, 28, 1, 30, tzinfo=UTC)
BY = "  [office, 2023-09-28 09:30]"


def seed(folder: Path, *options: str) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("seed_plan", str(folder), *options, stdout=out)
    return out.getvalue()


def refusal(folder: Path, *options: str) -> list[str]:
    with pytest.raises(CommandError) as refused:
        seed(folder, *options)
    return str(refused.value).splitlines()[1:]


@contextmanager
def somebody() -> Iterator[None]:
    user = User.objects.get_or_create(username="office", role="supervision")[0]
    with editing.by(user.pk, at=AT):
        yield


@pytest.fixture
def live(folder: Path) -> Path:
    seed(folder)
    return folder


def test_an_edited_field_is_named_with_who_and_when(live: Path) -> None:
    with somebody():
        Commitment.objects.filter(code="C1").update(title="改造老旧小区")
    assert f"    title: 改造老旧小区 → 改造小区{BY}" in seed(live)
    assert refusal(live, "--apply") == [f"~ commitment C1, title: 改造老旧小区 → 改造小区{BY}"]
    assert Commitment.objects.get(code="C1").title == "改造老旧小区"


def test_an_edited_field_is_overwritten_when_that_is_said_too(live: Path) -> None:
    with somebody():
        Commitment.objects.filter(code="C1").update(title="改造老旧小区")
    seed(live, "--apply", "--overwrite-edits")
    assert Commitment.objects.get(code="C1").title == "改造小区"


def test_a_newer_file_goes_beside_what_people_edited_elsewhere_in_the_row(live: Path) -> None:
    with somebody():
        Commitment.objects.filter(code="C1").update(note="查")
        Commitment.objects.filter(code="C1").update(note="")
    edit(live, "commitments.csv", "改造小区", "改造旧小区")
    seed(live, "--apply")
    assert Commitment.objects.get(code="C1").title == "改造旧小区"


def test_another_command_is_not_the_file_either(live: Path) -> None:
    with editing.by_command("mend", at=AT):
        Target.objects.filter(code="C1").update(value=77)
    assert refusal(live, "--apply") == ["~ target C1, value: 77 → 76  [Command mend, 2023-09-28 09:30]"]


@pytest.mark.django_db(transaction=True)
def test_what_nobody_signed_is_not_the_files(live: Path) -> None:
    Target.objects.filter(code="C1").update(value=77)
    (line,) = refusal(live, "--apply")
    assert line.startswith("~ target C1, value: 77 → 76  [2")


def test_what_the_file_itself_wrote_is_free(live: Path) -> None:
    with somebody():
        Target.objects.filter(code="C1").update(value=77)
    edit(live, "targets.csv", ">=,76", ">=,78")
    seed(live, "--apply", "--overwrite-edits")
    edit(live, "targets.csv", ">=,78", ">=,79")
    seed(live, "--apply")
    assert Target.objects.get(code="C1").value == 79


def test_rows_that_people_added_are_named_before_they_go(live: Path) -> None:
    plan, works = Plan.objects.get(), Agency.objects.get(code="works")
    c1, c2 = Commitment.objects.filter(code__in=("C1", "C2"))
    t1, t2 = Target.objects.filter(code__in=("C1", "C2"))
    with somebody():
        priority = Priority.objects.create(plan=plan, code="NEW", title="新", title_en="New", position=9)
        fields = {
            "title": "新",
            "title_en": "New",
            "section": "新",
            "section_en": "New",
            "position": 9,
            "tier": "C",
        }
        Commitment.objects.create(plan=plan, code="C9", priority=priority, lead_agency=works, **fields)
        CommitmentSupport.objects.create(commitment=c2, agency=Agency.objects.get(code="jobs"))
        Checkpoint.objects.create(target=t1, on="2023-09-30", value=50)
        Milestone.objects.create(
            target=t2, position=3, title="三", title_en="3", due_on="2023-12-01", weight=1
        )
        Baseline.objects.create(
            commitment=c1, indicator="新", value=1, unit="个", on="2022-12-31", comparability="none"
        )
    named = [
        "priority NEW",
        "commitment C9",
        "supporting agency C2 jobs",
        "checkpoint C1 2023-09-30",
        "milestone C2 3",
        "baseline C1 新",
    ]
    assert refusal(live, "--apply") == [f"- {row}{BY}" for row in named]
    seed(live, "--apply", "--overwrite-edits")
    assert not Commitment.objects.filter(code="C9").exists()


def test_rows_that_people_edited_are_named_before_they_go(live: Path) -> None:
    with somebody():
        Milestone.objects.filter(position=2).update(title="验收合格")
    path = live / "milestones.csv"
    path.write_text(
        path.read_text().replace(
            "C2,1,开工,Started,2023-04-30,40\nC2,2,验收,Accepted,2023-11-30,60",
            "C2,1,开工,Started,2023-04-30,100",
        )
    )
    assert refusal(live, "--apply") == [f"- milestone C2 2{BY}"]


def test_rows_of_the_file_alone_go_without_a_question(live: Path) -> None:
    path = live / "commitments.csv"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith("C3,")))
    seed(live, "--apply")
    assert not Commitment.objects.filter(code="C3").exists()


def test_rows_that_people_removed_are_named_before_they_come_back(live: Path) -> None:
    with somebody():
        Baseline.objects.all().delete()
        CommitmentSupport.objects.all().delete()
        Milestone.objects.filter(position=2).delete()
        Checkpoint.objects.all().delete()
        Target.objects.filter(code="C4").delete()
        Commitment.objects.filter(code__in=("C3", "C4")).delete()
        Priority.objects.filter(code="LIV").delete()
        SourceDocument.objects.filter(key="review").delete()
        Agency.objects.filter(code="jobs").delete()
    named = [
        "agency jobs",
        "source document review",
        "priority LIV",
        "commitment C3",
        "commitment C4",
        "supporting agency C1 jobs",
        "target C4",
        "checkpoint C1 2023-06-30",
        "milestone C2 2",
        "baseline C4 面积",
        "baseline C1 小区总数",
    ]
    assert refusal(live, "--apply") == [f"+ {row}{BY}" for row in named]
    seed(live, "--apply", "--overwrite-edits")
    assert Commitment.objects.count() == 4


def test_two_rows_of_one_code_are_told_apart_first(live: Path) -> None:
    first = Target.objects.get(code="C1")
    Target.objects.filter(code="C4").update(code="C1")
    edit(live, "targets.csv", ">=,76", ">=,80")
    assert "target C1: Two rows of the live plan have this code. Change one of them first." in refusal(
        live, "--apply", "--overwrite-edits"
    )
    first.refresh_from_db()
    assert first.value == 76
