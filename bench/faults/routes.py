"""Every address that the service answers, from its own URL resolver, so that new routes are included."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from django.apps import apps
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")
REST = re.compile(r"^\^?\.\+/\$$")
TABLE = re.compile(r"(commitments|auth)_([a-z]+)_\w+")


class Route(NamedTuple):
    """One route; `template` has its parameters in angle brackets, `table` is the model of the rows it names."""

    template: str
    name: str
    table: str

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"<(\w+)>", self.template)

    def address(self, value: Callable[[str], str]) -> str:
        """Return the address with the value that is found for each parameter, which is a part of a URL already."""
        return re.sub(r"<(\w+)>", lambda found: value(found[1]), self.template)


def routes() -> list[Route]:
    return list(_walk(get_resolver(), "/"))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        place = before + _template(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, place)
        else:
            yield Route(place, pattern.name or "", _table(pattern.name or ""))


def _template(pattern: object) -> str:
    """Return a path that the regular expression matches, for those that the service has."""
    if isinstance(pattern, LocalePrefixPattern):
        return ""
    written = str(pattern)
    if isinstance(pattern, RoutePattern):
        return PARAMETER.sub(r"<\1>", written)
    return GROUP.sub(r"<\1>", REST.sub("<rest>/", written)).strip("^$")


def _table(name: str) -> str:
    found = TABLE.fullmatch(name)
    return f"{found[1]}.{found[2]}" if found else ""


def keys() -> dict[str, list[str]]:
    """Return the keys of some rows, by table."""
    found = {}
    for model in apps.get_models():
        rows = model._default_manager.order_by("pk").values_list("pk", flat=True)
        found[model._meta.label_lower] = [str(key) for key in rows[:5]]
    return found


def known(route: Route, parameter: str, rows: Mapping[str, list[str]]) -> list[str]:
    """Return values that may name something there."""
    if parameter in ("object_id", "content_type_id"):
        return rows.get(route.table, []) or ["1"]
    if parameter in ("pk", "target"):
        return [key for table in TABLES[parameter] for key in rows[table]] or ["1"]
    return KNOWN.get(parameter, ["1"])


TABLES = {
    "pk": ("commitments.commitment", "commitments.progressentry", "commitments.importjob"),
    "target": ("commitments.target",),
}
KNOWN = {
    "code": ["610302-2023", "LIV-SVC-04", "610302"],
    "plan": ["610302-2023"],
    "year": ["2023"],
    "kind": ["csv", "xlsx"],
    "app_label": ["commitments"],
    "name": ["not-found"],
}
