"""Sentences that explain a status in the reader's language, each with the numbers behind it.

Page, API, mails and `manage.py explain` all take their words from here.
"""

from .judgement import aim, why, why_commitment
from .outlook import confidence, flags, forecast, paces
from .revisions import promise, revisions
from .thresholds import thresholds

__all__ = [
    "aim",
    "confidence",
    "flags",
    "forecast",
    "paces",
    "promise",
    "revisions",
    "thresholds",
    "why",
    "why_commitment",
]
