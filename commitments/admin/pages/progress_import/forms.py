"""Questions about an uploaded sheet."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ....models import Plan
from ....progress_import.fault_messages import column_name
from ....spreadsheets.reader.rows import COLUMNS

NEEDED = {
    "code": gettext_lazy("required, unless the title is given"),
    "title": gettext_lazy("required, unless the code is given"),
    "value": gettext_lazy("required"),
}


class UploadForm(forms.Form):
    plan = forms.ModelChoiceField(Plan.objects.published(), label=gettext_lazy("Plan"), empty_label=None)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX or CSV, at most 20 MB and 100,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("Data as of, where a row names no day"),
        help_text=gettext_lazy(
            "A day in a row comes first. The prefilled sheet names its day in each row: to report for another one, "
            "change it there."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ColumnsForm(forms.Form):
    """A form that asks for the sheet's heading of each of our columns."""

    def __init__(self, headings: Sequence[str], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [("", _("– not in this sheet –")), *((heading, heading) for heading in headings)]
        for column in COLUMNS:
            self.fields[column] = forms.ChoiceField(
                choices=choices, required=False, label=column_name(column), help_text=NEEDED.get(column, "")
            )

    def mapping(self) -> dict[str, str]:
        return {column: heading for column, heading in self.cleaned_data.items() if heading}
