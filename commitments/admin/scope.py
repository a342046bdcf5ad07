"""Which rows a person may choose in a form: those of the agency they act for. `policy` has the last word."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import Agency, Commitment, User
from ..policy import WHOLE_PLAN


def own(rows: QuerySet[Any], user: User, *, commitment: str) -> QuerySet[Any]:
    """Rows whose `commitment` the person's agency leads or supports; the supervision office has all."""
    if user.is_superuser or user.role in WHOLE_PLAN:
        return rows
    if user.agency_id is None:
        return rows.none()
    agency = Agency(pk=user.agency_id)  # its number is all that is asked for: no query for the rest
    return rows.filter(**{f"{commitment}__in": Commitment.objects.of_agency(agency).values("pk")})


def chosen_for(request: HttpRequest) -> str:
    """The model whose form asks for choices, or nothing: its changelist is being searched."""
    return request.GET.get("model_name", "") if "field_name" in request.GET else ""
