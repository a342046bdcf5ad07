"""Which commitments a reader wants to see."""

import unicodedata
from dataclasses import astuple, dataclass

from django.http import QueryDict

from ..models import Commitment
from ..states import CommitmentState


@dataclass(frozen=True)
class Filters:
    """Empty means any. A word nobody knows fits nothing: it is never silently ignored."""

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
            and all(word in _text_of(commitment) for word in _folded(self.q).split())
        )


def _text_of(commitment: Commitment) -> str:
    agency = commitment.lead_agency
    return _folded(
        " ".join(
            (
                commitment.code,
                commitment.title,
                commitment.title_en,
                commitment.section,
                commitment.section_en,
                agency.name,
                agency.name_en,
            )
        )
    )


def _folded(text: str) -> str:
    """Full-width letters and digits, as a Chinese keyboard makes them, equal the plain ones."""
    return unicodedata.normalize("NFKC", text).casefold()
