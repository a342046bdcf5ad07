"""Hostile requests made from a seed: any route, any role, any method, hostile values in every place."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from bench.faults import hostile
from bench.faults.pages import Form
from bench.faults.routes import Route, known
from commitments.domain.enums import Role

ROLES = (None, *Role)
# Roles with more rights are tried more often.
WEIGHTS = [4 if role == Role.ADMIN else 2 if role == Role.SUPERVISION else 1 for role in ROLES]
REFUSED = 0.04
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "x"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
TOKEN = "a" * 32


class FuzzTarget(NamedTuple):
    """A route with the names that it reads, and the forms that it shows."""

    route: Route
    names: Sequence[str]
    forms: Sequence[Form]


@dataclass(frozen=True)
class HostileRequest:
    """A request as it goes over the wire."""

    role: Role | None
    method: str
    address: str
    headers: Mapping[str, str]
    body: bytes

    def __str__(self) -> str:
        return f"{self.role or 'nobody'}: {self.method} {self.address[:300]} {dict(self.headers)} {self.body[:300]!r}"


def requests(
    targets: Sequence[FuzzTarget], rows: Mapping[str, list[str]], *, seed: int, number: int
) -> Iterator[HostileRequest]:
    """Yield so many; each is made from the seed and its number alone."""
    for each in range(number):
        yield Maker(random.Random(seed * 1_000_003 + each), rows).request(targets)


class Maker:
    def __init__(self, chance: random.Random, rows: Mapping[str, list[str]]) -> None:
        self.chance, self.rows = chance, rows

    def request(self, targets: Sequence[FuzzTarget]) -> HostileRequest:
        chance = self.chance
        target = chance.choice(targets)
        (role,) = chance.choices(ROLES, WEIGHTS)
        address = target.route.address(lambda name: self._part(target.route, name))
        query = self._query(target)
        headers = {
            name: chance.choice(hostile.HEADERS[name]) for name in self._some(list(hostile.HEADERS), 0.03)
        }
        kind = chance.random()
        method, body = "GET", b""
        if kind > 0.62:
            method = "POST"
            body, content_type = self._body(target)
            headers.setdefault("Content-Type", content_type)
        elif kind > 0.56:
            method = chance.choice(hostile.METHODS)
        return HostileRequest(role, method, f"{address}?{query}" if query else address, headers, body)

    def _part(self, route: Route, name: str) -> str:
        if self.chance.random() < 0.25:
            return self._hostile()
        return quote(self.chance.choice(known(route, name, self.rows)))

    def _query(self, target: FuzzTarget) -> str:
        pairs = []
        for _ in range(self.chance.choice((0, 1, 1, 1, 2, 3))):
            name = quote(self._name(target), safe="%") + self.chance.choice(hostile.SUFFIXES)
            pairs.append(f"{name}={self._value()}")
        return "&".join(pairs)

    def _name(self, target: FuzzTarget) -> str:
        return self.chance.choice(
            target.names if target.names and self.chance.random() > REFUSED else hostile.NAMES
        )

    def _value(self) -> str:
        if self.chance.random() < 0.1:
            return quote(self.chance.choice(self.rows[self.chance.choice(list(self.rows))] or ["1"]))
        return self._hostile()

    def _hostile(self) -> str:
        """Return a hostile value, rarely one that is refused before any code looks at it."""
        return self.chance.choice(hostile.BARRED if self.chance.random() < REFUSED else hostile.VALUES)

    def _body(self, target: FuzzTarget) -> tuple[bytes, str]:
        kind = self.chance.random()
        if kind < 0.08:
            return self.chance.choice(hostile.BODIES), self.chance.choice(
                (FORM, MULTIPART, "application/json")
            )
        fields = self._fields(target)
        if kind < 0.3:
            return self._multipart(fields), MULTIPART
        return "&".join(f"{name}={value}" for name, value in fields).encode(), FORM

    def _fields(self, target: FuzzTarget) -> list[tuple[str, str]]:
        """Return a form with some of its values exchanged, or with any names at all."""
        form = dict(self.chance.choice(target.forms)) if target.forms and self.chance.random() < 0.8 else {}
        fields = {quote(name): quote(text) for name, text in form.items()}
        exchanged = self._some(list(fields), self.chance.choice((0.0, 0.1, 0.5))) if fields else []
        for name in [*exchanged, quote(self._name(target), safe="%")]:
            fields[name] = self._value()
        fields["csrfmiddlewaretoken"] = TOKEN
        return list(fields.items())

    def _multipart(self, fields: Sequence[tuple[str, str]]) -> bytes:
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields
        ]
        name, file = self.chance.choice(hostile.FILE_NAMES), self.chance.choice(hostile.FILES)
        field = self.chance.choice(("file", "file", fields[0][0]))
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        return b"".join([*parts, head.encode(errors="replace"), file, f"\r\n--{BOUNDARY}--\r\n".encode()])

    def _some(self, names: Sequence[str], share: float) -> list[str]:
        return [name for name in names if self.chance.random() < share]


def targets(
    look: Callable[[str], tuple[list[str], list[Form]]], found: Sequence[Route], rows: Mapping[str, list[str]]
) -> list[FuzzTarget]:
    """Look at each route once, where its parameters name something."""
    return [
        FuzzTarget(route, *look(route.address(lambda name, of=route: known(of, name, rows)[0])))  # type: ignore[misc]
        for route in found
    ]
