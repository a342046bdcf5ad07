"""Every path that the documentation names is there, so that a reader finds it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KEPT = (".ci", "bench", "commitments", "deploy", "docs", "fixtures", "requirements", "tests", "tracker")
# The changelog tells of names that are gone.
DOCUMENTS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")} - {ROOT / "CHANGELOG.md"})
CODE = re.compile(r"`([^`\n]+)`")
# A link or a picture, to another file or a heading; addresses of the web have a colon.
LINK = re.compile(r"\]\(([^):\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# A folder, or a file of a kind that stands in the tree; addresses begin with a slash.
PATH = re.compile(
    r"\.?[\w-][\w.-]*(?:/[\w.-]+)*(?:/|\.(?:py|md|html|css|js|csv|toml|conf|yaml|json|txt|sql|service))"
)
# Folders of a backup and of an installation.
ELSEWHERE = {"media/", "MEDIA_ROOT/evidence/"}


def places() -> list[str]:
    """Return all paths in the tree, folders with a slash at their end."""
    roots = [path for path in ROOT.iterdir() if path.name in KEPT or path.is_file()]
    paths = [*roots, *(path for root in roots for path in root.rglob("*"))]
    return [f"/{path.relative_to(ROOT).as_posix()}{'/' if path.is_dir() else ''}" for path in paths]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_that_is_named_exists(document: Path) -> None:
    named = {text for text in CODE.findall(document.read_text(encoding="utf-8")) if PATH.fullmatch(text)}
    there = places()
    assert [text for text in named - ELSEWHERE if not any(path.endswith(f"/{text}") for path in there)] == []


def anchors(document: Path) -> set[str]:
    """Return the anchors that the headings of a document have on GitHub."""
    headings = HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading_of_it(document: Path) -> None:
    broken = []
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []
