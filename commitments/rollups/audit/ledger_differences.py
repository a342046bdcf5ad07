"""Differences between the ledger and its seals, in sentences."""

from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .sealed_rows import SEALED

NAMED = 10  # commitments in a sentence


class Change(Enum):
    """The kind of a difference between ledger and seal."""

    MISSING = auto()
    CHANGED = auto()
    ADDED = auto()


class LedgerDifference(NamedTuple):
    """A table whose rows for a commitment are not those that were sealed on a day."""

    commitment: int
    code: str
    name: str
    change: Change
    sealed_on: date

    @property
    def commitments(self) -> tuple[int, ...]:
        return (self.commitment,)

    def __str__(self) -> str:
        return _sentence(self.change) % {
            "code": self.code,
            "day": f"{self.sealed_on:%Y-%m-%d}",
            "table": SEALED[self.name].model._meta.verbose_name,  # noqa: SLF001 - Django's own public name for it
        }


class UnsignedSeals(NamedTuple):
    """Seals that neither the present key nor an earlier one has signed."""

    commitments: tuple[int, ...]
    codes: tuple[str, ...]

    def __str__(self) -> str:
        codes = ", ".join(self.codes[:NAMED]) + (" …" if len(self.codes) > NAMED else "")
        return ngettext(
            "%(count)d seal of the ledger cannot be compared, since it was signed with another SECRET_KEY or"
            " forged: %(codes)s.",
            "%(count)d seals of the ledger cannot be compared, since they were signed with another SECRET_KEY or"
            " forged: %(codes)s.",
            len(self.codes),
        ) % {"count": len(self.codes), "codes": codes}


SealDifference = LedgerDifference | UnsignedSeals


def _sentence(change: Change) -> str:
    if change is Change.MISSING:
        return _("The ledger of %(code)s has been changed since %(day)s: rows are missing (%(table)s).")
    if change is Change.CHANGED:
        return _(
            "The ledger of %(code)s has been changed since %(day)s: rows say something else (%(table)s)."
        )
    return _(
        "The ledger of %(code)s has been changed since %(day)s: rows were put among older ones, or a seal was"
        " removed (%(table)s)."
    )
