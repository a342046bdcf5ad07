"""A month of three agencies in a real browser, from the first figure to the supervision office.

Each job's keys and seconds are printed. A key counts once and Ctrl+Enter twice; typed words are not counted.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from playwright.sync_api import Page, expect
from pytest_django import Settings

from commitments import clock
from commitments.domain.enums import NoFigure
from commitments.models import Plan, ProgressEntry, Target, User
from commitments.rollups import refresh
from tests.browser import NEEDS_CHROMIUM, Open, barriers, wait_until, width_of
from tests.factories import make_user
from tests.journeys.offices import AUGUST, Office, make_month_plan, make_office

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]
SHEET, QUEUE = "/admin/log/", "/admin/review/"
LATE_LIST = "/admin/commitments/commitmentrollup/?owed=late"
WIDTHS = (1280, 375)
# Reports are due on 5 September, and late after five working days.
DUE_ON = date(2023, 9, 5)
PUNCTUAL, LATER = datetime(2023, 9, 4, 2, tzinfo=UTC), datetime(2023, 9, 14, 2, tzinfo=UTC)
Press = Callable[..., None]


@dataclass
class Month:
    """The plan, its agencies, and the windows of their people."""

    plan: Plan
    offices: list[Office]
    supervision: User
    open_as: Open
    look: tuple[str, int]
    told: list[str]
    settings: Settings

    def set_clock(self, at: datetime) -> None:
        self.settings.DEMO_CLOCK = (at, datetime.now(UTC))

    def window(self, who: User | None, path: str) -> Page:
        return self.open_as(who, path, width=self.look[1])

    @contextmanager
    def job(self, name: str, page: Page, *, most: int) -> Iterator[Press]:
        """Count the keys of a job, and its seconds."""
        pressed: list[str] = []
        plain = page_press(page)

        def press(*keys: str) -> None:
            plain(*keys)
            pressed.extend(part for key in keys for part in key.split("+"))

        begun = time.monotonic()
        yield press
        self.told.append(f"{name}: {len(pressed)} keys, {time.monotonic() - begun:.1f} s")
        assert len(pressed) <= most, name


@pytest.fixture(params=[("zh-hans", 1280), ("en", 375)], ids=lambda look: "-".join(map(str, look)))
def month(
    request: pytest.FixtureRequest,
    open_as: Open,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Month]:
    language = request.param[0]
    plan = make_month_plan()
    offices = [
        make_office(plan, language, amounts=10, totals=9),
        *(make_office(plan, language) for _ in "ab"),
    ]
    supervision = make_user(language=language)
    month = Month(plan, offices, supervision, open_as, request.param, [], settings)
    yield month
    with capsys.disabled():
        print("", f"{language}, {request.param[1]} px", *month.told, sep="\n  ")


def test_a_month_is_reported_reviewed_and_looked_at(month: Month) -> None:
    """Only the figure that nobody sent is late, whatever the reviewers do and whenever."""
    housing, schools, labour = month.offices
    (missing,) = labour.totals
    month.set_clock(PUNCTUAL)
    expect_late(month)
    report_twenty(month, housing)
    report_with_nil(month, schools)
    report_all_but(month, labour, missing)
    expect_late(month)
    month.set_clock(LATER)
    expect_late(month, missing)
    find_no_barriers(month.window(housing.reviewer, QUEUE))
    returned = review_keenly(month, housing)
    review_all(month, schools)
    review_all(month, labour)
    expect_late(month, missing)
    month.set_clock(LATER + timedelta(days=1))
    send_again(month, housing, returned)
    corrected = correct(month, housing)
    expect_late(month, missing)
    review_all(month, housing)
    expect_late(month, missing)
    assert counted(returned.figure.target) == 12
    assert counted(corrected) == 43
    look_for_the_late(month, labour, missing)
    find_no_barriers(month.window(None, public_address(month)))
    catch_up(month, labour, missing)
    expect_late(month)


def find_no_barriers(page: Page) -> None:
    """Look at a page as wide as a desk and as a phone."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page) == ""
        assert width_of(page) <= width


