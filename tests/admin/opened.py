"""A form as a browser has it: everything in it that would be sent back."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

Form = dict[str, list[str]]


class Reader(HTMLParser):
    """Reads inputs, choices and texts of the page's main form."""

    def __init__(self) -> None:
        super().__init__()
        self.form: Form = {}
        self._inside = False
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("id", "").endswith("_form") and given.get("method") == "post"
        elif self._inside:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._text = name
            self._add(name, "")
        elif tag == "input" and given.get("type") not in ("submit", "checkbox"):
            self._add(name, given.get("value", ""))
        elif tag == "input" and "checked" in given:
            self._add(name, given.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._text:
            self.form[self._text][-1] += data.replace("\n", "\r\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser leaves out the line end that follows the tag.
            self.form[self._text] = [text.removeprefix("\r\n") for text in self.form[self._text]]
            self._text = ""
        self._inside = self._inside and tag != "form"

    def _add(self, name: str, value: str) -> None:
        if name and "__prefix__" not in name:
            self.form.setdefault(name, []).append(value)


def opened(client: Client, address: str) -> Form:
    return read(client.get(address))


def read(answer: Any) -> Form:
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader.form
