"""Every address there is: each route of the service with each value that may stand in it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

from tests.drafts.rows import Draft

Pattern = URLPattern | URLResolver
# As many of a table are asked for: the first of each state.
ROWS = 4
# Routes that are written as regular expressions, by a part of them: any other address, and the list of an app.
WRITTEN = {"^.+/$": "nothing/", "(?P<url>.*)$": "nothing", "(?P<app_label>": "commitments/"}
TABLES = {f"{model._meta.app_label}_{model._meta.model_name}_": model for model in admin.site._registry}


def everywhere(draft: Draft) -> list[str]:
    """Return every address; a route with an unknown parameter needs a value in `Draft.values`."""
    return sorted(set(_walk(get_resolver().url_patterns, "/", draft.values(), draft)))


def _walk(
    patterns: Iterable[Pattern], before: str, values: Mapping[str, list[Any]], draft: Draft
) -> Iterator[str]:
    for url in patterns:
        for path in _filled(url, values, draft):
            if isinstance(url, URLPattern):
                yield before + path
            else:
                yield from _walk(url.url_patterns, before + path, values, draft)


def _filled(url: Pattern, values: Mapping[str, list[Any]], draft: Draft) -> Iterator[str]:
    pattern = url.pattern
    if isinstance(pattern, LocalePrefixPattern):
        yield from ("", "en/")
    elif not isinstance(pattern, RoutePattern):
        yield next(path for part, path in WRITTEN.items() if part in str(pattern))
    else:
        names = list(pattern.converters)
        for chosen in product(*(_values(url, name, values, draft) for name in names)):
            yield _put(str(pattern), dict(zip(names, chosen, strict=True)))


def _values(url: Pattern, name: str, values: Mapping[str, list[Any]], draft: Draft) -> list[Any]:
    """Return the values for a parameter; a page of a table gets rows of that table."""
    of_url = getattr(url, "name", None) or ""
    table = next((model for prefix, model in TABLES.items() if of_url.startswith(prefix)), None)
    if table and name in ("object_id", "id", "pk"):
        return [row.pk for row in draft.rows(table)[:ROWS]]
    return values[name]


def _put(route: str, chosen: Mapping[str, Any]) -> str:
    for name, value in chosen.items():
        head, _, rest = route.partition(f"{name}>")
        route = f"{head[: head.rindex('<')]}{value}{rest}"
    return route
