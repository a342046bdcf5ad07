"""Every manual has an English and a Chinese edition, and neither says more than the other."""

import re
from pathlib import Path

import pytest

from .language import FENCE

DOCS = Path(__file__).parent.parent / "docs"
# The other documents are for people who read the code.
MANUALS = ("staff", "digests", "plan-files", "api", "production")
CHINESE = ".zh.md"
NAMES = re.compile(r"`([^`]+)`")
PARTS = {
    "headings": re.compile(r"^(#+) ", re.MULTILINE),
    "items": re.compile(r"^(?:-|\d+\.) ", re.MULTILINE),
    "rows": re.compile(r"^\|", re.MULTILINE),
    "pictures": re.compile(r"^!\[.*?\]\((.*?)-(?:en|zh)\.png\)$", re.MULTILINE),
}
each_manual = pytest.mark.parametrize("manual", MANUALS)


def editions(manual: str) -> tuple[str, str]:
    """Return the English and the Chinese text."""
    english, chinese = (DOCS / f"{manual}{ending}" for ending in (".md", CHINESE))
    return english.read_text(encoding="utf-8"), chinese.read_text(encoding="utf-8")


def names(text: str) -> set[str]:
    """Return all names in backticks, those of the Chinese editions as those of the English ones."""
    plain = FENCE.sub("", text).replace(CHINESE, ".md")
    return {" ".join(name.split()) for name in NAMES.findall(plain)}


def test_every_chinese_edition_is_of_a_manual() -> None:
    assert sorted(path.name.removesuffix(CHINESE) for path in DOCS.glob(f"*{CHINESE}")) == sorted(MANUALS)


@each_manual
def test_each_edition_links_to_the_other_below_its_title(manual: str) -> None:
    english, chinese = editions(manual)
    assert english.splitlines()[2] == f"[中文]({manual}{CHINESE})"
    assert chinese.splitlines()[2] == f"[English]({manual}.md)"


@each_manual
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_both_editions_have_the_same_parts_in_the_same_order(manual: str, part: re.Pattern[str]) -> None:
    english, chinese = (FENCE.sub("", text) for text in editions(manual))
    assert part.findall(english) == part.findall(chinese)


@each_manual
def test_both_editions_have_the_same_code(manual: str) -> None:
    english, chinese = editions(manual)
    assert FENCE.findall(english) == FENCE.findall(chinese)


@each_manual
def test_both_editions_name_the_same_commands_files_and_fields(manual: str) -> None:
    english, chinese = editions(manual)
    assert names(english) ^ names(chinese) == set()
