"""Translation of a form field's name into its name on the pages."""

from functools import cache

from django.apps import apps
from django.utils.text import capfirst


def field_name(name: str) -> str:
    """Return the name in the reader's language where a column is called so, else as it was sent."""
    # `12-progress` of a sheet, `milestones-0-title` of the parts of a row, `rows.12.value` of a document.
    column = _columns().get(name.replace(".", "-").rpartition("-")[2])
    return capfirst(str(column)) if column else name


@cache
def _columns() -> dict[str, object]:
    """Return the words for every column of ours; where several tables have one, they call it alike."""
    models = reversed(list(apps.get_app_config("commitments").get_models()))
    return {
        field.name: field.verbose_name
        for model in models
        for field in model._meta.get_fields()  # noqa: SLF001 - Django's own way to its columns
        if hasattr(field, "verbose_name")
    }
