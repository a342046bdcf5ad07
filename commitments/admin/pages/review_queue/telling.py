"""The messages after decisions on several entries."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from .decisions import ReviewOutcome


def tell(request: HttpRequest, outcomes: Sequence[ReviewOutcome]) -> None:
    """Show one message for all approved entries, and one for each other entry, with the reason."""
    done = sum(outcome.done for outcome in outcomes)
    if done:
        words = ngettext("%(count)d entry approved.", "%(count)d entries approved.", done)
        messages.success(request, words % {"count": done})
    for outcome in outcomes:
        if not outcome.done:
            messages.error(request, outcome.words)
