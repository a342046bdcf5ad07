"""The rows that a list, a form, a search or a filter offers to a user; `permissions` has the last word."""

from typing import Any

from django.contrib.admin import FieldListFilter, RelatedFieldListFilter
from django.http import HttpRequest

from ...permissions import own, visible
from .kinds import user_of

__all__ = ["chosen_for", "own"]


class OwnRelatedFilter(RelatedFieldListFilter):
    """A filter with the rows that the user sees, in one query; every filter by a row is one of these."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        rows = visible(field.remote_field.model.objects.all(), user_of(request))
        ordering = self.field_admin_ordering(field, request, model_admin)
        return [(row.pk, str(row)) for row in rows.order_by(*ordering)]


FieldListFilter.register(lambda field: bool(field.remote_field), OwnRelatedFilter, take_priority=True)


def chosen_for(request: HttpRequest) -> str:
    """Return the model of the form that asks for choices; empty if the changelist itself is searched."""
    return request.GET.get("model_name", "") if "field_name" in request.GET else ""
