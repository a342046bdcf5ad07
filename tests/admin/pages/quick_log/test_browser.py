"""The sheet in a real browser: keys, pasted columns, drafts, barriers, in two languages and on a phone."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from commitments.actions import ledger
from commitments.models import Agency, EntryDraft, Plan, ProgressEntry, Target, User
from commitments.rollups import refresh
from tests.admin.pages.quick_log.conftest import RATIO
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, barriers, width_of
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)

JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)

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
    return lambda query="", **given: ready(open_as(clerk, f"/admin/log/{query}", **given))


def ready(page: Page) -> Page:
    """Wait until the first row has the focus: keys pressed before would be lost."""
    page.locator(".value:focus").wait_for()
    return page


def rows_of(plan: Plan, agency: Agency, count: int) -> list[Target]:
    """Make running totals up to 100 that stood at 10 in July."""
    targets = [
        make_target(make_commitment(plan, lead_agency=agency, code=f"LIV-{number:02d}"), value=Decimal(100))
        for number in range(count)
    ]
    for target in targets:
        make_counted_entry(target, 10, JULY)
    refresh.drain(clock=lambda: NOON)
    return targets


def a_bit_of_everything(plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 2)
    ratio = make_target(make_commitment(plan, lead_agency=agency), unit="%", unit_en="%", **RATIO)
    make_staged_target(make_commitment(plan, lead_agency=agency), JULY, AUGUST)
    returned = make_target(make_commitment(plan, lead_agency=agency))
    ledger.return_(entry=make_entry(returned, 5, AUGUST), reason="缺佐证", by=make_user(), at=NOON)
    make_entry(make_target(make_commitment(plan, lead_agency=agency)), 5, AUGUST)
    make_entry(ratio, 190, JULY, denominator=Decimal(200))


def reported() -> list[int]:
    found = ProgressEntry.objects.filter(effective_on=AUGUST).order_by("target__code")
    return [int(entry.figure.value) for entry in found]


def check_of(page: Page, row: int = 0) -> Any:
    return page.locator(".check").nth(row)


def test_twenty_values_take_eighty_keys_one_get_and_one_post(
    opened: Open, plan: Plan, agency: Agency
) -> None:
    """Drafts, which are saved in passing, are the only requests beside."""
    targets = rows_of(plan, agency, 20)
    page = opened()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {urlsplit(request.url).path}"))
    page.reload()
    ready(page)
    keys = 0
    for number in range(11, 31):
        for key in (*str(number), "Enter"):
            page.keyboard.press(key)
            keys += 1
    page.keyboard.press("Control+Enter")
    keys += 2
    expect(page.locator(".messagelist .success")).to_contain_text("20 rows submitted")
    drafts, *sheet = "POST /admin/log/drafts/", "GET /admin/log/", "POST /admin/log/"
    assert [each for each in asked if "/static/" not in each and each != drafts] == sheet
    assert keys <= 80
    entries = ProgressEntry.objects.filter(effective_on=AUGUST).values_list("target", "value")
    assert dict(entries) == {target.pk: value for value, target in enumerate(targets, start=11)}
    assert entries.count() == 20


def test_a_pasted_column_fills_twenty_rows(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 20)
    page = opened()
    paste(page, "\r\n".join(map(str, range(11, 31))) + "\r\n")
    expect(page.locator("#pasted")).to_have_text("Rows filled: 20")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("20 rows submitted")
    assert reported() == list(range(11, 31))


# Pastes into the cell with the focus; true if the sheet took the text and keeps the browser from pasting it too.
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  return !document.activeElement.dispatchEvent(paste);
}"""


def paste(page: Page, text: str) -> None:
    """Paste a block, which the sheet takes as soon as its script listens."""
    page.wait_for_function(PASTE, arg=text)


def with_a_stage_between(plan: Plan, agency: Agency) -> list[Target]:
    """In the order of the sheet: what is owed, figures first, and then what is not."""
    first, second = rows_of(plan, agency, 2)
    staged = make_staged_target(make_commitment(plan, lead_agency=agency), JULY, AUGUST)
    later = make_target(make_commitment(plan, lead_agency=agency), due_on=JULY)
    return [first, second, staged, later]


