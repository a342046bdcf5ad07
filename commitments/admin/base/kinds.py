"""The kinds of admin pages: edited data, lines that are only added, and read-only rows."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.validators import MaxLengthValidator
from django.db import DataError, models
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponse

from ... import permissions
from ...accounts import unsent_forms
from ...change_log import edits, ledger_lines
from ...domain.texts import LONGEST
from ...models import User
from ...models.validators import validate_link
from ...uploads import status_of
from .choices import RowChoice
from .days import BOXES
from .exporting import ExportingAdmin
from .guarded import GuardedAdmin


def user_of(request: HttpRequest) -> User:
    """Return the signed-in user; the admin site lets no other visitor in."""
    return cast("User", request.user)


class WebAddress(forms.URLField):
    """An address field that reports a fault once: the column's checks come on top of the field's."""

    default_validators = [validate_link]


class OwnChangeList(ChangeList):
    """A list that ignores lookups a column cannot answer, with a word of warning."""

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except (DataError, ArithmeticError, IndexError, TypeError, ValueError) as error:
            raise IncorrectLookupParameters(error) from error

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Leave out the name of a form that the person comes back for."""
        asked: dict[str, Any] = super().get_filters_params(params)
        asked.pop(unsent_forms.AGAIN, None)
        return asked


class PlainAdmin(ExportingAdmin, GuardedAdmin):
    """A page of the rows that the user sees, without counting whole tables for a search."""

    show_full_result_count = False
    formfield_overrides = {
        **BOXES,
        models.URLField: {"form_class": WebAddress, "assume_scheme": "https"},
        # A browser would cut a text that is pasted to a limit that it knows.
        models.TextField: {"validators": [MaxLengthValidator(LONGEST)]},
    }
    list_per_page = 50

    def get_changelist(self, *_args: Any, **_given: Any) -> type[ChangeList]:
        return OwnChangeList

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **given: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            given.setdefault("widget", RowChoice(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **given)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return permissions.visible(super().get_queryset(request), user_of(request))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Allow lookups only through a row's own columns."""
        # A lookup through other tables would reveal which of their rows refer to it.
        first = lookup.split(LOOKUP_SEP)[0]
        named_by = any(each.name == first for each in self.opts.related_objects)
        return not named_by and super().lookup_allowed(lookup, value, request)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        told_by = ledger_lines if type(row) in ledger_lines.SIGNED else edits
        told = {"edits": told_by.list_edits(row) if row else []}
        return super().history_view(request, object_id, told | (extra_context or {}))


class AddOnlyAdmin(PlainAdmin):
    """Rows that stay as they were written."""

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(AddOnlyAdmin):
    """Rows that the service itself writes."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False


class LedgerAdmin(AddOnlyAdmin):
    """Lines of the ledger, written by an `ActionForm`; they have no parts that could be refused after it."""

    # Django's own, which `changeform_view` calls in a transaction.
    _changeform_view: Callable[..., HttpResponse]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        form.request = request
        return form

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **given: Any
    ) -> Any:
        """Offer rows to refer to, without links to add or edit them here."""
        field: Any = super().formfield_for_dbfield(db_field, request, **given)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_add_related = False
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
        return field

    def log_addition(self, *_args: Any) -> None:  # type: ignore[override]
        """Skip Django's log: a line of the ledger itself holds its author and instant."""

    def save_model(self, *_args: Any) -> None:
        """Save nothing: the form's action has written the row."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the form outside Django's transaction, since the action is one of its own."""
        unsent_forms.put_back(request)
        return self._changeform_view(request, None, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **given: Any
    ) -> HttpResponse:
        answer = super().render_change_form(request, context, *args, **given)
        answer.status_code = status_of(context["adminform"].form.refusal)
        return answer
