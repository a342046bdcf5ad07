"""Proposed entries: figures and narratives on their way into the ledger."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..domain.enums import NoFigure
from ..models import Commitment, Milestone, Target


@dataclass(frozen=True, slots=True)
class ProposedEntry:
    """A figure, or a stage that is done, from a page, a spreadsheet, a form or a request.

    `effective_on` is a day of the plan's calendar. `value` is in the target's unit; it is the numerator of a
    ratio, and 1 for a stage.
    """

    target: Target
    effective_on: date
    value: Decimal
    denominator: Decimal | None = None
    milestone: Milestone | None = None
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    # None: as the corrected entry does; a new entry then stands for its own period.
    includes_earlier: bool | None = None
    is_sample: bool = False

    @property
    def commitment(self) -> Commitment:
        return self.target.commitment


@dataclass(frozen=True, slots=True)
class ProposedNarrative:
    """Words about a commitment, or about one of its targets; `no_figure` tells why that one has no figure.

    `effective_on` is a day of the plan's calendar.
    """

    commitment: Commitment
    effective_on: date
    target: Target | None = None
    no_figure: NoFigure | None = None
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    is_sample: bool = False


Proposed = ProposedEntry | ProposedNarrative