def first_stage(target: Target) -> str:
    return str(target.milestones.earliest("due_on").pk)


def pasted(page: Page, targets: list[Target]) -> list[str]:
    return [page.locator(f"[data-row='{target.pk}'] .value").input_value() for target in targets]


def test_a_pasted_block_fills_values_parts_stages_and_notes(opened: Open, plan: Plan, agency: Agency) -> None:
    """The row's own note is kept, and a box for “no change” gives way."""
    first, _second, staged, later = with_a_stage_between(plan, agency)
    ratio = make_target(make_commitment(plan, lead_agency=agency), unit="%", unit_en="%", **RATIO)
    page = opened()
    page.locator(f"[name='{first.pk}-progress']").fill("已开工")
    page.locator(f"[name='{first.pk}-unchanged']").check()
    page.locator("input.value").nth(0).focus()
    paste(
        page,
        f"{first.code}\t11\t完工\n{staged.code}\t√\n{ratio.code}\t190\t200\n{later.code}\t5\t正常\nNO-1\t3",
    )
    expect(page.locator("#pasted")).to_have_text(
        "Rows filled: 4; line 1: the note already entered was kept; line 5: no such code here"
    )
    assert pasted(page, [first, staged, ratio, later]) == ["11", first_stage(staged), "190", "5"]
    beside = [f"{ratio.pk}-denominator", f"{first.pk}-progress", f"{later.pk}-progress"]
    assert [page.locator(f"[name='{name}']").input_value() for name in beside] == ["200", "已开工", "正常"]
    expect(page.locator(f"[name='{first.pk}-unchanged']")).not_to_be_checked()


def test_what_was_pasted_is_checked_and_kept(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 2)
    page = opened()
    paste(page, "12①\n13")
    expect(page.locator("input.value").nth(0)).to_have_value("12①")
    expect(page.locator(".check .error")).to_contain_text("“12①” is not a number.")
    assert EntryDraft.objects.count() == 2


def test_sending_waits_for_what_was_pasted(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 2)
    page = opened()
    paste(page, "11\n12")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("2 rows submitted")


def test_a_late_answer_to_a_paste_leaves_what_was_typed_meanwhile(
    opened: Open, plan: Plan, agency: Agency
) -> None:
    first, second = rows_of(plan, agency, 2)
    page = opened()
    held: list[Any] = []
    page.route("**/log/pasted/**", lambda route: held.append(route))
    with page.expect_request("**/log/pasted/**"):
        paste(page, "11\n12")
    page.locator("input.value").nth(1).fill("99")
    held.pop().continue_()
    expect(page.locator("#pasted")).to_have_text(
        f"Rows filled: 2; left unchanged because you typed there meanwhile: {second.code}"
    )
    assert pasted(page, [first, second]) == ["11", "99"]
    expect(page.locator("input.value").nth(1)).to_be_focused()


def test_the_later_of_two_pasted_columns_stays(opened: Open, plan: Plan, agency: Agency) -> None:
    targets = rows_of(plan, agency, 2)
    page = opened()
    held: list[Any] = []
    page.route("**/log/pasted/**", lambda route: held.append(route), times=1)
    with page.expect_request("**/log/pasted/**"):
        paste(page, "11\n12")
    paste(page, "21\n22")
    held.pop().continue_()
    expect(page.locator("input.value").nth(1)).to_have_value("22")
    assert pasted(page, targets) == ["21", "22"]


def test_without_an_answer_one_column_fills_the_rows_as_it_stands(
    opened: Open, plan: Plan, agency: Agency
) -> None:
    """A list of stages stays, and so does the place of an empty line."""
    targets = with_a_stage_between(plan, agency)
    page = opened()
    page.context.set_offline(True)
    paste(page, "１１\n\n完成\n约5\n6")
    expect(page.locator("#pasted")).to_have_text("Rows filled in without checking: 2")
    assert pasted(page, targets) == ["１１", "", "", "约5"]


