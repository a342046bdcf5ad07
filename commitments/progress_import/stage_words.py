"""Words for a stage in a sheet: it is done, or its row stays blank."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop, pgettext, pgettext_lazy

from ..labels import Label
from ..models import Milestone

DONE = pgettext_lazy("stage", "Done")
NOT_DONE = pgettext_lazy("stage", "Not done")
HOW = gettext_noop("A stage is done or not: write “Done”, or leave the row blank while it is not.")


def prefill(milestone: Milestone, *, is_due: bool) -> Mapping[str, Label]:
    """Return the prefilled cells of a stage that is not done; `is_due` refers to the end of the sheet's period."""
    due_on = milestone.due_on.isoformat()
    return {
        "unit": pgettext("unit", "stage"),
        "previous": NOT_DONE,
        "planned": DONE if is_due else NOT_DONE,
        "target": pgettext("stage", "Due %(day)s") % {"day": due_on},
    }
