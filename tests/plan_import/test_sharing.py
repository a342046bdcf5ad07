"""Several plans beside each other: shared rows stay as each of them needs them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from commitments.models import Agency, Commitment, Jurisdiction, Plan, RuleSet, SourceDocument

from .folders import edit, write_beside

pytestmark = pytest.mark.django_db
FIRST = "610302-2023 “计划”"
SECOND = "WB-LIVE-2023 “民生实事”"


def seed(folder: Path, *options: str) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("seed_plan", str(folder), *options, stdout=out)
    return out.getvalue()


def refusal(folder: Path, *options: str) -> str:
    with pytest.raises(CommandError) as refused:
        seed(folder, *options)
    return str(refused.value)


@pytest.fixture
def first(folder: Path) -> Path:
    seed(folder)
    return folder


@pytest.fixture
def second(first: Path) -> Path:
    return write_beside(first / "second")


def test_several_plans_of_a_place_and_year_stand_beside_each_other(second: Path) -> None:
    seed(second)
    assert dict(Plan.objects.values_list("code", "year")) == {"610302-2023": 2023, "WB-LIVE-2023": 2023}
    assert Commitment.objects.count() == 5


def test_what_both_say_alike_is_shared(second: Path) -> None:
    seed(second)
    assert Jurisdiction.objects.count() == 2
    assert RuleSet.objects.count() == 1
    assert Agency.objects.filter(code="works").count() == 1
    cited = Commitment.objects.filter(code__in=("C1", "L1")).values_list("source", flat=True)
    assert set(cited) == {SourceDocument.objects.get(key="plan").pk}


SHARED = [
    (
        "plan.toml",
        'title = "计划原文"',
        'title = "实事原文"',
        "source document plan",
        "cites the present document",
    ),
    (
        "plan.toml",
        'publisher = "日报"',
        'publisher = "晚报"',
        "source document plan",
        "cites the present document",
    ),
    ("plan.toml", "a" * 64, "c" * 64, "source document plan", "cites the present document"),
    (
        "plan.toml",
        'name_en = "Weibin"',
        'name_en = "Wei Bin"',
        "jurisdiction 610302",
        "uses the present text",
    ),
    ("plan.toml", 'name_en = "Baoji"', 'name_en = "Bao Ji"', "jurisdiction 610300", "uses the present text"),
    ("plan.toml", "growth_floor = 0", "growth_floor = 1", "rule set 1", "is judged by the present rules"),
    ("agencies.csv", "住建局", "建设局", "agency works", "uses the present name"),
]


@pytest.mark.parametrize("options", [(), ("--apply", "--overwrite-edits")])
@pytest.mark.parametrize(("file", "old", "new", "row", "why"), SHARED)
def test_what_another_plan_says_is_not_changed(
    second: Path, file: str, old: str, new: str, row: str, why: str, options: tuple[str, ...]
) -> None:
    edit(second, file, old, new)
    assert f"{row}: {FIRST} {why}" in refusal(second, *options)
    assert SECOND in refusal(second, *options)
    assert Plan.objects.count() == 1


def test_what_two_live_plans_say_is_not_changed_by_either(second: Path, first: Path) -> None:
    seed(second)
    edit(first, "agencies.csv", "住建局", "建设局")
    assert f"agency works: {SECOND} uses the present name; {FIRST} must" in refusal(first, "--apply")


def test_what_no_other_plan_says_may_be_changed(second: Path, first: Path) -> None:
    seed(second)
    edit(first, "agencies.csv", "人社局", "人力资源局")
    seed(first, "--apply")
    assert Agency.objects.get(code="jobs").name == "人力资源局"


def test_a_place_is_not_moved_below_another_one_by_a_second_plan(second: Path) -> None:
    edit(second, "plan.toml", 'code = "610300"', 'code = "610400"')
    assert f"jurisdiction 610302: {FIRST} uses the present text" in refusal(second, "--apply")


def test_a_new_plan_that_changes_rows_that_nobody_uses_asks_first(second: Path) -> None:
    place = Jurisdiction.objects.get(code="610302")
    Agency.objects.create(jurisdiction=place, code="parks", name="园林局", name_en="Parks")
    edit(second, "agencies.csv", "works,住建局,Works", "works,住建局,Works\nparks,园林局,Parks Bureau")
    said = refusal(second)
    assert "--apply allows it:" in said
    assert "~ agency parks" in said
    assert Plan.objects.count() == 1


def test_an_agency_does_not_take_the_name_of_another(second: Path) -> None:
    edit(second, "agencies.csv", "works,住建局,Works", "works,住建局,Works\nlabour,人社局,Labour")
    assert "agency labour: The agency jobs already has this name; use its code." in refusal(second)


@pytest.mark.parametrize(
    ("digest", "why"),
    [
        ("a", f"The same text is already stored as 610302 plan, cited by {FIRST}; use that key."),
        ("f", "The same text is already stored as 610300 old; use that key."),
    ],
)
def test_a_text_has_one_key(second: Path, digest: str, why: str) -> None:
    city = Jurisdiction.objects.get(code="610300")
    SourceDocument.objects.create(
        jurisdiction=city, key="old", title="旧", publisher="市", sha256="f" * 64, characters=1
    )
    edit(second, "plan.toml", 'key = "plan"', 'key = "deeds"')
    edit(second, "plan.toml", "a" * 64, digest * 64)
    edit(second, "commitments.csv", "plan,40", "deeds,40")
    assert f"source document deeds: {why}" in refusal(second)


@pytest.mark.parametrize("options", [(), ("--apply", "--overwrite-edits"), ("--dry-run",)])
def test_a_second_plan_with_the_code_of_the_first_does_not_replace_it(
    first: Path, options: tuple[str, ...]
) -> None:
    other = write_beside(first / "other", code="610302-2023")
    said = refusal(other, *options)
    assert (
        "610302-2023 “计划” (610302, 2023) and 610302-2023 “民生实事” (610302, 2023) are different plans"
        in said
    )
    assert Commitment.objects.filter(code="C1").exists()


def test_the_same_codes_do_not_make_two_plans_one(first: Path) -> None:
    edit(first, "plan.toml", 'title = "计划"', 'title = "民生实事"')
    edit(first, "plan.toml", 'title_en = "Plan"', 'title_en = "Livelihoods"')
    path = first / "commitments.csv"
    head, *rows = path.read_text().splitlines()
    rows = [
        ",".join([*row.split(",")[:4], f"另{n}", f"Other {n}", *row.split(",")[6:]])
        for n, row in enumerate(rows)
    ]
    path.write_text("\n".join([head, *rows]))
    assert "are different plans" in refusal(first, "--apply", "--overwrite-edits")


def test_a_plan_may_be_given_another_title(first: Path) -> None:
    edit(first, "plan.toml", 'title = "计划"', 'title = "年度计划"')
    edit(first, "plan.toml", 'title_en = "Plan"', 'title_en = "Annual plan"')
    seed(first, "--apply")
    assert Plan.objects.get().title_en == "Annual plan"


def test_a_plan_may_lose_its_only_commitments_one_day(second: Path) -> None:
    seed(second)
    for name in ("commitments.csv", "targets.csv"):
        path = second / name
        path.write_text(path.read_text().splitlines()[0])
    seed(second, "--apply")
    assert not Commitment.objects.filter(code="L1").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "610302"', 'code = "610303"', "(610303, 2023)"),
        ("year = 2023", "year = 2024", "(610302, 2024)"),
    ],
)
def test_a_plan_does_not_become_one_of_another_place_or_year(
    first: Path, old: str, new: str, said: str
) -> None:
    edit(first, "plan.toml", old, new)
    assert f"610302-2023 “计划” (610302, 2023) and 610302-2023 “计划” {said}" in refusal(first, "--apply")


def test_a_code_that_differs_only_in_case_is_refused(second: Path) -> None:
    seed(second)
    third = write_beside(second / "third", code="wb-live-2023")
    edit(third, "commitments.csv", "L1,L", "L2,L")
    edit(third, "targets.csv", "L1,L1", "L2,L2")
    assert f"plan wb-live-2023: It differs from {SECOND} only in upper and lower case" in refusal(
        third, "--apply"
    )