def open_sheet(month: Month, office: Office) -> Page:
    page = month.window(office.clerk, SHEET)
    expect(page.locator(".value:focus")).to_be_visible()
    expect(page.locator(".line.is-late")).to_have_count(0)
    return page


def type_figures(
    page: Page, press: Press, figures: dict[Target, str], without: Sequence[Target] = ()
) -> None:
    """Type each figure in the row that has the focus, and go on; a row without one is left by Enter alone."""
    digits = {f"{target.pk}-value": text for target, text in figures.items()}
    for _row in [*figures, *without]:
        text = digits.get(page.evaluate("document.activeElement.name"), "")
        press(*(key if key != "/" else "Tab" for key in text), "Enter")


def figures_of(office: Office) -> dict[Target, str]:
    amounts = {target: str(11 + number) for number, target in enumerate(office.amounts)}
    totals = {target: str(41 + number) for number, target in enumerate(office.totals)}
    return {**amounts, **totals, office.ratio: "190/200"}


def report_twenty(month: Month, office: Office) -> None:
    page, figures = open_sheet(month, office), figures_of(office)
    with month.job("twenty values", page, most=80) as press:
        type_figures(page, press, figures)
        press("Control+Enter")
        submitted(page)
    reported = ProgressEntry.objects.filter(effective_on=AUGUST, recorded_by=office.clerk)
    texts = {target: text.partition("/")[0] for target, text in figures.items()}
    assert {entry.target: str(int(entry.figure.value)) for entry in reported} == texts
    report_stage_and_words(month, page, office)


def report_stage_and_words(month: Month, page: Page, office: Office) -> None:
    """Send both; the stage needs a word, since it is doubted without evidence."""
    stage, words = f"{office.staged.pk}-milestone", f"[name='c{office.direction.pk}-progress']"
    page.locator(f"[name='{stage}']").select_option(index=1)
    page.locator(f"[name='{office.staged.pk}-progress']").fill("已通过验收")
    page.locator(words).focus()
    with month.job("words about a direction", page, most=2) as press:
        page.keyboard.insert_text("已召开座谈会")
        press("Control+Enter")
        submitted(page)
    reported = ProgressEntry.objects.filter(effective_on=AUGUST, recorded_by=office.clerk)
    assert reported.get(milestone__isnull=False).milestone == office.staged.milestones.first()
    assert reported.get(commitment=office.direction).progress == "已召开座谈会"


def report_with_nil(month: Month, office: Office) -> None:
    page, figures = open_sheet(month, office), figures_of(office)
    (nil,) = office.totals
    del figures[nil]
    page.locator(f"[name='{nil.pk}-value']").focus()
    with month.job("nil report", page, most=1) as press:
        press("n")
    page.locator(".value").first.focus()
    type_figures(page, page_press(page), figures, without=[nil])
    page.keyboard.press("Control+Enter")
    submitted(page)
    assert ProgressEntry.objects.get(target=nil, effective_on=AUGUST).no_figure == NoFigure.NOT_PUBLISHED
    report_stage_and_words(month, page, office)


def report_all_but(month: Month, office: Office, missing: Target) -> None:
    page, figures = open_sheet(month, office), figures_of(office)
    del figures[missing]
    type_figures(page, page_press(page), figures, without=[missing])
    page.keyboard.press("Control+Enter")
    submitted(page)
    report_stage_and_words(month, page, office)


def catch_up(month: Month, office: Office, missing: Target) -> None:
    """Send what is late: the one such row of the sheet, which has the focus."""
    page = month.window(office.clerk, SHEET)
    expect(page.locator(".line.is-late .value:focus")).to_have_attribute("name", f"{missing.pk}-value")
    expect(page.locator(".line.is-late")).to_have_count(1)
    with month.job("a late value", page, most=4) as press:
        press("4", "1", "Control+Enter")
        submitted(page)


def page_press(page: Page) -> Press:
    """Return a function that presses keys and counts none."""

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    return press


def submitted(page: Page) -> None:
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("[role=status] .warning, .check .error")).to_have_count(0)
    page.evaluate("document.querySelector('.messagelist .success').remove()")


