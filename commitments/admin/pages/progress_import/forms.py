"""Questions about an uploaded sheet."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ....models import Plan
from ....progress_import.fault_messages import column_name
from ....spreadsheets.reader.rows import COLUMNS


class UploadForm(forms.Form):
    plan = forms.ModelChoiceField(Plan.objects.published(), label=gettext_lazy("Plan"), empty_label=None)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX or CSV, at most 20 MB and 100,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("Data as of (for rows without a date)"),
        help_text=gettext_lazy(
            "Applies to every row without a date of its own. The prefilled sheet has a date in each "
            "row; change it there to report for another day."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ColumnsForm(forms.Form):
    """A form that asks for the meaning of each column of the sheet."""

    def __init__(
        self, headings: Mapping[int, str], known: Mapping[str, str], *args: Any, **given: Any
    ) -> None:
        """Ask about the headings, by the place of each; `known` gives the heading of each of our columns."""
        super().__init__(*args, **given)
        choices = [("", _("– not read –")), *((column, column_name(column)) for column in COLUMNS)]
        meaning = {heading: column for column, heading in known.items()}
        self._headings = {f"c{place}": heading for place, heading in headings.items()}
        for name, heading in self._headings.items():
            self.fields[name] = forms.ChoiceField(
                choices=choices, required=False, label=heading, initial=meaning.get(heading, "")
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [column for column in cleaned.values() if column]
        twice = [column_name(column) for column in dict.fromkeys(chosen) if chosen.count(column) > 1]
        if twice:
            said = _("Several columns of the sheet have the same meaning: %(names)s.")
            raise forms.ValidationError(said % {"names": "、".join(twice)})
        return cleaned

    def mapping(self) -> dict[str, str]:
        """Return the heading of each of our columns."""
        return {column: self._headings[name] for name, column in self.cleaned_data.items() if column}
