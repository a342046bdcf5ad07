"""The names of places, and the commitments that they belong to."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from ....models import Commitment, ProgressEntry, Target, User
from ...base.scope import own

KEY = re.compile(r"(c|e|)([0-9]{1,18})")


class DraftPlace(NamedTuple):
    """A known place: its commitment, and the name of its row."""

    commitment: Commitment
    name: str


def is_key(text: str) -> bool:
    return KEY.fullmatch(text) is not None


def find_places(keys: Iterable[str], user: User) -> Mapping[str, DraftPlace]:
    """Return by name the places that the user may report on, in at most three queries."""
    named = {key: found for key in keys if (found := KEY.fullmatch(key))}

    def numbers(kind: str) -> list[int]:
        return [int(found[2]) for found in named.values() if found[1] == kind]

    def owned(rows: QuerySet[Any], kind: str, path: str) -> QuerySet[Any]:
        return own(rows.filter(pk__in=numbers(kind)), user, commitment=path) if numbers(kind) else rows.none()

    targets = owned(Target.objects.select_related("commitment__plan"), "", "commitment")
    directions = owned(Commitment.objects.select_related("plan"), "c", "pk")
    entries = owned(ProgressEntry.objects.select_related("commitment__plan", "target"), "e", "commitment")
    return {
        **{str(each.pk): DraftPlace(each.commitment, str(each)) for each in targets},
        **{f"c{each.pk}": DraftPlace(each, str(each)) for each in directions},
        **{
            f"e{each.pk}": DraftPlace(each.commitment, str(each.target or each.commitment))
            for each in entries
        },
    }
