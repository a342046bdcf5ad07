"""Whose rows a list, a form, a search or a filter of the admin site offers. `policy` has the last word."""

from typing import Any

from django.contrib.admin import FieldListFilter, RelatedFieldListFilter
from django.http import HttpRequest

from ...permissions import own, visible
from .kinds import user_of

__all__ = ["chosen_for", "own"]


class OwnRelatedFilter(RelatedFieldListFilter):
    """Offers what the person sees, in one query. Every filter by a row is one of these."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        rows = visible(field.remote_field.model.objects.all(), user_of(request))
        ordering = self.field_admin_ordering(field, request, model_admin)
        return [(row.pk, str(row)) for row in rows.order_by(*ordering)]


FieldListFilter.register(lambda field: bool(field.remote_field), OwnRelatedFilter, take_priority=True)


def chosen_for(request: HttpRequest) -> str:
    """The model whose form asks for choices, or nothing: its changelist is being searched."""
    return request.GET.get("model_name", "") if "field_name" in request.GET else ""
