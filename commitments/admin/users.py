from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.words import Role
from ..models import User
from .base import PlainAdmin

DUTY: tuple[Any, Any] = (
    gettext_lazy("Duty"),
    {"fields": ["role", "agency", "language", "is_staff", "is_active"]},
)


class AgencyOfRole(forms.ModelForm):  # type: ignore[type-arg]
    """Clerks and reviewers act for an agency."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        role, agency = self.cleaned_data.get("role"), self.cleaned_data.get("agency")
        if role in (Role.CLERK, Role.REVIEWER) and agency is None:
            self.add_error("agency", _("Clerks and reviewers act for an agency: choose it."))
        return cleaned


class ChangeForm(AgencyOfRole, UserChangeForm):  # type: ignore[type-arg]
    pass


class AddForm(AgencyOfRole, AdminUserCreationForm):  # type: ignore[type-arg]
    """An account is made for somebody who signs in here."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["is_staff"].initial = True


@admin.register(User)
class RoleUserAdmin(UserAdmin, PlainAdmin):  # type: ignore[type-arg, misc]
    """What somebody may do follows from the role alone; groups and single permissions are not used."""

    form = ChangeForm
    add_form = AddForm
    list_display = ["username", "role", "agency", "language", "email", "is_active", "last_login"]
    list_select_related = ["agency"]
    list_filter = ["role", "is_active", "language"]
    search_fields = ["username", "first_name", "last_name", "email", "agency__name"]
    autocomplete_fields = ["agency"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (gettext_lazy("Person"), {"fields": ["first_name", "last_name", "email"]}),
        DUTY,
        (gettext_lazy("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [*UserAdmin.add_fieldsets, DUTY]
    readonly_fields = ["last_login", "date_joined"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever could set a superuser's password would be one."""
        guarded = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not guarded
