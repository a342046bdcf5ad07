"""Days and instants are typed into the browser's own boxes.

Django's shortcuts beside them, “Today” and “Now”, would know neither the clock of a demonstration nor the plan's zone.
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
