"""The pages of spreadsheets as a person uses them, without a script."""

import io
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from commitments import file_types
from commitments.domain.enums import Accumulation, Goal, Role, TargetKind
from commitments.domain.import_enums import ImportState
from commitments.models import ImportAmendment, ImportJob, ImportRow, ProgressEntry, Target, User
from commitments.progress_import import background, jobs
from tests import disks
from tests.admin.conftest import SignIn
from tests.admin.pages.progress_import.stages import job_at, some_targets
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.progress_import.samples import csv_of, handed_in, recorded, saved, worked_on, xlsx_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return make_user(Role.CLERK, language="en")


@pytest.fixture
def client(clerk: User, sign_in: SignIn) -> Client:
    return sign_in(clerk)


PREFILLED = "/admin/import/sheet.xlsx"
DATA = Path(__file__).parents[3] / "progress_import/data"


def upload(client: Client, content: bytes, **given: Any) -> Any:
    form = {
        "plan": given.pop("plan"),
        "effective_on": "2023-09-28",
        "file": SimpleUploadedFile("a.csv", content),
    }
    return client.post("/admin/import/", form | given)


def address(job: ImportJob, step: str = "") -> str:
    return f"/admin/import/{job.pk}/{step}"


def act(client: Client, job: ImportJob, step: str, typed: Mapping[str, str] | None = None) -> str:
    """Send a form of the page as it is now, and return the page that follows."""
    seen = {"checked": ImportJob.objects.get(pk=job.pk).version}
    return client.post(address(job, step), {**seen, **(typed or {})}, follow=True).content.decode()


