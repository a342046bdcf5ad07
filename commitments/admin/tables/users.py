from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UsernameField
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...accounts import administrators, links, security_log, sessions
from ...domain.enums import Role
from ...models import User
from ..base.kinds import PlainAdmin

PERSON: tuple[Any, Any] = (gettext_lazy("Person"), {"fields": ["last_name", "first_name", "email"]})
DUTY: tuple[Any, Any] = (
    gettext_lazy("Duty"),
    {"fields": ["role", "agency", "language", "is_staff", "is_active"]},
)
# Edits of these fields stand in the security log.
TOLD = ("username", "role", "agency", "is_staff", "is_active", "email")


class AgencyOfRole(forms.ModelForm):  # type: ignore[type-arg]
    """A form that requires an agency for clerks and reviewers."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        role, agency = self.cleaned_data.get("role"), self.cleaned_data.get("agency")
        if role in (Role.CLERK, Role.REVIEWER) and agency is None:
            self.add_error("agency", _("Clerks and reviewers belong to an agency. Choose one."))
        return cleaned


class ChangeForm(AgencyOfRole, UserChangeForm):  # type: ignore[type-arg]
    """A form that keeps one administrator able to add accounts; the database has the last word."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        stays = {name: self.cleaned_data.get(name) for name in ("role", "is_staff", "is_active")}
        if not self.errors and administrators.would_be_lost(self.instance.pk, **stays):
            self.add_error(None, administrators.refusal())
        return cleaned


class AddForm(AgencyOfRole):
    """A form for a new account, with a password that its owner sets."""

    class Meta:
        model = User
        fields = ("username",)
        field_classes = {"username": UsernameField}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["is_staff"].initial = True

    def clean_username(self) -> str:
        """Refuse a name that differs from another one only in upper and lower case."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(self.instance.unique_error_message(User, ("username",)))
        return name

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002
        self.instance.set_unusable_password()
        made: User = super().save(commit)
        return made


@admin.register(User)
class RoleUserAdmin(UserAdmin, PlainAdmin):  # type: ignore[type-arg, misc]
    """Accounts with the permissions of their role; groups and single permissions are not used."""

    form = ChangeForm
    add_form = AddForm
    list_display = ["username", "role", "agency", "language", "email", "is_active", "last_login"]
    list_select_related = ["agency"]
    list_filter = ["role", "is_active", "language"]
    search_fields = ["username", "first_name", "last_name", "email", "agency__name", "agency__name_en"]
    autocomplete_fields = ["agency"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        PERSON,
        DUTY,
        (gettext_lazy("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username"]}), PERSON, DUTY]
    readonly_fields = ["last_login", "date_joined"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Tell whether the user may edit the account; only superusers edit superusers."""
        # A user with the right to set a superuser's password could become that superuser.
        guarded = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not guarded

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **given: Any) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, *args, **given)
        except IntegrityError as refusal:
            if not administrators.is_refusal(refusal):
                raise
            messages.error(request, administrators.refusal())
            return redirect("admin:commitments_user_change", object_id)

    def user_change_password(self, request: HttpRequest, id: str, _form_url: str = "") -> HttpResponse:  # noqa: A002
        """Give a one-time link, instead of a password that two people know."""
        user = self.get_object(request, unquote(id))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404
        context = {"title": _("One-time link"), "original": user, "opts": self.opts}
        if request.method == "POST":
            security_log.note("password_link_made", request=request, of=user.get_username())
            context["link"] = links.make(user)
        return render(request, "admin/password_link.html", self.admin_site.each_context(request) | context)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        told = {name: getattr(obj, name) for name in TOLD if not change or name in form.changed_data}
        if told:
            event = "account_changed" if change else "account_added"
            security_log.note(event, request=request, of=obj.get_username(), **told)
        if not obj.is_active:
            sessions.end_all(obj)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        super().delete_model(request, obj)
        security_log.note("account_deleted", request=request, of=obj.get_username())

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Lead to the link with which the new account's owner signs in."""
        if "_addanother" in request.POST or IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, _("The account %(name)s has been added.") % {"name": obj.get_username()})
        return redirect("admin:auth_user_password_change", obj.pk)
