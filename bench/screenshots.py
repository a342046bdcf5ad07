"""The pictures of the documentation, from a running `make run`.

The public page is taken in two languages, light and dark, at two widths. The parts of the staff pages that the manual shows
are taken in two languages.

python -m bench.screenshots [--url http://127.0.0.1:8000] [--to docs/screenshots]
"""

import argparse
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from bench.staff_pictures import take_staff_pictures

CHROMIUM = "/usr/bin/chromium"
WIDTHS = {1280: 1000, 375: 812}
LANGUAGES = {"zh": "/", "en": "/en/"}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class Picture(NamedTuple):
    language: str
    scheme: Literal["light", "dark"]
    width: int

    @property
    def name(self) -> str:
        return f"plan-{self.language}-{self.scheme}-{self.width}.png"


def pictures() -> Iterator[Picture]:
    for language, scheme, width in product(LANGUAGES, SCHEMES, WIDTHS):
        yield Picture(language, scheme, width)


def take(browser: Browser, picture: Picture, url: str, folder: Path, *, full: bool) -> Path:
    page = browser.new_page(
        viewport={"width": picture.width, "height": WIDTHS[picture.width]},
        color_scheme=picture.scheme,
        locale="zh-CN" if picture.language == "zh" else "en-GB",
    )
    page.goto(url + LANGUAGES[picture.language])
    path = folder / picture.name
    page.screenshot(path=path, full_page=full)
    page.close()
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation.")
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where `make run` answers")
    parser.add_argument("--to", type=Path, default=Path("docs/screenshots"), help="folder for the pictures")
    parser.add_argument("--full", action="store_true", help="whole pages instead of the first screen")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        url = given.url.rstrip("/")
        taken = [take(browser, picture, url, given.to, full=given.full) for picture in pictures()]
        for path in [*taken, *take_staff_pictures(browser, url, given.to)]:
            print(f"{path}  {path.stat().st_size // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main()
