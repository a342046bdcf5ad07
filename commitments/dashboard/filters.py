"""The reader's choice of commitments."""

import unicodedata
from dataclasses import astuple, dataclass

from django.http import QueryDict

from ..models import Commitment
from ..states import CommitmentState


@dataclass(frozen=True)
class Filters:
    """Filters of a plan's page; an empty one lets all through, and an unknown word none."""

    status: str = ""
    priority: str = ""
    agency: str = ""
    q: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "Filters":
        return cls(**{name: query.get(name, "").strip() for name in cls.__dataclass_fields__})

    def __bool__(self) -> bool:
        return any(astuple(self))

    def fit(self, state: CommitmentState) -> bool:
        commitment = state.commitment
        return (
            self.status in ("", state.status)
            and self.priority in ("", commitment.priority.code)
            and self.agency in ("", commitment.lead_agency.code)
            and all(word in _text_of(commitment) for word in _fold(self.q).split())
        )


def _text_of(commitment: Commitment) -> str:
    agency = commitment.lead_agency
    return _fold(
        " ".join(
            (
                commitment.code,
                commitment.title,
                commitment.title_en,
                commitment.section,
                commitment.section_en,
                agency.name,
                agency.name_en,
                agency.short_name_en,
            )
        )
    )


def _fold(text: str) -> str:
    """Fold case and width, since Chinese keyboards type full-width letters and digits."""
    return unicodedata.normalize("NFKC", text).casefold()
