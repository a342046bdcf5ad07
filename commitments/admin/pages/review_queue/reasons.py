"""Ready reasons to return a report."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy

# They are chosen by number, from 1.
READY = (
    gettext_lazy("Does not match the last report or ledger; please check"),
    gettext_lazy("Evidence is missing; attach it and report again"),
    gettext_lazy("The note does not explain the change; please give the cause"),
    gettext_lazy("Not measured the way the target says; report by its definition"),
)


def read_reason(posted: QueryDict) -> str:
    """Return the reason as typed, after the ready one that was chosen without a script."""
    typed, chosen = posted.get("reason", "").strip(), posted.get("ready", "")
    ready = {str(number): str(words) for number, words in enumerate(READY, start=1)}.get(chosen, "")
    return " ".join(filter(None, (ready, typed)))
