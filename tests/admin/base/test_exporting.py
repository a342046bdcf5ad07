"""Every list of the admin as a file: its content, its readers, and its safety in a spreadsheet."""

import csv
import io
import re
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.test import Client
from openpyxl import load_workbook

from commitments.admin.base.exporting import _value
from commitments.domain.enums import Accumulation, Role
from commitments.models import Agency, Evidence, Plan, ProgressEntry, Target
from commitments.rollups.refresh import rebuild_plan
from tests.admin.conftest import SignIn
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.progress_import.samples import faults, recorded
from tests.spreadsheets.test_escaping import RISKY
from tests.sql import statements

pytestmark = pytest.mark.django_db
LISTS = [model for model in admin.site._registry if model._meta.app_label == "commitments"]
NUMBER = re.compile(r"-[0-9.]+$")
NASTY = [
    "%d",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\ttab",
    "＝1+1",
    "'=1",
    "' 已完成",
    "行一\n行二",
    "_x0041_",
    "普通",
]


def address(model: Any, kind: str) -> str:
    return f"/admin/commitments/{model._meta.model_name}/export.{kind}"


def table(client: Client, where: str) -> list[list[str]]:
    """Return a CSV file's rows as text."""
    answer: Any = client.get(where)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_every_list_has_a_file(sign_in: SignIn, model: Any, kind: str) -> None:
    make_entry(make_target(), 5)
    answer: Any = sign_in(make_user(Role.ADMIN, is_superuser=True)).get(address(model, kind))
    assert answer.status_code == 200
    assert f"_2023-09-28.{kind}" in unquote(answer["Content-Disposition"])
    assert b"".join(answer.streaming_content)


def shown_and_exported(client: Client, model: Any, asked: str) -> tuple[int, list[list[str]]]:
    """How many rows the list finds, and the rows of its file."""
    page = client.get(f"/admin/commitments/{model._meta.model_name}/{asked}")
    assert page.status_code == 200, page.headers
    return page.context["cl"].result_count, table(client, address(model, "csv") + asked)[1:]


def some_of_everything() -> None:
    """Make two agencies' commitments with all their parts, some of them dangerous to a spreadsheet."""
    for title in ("=1+1", "@SUM(A1)"):
        agency = make_agency(name=title)
        plan = Plan.objects.first() or make_plan()
        target = make_target(make_commitment(plan, lead_agency=agency, title=title), title=title)
        make_counted_entry(target, 5, TODAY, progress=title)
        make_staged_target(make_commitment(plan, lead_agency=agency), TODAY)
    rebuild_plan(plan, at=NOON)


@pytest.mark.parametrize("asked", ["", "?q=SUM", "?o=-1"])
@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_a_file_has_the_rows_of_its_list(sign_in: SignIn, model: Any, asked: str) -> None:
    some_of_everything()
    shown, rows = shown_and_exported(sign_in(make_user(Role.ADMIN, is_superuser=True)), model, asked)
    assert len(rows) == shown
    assert [cell for row in rows for cell in row if cell.startswith(RISKY) and not NUMBER.match(cell)] == []


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_a_file_is_as_narrow_as_its_list(sign_in: SignIn, model: Any) -> None:
    some_of_everything()
    agency = Agency.objects.get(name="=1+1")
    client = sign_in(make_user(Role.CLERK, agency=agency))
    if client.get(f"/admin/commitments/{model._meta.model_name}/").status_code == 200:
        shown, rows = shown_and_exported(client, model, "")
        assert len(rows) == shown
        assert "SUM" not in str(rows)


def test_a_file_keeps_the_filter_of_its_list(office: Client) -> None:
    some_of_everything()
    shown, rows = shown_and_exported(office, Target, "?accumulation=stages")
    assert len(rows) == shown == 2


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_who_may_not_see_a_list_gets_no_file_of_it(sign_in: SignIn, model: Any) -> None:
    client = sign_in(Role.LEADER)
    shown = client.get(f"/admin/commitments/{model._meta.model_name}/").status_code == 200
    assert (client.get(address(model, "csv")).status_code == 200) is shown


@pytest.mark.parametrize(
    ("language", "name"), [("zh-hans", "责任单位_2023-09-28.csv"), ("en", "agencies_2023-09-28.csv")]
)
def test_a_file_is_named_in_the_readers_language(sign_in: SignIn, language: str, name: str) -> None:
    answer = sign_in(Role.SUPERVISION, language=language).get(address(Agency, "csv"))
    assert name in unquote(answer["Content-Disposition"])


def test_a_file_has_what_the_list_finds(office: Client) -> None:
    one, other = make_agency(name="区住建局"), make_agency(name="区教育局")
    rows = table(office, address(Agency, "csv") + "?q=住建")
    assert [one.code in row for row in rows[1:]] == [True]
    assert other.code not in str(rows)


def test_a_filter_that_makes_no_sense_leads_back_to_the_list(office: Client) -> None:
    answer = office.get(address(ProgressEntry, "csv") + "?is_sample__exact=perhaps")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/commitments/progressentry/")


