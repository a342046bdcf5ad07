"""The admin site: stock Django pages for all data entry; actions and permissions decide on each write."""

from .base import django_words
from .tables import (
    commitments,
    confidence,
    digests,
    evidence,
    lock_outs,
    mails,
    period_locks,
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
    "mails",
    "period_locks",
    "places",
    "plans",
    "progress",
    "reviews",
    "revisions",
    "rollups",
    "targets",
    "users",
]
