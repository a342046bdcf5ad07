"""The forms of a page, and the names that it takes from an address."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

from django.http import QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict

LINK = re.compile(r'(?:href|action)="[^"?]*\?([^"#]*)')
Form = dict[str, str]


class FormReader(HTMLParser):
    """A reader of the forms that are sent with POST."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside = False
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            self.forms += [{}] if self._inside else []
        elif not self._inside:
            return
        elif tag == "select":
            self._select = name
            self.forms[-1][name] = ""
        elif tag == "option" and self._select and ("selected" in given or not self.forms[-1][self._select]):
            self.forms[-1][self._select] = given.get("value", "")
        elif tag == "textarea":
            self._text = name
            self.forms[-1][name] = ""
        elif tag in ("input", "button") and name:
            self.forms[-1][name] = given.get("value", "on")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.forms[-1][self._text] += data

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        if tag == "textarea":
            # A browser leaves out the line end that follows the tag.
            self.forms[-1][self._text] = self.forms[-1][self._text].removeprefix("\n")
            self._text = ""
        self._inside = self._inside and tag != "form"


class AskedNames:
    """The names that a view looks for in a request, whether they are there or not."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        with (
            patch.multiple(
                MultiValueDict,
                get=self._noted(MultiValueDict.get),
                getlist=self._noted(MultiValueDict.getlist),
                __getitem__=self._noted(MultiValueDict.__getitem__),
            ),
            patch.object(QueryDict, "__contains__", self._noted(dict.__contains__), create=True),
        ):
            yield

    def _noted(self, method: Any) -> Any:
        def noting(read: Any, name: Any, *given: Any, **options: Any) -> Any:
            if isinstance(read, QueryDict):
                self.names.add(str(name))
            return method(read, name, *given, **options)

        return noting


def names_and_forms(client: Client, address: str) -> tuple[list[str], list[Form]]:
    """Return every name that the page reads or links with, and its forms as they would be sent."""
    asked, reader = AskedNames(), FormReader()
    with asked.listening():
        answer = client.get(address)
        client.post(address)
    page = b"" if answer.streaming else answer.content
    text = page.decode(errors="replace")
    reader.feed(text)
    linked = {pair.partition("=")[0] for query in LINK.findall(text) for pair in re.split("&amp;|&", query)}
    filled = {name for form in reader.forms for name in form}
    return sorted((asked.names | linked | filled) - {"", "csrfmiddlewaretoken"}), reader.forms
