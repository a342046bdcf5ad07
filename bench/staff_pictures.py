"""The pictures of the staff manual: each is the part of a page that a task is about.

The demo's password is read from the folder of `make run`; give the same DATA_DIR.
"""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tracker.local.paths import chosen_data_dir

WIDTH = 1280
# The languages of a manual, with the code of each in the form that chooses it.
LANGUAGES = {"zh": "zh-hans", "en": "en"}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
LARGEST = 120_000
MARGIN = 8
SHEET = {
    "zh": "编号,名称,本期数值,进展\n"
    "ENV-CIT-01,完成改造的老旧小区,约70个,9月完工4个\n"
    "ENV-CIT-05-C,完成雨污分流的道路,24,\n"
    "ENV-CIT-06,打通断头路,2,红旗路北段通车\n"
    "ENV-CIT-99,新建口袋公园,3,\n",
    "en": "code,title,value,progress\n"
    "ENV-CIT-01,Old residential communities renovated,about 70,Four finished in September\n"
    "ENV-CIT-05-C,Roads where drain separation is finished,24,\n"
    "ENV-CIT-06,Dead-end roads opened,2,Hongqi Road open to traffic\n"
    "ENV-CIT-99,New pocket parks,3,\n",
}

# The first and the last part of a page that a picture shows.
Span = tuple[Locator, Locator]


class StaffPicture(NamedTuple):
    """One picture; `show` brings the page into its state and returns the parts to show, at most `height` high."""

    thing: str
    user: str
    path: str
    show: Callable[[Page, str], Span]
    height: int

    def name(self, language: str) -> str:
        return f"staff-{self.thing}-{language}.png"


def show_front(page: Page, _language: str) -> Span:
    front = page.locator(".front-page")
    return front, front


def show_content(page: Page, _language: str) -> Span:
    content = page.locator("#content")
    return content, content


def show_returned(page: Page, _language: str) -> Span:
    group = page.locator("tbody.group.is-returned")
    return group, page.locator("tbody.line.is-returned").first


def show_correction(page: Page, _language: str) -> Span:
    """Open the first correction without typing in it, so that no draft is kept."""
    report = page.locator("tbody.line", has=page.locator("a.stop")).first
    report.locator("a.stop").first.click()
    # It would cover the correction.
    page.locator("#quick-log > .bar").evaluate("bar => { bar.style.position = 'static'; }")
    return report, page.locator("tbody.correction.opened")


def show_queue(page: Page, _language: str) -> Span:
    return page.locator("h1"), page.locator("li.entry").nth(1)


def show_preview(page: Page, language: str) -> Span:
    """Upload a sheet with a number and a code that cannot be read."""
    sheet = {"name": f"{language}.csv", "mimeType": "text/csv", "buffer": SHEET[language].encode()}
    page.locator("input[type=file]").set_input_files(sheet)  # type: ignore[arg-type]
    page.locator("form[enctype] [type=submit]").click()
    page.locator(".tally").wait_for()
    problems = page.locator("section", has=page.locator("#wrong"))
    return page.locator(".verdict").first, problems


def show_overdue(page: Page, _language: str) -> Span:
    group = page.locator("section[aria-labelledby=overdue]")
    return group, group


PICTURES = (
    StaffPicture("front", "clerk-education", "/admin/", show_front, 560),
    StaffPicture("sheet", "clerk", "/admin/log/", show_content, 640),
    StaffPicture("returned", "clerk-education", "/admin/log/", show_returned, 320),
    StaffPicture("correction", "clerk", "/admin/log/?period=2023-08", show_correction, 320),
    StaffPicture("review", "reviewer", "/admin/review/", show_queue, 480),
    StaffPicture("preview", "clerk", "/admin/import/", show_preview, 560),
    StaffPicture("overdue", "supervision", "/admin/", show_overdue, 560),
)


def take_staff_pictures(browser: Browser, url: str, folder: Path) -> list[Path]:
    """Take all pictures in both languages, each person signed in once."""
    password = json.loads(chosen_data_dir().kept.read_text(encoding="utf-8"))["demo_password"]
    taken = []
    for language, user in product(LANGUAGES, dict.fromkeys(picture.user for picture in PICTURES)):
        context = browser.new_context(
            viewport={"width": WIDTH, "height": 900}, color_scheme="light", locale=LOCALES[language]
        )
        _sign_in(context, url, user, password)
        _choose(context, url, language)
        mine = [picture for picture in PICTURES if picture.user == user]
        taken += [_take(context, url, picture, language, folder) for picture in mine]
        context.close()
    return taken


def _sign_in(context: BrowserContext, url: str, user: str, password: str) -> None:
    page = context.new_page()
    page.goto(f"{url}/admin/login/")
    page.fill("#id_username", user)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"{url}/admin/")
    page.close()


def _choose(context: BrowserContext, url: str, language: str) -> None:
    """Change the language of the account, unless it is in use."""
    page = context.new_page()
    page.goto(f"{url}/admin/")
    code = LANGUAGES[language]
    if page.locator("html").get_attribute("lang", timeout=5000) != code:
        with page.expect_navigation():
            page.locator(f"button[name=language][value={code}]").click()
    page.close()


def _take(context: BrowserContext, url: str, picture: StaffPicture, language: str, folder: Path) -> Path:
    page = context.new_page()
    page.goto(url + picture.path)
    first, last = picture.show(page, language)
    path = folder / picture.name(language)
    page.screenshot(
        path=path, full_page=True, clip=_clip(page, first, last, picture.height), animations="disabled"
    )
    page.close()
    if path.stat().st_size > LARGEST:
        raise RuntimeError(f"{path} is larger than {LARGEST} bytes: show less of the page")
    return path


def _clip(page: Page, first: Locator, last: Locator, height: int) -> Any:
    """Return the part of the whole page from the first to the last locator."""
    top, end = first.bounding_box(), last.bounding_box()
    if top is None or end is None:
        raise RuntimeError("a part of the page is not shown")
    # The boxes count from what is in sight, a picture of the whole page from its top.
    x, y = max(top["x"] - MARGIN, 0), max(top["y"] - MARGIN, 0)
    right, bottom = end["x"] + end["width"] + MARGIN, end["y"] + end["height"] + MARGIN
    scrolled = page.evaluate("scrollY")
    return {"x": x, "y": y + scrolled, "width": min(right, WIDTH) - x, "height": min(bottom - y, height)}
