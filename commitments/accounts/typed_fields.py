"""Names of a form's fields: typed by a person, or filled in by the page, a tick or a button."""

from functools import cache

from django.apps import apps
from django.db.models import AutoField, BooleanField, Field

# Hidden fields, ticks and buttons that are no columns: those of our pages, then those of Django's lists and forms.
NOT_TYPED = frozenset(
    (
        *("seen", "ready", "looked", "look", "query", "then", "next", "end"),
        *(
            "header_row",
            "checked",
            "doubts_seen",
            "leave",
            "restore",
            "hidden",
            "unchanged",
            "usable_password",
        ),
        *("action", "index", "select_across", "post", "csrfmiddlewaretoken"),
    )
)


def is_typed(name: str) -> bool:
    """Tell whether a person types the field; a name that is not known counts as typed."""
    # A text that is taken for a button would be lost.
    # `12-progress` of a sheet, `milestones-0-title` of the parts of a row.
    last = name.rpartition("-")[2]
    # Django's own fields for counting and deleting rows are in capitals.
    is_djangos = last.startswith("_") or last.isupper()
    return not is_djangos and last not in NOT_TYPED | _chosen()


@cache
def _chosen() -> frozenset[str]:
    """Return the names of columns that are chosen or ticked."""
    tables = [model._meta for model in apps.get_app_config("commitments").get_models()]  # noqa: SLF001 - Django's own way to its columns
    columns = (column for table in tables for column in (*table.fields, *table.many_to_many))
    return frozenset(column.name for column in columns if _is_chosen(column))


def _is_chosen(column: Field) -> bool:  # type: ignore[type-arg]
    return column.is_relation or bool(column.choices) or isinstance(column, AutoField | BooleanField)
