"""Parts of the queue: the entries of one commitment, or of one responsible agency."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from ....models import Agency, Commitment, ProgressEntry, User
from ...base.scope import own
from .waiting import waiting_for

NUMBER = re.compile(r"[0-9]{1,18}")


class QueuePart(NamedTuple):
    """The commitment and the lead agency that the queue is narrowed to; None for all of them."""

    commitment: Commitment | None
    agency: int | None


class AgencyChoice(NamedTuple):
    """A lead agency, with the number of entries that wait."""

    agency: Agency
    waiting: int


def read_part(query: QueryDict, user: User) -> QueuePart:
    """Read the part from an address; a commitment that is not the user's own is not found."""
    commitment, agency = (read_number(query.get(name, "")) for name in ("commitment", "agency"))
    if commitment is None:
        return QueuePart(None, agency)
    commitments: QuerySet[Commitment] = own(Commitment.objects.all(), user, commitment="pk")
    return QueuePart(get_object_or_404(commitments, pk=commitment), agency)


def read_number(text: str) -> int | None:
    """Return the number of a row; None for texts that are none."""
    return int(text) if NUMBER.fullmatch(text) else None


def waiting_in(part: QueuePart, user: User) -> QuerySet[ProgressEntry]:
    """Select the entries of the part that wait for the person, oldest first."""
    found = waiting_for(user)
    if part.commitment:
        found = found.filter(commitment=part.commitment)
    if part.agency is not None:
        found = found.filter(commitment__lead_agency=part.agency)
    return found


def list_agencies(user: User) -> Sequence[AgencyChoice]:
    """Return the lead agencies with entries that wait for the person, in their own order. Two queries."""
    waiting = waiting_for(user).order_by().values_list("commitment__lead_agency")
    counts = dict(waiting.annotate(Count("pk")))
    return [AgencyChoice(agency, counts[agency.pk]) for agency in Agency.objects.filter(pk__in=counts)]