def open_queue(month: Month, who: User) -> Page:
    """Open the queue with a clock that stands still, so that no decision is sent before the test says so."""
    page = month.window(who, QUEUE)
    page.clock.install(time=clock.now())
    page.reload()
    page.clock.pause_at(clock.now() + timedelta(hours=1))
    return page


def review_keenly(month: Month, office: Office) -> ProgressEntry:
    """Approve the first, undo it, return it instead, and approve all others."""
    page = open_queue(month, office.reviewer)
    with month.job("approve", page, most=1) as press:
        press("a")
    with month.job("undo", page, most=1) as press:
        press("u")
    with month.job("return with a reason", page, most=3) as press:
        press("r", "1", "Enter")
    approve_the_rest(page, office)
    returned = ProgressEntry.objects.returned().get()
    assert returned.target == office.amounts[0]
    return returned


def review_all(month: Month, office: Office) -> None:
    approve_the_rest(open_queue(month, office.reviewer), office)


def approve_the_rest(page: Page, office: Office) -> None:
    for _entry in range(pending(office)):
        page.keyboard.press("a")
    page.clock.fast_forward(11_000)
    wait_until(lambda: pending(office) == 0)


def pending(office: Office) -> int:
    return ProgressEntry.objects.pending().filter(commitment__lead_agency=office.agency).count()


def send_again(month: Month, office: Office, returned: ProgressEntry) -> None:
    page = open_sheet(month, office)
    expect(page.locator("input.value:focus")).to_have_value(str(int(returned.figure.value)))
    with month.job("a returned row sent again", page, most=6) as press:
        press("1", "2", "Control+Enter")
        submitted(page)


def correct(month: Month, office: Office) -> Target:
    """41 becomes 43: missed."""
    target = office.totals[0]
    page = month.window(office.clerk, f"{SHEET}?period=2023-08&row={target.code}")
    expect(page.locator(".stop:focus")).to_be_visible()
    with month.job("a correction", page, most=12) as press:
        press("c", "4", "3", "Tab", "1", "Control+Enter")
        submitted(page)
    open_correction(month, office)
    return target


def open_correction(month: Month, office: Office) -> None:
    page = month.window(office.clerk, f"{SHEET}?period=2023-08&row={office.totals[1].code}")
    page.locator(".stop:focus").press("c")
    expect(page.locator(".correction:visible input.value")).to_be_focused()
    find_no_barriers(page)


def counted(target: Target) -> int:
    newest = target.entries.filter(counted_from__isnull=False, counted_until__isnull=True)
    return int(newest.latest("effective_on").figure.value)


def expect_late(month: Month, *targets: Target) -> None:
    """See on every page that names lateness who is late, once all of the ledger is judged."""
    refresh.assess_all(at=clock.now())
    refresh.drain(clock=clock.now)
    codes = {target.commitment.code for target in targets}
    asked = {"plan": month.plan.code, "report_state": "late"}
    api = Client().get("/api/v1/commitments/", asked).json()["results"]
    assert {found["code"] for found in api} == codes
    of_targets = Client().get("/api/v1/targets/", asked).json()["results"]
    assert {found["code"] for found in of_targets} == {target.code for target in targets}
    assert late_on_the_public_page(month) == len(codes)
    staff = Client()
    staff.force_login(month.supervision)
    shown = staff.get(LATE_LIST).context["cl"].result_list
    assert {rollup.commitment.code for rollup in shown} == codes


def late_on_the_public_page(month: Month) -> int:
    return int(Client().get(public_address(month)).context["page"].late)


def public_address(month: Month) -> str:
    prefix = {"en": "/en", "zh-hans": ""}[month.look[0]]
    return f"{prefix}/plans/{month.plan.code}/"


def look_for_the_late(month: Month, office: Office, missing: Target) -> None:
    """See as the supervision office which agency is late with what, and since which day."""
    page = month.window(month.supervision, LATE_LIST)
    row = page.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    with translation.override(month.look[0]):
        expect(row).to_contain_text(str(office.agency))
        expect(row).to_contain_text(missing.commitment.code)
        expect(row.locator(".field-report_due_on")).to_have_text(date_format(DUE_ON))
