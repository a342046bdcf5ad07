"""The manual of the staff pages, in the reader's language."""

import struct
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ...formats import in_english

FOLDER = Path(__file__).parents[3] / "docs"
ENGLISH, CHINESE = FOLDER / "staff.md", FOLDER / "staff.zh.md"
PICTURES = FOLDER / "screenshots"
LINK_ALONE = ["link_open", "text", "link_close"]
# The width and height of a PNG stand in its first chunk, as two numbers of four bytes.
PNG_SIZE, PNG_SIZE_AT = struct.Struct(">II"), 16


class ManualSection(NamedTuple):
    anchor: str
    title: str


class Manual(NamedTuple):
    """The manual as a page; `language` is that of its text."""

    text: SafeString
    sections: tuple[ManualSection, ...]
    language: str


def page(request: HttpRequest) -> HttpResponse:
    if not ENGLISH.exists():
        raise Http404(_("The manual is not on this server."))
    is_chinese = not in_english() and CHINESE.exists()
    manual = read_manual(CHINESE if is_chinese else ENGLISH, "zh-Hans" if is_chinese else "en")
    context = {**admin.site.each_context(request), "title": _("Help"), "manual": manual}
    return render(request, "admin/help.html", context)


def picture(_request: HttpRequest, name: str) -> FileResponse:
    """Answer with a picture of the manual."""
    path = PICTURES / f"{name}.png"
    if not path.is_file():
        raise Http404(_("The manual is not on this server."))
    return FileResponse(
        path.open("rb"), content_type="image/png", headers={"Cache-Control": "private, max-age=3600"}
    )


@cache
def read_manual(path: Path, language: str) -> Manual:
    """Read a file of Markdown once; what looks like HTML in it is shown as text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(path.read_text(encoding="utf-8"))
    sections = tuple(_name_sections(tokens))
    _drop_head(tokens)
    _unlink(tokens)
    _place_pictures(tokens)
    text = mark_safe(reader.renderer.render(tokens, reader.options, {}))  # noqa: S308 - our own file, HTML escaped
    return Manual(text, sections, language)


def _name_sections(tokens: list[Token]) -> list[ManualSection]:
    """Give each heading of the second level an anchor."""
    found = []
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            anchor = slugify(words.content, allow_unicode=True)
            opening.attrSet("id", anchor)
            found.append(ManualSection(anchor, words.content))
    return found


def _drop_head(tokens: list[Token]) -> None:
    """Leave out the title and the link to the other edition: the page has its own of both."""
    if tokens[0].tag == "h1":
        del tokens[:3]
    if [each.type for each in tokens[1].children or ()] == LINK_ALONE:
        del tokens[:3]


def _place_pictures(tokens: list[Token]) -> None:
    """Show the pictures from an address of their own; leave out those that are not on this server."""
    for block in tokens:
        if block.children:
            block.children = [each for each in block.children if each.type != "image" or _place(each)]


def _place(image: Token) -> bool:
    """Give a picture its address and size; return False if its file is missing."""
    path = PICTURES / Path(str(image.attrs["src"])).name
    if not path.is_file():
        return False
    # With its size a picture that comes later moves nothing.
    width, height = PNG_SIZE.unpack_from(path.read_bytes(), PNG_SIZE_AT)
    address = reverse("staff:help_picture", args=[path.stem])
    image.attrs |= {"src": address, "width": width, "height": height, "loading": "lazy"}
    return True


def _unlink(tokens: list[Token]) -> None:
    """Turn links to other files into plain words, since those are not on this page."""
    for block in tokens:
        links = [each for each in block.children or () if each.type in ("link_open", "link_close")]
        for opening, closing in zip(links[::2], links[1::2], strict=True):
            if not str(opening.attrs["href"]).startswith("#"):
                opening.attrs = {}
                opening.tag = closing.tag = "span"
