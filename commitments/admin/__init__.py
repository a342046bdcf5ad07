"""The admin site: stock Django pages for all data entry; ledger and policy decide what may be written."""

from . import (
    commitments,
    confidence,
    digests,
    evidence,
    periods,
    places,
    plans,
    progress,
    reviews,
    revisions,
    rollups,
    site,
    targets,
    users,
)

__all__ = [
    "commitments",
    "confidence",
    "digests",
    "evidence",
    "periods",
    "places",
    "plans",
    "progress",
    "reviews",
    "revisions",
    "rollups",
    "site",
    "targets",
    "users",
]
