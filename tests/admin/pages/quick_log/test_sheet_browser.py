"""Words, returns and corrections in a real browser, with the keys that they take.

Each key counts once and Ctrl+Enter twice; typed texts are not counted.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commitments.actions import evidence, ledger
from commitments.domain.enums import NoFigure
from commitments.models import Agency, EntryDraft, Plan, ProgressEntry, Target, User, Withdrawal
from commitments.rollups import refresh
from tests.admin.pages.quick_log.conftest import RATIO
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, barriers, width_of
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)

JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
SHEET = "/admin/log/?period=2023-08"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]


@pytest.fixture
def plan(live_server: object) -> Plan:
    return make_plan()


@pytest.fixture
def agency(plan: Plan) -> Agency:
    return make_agency(name="区住建局", name_en="Housing Bureau")


@pytest.fixture
def opened(open_as: Open, clerk: User) -> Open:
    """Return a function that opens the sheet as the clerk."""
    return lambda query="", **given: open_as(clerk, f"{SHEET}{query}", **given)


def own(plan: Plan, agency: Agency, july: int = 7) -> Target:
    target = make_target(make_commitment(plan, lead_agency=agency))
    make_counted_entry(target, july, JULY, progress="截至7月底7个")
    refresh.drain(clock=lambda: NOON)
    return target


def press(page: Page, keys: str) -> int:
    """Press the keys, and return how many they are."""
    for key in keys.split():
        page.keyboard.press(key)
    return sum(2 if key == "Control+Enter" else 1 for key in keys.split())


def submitted(page: Page, count: int = 1) -> None:
    expect(page.locator(".messagelist .success")).to_contain_text(f"{count} row")


def pending() -> ProgressEntry:
    return ProgressEntry.objects.pending().get()


def sent_back(plan: Plan, agency: Agency, clerk: User) -> ProgressEntry:
    """30 with a note and a link."""
    entry = make_entry(own(plan, agency), 30, AUGUST, by=clerk, progress="新增6条")
    evidence.attach(entry=entry, by=clerk, at=NOON, title="公告", url="https://www.weibin.gov.cn/1.html")
    ledger.return_(entry=entry, reason="与台账不符", by=make_user(), at=NOON)
    return entry


def test_a_returned_row_takes_four_keys(opened: Open, plan: Plan, agency: Agency, clerk: User) -> None:
    entry = sent_back(plan, agency, clerk)
    page = opened()
    expect(page.locator("input.value:focus")).to_have_value("30")
    assert press(page, "2 4 Control+Enter") <= 6
    submitted(page)
    assert (pending().value, pending().progress, pending().evidence.count()) == (Decimal(24), "新增6条", 1)
    assert pending().target == entry.target


@pytest.mark.parametrize("script", [True, False])
def test_a_returned_row_is_withdrawn_and_opens_empty(
    opened: Open, plan: Plan, agency: Agency, clerk: User, script: bool
) -> None:
    entry = sent_back(plan, agency, clerk)
    page = opened(java_script_enabled=script)
    page.get_by_role("button", name=f"Withdraw {entry.code}").click()
    expect(page.locator(".messagelist .success")).to_contain_text("withdrawn")
    expect(page.locator(f"[name='{entry.target_id}-value']")).to_have_value("")
    assert not EntryDraft.objects.exists()


def test_an_untouched_returned_row_is_neither_counted_nor_sent(
    opened: Open, plan: Plan, agency: Agency, clerk: User
) -> None:
    sent_back(plan, agency, clerk)
    other = own(plan, agency)
    page = opened()
    expect(page.locator("#typed")).to_be_empty()
    page.locator(f"[name='{other.pk}-value']").fill("8")
    expect(page.locator("#typed")).to_have_text("Rows filled in: 1")
    press(page, "Control+Enter")
    submitted(page)
    assert pending().target == other


def test_a_returned_row_put_back_as_it_was_is_no_draft(
    opened: Open, plan: Plan, agency: Agency, clerk: User
) -> None:
    sent_back(plan, agency, clerk)
    page = opened()
    value = page.locator("input.value")
    value.fill("24")
    expect(page.locator("#draft")).to_contain_text("Draft saved")
    assert EntryDraft.objects.exists()
    value.fill("30")
    expect(page.locator("#typed")).to_be_empty()
    with page.expect_response("**/log/drafts/**"):
        page.keyboard.press("Tab")
    assert not EntryDraft.objects.exists()


def test_its_own_button_sends_a_returned_row_as_it_is(
    opened: Open, plan: Plan, agency: Agency, clerk: User
) -> None:
    sent_back(plan, agency, clerk)
    page = opened()
    page.get_by_role("button", name="Send again as it is").click()
    submitted(page)
    assert pending().value == 30


def test_a_correction_takes_nine_keys(opened: Open, plan: Plan, agency: Agency, clerk: User) -> None:
    """Two rows down: open, type 10 in place of 9, name the reason, submit."""
    first, second, third = (own(plan, agency) for _ in range(3))
    for target in (first, second, third):
        make_counted_entry(target, 9, AUGUST, by=clerk, progress="九个")
    page = opened(f"&row={first.code}")
    expect(page.locator(".stop").nth(0)).to_be_focused()
    assert press(page, "ArrowDown ArrowDown c 1 0 Tab 1 Control+Enter") <= 12
    submitted(page)
    assert (pending().target, pending().value) == (third, Decimal(10))
    assert pending().progress == "Correction (Missed). 九个"


def test_a_correction_is_closed_by_escape_and_keeps_what_is_typed(
    opened: Open, plan: Plan, agency: Agency
) -> None:
    target = own(plan, agency)
    make_counted_entry(target, 9, AUGUST)
    page = opened()
    row, link = page.locator(".correction"), page.get_by_role("link", name="Correct")
    link.click()
    expect(row).to_be_visible()
    press(page, "Escape")
    expect(row).to_be_hidden()
    expect(link).to_be_focused()
    press(page, "c 8 Escape")
    expect(row).to_be_visible()
    row.get_by_role("link", name="Cancel").click()
    expect(row).to_be_hidden()


def test_a_correction_is_there_without_a_script(opened: Open, plan: Plan, agency: Agency) -> None:
    target = own(plan, agency)
    entry = make_counted_entry(target, 9, AUGUST)
    page = opened(java_script_enabled=False)
    page.get_by_role("link", name="Correct").click()
    page.locator(f"[name='e{entry.pk}-value']").fill("10")
    page.locator(f"[name='e{entry.pk}-reason']").select_option("twice")
    page.get_by_role("button", name="Submit correction").click()
    assert pending().value == 10


def test_enter_without_a_script_submits_and_withdraws_nothing(
    opened: Open, plan: Plan, agency: Agency, clerk: User
) -> None:
    first, second = own(plan, agency), own(plan, agency)
    make_entry(first, 9, AUGUST, by=clerk)
    page = opened(java_script_enabled=False)
    page.locator(f"[name='{second.pk}-value']").fill("8")
    page.locator(f"[name='{second.pk}-value']").press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert (ProgressEntry.objects.pending().count(), Withdrawal.objects.count()) == (2, 0)


def test_a_nil_report_takes_one_key(opened: Open, plan: Plan, agency: Agency) -> None:
    """It is the only key before the sheet is submitted."""
    target = own(plan, agency)
    page = opened()
    assert press(page, "n") == 1
    expect(page.locator(".no-figure")).to_have_value("not_published")
    press(page, "Control+Enter")
    submitted(page)
    assert (pending().target, pending().no_figure) == (target, NoFigure.NOT_PUBLISHED)


def test_a_figure_and_the_lack_of_one_rule_each_other_out(opened: Open, plan: Plan, agency: Agency) -> None:
    own(plan, agency)
    page = opened()
    value, none = page.locator("input.value"), page.locator(".no-figure")
    press(page, "n n")
    expect(none).to_have_value("nothing_new")
    value.fill("8")
    expect(none).to_have_value("")
    none.select_option("not_published")
    expect(value).to_have_value("")
    value.focus()
    press(page, "n n")
    expect(none).to_have_value("")


def test_words_about_a_direction_take_two_keys(opened: Open, plan: Plan, agency: Agency) -> None:
    direction = make_commitment(plan, lead_agency=agency)
    page = opened()
    page.locator("textarea.value:focus").wait_for()
    page.keyboard.insert_text("已召开座谈会")
    assert press(page, "Control+Enter") == 2
    submitted(page)
    assert (pending().commitment, pending().progress) == (direction, "已召开座谈会")


def test_arrows_move_within_words_and_beyond_them(opened: Open, plan: Plan, agency: Agency) -> None:
    for _ in range(2):
        make_commitment(plan, lead_agency=agency)
    page = opened()
    words = page.locator("textarea.value")
    words.nth(0).fill("第一行")
    press(page, "Enter ArrowUp")
    expect(words.nth(0)).to_be_focused()
    press(page, "ArrowDown ArrowDown")
    expect(words.nth(1)).to_be_focused()
    press(page, "ArrowUp")
    expect(words.nth(0)).to_be_focused()


def test_the_last_note_is_copied_behind_what_is_typed(opened: Open, plan: Plan, agency: Agency) -> None:
    target = own(plan, agency)
    page = opened()
    note = page.locator(f"[name='{target.pk}-progress']")
    note.fill("八月")
    press(page, "Alt+ArrowDown Alt+ArrowDown")
    expect(note).to_have_value("八月\n截至7月底7个")
    note.fill("")
    page.get_by_label("Problems, next steps, date").check(force=True)
    page.get_by_role("button", name="Copy").click()
    expect(note).to_have_value("截至7月底7个")


def test_the_answer_has_no_barriers(opened: Open, plan: Plan, agency: Agency) -> None:
    first, second = own(plan, agency), own(plan, agency)
    page = opened()
    page.locator(f"[name='{first.pk}-value']").fill("8")
    page.locator(f"[name='{second.pk}-value']").fill("abc")
    press(page, "Control+Enter")
    submitted(page)
    assert barriers(page) == ""


def test_corrections_that_nobody_opened_are_not_sent(opened: Open, plan: Plan, agency: Agency) -> None:
    first, second = own(plan, agency), own(plan, agency)
    entry = make_entry(first, 9, AUGUST)
    page = opened()
    page.locator(f"[name='{second.pk}-value']").fill("8")
    with page.expect_request(
        lambda request: request.method == "POST" and request.is_navigation_request()
    ) as sent:
        press(page, "Control+Enter")
    body = sent.value.post_data_buffer or b""
    assert (f"{second.pk}-value".encode() in body, f"e{entry.pk}-value".encode() in body) == (True, False)
    submitted(page)


def test_a_second_figure_is_a_second_line(opened: Open, plan: Plan, agency: Agency) -> None:
    target = own(plan, agency)
    make_counted_entry(target, 9, date(2023, 8, 15))
    page = opened()
    page.get_by_role("link", name="Another figure").click()
    expect(page.locator(f"[name='{target.pk}-value']")).to_be_focused()
    press(page, "1 2 Control+Enter")
    submitted(page)
    expect(page.locator(".reported b")).to_have_text(["9 communities", "12 communities"])


def test_what_was_submitted_is_withdrawn(opened: Open, plan: Plan, agency: Agency) -> None:
    target = own(plan, agency)
    page = opened()
    press(page, "8 Control+Enter")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("Withdrawn")
    expect(page.locator(f"[name='{target.pk}-value']")).to_have_value("8")
    assert not ProgressEntry.objects.pending().exists()


def test_what_a_colleague_reports_meanwhile_is_told_and_the_typed_figure_stays(
    opened: Open, plan: Plan, agency: Agency
) -> None:
    target = own(plan, agency)
    page = opened()
    press(page, "8")
    make_entry(target, 9, AUGUST, by=make_user(first_name="Li", last_name="Wang"))
    press(page, "Control+Enter")
    expect(page.locator(".check .error")).to_contain_text("Li Wang reported meanwhile: 9 communities")
    expect(page.locator(f"[name='{target.pk}-value']")).to_have_value("8")


def test_a_photo_goes_into_the_row_on_a_phone(
    opened: Open, plan: Plan, agency: Agency, tmp_path: Path
) -> None:
    target, photo = own(plan, agency), tmp_path / "现场.png"
    photo.write_bytes(PNG)
    page = opened(width=375)
    camera = page.get_by_label(f"{target.code} Photo")
    assert camera.get_attribute("capture") == "environment"
    expect(camera).to_be_visible()
    camera.set_input_files(photo)
    page.locator("input.value").fill("8")
    page.get_by_role("button", name="Submit", exact=True).last.click()
    submitted(page)
    assert pending().evidence.get().title == "现场.png"


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_unfolded_it_has_no_barriers(
    opened: Open, plan: Plan, agency: Agency, clerk: User, language: str, scheme: str, width: int
) -> None:
    sent_back(plan, agency, clerk)
    target = own(plan, agency)
    make_counted_entry(target, 9, date(2023, 8, 15), by=clerk)
    make_entry(target, 10, AUGUST, by=clerk)
    make_target(make_commitment(plan, lead_agency=agency), unit="%", unit_en="%", **RATIO)
    make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST)
    make_narrative(make_commitment(plan, lead_agency=agency), AUGUST, by=clerk)
    User.objects.filter(pk=clerk.pk).update(language=language)
    page = opened(width=width, color_scheme=scheme)
    page.locator("input.value:focus").wait_for()
    page.evaluate("document.querySelectorAll('.more-toggle').forEach(box => { box.checked = true; })")
    page.evaluate("document.querySelectorAll('.fold').forEach(row => row.classList.add('opened'))")
    assert barriers(page) == ""
    assert width_of(page) <= width
