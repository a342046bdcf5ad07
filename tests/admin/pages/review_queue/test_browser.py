"""The queue in a real browser: keys, decisions without a new page, two reviewers at once."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from commitments.domain.enums import Role
from commitments.models import ProgressEntry, Review, User
from tests.admin.waiting import make_clerk, make_doubtful, make_full_queue, make_undoubted
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, barriers, width_of
from tests.factories import make_plan, make_user

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]
QUEUE = "/admin/review/"


@pytest.fixture
def reviewer() -> User:
    return make_user(Role.SUPERVISION, language="en", first_name="Li Qiang")


@pytest.fixture
def three() -> list[ProgressEntry]:
    clerk, plan = make_clerk(), make_plan()
    return [make_undoubted(clerk, plan, hours=hours) for hours in (3, 2, 1)]


def newest() -> Review:
    return Review.objects.latest("pk")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_no_barriers_and_no_sideways_scrolling(
    open_as: Open, language: str, scheme: Literal["light", "dark"], width: int
) -> None:
    make_full_queue(make_clerk())
    page = open_as(make_user(language=language), QUEUE, width=width, color_scheme=scheme)
    assert barriers(page) == ""
    assert width_of(page) <= width


def test_j_and_k_lead_through_the_entries(open_as: Open, reviewer: User, three: list[ProgressEntry]) -> None:
    page = open_as(reviewer, QUEUE)
    stops = [focused(page)]
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        stops.append(focused(page))
    first, second, third = (f"entry-{entry.pk}" for entry in three)
    assert stops == [first, second, third, third, second]


def test_a_approves_and_the_next_entry_has_the_focus(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_as(reviewer, QUEUE)
    page.keyboard.press("a")
    expect(page.locator("#said")).to_contain_text("approved.")
    expect(page.locator("#waiting")).to_have_text("2 entries to review")
    expect(page.locator(f"#entry-{three[0].pk}")).to_have_count(0)
    assert focused(page) == f"entry-{three[1].pk}"
    assert (newest().entry, newest().decision) == (three[0], "approve")


def test_r_asks_for_the_reason_and_enter_returns(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_as(reviewer, QUEUE)
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("ja 佐证不足")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("returned.")
    assert (newest().entry, newest().reason) == (three[1], "ja 佐证不足")
    assert focused(page) == f"entry-{three[2].pk}"


def test_escape_leaves_the_reason(open_as: Open, reviewer: User, three: list[ProgressEntry]) -> None:
    page = open_as(reviewer, QUEUE)
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    assert focused(page) == f"entry-{three[0].pk}"
    assert ProgressEntry.objects.pending().count() == 3


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
    page = open_as(reviewer, QUEUE)
    for left in ("2 entries to review", "1 entry to review"):
        page.keyboard.press("a")
        expect(page.locator("#waiting")).to_contain_text(left)
    page.keyboard.press("a")
    expect(page.get_by_text("You have nothing to review.")).to_be_visible()


def test_the_later_of_two_reviewers_is_told_who_was_first(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    other = make_user(Role.SUPERVISION, language="en", first_name="Zhao Min")
    first, second = open_as(other, QUEUE), open_as(reviewer, QUEUE)
    first.keyboard.press("a")
    expect(first.locator("#said")).to_contain_text("approved")
    second.keyboard.press("r")
    second.keyboard.type("too late")
    second.keyboard.press("Enter")
    expect(second.locator("#said")).to_contain_text(
        "was already approved by Zhao Min at 28 September 2023 12:0"
    )
    expect(second.locator(f"#entry-{three[0].pk}")).to_have_count(0)
    assert newest().reviewed_by == other


def test_ticking_all_leaves_the_doubtful_alone(open_as: Open, reviewer: User) -> None:
    clerk, plan = make_clerk(), make_plan()
    doubtful = make_doubtful(clerk, plan)
    for hours in (2, 1):
        make_undoubted(clerk, plan, hours=hours)
    page = open_as(reviewer, QUEUE)
    page.get_by_role("button", name="Select all without warnings").click()
    page.get_by_role("button", name="Approve ticked entries").click()
    expect(page.get_by_text("2 entries approved.")).to_be_visible()
    assert [row.get_attribute("id") for row in page.locator(".entry").all()] == [f"entry-{doubtful.pk}"]


def test_nothing_can_be_approved_before_something_is_ticked(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_as(reviewer, QUEUE)
    button = page.get_by_role("button", name="Approve ticked entries")
    expect(button).to_be_disabled()
    page.locator("input[form=ticked]").first.check()
    expect(button).to_be_enabled()


def test_a_lost_connection_is_told(open_as: Open, reviewer: User, three: list[ProgressEntry]) -> None:
    page = open_as(reviewer, QUEUE)
    page.context.set_offline(True)
    page.keyboard.press("a")
    expect(page.locator("#said")).to_contain_text("No connection: nothing was changed.")
    page.context.set_offline(False)
    page.keyboard.press("a")
    expect(page.locator("#said")).to_contain_text("approved.")


def test_without_a_script_plain_forms_do_it(
    open_as: Open, reviewer: User, three: list[ProgressEntry]
) -> None:
    page = open_as(reviewer, QUEUE, java_script_enabled=False)
    page.locator(f"#entry-{three[0].pk}").get_by_role("button", name="Approve").click()
    expect(page.get_by_text("approved.")).to_be_visible()
    assert page.url.endswith(f"#entry-{three[1].pk}")
    row = page.locator(f"#entry-{three[1].pk}")
    row.locator("summary").click()
    row.get_by_label("Reason").fill("佐证不足")
    row.get_by_label("Reason").press("Enter")
    expect(page.get_by_text("returned.")).to_be_visible()


def test_nothing_is_refused_by_the_content_security_policy(open_as: Open, reviewer: User) -> None:
    make_full_queue(make_clerk())
    page = open_as(reviewer, QUEUE)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    assert said == []
