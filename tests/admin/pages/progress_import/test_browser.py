"""A large sheet in a real browser: every bad row named, none recorded; then the mended one, confirmed and recorded."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commitments import clock
from commitments.domain.enums import Role
from commitments.models import ProgressEntry
from commitments.progress_import import background
from tests.admin.pages.progress_import.stages import some_targets
from tests.browser import NEEDS_CHROMIUM, Open
from tests.factories import make_user
from tests.progress_import.samples import xlsx_of

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]
ROWS, BAD = 10_000, 100


def upload(page: Page, path: Path) -> None:
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    background.run_waiting(clock=clock.now)


def test_bad_rows_are_named_and_the_mended_sheet_is_recorded(open_as: Open, tmp_path: Path) -> None:
    clerk = make_user(Role.CLERK, language="en")
    targets = some_targets(clerk)
    good = [(targets[n % 4].code, n, "2023-08-31", "正常推进") for n in range(ROWS)]
    bad = [
        (code, "二十", day, note) if n % 100 == 7 else (code, n, day, note)
        for n, (code, _v, day, note) in enumerate(good)
    ]
    (tmp_path / "bad.xlsx").write_bytes(xlsx_of(*bad))
    (tmp_path / "good.xlsx").write_bytes(xlsx_of(*good))
    page = open_as(clerk, "/admin/import/")
    upload(page, tmp_path / "bad.xlsx")
    expect(page.get_by_text(f"{BAD} of the {ROWS} rows filled in have problems")).to_be_visible()
    assert page.get_by_role("region", name="With problems").locator("tbody tr").count() == BAD

    page.goto("/admin/import/")
    upload(page, tmp_path / "good.xlsx")
    page.get_by_label("I have looked at these rows").check()
    page.get_by_role("button", name=f"Record {ROWS} rows").click()
    expect(page.get_by_text("Being recorded")).to_be_visible()
    assert not ProgressEntry.objects.filter(recorded_by=clerk).exists()
    background.run_waiting(clock=clock.now)
    expect(page.get_by_text(f"All {ROWS} rows were recorded.")).to_be_visible()
    assert ProgressEntry.objects.filter(recorded_by=clerk).count() == ROWS


def test_right_rows_are_recorded_and_a_wrong_one_is_mended_in_the_browser(
    open_as: Open, tmp_path: Path
) -> None:
    clerk = make_user(Role.CLERK, language="en")
    first, _counted, third, _other = some_targets(clerk)
    rows = ((first.code, 5, "2023-08-31", "x"), (third.code, "约60", "2023-08-31", "x"))
    (tmp_path / "a.xlsx").write_bytes(xlsx_of(*rows))
    page = open_as(clerk, "/admin/import/")
    upload(page, tmp_path / "a.xlsx")
    page.get_by_role("button", name="Record 1 row").click()
    background.run_waiting(clock=clock.now)
    expect(page.get_by_text("1 row of this sheet is recorded.")).to_be_visible()
    page.get_by_label("Row 3, value of this period").fill("60")
    page.get_by_role("button", name="Check again with these changes").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    background.run_waiting(clock=clock.now)
    page.get_by_role("button", name="Record 1 row").click()
    background.run_waiting(clock=clock.now)
    expect(page.get_by_text("All 2 rows were recorded.")).to_be_visible()
    assert list(
        ProgressEntry.objects.filter(recorded_by=clerk).order_by("pk").values_list("value", flat=True)
    ) == [5, 60]


def test_without_a_script_the_page_looks_again_by_itself(open_as: Open, tmp_path: Path) -> None:
    clerk = make_user(Role.CLERK, language="en")
    target = some_targets(clerk)[0]
    (tmp_path / "a.xlsx").write_bytes(xlsx_of((target.code, 5, "2023-08-31", "x")))
    page = open_as(clerk, "/admin/import/", java_script_enabled=False)
    upload(page, tmp_path / "a.xlsx")
    expect(page.get_by_text("1 row can be recorded.")).to_be_visible()


def test_nothing_is_refused_by_the_content_security_policy(open_as: Open, tmp_path: Path) -> None:
    clerk, said = make_user(Role.CLERK, language="en"), list[str]()
    target = some_targets(clerk)[0]
    (tmp_path / "a.xlsx").write_bytes(xlsx_of((target.code, 5, "2023-08-31", "x")))
    page = open_as(clerk, "about:blank")
    page.on("console", lambda message: said.append(message.text))
    page.goto("/admin/import/")
    upload(page, tmp_path / "a.xlsx")
    expect(page.get_by_text("1 row can be recorded.")).to_be_visible()
    assert said == []
