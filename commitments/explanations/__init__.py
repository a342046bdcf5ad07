"""Why a status is what it is, in words: every sentence names the numbers behind it, in the reader's language.

Page, API, mails and `manage.py explain` all take their words from here.
"""

from .judgement import aim, why, why_commitment
from .outlook import confidence, flags, forecast, paces
from .revisions import revisions
from .thresholds import thresholds

__all__ = [
    "aim",
    "confidence",
    "flags",
    "forecast",
    "paces",
    "revisions",
    "thresholds",
    "why",
    "why_commitment",
]
