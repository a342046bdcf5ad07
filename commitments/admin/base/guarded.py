"""Forms that notice another person's save of the same row."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from ...accounts import unsent_forms
from ...change_log import edits
from . import conflict, form_values


class ShownForm:
    """A stand-in before a form, so that it is shown again and not saved."""

    def is_valid(self) -> bool:
        return False


class GuardedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin that shows both versions if the row changed between opening and saving a form."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        unsent_forms.put_back(request)
        try:
            return self._save_or_show(request, object_id, form_url, extra_context)
        except IntegrityError as refusal:
            if not isinstance(refusal.__cause__, UniqueViolation):
                raise
            # Another person saved the same value at this moment: now the form's own checks find it and name it.
            return self._save_or_show(request, object_id, form_url, extra_context)

    def _save_or_show(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
    ) -> HttpResponse:
        if request.method != "POST" or not object_id:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            told = self._compare(request, unquote(object_id))
            return super().changeform_view(request, object_id, form_url, (extra_context or {}) | told)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refuse the delete if the row changed after the confirmation page was opened."""
        # The page's address holds a digest of the values that stood there.
        key = unquote(object_id)
        with transaction.atomic():
            row = self.get_object(request, key)
            if row is None or not self.has_delete_permission(request, row):
                return super().delete_view(request, object_id, extra_context)
            list(type(row).objects.select_for_update().filter(pk=row.pk).values("pk"))
            now = conflict.digest(
                form_values.stored_values(*self._unsent(request, self.get_object(request, key)))
            )
            if request.GET.get(conflict.SEEN) == now:
                return super().delete_view(request, object_id, extra_context)
        if request.method == "POST":
            said = _(
                "Someone else has changed this since you opened the page, so nothing was deleted. Please"
                " look again."
            )
            messages.warning(request, said)
        asked = request.GET.copy()
        asked[conflict.SEEN] = now
        return redirect(f"{request.path}?{asked.urlencode()}")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        form: Any = super().get_form(request, obj, change, **kwargs)
        if not unsent_forms.is_shown_again(request):
            return form
        return type(form.__name__, (ShownForm, form), {})

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        # A form that is shown again has lost the parts that another person changed.
        if unsent_forms.is_shown_again(request) and f"{prefix}-TOTAL_FORMS" not in request.POST:
            return {name: given[name] for name in ("instance", "prefix", "queryset")}
        return given

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context["original"]
        if row and "seen" not in context and self.has_change_permission(request, row):
            context["seen"] = conflict.seen_text(form_values.stored_values(*self._unsent(request, row)))
        return super().render_change_form(request, context, *args, **kwargs)

    def _compare(self, request: HttpRequest, key: str) -> dict[str, Any]:
        """Lock the row, and return the stored values and any conflict with them for the page.

        A form in conflict is shown again and not saved.
        """
        row = self.get_object(request, key)
        if row is None or not self.has_change_permission(request, row):
            return {}
        list(type(row).objects.select_for_update(no_key=True).filter(pk=row.pk).values("pk"))
        unsent = self._unsent(request, self.get_object(request, key))
        stored = form_values.stored_values(*unsent)
        told = {"seen": conflict.seen_text(stored)}
        found = conflict.find(request.POST, *unsent, stored)
        if found is None:
            return told
        unsent_forms.show_again(request, found.data)
        return told | {"conflict": found, "last_edit": edits.last_edit(row)}

    def _unsent(self, request: HttpRequest, row: Any) -> tuple[Any, dict[str, Any]]:
        """Return the form and its parts as the database has them."""
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        form = self.get_form(request, row, change=True, fields=fields)(instance=row)
        parts = {
            FormSet.get_default_prefix(): FormSet(instance=row, queryset=inline.get_queryset(request))
            for FormSet, inline in self.get_formsets_with_inlines(request, row)
        }
        return form, parts
