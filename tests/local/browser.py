"""A person's browser at a running service: signs in, opens forms, types into them and sends them, over HTTP."""

import re
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from tests.admin.opened import read


@dataclass(frozen=True)
class Page:
    address: str
    content: bytes


@dataclass(frozen=True)
class Browser:
    site: str
    cookies: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str) -> Page:
        return self._open(Request(self.site + path))  # noqa: S310 - its own server

    def send(self, path: str, form: dict[str, Any]) -> Page:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken") or ""
        body = urlencode(form, doseq=True).encode()
        return self._open(Request(self.site + path, body, {"X-CSRFToken": token}))  # noqa: S310 - its own server

    def post(self, path: str, form: dict[str, Any]) -> Page:
        """Fail where the form comes back instead of leading on."""
        page = self.send(path, form)
        assert page.address != self.site + path, re.findall(r'class="errorlist.*', page.content.decode())
        return page

    def sign_in(self, name: str, password: str) -> None:
        self.get("/admin/login/")
        self.post("/admin/login/?next=/admin/", {"username": name, "password": password})

    def fill_in(self, path: str, **typed: Any) -> Page:
        return self.post(path, read(self.get(path)) | typed)

    def add(self, model: str, **typed: Any) -> Page:
        return self.fill_in(f"/admin/commitments/{model}/add/", **typed)

    def change(self, row: Any, **typed: Any) -> Page:
        return self.fill_in(f"{_address(row)}change/", **typed)

    def delete(self, row: Any) -> Page:
        asks = self.get(f"{_address(row)}delete/").address.removeprefix(self.site)
        return self.post(asks, {"post": "yes"})

    def _open(self, request: Request) -> Page:
        opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self.cookies))
        with opener.open(request, timeout=30) as answer:
            return Page(answer.url, answer.read())


def _address(row: Any) -> str:
    return f"/admin/commitments/{row._meta.model_name}/{row.pk}/"