def test_without_an_answer_several_columns_fill_nothing(opened: Open, plan: Plan, agency: Agency) -> None:
    targets = rows_of(plan, agency, 2)
    page = opened()
    page.context.set_offline(True)
    paste(page, f"{targets[1].code}\t11")
    expect(page.locator("#pasted")).to_contain_text("Nothing was filled in")
    assert pasted(page, targets) == ["", ""]


def test_a_column_pasted_after_a_sign_out_is_not_lost(opened: Open, plan: Plan, agency: Agency) -> None:
    targets = rows_of(plan, agency, 2)
    page = opened()
    page.context.clear_cookies(name="sessionid")
    paste(page, "11\n12")
    expect(page.locator("#draft")).to_contain_text("Your session has expired")
    expect(page.locator("#pasted")).to_contain_text("without checking: 2")
    assert pasted(page, targets) == ["11", "12"]


def test_a_server_that_is_too_busy_blocks_no_pasting(opened: Open, plan: Plan, agency: Agency) -> None:
    targets = rows_of(plan, agency, 2)
    page = opened()
    page.route("**/log/pasted/**", lambda route: route.fulfill(status=429, body="later"))
    paste(page, "11\n12")
    expect(page.locator("#pasted")).to_contain_text("without checking: 2")
    assert pasted(page, targets) == ["11", "12"]


def test_pasting_speaks_chinese(opened: Open, plan: Plan, agency: Agency, clerk: User) -> None:
    rows_of(plan, agency, 1)
    User.objects.filter(pk=clerk.pk).update(language="zh-hans")
    page = opened()
    paste(page, "11\n12\n13")
    expect(page.locator("#pasted")).to_have_text("已填入1行；第2、3行：表中已无对应行")


def test_pasted_lines_follow_the_rows_that_are_chosen(opened: Open, plan: Plan, agency: Agency) -> None:
    """Reported rows stand last, and are not among the unreported ones."""
    first, second, third = rows_of(plan, agency, 3)
    make_entry(first, 12, AUGUST)
    page = opened()
    paste(page, "11\n12\n13")
    expect(page.locator("#pasted")).to_have_text("Rows filled: 2; line 3: already reported or locked")
    assert pasted(page, [second, third]) == ["11", "12"]
    page = opened(query="?show=open")
    paste(page, "11\n12\n13")
    expect(page.locator("#pasted")).to_have_text("Rows filled: 2; line 3: no row left")
    assert pasted(page, [second, third]) == ["11", "12"]


def test_a_single_pasted_value_is_left_to_the_browser(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 2)
    page = opened()
    assert page.evaluate(PASTE, "11") is False
    assert page.locator("input.value").nth(0).input_value() == ""


def test_keys_move_in_the_column_and_tab_goes_to_the_note(opened: Open, plan: Plan, agency: Agency) -> None:
    first, second = rows_of(plan, agency, 2)
    page = opened()
    visited = []
    for key in ("ArrowDown", "ArrowUp", "Enter", "Tab"):
        page.keyboard.press(key)
        visited.append(page.evaluate("document.activeElement.name"))
    assert visited == [
        f"{second.pk}-value",
        f"{first.pk}-value",
        f"{second.pk}-value",
        f"{second.pk}-progress",
    ]


@pytest.mark.parametrize(("key", "step"), [("Enter", 1), ("ArrowDown", 1), ("ArrowUp", -1)])
def test_keys_move_on_from_the_second_part_of_a_ratio(
    opened: Open, plan: Plan, agency: Agency, key: str, step: int
) -> None:
    ratio = {"unit": "%", "unit_en": "%", **RATIO}
    rows = [make_target(make_commitment(plan, lead_agency=agency), **ratio) for _each in range(3)]
    page = opened()
    page.locator(f"[name='{rows[1].pk}-denominator']").focus()
    page.keyboard.press(key)
    expect(page.locator(f"[name='{rows[1 + step].pk}-value']")).to_be_focused()