@pytest.mark.parametrize(("language", "heading"), [("zh-hans", "数据截至"), ("en", "data as of")])
def test_headings_are_in_the_readers_language(sign_in: SignIn, language: str, heading: str) -> None:
    assert heading in table(sign_in(Role.SUPERVISION, language=language), address(ProgressEntry, "csv"))[0]


def test_the_list_leads_to_its_files(office: Client) -> None:
    page = office.get("/admin/commitments/progressentry/?q=LIV").content.decode()
    assert "/admin/commitments/progressentry/export.csv?q=LIV" in page
    assert "/admin/import/" in page


def test_nothing_in_a_csv_file_would_be_run(office: Client) -> None:
    target = make_target()
    for text in NASTY:
        make_entry(target, 5, progress=text)
    cells = [cell for row in table(office, address(ProgressEntry, "csv")) for cell in row]
    assert [cell for cell in cells if cell.startswith(RISKY)] == []


def test_a_text_too_long_for_a_cell_says_so(office: Client) -> None:
    make_entry(make_target(), 5, progress="\r" * 20_000)
    content = b"".join(office.get(address(ProgressEntry, "xlsx")).streaming_content)  # type: ignore[attr-defined]
    cells = [str(value) for row in load_workbook(io.BytesIO(content)).active.values for value in row]
    (long,) = [cell for cell in cells if len(cell) > 1_000]
    assert len(long) <= 32_767
    assert long.endswith(("[cut: too long for a cell]", "［内容过长，已截断］"))
    assert "_x0_" not in long


def test_nothing_in_an_xlsx_file_is_a_formula(office: Client) -> None:
    target = make_target()
    for text in NASTY:
        make_entry(target, 5, progress=text)
    content = b"".join(office.get(address(ProgressEntry, "xlsx")).streaming_content)  # type: ignore[attr-defined]
    sheet: Any = load_workbook(io.BytesIO(content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_exported_ledger_comes_back_unchanged(office: Client, kind: str) -> None:
    growth = make_target(code="G-1", kind="level", accumulation="level", unit="%")
    by, plan = make_user(language="en"), growth.commitment.plan
    for number, text in enumerate(NASTY):
        value = Decimal(-number) / 4 - Decimal("123456789012.0625") * (number % 2)
        make_entry(growth, value, TODAY, progress=text, problems=text, next_steps=text, by=by)
    facts = ("target", "effective_on", "value", "denominator", "progress", "problems", "next_steps")
    before = sorted(ProgressEntry.objects.values_list(*facts))
    content = b"".join(office.get(address(ProgressEntry, kind) + "?o=1").streaming_content)  # type: ignore[attr-defined]
    newest = ProgressEntry.objects.first()
    job = recorded(content, plan, by)
    assert faults(job) == []
    assert newest is not None
    assert sorted(ProgressEntry.objects.filter(pk__gt=newest.pk).values_list(*facts)) == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_includes_earlier_periods_comes_back_so(office: Client, kind: str) -> None:
    target = make_target(accumulation=Accumulation.INCREMENTS)
    first = make_entry(target, 5, TODAY, includes_earlier=True)
    second = make_entry(target, 6, TODAY)
    content = b"".join(office.get(address(ProgressEntry, kind) + "?o=1").streaming_content)  # type: ignore[attr-defined]
    recorded(content, target.commitment.plan)
    new = ProgressEntry.objects.exclude(pk__in=(first.pk, second.pk))
    assert set(new.values_list("value", "includes_earlier")) == {(Decimal(5), True), (Decimal(6), False)}


def test_private_evidence_is_named_and_not_given_away(sign_in: SignIn) -> None:
    entry = make_entry(make_target(), 5)
    Evidence.objects.create(
        entry=entry,
        title="现场照片",
        file="evidence/secret.jpg",
        sha256="0" * 64,
        added_by=make_user(),
        added_at=NOON,
    )
    rows = table(sign_in(Role.SUPERVISION), address(Evidence, "csv"))
    assert "secret.jpg" not in str(rows)


@pytest.mark.parametrize("model", [ProgressEntry, Agency, Evidence], ids=lambda model: model.__name__)
def test_any_number_of_rows_takes_the_same_number_of_queries(office: Client, model: Any) -> None:
    plan = make_plan()

    def asked(more: int) -> int:
        for _ in range(more):
            entry = make_entry(make_target(make_commitment(plan)), 5)
            entry.evidence.create(
                title="照片", url="https://example.cn/1", added_by=entry.recorded_by, added_at=NOON
            )
        table(office, address(model, "csv"))
        with statements() as sent:
            table(office, address(model, "csv"))
        return len(sent)

    assert asked(1) == asked(9)


def test_what_is_not_there_is_blank() -> None:
    assert _value(admin.site._registry[Target], "rollup")(make_target()) is None


@pytest.mark.parametrize("kind", ["bat", "x%22;%20filename=%22evil.html", "a%0Ab"])
def test_a_list_is_no_other_kind_of_file(office: Client, kind: str) -> None:
    assert office.get(f"/admin/commitments/agency/export.{kind}").status_code == 404
