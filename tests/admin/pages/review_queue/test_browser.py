"""The queue in a real browser: keys, decisions held for ten seconds, two reviewers at once."""

from datetime import timedelta
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from commitments.actions import ledger
from commitments.domain.enums import Role
from commitments.models import Evidence, ProgressEntry, Review, StaffSession, User
from commitments.rollups import refresh
from tests.admin.waiting import make_clerk, make_doubtful, make_full_queue, make_undoubted
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, barriers, wait_until, width_of
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_entry,
    make_plan,
    make_target,
    make_user,
)

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]
QUEUE = "/admin/review/"


@pytest.fixture
def reviewer() -> User:
    return make_user(Role.SUPERVISION, language="en", first_name="Li Qiang")


@pytest.fixture
def three() -> list[ProgressEntry]:
    clerk, plan = make_clerk(), make_plan()
    entries = [make_undoubted(clerk, plan, hours=hours) for hours in (3, 2, 1)]
    refresh.drain(clock=lambda: NOON)
    return entries


def newest() -> Review:
    return Review.objects.latest("pk")


def open_queue(open_as: Open, reviewer: User) -> Page:
    """Open the queue with a clock that stands still until a test moves it."""
    page = open_as(reviewer, QUEUE)
    page.clock.install(time=NOON)
    page.reload()
    page.clock.pause_at(NOON + timedelta(hours=1))
    return page


def row(page: Page, entry: ProgressEntry) -> Locator:
    return page.locator(f"#entry-{entry.pk}")


def pending() -> int:
    return ProgressEntry.objects.pending().count()


def decided() -> list[int]:
    """Return the entries that a reviewer decided about, leaving out those of the factories."""
    reviews = Review.objects.filter(reviewed_by__first_name="Li Qiang").order_by("pk")
    return list(reviews.values_list("entry", flat=True))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_no_barriers_and_no_sideways_scrolling(
    open_as: Open, language: str, scheme: Literal["light", "dark"], width: int
) -> None:
    make_full_queue(make_clerk())
    page = open_as(make_user(language=language), QUEUE, width=width, color_scheme=scheme)
    for key in ("", "a", "r"):
        if key:
            page.keyboard.press(key)
        assert barriers(page) == ""
        assert width_of(page) <= width


def test_long_names_of_agencies_keep_within_a_phone(open_as: Open, reviewer: User) -> None:
    plan = make_plan()
    for name in ("District Housing and Urban-Rural Development Bureau", "Commerce Bureau"):
        agency = make_agency(name_en=name, short_name_en=name)
        make_entry(
            make_target(make_commitment(plan, lead_agency=agency)), 9, by=make_user(Role.CLERK, agency=agency)
        )
    assert width_of(open_as(reviewer, QUEUE, width=375)) <= 375


def test_j_and_k_lead_through_the_entries(open_as: Open, reviewer: User, three: list[ProgressEntry]) -> None:
    page = open_as(reviewer, QUEUE)
    stops = [focused(page)]
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        stops.append(focused(page))
    first, second, third = (f"entry-{entry.pk}" for entry in three)
    assert stops == [first, second, third, third, second]


