"""What a row proposes to the ledger."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from ..models import Milestone, Target


class Draft(NamedTuple):
    """Made a hundred thousand times, so it is no model; the ledger's checks look at no more than this."""

    target: Target
    milestone: Milestone | None
    effective_on: date
    value: Decimal
    denominator: Decimal | None
    recorded_at: datetime
