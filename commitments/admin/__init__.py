"""The admin site: stock Django pages for all data entry; ledger and policy decide what may be written."""

from . import (
    commitments,
    confidence,
    digests,
    django_words,
    evidence,
    lock_outs,
    periods,
    places,
    plans,
    progress,
    reviews,
    revisions,
    rollups,
    targets,
    users,
)

__all__ = [
    "commitments",
    "confidence",
    "digests",
    "django_words",
    "evidence",
    "lock_outs",
    "periods",
    "places",
    "plans",
    "progress",
    "reviews",
    "revisions",
    "rollups",
    "targets",
    "users",
]