def test_an_approval_is_held_ten_seconds_and_then_sent(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    page.keyboard.press("a")
    expect(row(page, three[0])).to_contain_text("Approval will be sent in 10 s")
    assert focused(page) == f"entry-{three[1].pk}"
    page.clock.fast_forward(9_000)
    expect(row(page, three[0])).to_contain_text("will be sent in 1 s")
    assert pending() == 3
    page.clock.fast_forward(1_500)
    expect(page.locator("#waiting")).to_have_text("2 reports wait for your review.")
    expect(row(page, three[0])).to_contain_text("Approved")
    assert (newest().entry, newest().decision) == (three[0], "approve")


def test_nothing_moves_when_a_decision_is_made(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    before = row(page, three[1]).bounding_box()
    row(page, three[0]).get_by_role("button", name="Approve").click()
    assert row(page, three[1]).bounding_box() == before
    page.clock.fast_forward(11_000)
    expect(row(page, three[0])).to_contain_text("Approved")
    assert row(page, three[1]).bounding_box() == before


def test_a_key_held_down_approves_one_entry(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    for _time in range(3):
        page.keyboard.down("a")
    page.clock.fast_forward(11_000)
    expect(row(page, three[0])).to_contain_text("Approved")
    assert decided() == [three[0].pk]


def test_u_undoes_and_nothing_was_ever_written(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.keyboard.press("a")
    page.keyboard.press("u")
    page.clock.fast_forward(20_000)
    assert focused(page) == f"entry-{three[0].pk}"
    expect(row(page, three[0]).get_by_role("button", name="Approve")).to_be_visible()
    assert (sent, Review.objects.filter(entry__in=three).count()) == ([], 0)


def test_u_undoes_the_last_of_several_and_the_button_any(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    for key in ("a", "a", "a", "u"):
        page.keyboard.press(key)
    row(page, three[0]).get_by_role("button", name="Undo").click()
    page.clock.fast_forward(11_000)
    expect(page.locator("#waiting")).to_have_text("2 reports wait for your review.")
    assert decided() == [three[1].pk]


def test_r_and_a_number_and_enter_return_with_a_ready_reason(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    for key in ("r", "1", "Enter"):
        page.keyboard.press(key)
    expect(row(page, three[0])).to_contain_text("Return will be sent in 10 s")
    assert focused(page) == f"entry-{three[1].pk}"
    page.clock.fast_forward(11_000)
    expect(row(page, three[0])).to_contain_text("Returned")
    assert (newest().entry, newest().reason) == (
        three[0],
        "Does not match the last report or ledger; please check",
    )


def test_a_ready_reason_can_be_changed_and_loses_nothing_typed(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    page.keyboard.press("r")
    reason = row(page, three[0]).get_by_role("textbox")
    reason.fill("ja 佐证不足")
    row(page, three[0]).get_by_label("Evidence is missing").check()
    row(page, three[0]).get_by_label("Not measured").check()
    expect(reason).to_have_value("Not measured the way the target says; report by its definition ja 佐证不足")
    reason.press("Enter")
    page.clock.fast_forward(11_000)
    expect(row(page, three[0])).to_contain_text("Returned")
    assert newest().reason.endswith("definition ja 佐证不足")


def test_returning_without_a_reason_is_not_held(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    page.clock.fast_forward(11_000)
    expect(row(page, three[0]).get_by_role("textbox")).to_be_focused()
    assert pending() == 3


def test_letters_do_nothing_while_a_field_has_the_focus(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    page.keyboard.press("r")
    for key in ("a", "x", "j"):
        page.keyboard.press(key)
    page.clock.fast_forward(11_000)
    assert pending() == 3
    expect(page.locator("input[form=ticked]:checked")).to_have_count(0)


def test_leaving_within_ten_seconds_writes_what_was_decided(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    for key in ("a", "r", "3", "Enter"):
        page.keyboard.press(key)
    page.goto("/healthz")
    wait_until(lambda: len(decided()) == 2)
    assert [Review.objects.get(entry=entry).decision for entry in three[:2]] == ["approve", "return"]


def test_closing_the_window_writes_what_was_decided(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    page.keyboard.press("a")
    page.close(run_before_unload=True)
    wait_until(lambda: decided() == [three[0].pk])


def test_a_link_is_followed_once_the_decisions_are_written(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    page.keyboard.press("a")
    row(page, three[1]).get_by_role("link").first.click()
    page.wait_for_url("**/admin/commitment/**")
    assert decided() == [three[0].pk]


def test_escape_leaves_the_reason(open_as: Open, reviewer: User, three: list[ProgressEntry]) -> None:
    page = open_as(reviewer, QUEUE)
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    assert focused(page) == f"entry-{three[0].pk}"
    assert pending() == 3


def test_e_opens_the_evidence(open_as: Open, reviewer: User, three: list[ProgressEntry]) -> None:
    Evidence.objects.create(
        entry=three[0],
        title="验收单",
        url="http://localhost/healthz",
        added_by=three[0].recorded_by,
        added_at=NOON,
    )
    page = open_as(reviewer, QUEUE)
    with page.expect_popup():
        page.keyboard.press("e")
    assert page.url.endswith(QUEUE)


def test_x_ticks_only_what_raises_no_doubt(open_as: Open, reviewer: User) -> None:
    clerk, plan = make_clerk(), make_plan()
    make_doubtful(clerk, plan, hours=9)
    make_undoubted(clerk, plan, hours=1)
    page = open_as(reviewer, QUEUE)
    for key in ("x", "j", "x"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Approve ticked entries (1)")).to_be_enabled()


def test_keys_can_be_switched_off(open_as: Open, reviewer: User, three: list[ProgressEntry]) -> None:
    page = open_as(reviewer, QUEUE)
    page.locator("#use-keys").uncheck()
    page.reload()
    page.locator(f"#entry-{three[0].pk}").focus()
    page.keyboard.press("j")
    assert focused(page) == f"entry-{three[0].pk}"


def test_the_last_decision_empties_the_queue(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    for _entry in three:
        page.keyboard.press("a")
    page.clock.fast_forward(11_000)
    # The page asks anew some time after the answers, which arrive later than the rows are written.
    expect(page.locator(".entry[data-state=done]")).to_have_count(3)
    assert len(decided()) == 3
    page.clock.run_for(5_000)
    expect(page.get_by_text("Nothing to review. Last approval: 28 Sep.")).to_be_visible()
    expect(page.locator("ol#queue")).to_have_count(0)


def test_rows_of_the_same_commitment_are_recomputing_until_they_are_judged_anew(
    open_as: Open, reviewer: User
) -> None:
    clerk, plan = make_clerk(), make_plan()
    first = make_undoubted(clerk, plan)
    second = make_entry(first.figure.target, 50, TODAY, by=clerk)
    refresh.drain(clock=lambda: NOON)
    page = open_queue(open_as, reviewer)
    expect(row(page, second)).to_contain_text("38 communities (29 Aug")
    page.keyboard.press("a")
    page.clock.fast_forward(11_000)
    expect(row(page, second)).to_contain_text("Recomputing (about 2 seconds)")
    refresh.drain(clock=lambda: NOON)
    page.clock.run_for(3_000)
    expect(row(page, second)).to_contain_text("45 communities (25 Sep")
    expect(row(page, second)).to_contain_text("If approved:")


def test_the_later_of_two_reviewers_is_told_who_was_first(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    other = make_user(Role.SUPERVISION, language="en", first_name="Zhao Min")
    page = open_queue(open_as, reviewer)
    page.keyboard.press("r")
    page.keyboard.press("Tab")
    page.keyboard.type("too late")
    page.keyboard.press("Enter")
    ledger.approve(entry=three[0], by=other, at=NOON)
    page.clock.fast_forward(11_000)
    told = row(page, three[0])
    expect(told).to_contain_text("was already approved by Zhao Min at 28 September 2023 12:00")
    expect(told).to_contain_text("too late")
    expect(told.get_by_role("button")).to_have_count(0)
    assert newest().reviewed_by == other


def test_ticked_entries_are_held_and_sent_together(open_as: Open, reviewer: User) -> None:
    clerk, plan = make_clerk(), make_plan()
    doubtful = make_doubtful(clerk, plan)
    two = [make_undoubted(clerk, plan, hours=hours) for hours in (2, 1)]
    page = open_queue(open_as, reviewer)
    page.get_by_role("button", name="Select all without warnings").click()
    page.get_by_role("button", name="Approve ticked entries").click()
    expect(page.locator(".countdown", has_text="will be sent in 10 s")).to_have_count(2)
    assert decided() == []
    row(page, two[1]).get_by_role("button", name="Undo").click()
    page.clock.fast_forward(11_000)
    expect(row(page, two[0])).to_contain_text("Approved")
    expect(row(page, doubtful).get_by_role("button", name="Approve")).to_be_visible()
    assert decided() == [two[0].pk]


def test_nothing_can_be_approved_before_something_is_ticked(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_as(reviewer, QUEUE)
    button = page.get_by_role("button", name="Approve ticked entries")
    expect(button).to_be_disabled()
    page.locator("input[form=ticked]").first.check()
    expect(button).to_be_enabled()


def test_a_lost_connection_is_told_in_the_row_and_the_reason_is_kept(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    page.keyboard.press("r")
    page.keyboard.press("Tab")
    page.keyboard.type("佐证不足")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.clock.fast_forward(11_000)
    expect(row(page, three[0]).get_by_role("alert")).to_contain_text("No answer from the server")
    expect(row(page, three[0]).get_by_role("textbox")).to_have_value("佐证不足")
    page.context.set_offline(False)
    row(page, three[0]).get_by_role("textbox").press("Enter")
    page.clock.fast_forward(11_000)
    expect(row(page, three[0])).to_contain_text("Returned")


def test_an_ended_session_is_told_in_the_row_and_the_reason_comes_back(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    page.keyboard.press("r")
    page.keyboard.press("2")
    StaffSession.objects.all().delete()
    page.keyboard.press("Enter")
    page.clock.fast_forward(11_000)
    expect(row(page, three[0]).get_by_role("alert")).to_contain_text("Your session has ended")
    page.get_by_role("button", name="Sign in again").click()
    page.wait_for_url("**/admin/login/**")
    assert pending() == 3


def test_a_refusal_of_the_server_is_told_in_the_row(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_queue(open_as, reviewer)
    page.route("**/admin/review/*/", lambda route: route.fulfill(status=502, body="Bad gateway"))
    page.keyboard.press("a")
    page.clock.fast_forward(11_000)
    expect(row(page, three[0]).get_by_role("alert")).to_contain_text("could not take the decision (502)")
    expect(row(page, three[0]).get_by_role("button", name="Approve")).to_be_visible()


def test_without_a_script_plain_forms_do_it(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_as(reviewer, QUEUE, java_script_enabled=False)
    row(page, three[0]).get_by_role("button", name="Approve").click()
    expect(page.get_by_text("approved.")).to_be_visible()
    assert page.url.endswith(f"#entry-{three[1].pk}")
    row(page, three[1]).locator("summary").click()
    row(page, three[1]).get_by_label("Evidence is missing").check()
    row(page, three[1]).get_by_role("button", name="Return").click()
    expect(page.get_by_text("returned.")).to_be_visible()
    assert newest().reason == "Evidence is missing; attach it and report again"


def test_an_agency_is_chosen_without_a_script_and_stays(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    other = make_undoubted(make_user(Role.CLERK), three[0].commitment.plan)
    page = open_as(reviewer, QUEUE, java_script_enabled=False)
    page.get_by_label("Agency").select_option(label="Housing Bureau (3)")
    page.get_by_role("button", name="Show").click()
    expect(row(page, other)).to_have_count(0)
    row(page, three[0]).get_by_role("button", name="Approve").click()
    expect(page.locator("#waiting")).to_have_text("2 reports wait for your review.")
    expect(page.get_by_label("Agency").locator("option:checked")).to_have_text("Housing Bureau (2)")


def test_nothing_is_refused_by_the_content_security_policy(open_as: Open, reviewer: User) -> None:
    make_full_queue(make_clerk())
    page = open_as(reviewer, QUEUE)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    assert said == []