def test_keys_move_through_stages_without_choosing_one(opened: Open, plan: Plan, agency: Agency) -> None:
    (figure,) = rows_of(plan, agency, 1)
    staged = make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST)
    page = opened()
    visited = []
    for key in ("ArrowDown", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        visited.append(page.evaluate("document.activeElement.name"))
    assert visited == [f"{staged.pk}-milestone", f"{figure.pk}-value", f"{staged.pk}-milestone"]
    expect(page.locator("select.value")).to_have_value("")


def test_a_doubt_is_shown_while_typing_and_asks_for_a_note(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.keyboard.type("9")
    expect(check_of(page)).to_contain_text("Lower than the previous value, 10 communities")
    expect(page.locator("textarea.needed")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.type("上期误计")
    expect(page.locator("textarea.needed")).to_have_count(0)


@pytest.mark.parametrize("word", ["no change", "100"])
def test_the_box_and_evidence_count_in_the_check(opened: Open, plan: Plan, agency: Agency, word: str) -> None:
    """Equal three times is seen of a ticked box; done without evidence is no doubt once there is a link."""
    (target,) = rows_of(plan, agency, 1)
    make_counted_entry(target, 10, date(2023, 7, 30))
    refresh.drain(clock=lambda: NOON)
    page = opened()
    if word == "no change":
        page.get_by_label("no change").check()
        expect(check_of(page)).to_contain_text("for the third time in a row")
        return
    page.keyboard.type(word)
    expect(check_of(page)).to_contain_text("no evidence")
    page.get_by_label(f"{target.code} Problems, next steps, date").check(force=True)
    page.get_by_label("Link").fill("https://www.weibin.gov.cn/1.html")
    expect(check_of(page)).not_to_contain_text("no evidence")


def test_how_a_number_was_understood_stands_below_it(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.locator("input.value").fill("５８个小区")
    expect(page.locator(".understood")).to_have_text("= 58")


def test_a_draft_that_is_underway_arrives_before_its_report(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    held: list[Any] = []
    sent: list[str] = []
    page.route("**/log/drafts/**", lambda route: held.append(route), times=1)
    page.on("request", lambda request: sent.append(request.resource_type))
    page.keyboard.type("11")
    with page.expect_request("**/log/drafts/**"):
        page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)
    assert "document" not in sent
    held.pop().continue_()
    expect(page.locator(".messagelist .success")).to_contain_text("1 row submitted")


def test_a_late_answer_is_none_of_a_newer_text(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    held: list[Any] = []
    page.route("**/log/drafts/**", lambda route: held.append(route))
    page.keyboard.type("abc")
    with page.expect_request("**/log/drafts/**"):
        page.keyboard.press("Tab")
    page.locator("input.value").fill("11")
    held.pop().continue_()
    expect(page.locator("#draft")).to_contain_text("Draft saved")
    expect(check_of(page)).to_be_empty()


def test_a_server_that_is_too_busy_to_check_blocks_no_submitting(
    opened: Open, plan: Plan, agency: Agency
) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.route("**/log/drafts/**", lambda route: route.fulfill(status=429, body="later"))
    page.keyboard.type("11")
    with page.expect_response("**/log/drafts/**"):
        page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("1 row submitted")
    assert reported() == [11]


def test_without_a_connection_a_row_is_unchecked(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.context.set_offline(True)
    page.keyboard.type("abc")
    page.keyboard.press("Tab")
    expect(page.locator("#draft")).to_contain_text("No connection")
    expect(check_of(page)).to_be_empty()


def test_the_first_row_that_failed_has_the_focus(opened: Open, plan: Plan, agency: Agency) -> None:
    _, second, third = rows_of(plan, agency, 3)
    page = opened()
    boxes = page.locator("input.value")
    for index, value in enumerate(("11", "abc", "9")):
        boxes.nth(index).fill(value)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("1 row submitted")
    expect(page.locator(f"[name='{second.pk}-value']")).to_be_focused()
    assert [box.input_value() for box in page.locator("input.value:visible").all()] == ["abc", "9"]
    assert third.pk


def test_no_change_and_a_value_rule_each_other_out(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    box, value = page.get_by_label("no change"), page.locator("input.value")
    box.check()
    value.fill("11")
    expect(box).not_to_be_checked()
    box.check()
    expect(value).to_have_value("")


@pytest.mark.parametrize(
    ("broken", "kept", "said"),
    [
        ("1" + "0" * 16, "009999999999999999", "At most 16 digits before the decimal point."),
        ("11.00001", "11.00010", "At most 4 decimal places."),
    ],
)
def test_a_number_that_cannot_be_stored_is_an_error_at_once(
    broken: str, kept: str, said: str, opened: Open, plan: Plan, agency: Agency
) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    value = page.locator("input.value")
    value.fill(broken)
    expect(page.locator(".check .error")).to_have_text(said)
    value.fill(kept)
    expect(page.locator(".check .error")).to_have_count(0)


def test_a_day_of_another_period_is_an_error_at_once(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.keyboard.type("11")
    page.locator("#day").fill("2023-07-31")
    expect(page.locator(".check .error")).to_contain_text("The date must be within the period")
    page.locator("#day").fill("2023-08-30")
    expect(check_of(page)).to_be_empty()


def test_a_sign_that_the_ledger_refuses_is_an_error_at_once(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.keyboard.type("-1")
    expect(page.locator(".check .error")).to_have_text("A total cannot be negative.")
    expect(page.locator(".check .doubt, textarea.needed")).to_have_count(0)


@pytest.mark.parametrize(
    ("out_of", "said"),
    [("0", "must be greater than 0"), ("-5", "must be greater than 0"), ("x", "not a number")],
)
def test_a_ratio_out_of_nothing_is_an_error_at_once(
    opened: Open, plan: Plan, agency: Agency, out_of: str, said: str
) -> None:
    make_target(make_commitment(plan, lead_agency=agency), unit="%", unit_en="%", **RATIO)
    page = opened()
    page.keyboard.type("190")
    page.locator("input[name$='-denominator']").fill(out_of)
    expect(page.locator(".check .error")).to_contain_text(said)
    page.locator("input[name$='-denominator']").fill("200")
    expect(check_of(page)).to_be_empty()


def test_a_part_of_what_is_whole_is_doubted_while_typing(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.keyboard.type("12.5")
    expect(page.locator(".check .doubt")).to_contain_text("Not a whole number")
    page.locator("input.value").fill("12.0")
    expect(check_of(page)).to_be_empty()


def test_a_link_to_a_row_leads_into_it(opened: Open, plan: Plan, agency: Agency) -> None:
    """Once it is sent, the first row that failed has the focus again."""
    first, *_others, last = rows_of(plan, agency, 20)
    page = opened(query=f"?row={last.code}")
    expect(page.locator(f"[name='{last.pk}-value']")).to_be_focused()
    expect(page.locator(f"[name='{last.pk}-value']")).to_be_in_viewport()
    page.locator(f"[name='{first.pk}-value']").fill("abc")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(f"[name='{first.pk}-value']")).to_be_focused()


def test_a_text_that_is_too_long_is_said_at_once_and_not_cut(
    opened: Open, plan: Plan, agency: Agency
) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    note = page.locator("textarea").nth(0)
    note.fill("雨" * 5001)
    expect(check_of(page)).to_contain_text("limited to 5000 characters")
    assert len(note.input_value()) == 5001


def test_the_servers_reason_stands_until_the_row_is_changed(opened: Open, plan: Plan, agency: Agency) -> None:
    """The script cannot tell a ratio without one part from one that is still being typed; the server can."""
    make_target(make_commitment(plan, lead_agency=agency), unit="%", unit_en="%", **RATIO)
    page = opened()
    page.keyboard.type("11")
    page.get_by_role("button", name="Submit").click()
    expect(check_of(page)).to_contain_text("A ratio needs both")
    page.locator("input.value").fill("12")
    expect(check_of(page)).to_be_empty()


def test_a_reload_after_sending_sends_nothing_again(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.keyboard.type("11")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.wait_for_function("Object.keys(localStorage).every(key => !key.startsWith('quick-log'))")
    page.reload()
    expect(page.get_by_role("rowheader", name="In review")).to_be_visible()
    expect(page.locator(".messagelist .success, .check .error")).to_have_count(0)
    assert reported() == [11]


def test_typing_is_saved_as_a_draft(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.keyboard.type("11")
    expect(page.locator("#draft")).to_contain_text("Draft saved 12:0")
    assert EntryDraft.objects.get().typed == {"value": "11"}


def test_a_page_that_opens_leaves_newer_drafts_alone(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    page.keyboard.type("11")
    expect(page.locator("#draft")).to_contain_text("Draft saved")
    EntryDraft.objects.update(saved_at=NOON - timedelta(hours=1))
    with page.expect_response("**/admin/log/drafts/**"):
        page.reload()
    assert EntryDraft.objects.get().saved_at == NOON - timedelta(hours=1)


def test_a_lost_connection_loses_no_typing(opened: Open, plan: Plan, agency: Agency) -> None:
    (target,) = rows_of(plan, agency, 1)
    page = opened()
    page.context.set_offline(True)
    page.keyboard.type("11")
    page.keyboard.press("Tab")
    expect(page.locator("#draft")).to_contain_text("No connection")
    page.keyboard.press("Control+Enter")
    address, context = page.url, page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("input.value").input_value() == "11"
    expect(page.locator("#draft")).to_contain_text("Draft saved")
    assert EntryDraft.objects.get().place == str(target.pk)


def test_a_sign_out_loses_no_typing(opened: Open, plan: Plan, agency: Agency, clerk: User) -> None:
    rows_of(plan, agency, 1)
    page = opened()
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.keyboard.type("11")
    page.keyboard.press("Tab")
    expect(page.locator("#draft")).to_contain_text("Your session has expired")
    page.keyboard.press("Control+Enter")
    assert page.get_by_role("link", name="sign in again").get_attribute("href") == (
        "/admin/login/?next=/admin/log/"
    )
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.reload()
    assert page.locator("input.value").input_value() == "11"


def test_without_a_script_it_is_a_plain_form(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 2)
    page = opened(java_script_enabled=False)
    page.locator("input.value").nth(0).fill("11")
    page.get_by_role("button", name="Submit").click()
    assert "1 row submitted" in page.locator(".messagelist .success").inner_text()
    assert reported() == [11]


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_no_barriers_and_no_sideways_scrolling(
    opened: Open, plan: Plan, agency: Agency, clerk: User, language: str, scheme: str, width: int
) -> None:
    a_bit_of_everything(plan, agency)
    User.objects.filter(pk=clerk.pk).update(language=language)
    page = opened(width=width, color_scheme=scheme)
    page.locator("input.value").nth(0).fill("80")
    page.locator("input.value").nth(1).fill("abc")
    expect(check_of(page, 1)).not_to_be_empty()
    assert barriers(page) == ""
    assert width_of(page) <= width


def test_nothing_is_refused_by_the_content_security_policy(opened: Open, plan: Plan, agency: Agency) -> None:
    a_bit_of_everything(plan, agency)
    page = opened()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.reload()
    ready(page).keyboard.type("11")
    expect(page.locator("#draft")).to_contain_text("Draft saved")
    assert said == []


def test_a_phone_shows_cards(opened: Open, plan: Plan, agency: Agency) -> None:
    rows_of(plan, agency, 2)
    page = opened(width=375)
    cards = page.locator("tbody.line")
    sizes = [card.bounding_box() for card in cards.all()]
    assert all(size and size["width"] > 300 and size["height"] > 150 for size in sizes)
    assert page.locator("input.value").nth(0).is_visible()