def test_a_sheet_is_uploaded_and_its_page_opens(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    answer = upload(client, csv_of((target.code, 5)), plan=target.commitment.plan_id)
    assert answer["Location"] == address(ImportJob.objects.get())


def test_the_day_is_the_end_of_the_last_period(client: Client, clerk: User) -> None:
    some_targets(clerk)
    assert 'value="2023-08-31"' in client.get("/admin/import/").content.decode()


def test_without_a_plan_there_is_nothing_to_download(client: Client) -> None:
    assert "There is nothing to report" in client.get("/admin/import/").content.decode()
    assert client.get(PREFILLED).status_code == 404


@pytest.mark.parametrize("content", [b"", b"x" * 2000])
def test_a_file_that_is_not_taken_says_why(
    client: Client, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_types, "LARGEST", 1000)
    answer = upload(client, content, plan=make_plan().pk)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_on_a_full_disk_a_sheet_is_not_taken_and_the_form_stays(
    client: Client, clerk: User, tmp_path: Path, settings: LazySettings
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.FILE_UPLOAD_TEMP_DIR = 1000, str(tmp_path)
    with disks.full(tmp_path):
        answer = upload(client, disks.TOO_MUCH, plan=some_targets(clerk)[0].commitment.plan_id)
    assert answer.status_code == 507
    assert "cannot store files" in answer.content.decode()
    assert 'value="2023-09-28"' in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_the_prefilled_sheet_is_downloaded(client: Client, clerk: User) -> None:
    some_targets(clerk)
    answer: Any = client.get(PREFILLED)
    assert "_August 2023 progress sheet.xlsx" in answer["Content-Disposition"]
    assert load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.max_row == 5


def test_problems_are_named_by_row_and_column(client: Client, clerk: User) -> None:
    page = client.get(address(job_at("faulty", clerk))).content.decode()
    assert "3 of the 7 rows filled in have problems (blank rows do not count)." in page
    assert 'data-label="Target">NO-SUCH</td>' in page
    assert '<b>value of this period</b> <span class="written">三十</span>' in page
    assert "“三十” is not a number. Write 三十 in digits: 30." in page
    assert "Record 4 rows" in page


def test_the_rows_with_problems_are_downloaded_with_the_reasons(client: Client, clerk: User) -> None:
    answer: Any = client.get(address(job_at("faulty", clerk), "to-mend.xlsx"))
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][:3] == ("row", "what to fix", "code")
    assert [row[0] for row in rows[1:]] == [6, 7, 8]
    assert "value of this period: “三十” is not a number." in rows[1][1]
    assert rows[1][2] == "NO-SUCH"


def test_a_sheet_that_has_ended_has_no_rows_to_mend(client: Client, clerk: User) -> None:
    job = job_at("faulty", clerk)
    jobs.discard(job=job, by=clerk, at=NOON)
    assert client.get(address(job, "to-mend.xlsx")).status_code == 404


def test_doubts_are_looked_at_and_confirmed(client: Client, clerk: User) -> None:
    job = job_at("doubtful", clerk)
    refused = act(client, job, "confirm/")
    assert "Tick that you have checked the rows with doubts." in refused
    act(client, job, "confirm/", {"doubts_seen": "on"})
    worked_on(job)
    assert "All 4 rows were recorded." in client.get(address(job)).content.decode()
    assert ProgressEntry.objects.filter(recorded_by=clerk).count() == 4


def test_a_wrong_row_is_mended_on_the_page(client: Client, clerk: User) -> None:
    job = job_at("faulty", clerk)
    code = ImportRow.objects.filter(faults__isnull=True)[0].target.code  # type: ignore[union-attr]
    typed = {"6-code": code, "6-value": "30", "6-day": "2023-09-01", "7-value": "", "8-leave": "1"}
    act(client, job, "rows/", typed)
    job = worked_on(job)
    assert (job.rows, job.faulty) == (6, 1), "the field of row 7 was left empty"
    page = client.get(address(job)).content.decode()
    assert "三十 → <b>30</b>" in page
    assert 'name="restore" value="8"' in page


def test_a_field_left_as_it_is_changes_no_broken_line(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    job = handed_in(
        csv_of((target.code, 5, "8月\n底", ""), header=("code", "value", "day", "progress")),
        target.commitment.plan,
        clerk,
    )
    (wrong,) = client.get(address(job)).context["wrong_rows"]
    assert [field.text for field in wrong.form.fields] == ["8月 底"]
    answer = act(client, job, "rows/", {"2-day": "8月 底"})
    assert "Nothing was changed." in answer


def merged(target: Target) -> bytes:
    book = load_workbook(io.BytesIO(xlsx_of((target.code, 12), (target.code, ""), header=("code", "value"))))
    book.active.merge_cells("B2:B3")
    return saved(book)


@pytest.mark.parametrize(
    "content",
    [
        lambda target: csv_of((target.code, 12), header=("code", "本年累计（个）")),
        lambda target: csv_of((target.code, 12, "吨"), header=("code", "value", "unit")),
        merged,
    ],
)
def test_the_text_of_the_cell_is_an_answer_too(
    client: Client, clerk: User, content: Callable[[Target], bytes]
) -> None:
    commitment = make_commitment(make_plan(), lead_agency=clerk.agency)
    target = make_target(commitment, accumulation=Accumulation.INCREMENTS)
    job = handed_in(content(target), commitment.plan, clerk)
    assert re.search('name="2-value" value=""', client.get(address(job)).content.decode())
    act(client, job, "rows/", {"2-value": "12"})
    assert [row.value for row in worked_on(job).staged.filter(number=2)] == [12]


def test_a_value_stands_beside_its_field_if_another_cell_is_wrong(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    job = handed_in(
        csv_of((target.code, 12, "\u200e个"), header=("code", "value", "unit")), target.commitment.plan, clerk
    )
    (wrong,) = client.get(address(job)).context["wrong_rows"]
    assert [(field.column, field.written) for field in wrong.form.fields] == [("value", "12")]


def test_an_invisible_character_is_taken_out_by_typing_the_day(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    sheet = csv_of((target.code, 12, "\u200e2023-08-30", ""))
    job = handed_in(sheet, target.commitment.plan, clerk)
    act(client, job, "rows/", {"2-day": "2023-08-30"})
    assert worked_on(job).staged.get().effective_on == date(2023, 8, 30)


def test_a_target_is_chosen_from_suggestions(client: Client, clerk: User) -> None:
    targets = some_targets(clerk)
    title = f"{targets[0].title}项目"
    job = handed_in(csv_of((title, 5), header=("title", "value")), targets[0].commitment.plan, clerk)
    choice = f'name="2-target" value="{targets[0].code}"'
    assert choice in client.get(address(job)).content.decode()
    act(client, job, "rows/", {"2-target": targets[0].code, "2-code": ""})
    assert worked_on(job).staged.get().target == targets[0]


def test_a_code_typed_comes_before_one_chosen(client: Client, clerk: User) -> None:
    targets = some_targets(clerk)
    job = handed_in(csv_of(("改造", 5), header=("title", "value")), targets[0].commitment.plan, clerk)
    act(client, job, "rows/", {"2-target": targets[0].code, "2-code": targets[2].code})
    assert worked_on(job).staged.get().target == targets[2]


def test_a_known_target_names_its_unit_beside_the_field(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    job = handed_in(csv_of((target.code, "许多")), target.commitment.plan, clerk)
    page = client.get(address(job)).content.decode()
    assert re.search(r'name="2-value" value=""[^>]*> communities</label>', page)


def test_a_stage_has_no_unit_beside_its_field(client: Client, clerk: User) -> None:
    staged = make_staged_target(make_commitment(make_plan(), lead_agency=clerk.agency), date(2023, 6, 30))
    sheet = csv_of((staged.code, 1, "差不多"), header=("code", "milestone", "value"))
    job = handed_in(sheet, staged.commitment.plan, clerk)
    assert re.search(r'name="2-value"[^>]*></label>', client.get(address(job)).content.decode())


@pytest.mark.parametrize("typed", [{}, {"99-leave": "1"}, {"x-value": "5"}, {"2-nothing": "5"}])
def test_a_form_that_changes_nothing_open_is_refused(
    client: Client, clerk: User, typed: dict[str, str]
) -> None:
    target = some_targets(clerk)[0]
    job = handed_in(csv_of((target.code, "许多"), (target.code, 3)), target.commitment.plan, clerk)
    answer = act(client, job, "rows/", {**typed, "2-value": ""})
    assert ImportJob.objects.get().state == ImportState.CHECKED
    assert "messagelist" in answer


@pytest.mark.parametrize(("row", "faulty"), [("8", 3), ("x", 2)])
def test_a_change_is_taken_back_on_the_page(client: Client, clerk: User, row: str, faulty: int) -> None:
    job = job_at("faulty", clerk)
    act(client, job, "rows/", {"8-leave": "1"})
    act(client, worked_on(job), "rows/restore/", {"restore": row})
    assert (worked_on(job).faulty, ImportAmendment.objects.count()) == (faulty, 3 - faulty)


def test_recorded_rows_are_told_while_others_are_open(client: Client, clerk: User) -> None:
    job = job_at("faulty", clerk)
    act(client, job, "confirm/", {"doubts_seen": "on"})
    page = client.get(address(worked_on(job))).content.decode()
    assert "4 rows of this sheet are recorded." in page
    assert "= 4 recorded + 0 read + 3 with problems +" in page
    assert "Leave out all open rows" in page


def test_rows_given_up_are_told_with_the_recorded_ones(client: Client, clerk: User) -> None:
    job = job_at("faulty", clerk)
    act(client, job, "confirm/", {"doubts_seen": "on"})
    client.post(address(worked_on(job), "discard/"))
    page = client.get(address(job)).content.decode()
    assert "4 rows were recorded; rows given up: 3." in page
    assert "All" not in re.findall(r"<strong>(.*)</strong>", page)[0]


@pytest.mark.parametrize("step", ["confirm/", "rows/", "rows/restore/", "columns/", "sheet/"])
def test_a_form_of_an_earlier_check_is_refused(client: Client, clerk: User, step: str) -> None:
    job = job_at("faulty", clerk)
    seen = re.findall(r'name="checked" value="([^"]*)"', client.get(address(job)).content.decode())
    assert set(seen) == {job.version}
    act(client, job, "rows/", {"8-leave": "1"})
    background.run(job.pk, clock=lambda: NOON + timedelta(minutes=1))
    typed = {"checked": job.version, "doubts_seen": "on", "7-value": "5", "restore": "8"}
    answer = client.post(address(job, step), typed, follow=True).content.decode()
    assert "This sheet has changed in the meantime. Reload the page." in answer
    assert (ImportJob.objects.get().state, ImportAmendment.objects.get().number) == (ImportState.CHECKED, 8)


def test_a_sheet_without_an_open_row_says_so(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    job = handed_in(csv_of((target.code, "许多")), target.commitment.plan, clerk)
    act(client, job, "rows/", {"2-leave": "1"})
    assert "Every row is left out." in client.get(address(worked_on(job))).content.decode()


def test_what_was_discarded_is_gone_from_the_way(client: Client, clerk: User) -> None:
    job = job_at("doubtful", clerk)
    assert client.post(address(job, "discard/"))["Location"] == "/admin/import/"
    assert ImportJob.objects.get().state == ImportState.DISCARDED
    assert "Discarded" in client.get(address(job)).content.decode()


def test_columns_are_named_on_the_page(client: Client, clerk: User) -> None:
    job = job_at("unmapped", clerk)
    page = client.get(address(job) + "?row=2").content.decode()
    assert '<input type="hidden" name="header_row" value="2">' in page
    form = {"header_row": "1", "c1": "title", "c2": "value"}
    act(client, job, "columns/", form)
    assert worked_on(job).state == ImportState.CHECKED


def test_columns_that_do_not_do_are_refused(client: Client, clerk: User) -> None:
    answer = act(client, job_at("unmapped", clerk), "columns/", {"header_row": "1", "c2": "value"})
    assert "Choose at least the column of the value" in answer


def test_columns_of_a_sheet_that_is_not_read_yet_are_not_named(client: Client, clerk: User) -> None:
    answer = act(client, job_at("received", clerk), "columns/", {"header_row": "1"})
    assert "has changed in the meantime" in answer


def test_a_short_row_of_names_is_no_trouble(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    job = handed_in(csv_of((target.code, 5), header=("code", "value")), target.commitment.plan, clerk)
    ImportJob.objects.filter(pk=job.pk).update(columns={"code": 0, "value": 1, "day": 7})
    assert client.get(address(job)).status_code == 200


def test_the_page_follows_the_check(client: Client, clerk: User) -> None:
    job = job_at("received", clerk)
    assert client.get(address(job, "state/")).json() == {
        "state": "received",
        "reached": None,
        "expected": None,
    }
    ImportJob.objects.update(reached=300, expected=200)
    assert client.get(address(job, "state/")).json() == {"state": "received", "reached": 300, "expected": 300}


def test_values_are_shown_as_they_would_be_recorded(client: Client, clerk: User) -> None:
    plan = make_plan()
    ratio = make_target(make_commitment(plan, lead_agency=clerk.agency), accumulation=Accumulation.RATIO,
                        goal=Goal.FINAL, kind=TargetKind.LEVEL)  # fmt: skip
    staged = make_staged_target(make_commitment(plan, lead_agency=clerk.agency), date(2023, 6, 30))
    rows = ((ratio.code, "", 190, 200), (staged.code, 1, 1, ""))
    job = handed_in(csv_of(*rows, header=("code", "milestone", "value", "denominator")), plan, clerk)
    page = client.get(address(job)).content.decode()
    assert '<td class="number" data-label="Value">190 / 200</td>' in page
    assert '<td class="number" data-label="Value">Stage 1</td>' in page


def test_how_a_cell_was_read_is_shown_beside_its_row(client: Client, clerk: User) -> None:
    target = make_target(make_commitment(make_plan(), lead_agency=clerk.agency))
    job = handed_in(csv_of((target.code.lower(), 20, "2023-08-31", "")), target.commitment.plan, clerk)
    (found,) = client.get(address(job)).context["remarked"]
    assert target.code.lower() in found.sentence


@pytest.mark.parametrize("step", ["", "state/", "to-mend.xlsx"])
def test_others_sheets_are_not_there(clerk: User, sign_in: SignIn, step: str) -> None:
    job = job_at("doubtful", clerk)
    assert sign_in(Role.ADMIN).get(address(job, step)).status_code == 404


@pytest.mark.parametrize("step", ["confirm/", "discard/", "columns/", "rows/", "rows/restore/", "sheet/"])
def test_nobody_acts_on_others_sheets(clerk: User, sign_in: SignIn, step: str) -> None:
    job = job_at("doubtful", clerk)
    assert sign_in(Role.ADMIN).post(address(job, step)).status_code == 404
    assert ImportJob.objects.get().state == ImportState.CHECKED


@pytest.mark.parametrize("where", ["/admin/import/", PREFILLED])
def test_who_may_not_record_has_no_sheets(sign_in: SignIn, where: str) -> None:
    make_plan()
    assert sign_in(Role.LEADER).get(where).status_code == 403


def test_many_problems_are_shown_page_by_page(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    job = handed_in(csv_of(*((target.code, "x") for _ in range(250))), target.commitment.plan, clerk)
    assert "Page 1 of 3" in client.get(address(job)).content.decode()
    assert ">251</th>" in client.get(address(job) + "?p=3").content.decode()


@pytest.mark.parametrize("state", [ImportState.CHECKED, ImportState.APPLIED])
def test_many_changed_rows_come_in_pages(client: Client, clerk: User, state: ImportState) -> None:
    target = some_targets(clerk)[0]
    job = handed_in(csv_of((target.code, "5")), target.commitment.plan, clerk)
    ImportAmendment.objects.bulk_create(
        ImportAmendment(job=job, number=number, left_out=True, amended_by=clerk, amended_at=NOON)
        for number in range(3, 253)
    )
    ended = {"applied_at": NOON, "confirmed_at": NOON} if state == ImportState.APPLIED else {}
    ImportJob.objects.update(state=state, **ended)
    first = client.get(address(job)).content.decode()
    assert ("Page 1 of 2" in first, ">202</th>" in first, ">203</th>" in first) == (True, True, False)
    assert ">252</th>" in client.get(address(job) + "?c=2").content.decode()


def test_a_target_that_is_gone_does_not_break_the_page(client: Client, clerk: User) -> None:
    job = job_at("doubtful", clerk)
    job.plan.commitments.first().targets.get().delete()  # type: ignore[union-attr]
    assert client.get(address(job)).status_code == 200


def test_the_file_of_the_prefilled_sheet_has_a_chinese_name(clerk: User, sign_in: SignIn) -> None:
    some_targets(clerk)
    clerk.language = "zh-hans"
    clerk.save()
    answer = sign_in(clerk).get(PREFILLED)
    assert quote(f"{clerk.agency.name}_2023年8月填报表.xlsx") in answer["Content-Disposition"]  # type: ignore[union-attr]


def test_an_earlier_period_can_be_downloaded(client: Client, clerk: User) -> None:
    some_targets(clerk)
    answer: Any = client.get(PREFILLED, {"period": "2023-06"})
    assert "_June 2023 progress sheet.xlsx" in answer["Content-Disposition"]
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert {row[rows[0].index("data as of")].date() for row in rows[1:]} == {date(2023, 6, 30)}


def test_the_supervision_office_takes_the_whole_plan_or_one_agency(clerk: User, sign_in: SignIn) -> None:
    some_targets(clerk)
    agency = clerk.agency
    assert agency is not None
    office = sign_in(make_user(Role.SUPERVISION, language="en"))
    assert "2023 work plan_August 2023" in office.get(PREFILLED)["Content-Disposition"]
    of_one = office.get(PREFILLED, {"agency": agency.code})["Content-Disposition"]
    assert f"{agency.name_en}_August 2023" in of_one


def test_who_chooses_among_plans_can_see_the_periods_of_each(client: Client, clerk: User) -> None:
    some_targets(clerk)
    make_commitment(make_plan(year=2022), lead_agency=clerk.agency)
    page = client.get("/admin/import/", {"plan": "610302-2022"}).content.decode()
    assert "Show its periods" in page
    assert '<option value="2022-12" selected>' in page


def test_columns_in_their_own_names_are_not_listed(client: Client, clerk: User) -> None:
    target = make_target(make_commitment(make_plan(), lead_agency=clerk.agency))
    header = ("code", "value of this period", "data as of")
    sheet = csv_of((target.code, 5, "2023-08-31"), header=header)
    known = client.get(address(handed_in(sheet, target.commitment.plan, clerk))).content.decode()
    assert "How the columns were understood" not in known


def test_columns_in_other_words_are_listed(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    job = handed_in(csv_of((target.code, 5), header=("编号", "完成值")), target.commitment.plan, clerk)
    assert "value of this period = 完成值" in client.get(address(job)).content.decode()


def taken_for(client: Client, job: ImportJob, query: str = "") -> dict[str, str]:
    """Return what each heading is taken for."""
    rows = client.get(address(job) + query).context["column_rows"]
    return {row.heading: row.field.value() for row in rows}


def test_columns_in_other_words_are_guessed(client: Client, clerk: User) -> None:
    header = ("序号", "目标编码", "任务名称（全称）", "截至9月累计完成数", "备注栏")
    job = handed_in(csv_of((1, "X", "Y", 5, ""), header=header), make_plan(), clerk)
    assert taken_for(client, job) == dict(
        zip(header, ("", "code", "title", "value", "progress"), strict=True)
    )
    assert taken_for(client, job, "?row=2")["X"] == ""


def test_each_column_is_shown_with_its_first_three_cells(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    rows = [(target.code, n, "") for n in ("5", "", "6", "7", "8")]
    job = handed_in(csv_of(*rows, header=("编号", "完成值", "备注")), target.commitment.plan, clerk)
    shown = client.get(address(job)).context["column_rows"]
    assert [(row.letter, row.cells) for row in shown[1:]] == [("B", ["5", "6", "7"]), ("C", [])]


def test_a_meaning_is_given_to_one_column(client: Client, clerk: User) -> None:
    job = job_at("unmapped", clerk)
    form = {"header_row": "1", "c0": "title", "c1": "title", "c2": "value"}
    answer = act(client, job, "columns/", form)
    assert "Several columns of the sheet have the same meaning: title." in answer


def test_another_sheet_of_the_workbook_is_chosen(client: Client, clerk: User) -> None:
    job = handed_in((DATA / "08b_two_data_sheets.xlsx").read_bytes(), make_plan(), clerk, name="a.xlsx")
    assert "<option>人社局</option>" in client.get(address(job)).content.decode()
    act(client, job, "sheet/", {"sheet": "人社局"})
    job = worked_on(job)
    assert (job.sheet, job.other_sheets) == ("人社局", ["住建局"])
    assert "The sheet “人社局” of the workbook was read." in client.get(address(job)).content.decode()


def test_rows_left_out_are_counted_and_listed_in_the_readers_language(clerk: User, sign_in: SignIn) -> None:
    target = some_targets(clerk)[0]
    content = xlsx_of((target.code, 5), (target.code, 6), header=("code", "value"))
    job = handed_in(content, target.commitment.plan, clerk, name="a.xlsx")
    act(sign_in(clerk), job, "rows/", {"2-leave": "1", "3-leave": "1"})
    worked_on(job)
    User.objects.update(language="zh-hans")
    assert "2行（第2、3行）" in sign_in(clerk).get(address(job)).content.decode()


def test_hidden_rows_are_left_out_together(client: Client, clerk: User) -> None:
    plan = make_plan()
    for code in ("ENV-CIT-05", "ENV-CIT-01", "ENV-CIT-06"):
        make_target(make_commitment(plan, lead_agency=clerk.agency), code=code)
    job = handed_in((DATA / "09_hidden_row.xlsx").read_bytes(), plan, clerk, name="a.xlsx")
    before = job.rows
    assert "Leave out the hidden row</button>" in client.get(address(job)).content.decode()
    act(client, job, "rows/", {"hidden": "1"})
    assert worked_on(job).rows == before - 1


def test_texts_typed_beside_hidden_rows_are_kept(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    book = load_workbook(
        io.BytesIO(xlsx_of((target.code, 5), (target.code, "许多"), header=("code", "value")))
    )
    book.active.row_dimensions[2].hidden = True
    job = handed_in(saved(book), target.commitment.plan, clerk, name="a.xlsx")
    act(client, job, "rows/", {"hidden": "1", "3-value": "7"})
    job = worked_on(job)
    assert (job.left_out["chosen"], job.staged.get().value) == ([1, 2], Decimal(7))


def test_a_hidden_column_says_so(client: Client, clerk: User) -> None:
    job = job_at("unmapped", clerk)
    ImportJob.objects.update(hidden_columns=[1])
    rows = client.get(address(job)).context["column_rows"]
    assert [row.is_hidden for row in rows[:3]] == [False, True, False]


def test_amounts_of_an_earlier_sheet_are_asked_about(client: Client, clerk: User) -> None:
    targets = some_targets(clerk)[2:]
    rows = [(target.code, value, "2023-08-30", "x") for target in targets for value in (3, 4)]
    recorded(csv_of(*rows), targets[0].commitment.plan, clerk)
    later = [(code, value, "2023-08-31", note) for code, value, _day, note in rows]
    job = handed_in(csv_of(*later), targets[0].commitment.plan, clerk)
    page = client.get(address(job)).content.decode()
    assert "Is this the same sheet again?" in page
    assert "These amounts are not a repeat of the earlier sheet." in page


def test_a_sheet_with_problems_says_so_in_the_list_and_can_be_discarded_there(
    client: Client, clerk: User
) -> None:
    job = job_at("faulty", clerk)
    page = client.get("/admin/import/").content.decode()
    assert "To be corrected" in page
    assert f'action="{address(job, "discard/")}"' in page


def test_a_recorded_sheet_cannot_be_discarded(client: Client, clerk: User) -> None:
    job = job_at("applied", clerk)
    assert address(job, "discard/") not in client.get("/admin/import/").content.decode()


def test_rows_in_words_are_shown_as_they_will_be_recorded(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    direction = make_commitment(target.commitment.plan, lead_agency=clerk.agency, title_en="Friendly offices")
    header = ("code", "value", "day", "next steps")
    sheet = csv_of((direction.code, "", TODAY, "封顶"), (target.code, "未发布", TODAY, ""), header=header)
    page = client.get(address(handed_in(sheet, target.commitment.plan, clerk))).content.decode()
    for said in (
        f"{direction.code} Friendly offices",
        ">In words<",
        ">封顶<",
        ">No figure: not published yet<",
    ):
        assert said in page


def test_the_prefilled_sheet_offers_commitments_without_figures(client: Client, clerk: User) -> None:
    target = some_targets(clerk)[0]
    direction = make_commitment(target.commitment.plan, lead_agency=clerk.agency)
    answer: Any = client.get(PREFILLED)
    rows = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values
    assert direction.code in [row[0] for row in rows]
