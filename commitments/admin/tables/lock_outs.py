"""Accounts, addresses and browsers with refused sign-ins; an administrator lifts such a lock-out."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ... import clock
from ...accounts import attempts, security_log
from ...change_log.edits import Edit
from ...models import LockOut
from ...presenters.people import moment
from ..base.kinds import ReadOnlyAdmin, user_of


@admin.register(LockOut)
class LockOutAdmin(ReadOnlyAdmin):
    list_display = ["subject", "kind", "since", "until", "state", "lift"]
    list_select_related = ["lifted_by"]
    list_filter = ["kind"]
    search_fields = ["subject"]
    fields = ["kind", "subject", "since", "until", "lifted_by", "lifted_at"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [name for name in self.list_display if name != "lift" or self._may_lift(request)]

    @admin.display(description=gettext_lazy("state"))
    def state(self, lock_out: LockOut) -> str:
        if lock_out.lifted_by and lock_out.lifted_at:
            return _("lifted by %(who)s, %(when)s") % {
                "who": lock_out.lifted_by.name,
                "when": moment(lock_out.lifted_at),
            }
        return _("in force") if _is_in_force(lock_out) else _("ended")

    @admin.display(description=gettext_lazy("lift"))
    def lift(self, lock_out: LockOut) -> str:
        """Return a button that sends the list's own form to another address, so that no script is needed."""
        if not _is_in_force(lock_out):
            return ""
        address = reverse("admin:commitments_lockout_lift", args=[lock_out.pk])
        return format_html('<button class="button" formaction="{}">{}</button>', address, _("Lift"))

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.lift_view))
        return [path("<int:pk>/lift/", view, name="commitments_lockout_lift"), *super().get_urls()]

    def lift_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self._may_lift(request):
            raise PermissionDenied
        found = get_object_or_404(LockOut, pk=pk)
        attempts.lift(found, by=user_of(request), at=clock.real())
        security_log.note("lock_out_lifted", request=request, kind=found.kind, subject=found.subject)
        messages.success(request, _("Lifted: %(subject)s may sign in again.") % {"subject": found.subject})
        return redirect("admin:commitments_lockout_changelist")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the beginning of the lock-out, and its end by time or by an administrator."""
        found = self.get_object(request, unquote(object_id))
        told = {"edits": _edits(found)} if found else {}
        return super().history_view(request, object_id, told | (extra_context or {}))

    def _may_lift(self, request: HttpRequest) -> bool:
        return request.user.has_perm("commitments.change_lockout")


def _is_in_force(lock_out: LockOut) -> bool:
    return lock_out.lifted_at is None and lock_out.until > clock.real()


def _edits(lock_out: LockOut) -> list[Edit]:
    begun = Edit(lock_out.since, "", _("Locked out"), "", ())
    if not (lock_out.lifted_by and lock_out.lifted_at):
        return [begun]
    return [Edit(lock_out.lifted_at, lock_out.lifted_by.name, _("Lifted"), "", ()), begun]
