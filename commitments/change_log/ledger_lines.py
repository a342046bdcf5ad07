"""The change history of append-only rows: the author of each, then reviews, withdrawals and corrections."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import DeliveryConfidence, ProgressEntry, Review, User, Withdrawal
from .edits import Edit, FieldChange
from .values import NOTHING

# Columns with the author and the instant of a line.
SIGNED: dict[type[Model], tuple[str, str]] = {
    ProgressEntry: ("recorded_by", "recorded_at"),
    Review: ("reviewed_by", "reviewed_at"),
    Withdrawal: ("withdrawn_by", "withdrawn_at"),
    DeliveryConfidence: ("stated_by", "stated_at"),
}


def list_edits(row: Model) -> list[Edit]:
    """Return the history newest first: the line itself, and for an entry its later lines."""
    return sorted(_edits(row), key=lambda edit: edit.at, reverse=True)


def _edits(row: Model) -> Iterator[Edit]:
    yield _edit(row)
    if isinstance(row, ProgressEntry):
        for review in Review.objects.filter(entry=row).select_related("reviewed_by"):
            yield _edit(review, str(review.get_decision_display()), _because(review.reason))
        for withdrawal in Withdrawal.objects.filter(entry=row).select_related("withdrawn_by"):
            yield _edit(withdrawal, _name(withdrawal), _because(withdrawal.reason))
        for correction in row.corrections.select_related("recorded_by", "commitment", "target", "milestone"):
            yield _edit(correction, _("Correction"), FieldChange(_name(correction), "", str(correction)))


def _edit(row: Model, part: str = "", *changes: FieldChange) -> Edit:
    by, at = SIGNED[type(row)]
    person: User = getattr(row, by)
    who = person.name
    return Edit(getattr(row, at), who, _("Added"), part, changes)


def _because(reason: str) -> FieldChange:
    return FieldChange(_("Reason"), "", reason or NOTHING)


def _name(row: Model) -> str:
    return capfirst(str(row._meta.verbose_name))  # noqa: SLF001 - Django's own public name for it
