from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .. import clock
from ..domain.targets import Revision, in_force
from ..formats import typed
from ..models import Target, TargetRevision
from .base import LedgerAdmin, RefusableForm, user_of


class RevisionForm(RefusableForm):
    """What is in force on the day is filled in; a new value or due date left empty stays as it is."""

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            self._fill()
        return super().clean()

    def _fill(self) -> None:
        cleaned, revision = self.cleaned_data, self.instance
        before = _in_force(cleaned["target"], cleaned["effective_from"])
        revision.old_value, revision.old_due_on = before.value, before.due_on
        if cleaned["new_value"] is None:
            cleaned["new_value"] = before.value
        cleaned["new_due_on"] = cleaned["new_due_on"] or before.due_on
        self._check(before)

    def _check(self, before: Revision) -> None:
        cleaned = self.cleaned_data
        target, day = cleaned["target"], cleaned["effective_from"]
        if day < target.starts_on:
            self.add_error("effective_from", _("The target had not started by then."))
        if target.revisions.filter(effective_from=day).exists():
            self.add_error("effective_from", _("There is a revision from this day already."))
        if (cleaned["new_value"], cleaned["new_due_on"]) == (before.value, before.due_on):
            self.add_error("new_value", _("This changes neither the value nor the due date."))
        elif cleaned["new_due_on"] < target.starts_on:
            self.add_error("new_due_on", _("The due date lies before the target starts."))


def _in_force(target: Target, on: date) -> Revision:
    earlier = target.revisions.values_list("effective_from", "new_value", "new_due_on").order_by("pk")
    first = Revision(target.starts_on, target.value, target.due_on)
    return in_force(first, tuple(Revision(*revision) for revision in earlier), on)


def _today(target: Target) -> dict[str, Any]:
    day = max(clock.today(target.commitment.plan.time_zone), target.starts_on)
    before = _in_force(target, day)
    return {"effective_from": day, "new_value": typed(before.value), "new_due_on": before.due_on}


@admin.register(TargetRevision)
class TargetRevisionAdmin(LedgerAdmin):
    form = RevisionForm
    fields = ["target", "effective_from", "new_value", "new_due_on", "authority", "reason"]
    list_display = [
        "target",
        "effective_from",
        "old_value",
        "new_value",
        "old_due_on",
        "new_due_on",
        "authority",
    ]
    list_select_related = ["target"]
    search_fields = ["target__code", "target__title", "authority", "reason"]
    autocomplete_fields = ["target"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What is in force today of the target in `?target=`, to be written over."""
        given = super().get_changeform_initial_data(request)
        asked = Target.objects.select_related("commitment__plan").filter(pk=given.get("target", 0))
        return (_today(asked[0]) if asked else {}) | given

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("new_value", "new_due_on"):
            kwargs |= {"required": False, "help_text": _("Leave empty to keep what is in force.")}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: TargetRevision, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.revised_by, obj.revised_at = user_of(request), clock.now()
        super().save_model(request, obj, form, change)
