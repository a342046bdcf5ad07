"""The faults of a sheet are shown in the reader's language, not the uploader's."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from commitments.actions import period_locks
from commitments.domain.import_enums import ImportState
from commitments.models import ImportJob, ImportRow
from commitments.progress_import.fault_messages import refusal
from commitments.progress_import.rejected_rows import build_rejects
from commitments.progress_import.row_messages import render
from tests.factories import NOON, TODAY, make_counted_entry, make_plan, make_target, make_user
from tests.progress_import.samples import csv_of, handed_in, recorded, saved

pytestmark = pytest.mark.django_db


def sentences(job: ImportJob, kind: str, language: str) -> list[str]:
    with translation.override(language):
        rows = ImportRow.objects.filter(job=job).order_by("number").values_list(kind, flat=True)
        return [each.sentence for found in rows for each in render(found)]


@pytest.mark.parametrize("uploader", ["en", "zh-hans"])
def test_problems_are_worded_for_the_reader(uploader: str) -> None:
    target = make_target()
    plan = target.commitment.plan
    period_locks.lock(plan=plan, through=date(2023, 8, 31), reason="通报", seen=0, by=make_user(), at=NOON)
    rows = [
        (target.code, "二十"),
        (target.code, "5%"),
        (target.code, "1.23456"),
        (target.code, 1, "2023-08-01"),
    ]
    job = handed_in(csv_of(*rows), plan, make_user(language=uploader))
    english, chinese = (sentences(job, "faults", language) for language in ("en", "zh-hans"))
    assert english == [
        "“二十” is not a number. Write 三十 in digits: 30.",
        "Written in percent, but this is a figure in communities: enter it without “%”.",
        "At most 4 decimal places.",
        "Locked through 31 August 2023. Only the supervision office can unlock the period.",
    ]
    assert "2023年8月31日" in chinese[3]
    assert not set(english) & set(chinese)


@pytest.mark.parametrize("uploader", ["en", "zh-hans"])
def test_doubts_are_worded_for_the_reader(uploader: str) -> None:
    target = make_target()
    make_counted_entry(target, 50, TODAY)
    job = handed_in(csv_of((target.code, 55, "", "a")), target.commitment.plan, make_user(language=uploader))
    assert sentences(job, "doubts", "en") == ["Already recorded for this day: 50 communities."]
    assert "50个" in sentences(job, "doubts", "zh-hans")[0]


@pytest.mark.parametrize("uploader", ["en", "zh-hans"])
def test_refusals_are_worded_for_the_reader(uploader: str) -> None:
    job = handed_in(b"PK\x03\x04", make_plan(), make_user(language=uploader))
    assert refusal(job) == "The file is damaged: it cannot be opened as an Excel workbook."
    with translation.override("zh-hans"):
        assert refusal(job) == "文件已损坏，无法作为Excel工作簿打开。"


HEADER = ("科室", "编号", "本期数值", "备注")


def test_the_rows_to_mend_have_the_columns_of_their_sheet_and_the_reasons() -> None:
    target = make_target()
    sheet = csv_of(("住建科", target.code, 5, "好"), ("城管科", target.code, "三十", "差"), header=HEADER)
    job = handed_in(sheet, target.commitment.plan)
    with translation.override("zh-hans"):
        first, row = load_workbook(BytesIO(build_rejects(job))).active.values
    assert first == ("行号", "需更正的内容", *HEADER)
    assert row[0::2] == (3, "城管科", "三十")
    assert row[1].startswith("本期数值：")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_mended_rows_are_handed_in_again_as_they_are(language: str) -> None:
    """Hand in columns that the office had to name, which are not asked about again."""
    target = make_target()
    job = handed_in(csv_of(("城管科", target.code, "三十", ""), header=HEADER), target.commitment.plan)
    with translation.override(language):
        book = load_workbook(BytesIO(build_rejects(job)))
    book.active["E2"] = "三十一"
    again = handed_in(saved(book), target.commitment.plan)
    with translation.override(language):
        book = load_workbook(BytesIO(build_rejects(again)))
    assert len(list(book.active.columns)) == len(HEADER) + 2
    book.active["E2"] = 31
    assert recorded(saved(book), target.commitment.plan).state == ImportState.APPLIED
    assert target.entries.get().value == 31
