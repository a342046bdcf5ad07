"""Input boxes of the browser for days and instants.

Django's shortcuts beside them, “Today” and “Now”, would know neither a demo's clock nor the plan's time
zone.
"""

from typing import Any

from django import forms
from django.db import models


def day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def instant_input() -> forms.SplitDateTimeWidget:
    return forms.SplitDateTimeWidget(
        date_attrs={"type": "date"},
        time_attrs={"type": "time", "step": "1"},
        date_format="%Y-%m-%d",
        time_format="%H:%M:%S",
    )


BOXES: dict[Any, dict[str, Any]] = {
    models.DateField: {"widget": day_input()},
    models.DateTimeField: {"widget": instant_input()},
}
