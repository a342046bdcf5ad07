"""Evidence of an entry: added here, and fetched by those with the right to read it."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from ... import permissions
from ...actions import evidence
from ...domain.enums import FileState
from ...labels import FILE_STATE, choices
from ...models import Evidence, EvidenceComparison, User
from ...presenters.people import moment
from ..base.action_forms import ActionForm
from ..base.kinds import user_of
from ..pages import evidence_file
from .reviews import OnEntryAdmin


class EvidenceForm(ActionForm):
    """A form that attaches evidence, or changes who may read it."""

    instance: Evidence

    def act(self, *, by: User, at: datetime) -> Evidence:
        if not self.instance.pk:
            return evidence.attach(**self.cleaned_data, by=by, at=at)
        evidence.set_public(self.instance, public=self.cleaned_data["public"], by=by)
        return self.instance


class FileStateFilter(admin.SimpleListFilter):
    """A filter by the result of the newest audit of files."""

    title = gettext_lazy("state of the file")
    parameter_name = "file_state"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        return choices(FILE_STATE)

    def queryset(self, _request: HttpRequest, rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
        return rows.filter(comparison__state=self.value()) if self.value() else rows


@admin.register(Evidence)
class EvidenceAdmin(OnEntryAdmin):
    form = EvidenceForm
    fields = ["entry", "title", "url", "file", "public"]
    list_display = ["title", "entry", "public", "file_state", "added_by", "added_at"]
    list_select_related = ["entry__commitment", "entry__target", "entry__milestone", "added_by", "comparison"]
    list_filter = ["public", FileStateFilter]
    search_fields = ["title", "entry__commitment__code", "entry__target__code", "sha256"]

    def get_fields(self, request: HttpRequest, obj: Evidence | None = None) -> Any:
        return (
            ["entry", "title", "url", "download", "sha256", "compared", "public", "added_by", "added_at"]
            if obj
            else self._fields_of_a_new_one(request)
        )

    def _fields_of_a_new_one(self, request: HttpRequest) -> list[Any]:
        """Return the fields of new evidence, which is private unless the user may make it public."""
        return [field for field in self.fields if field != "public" or self.has_change_permission(request)]

    def get_readonly_fields(self, request: HttpRequest, obj: Evidence | None = None) -> Any:
        return [field for field in self.get_fields(request, obj) if field != "public"] if obj else []

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Tell whether the user may change the mark “public”, the only field that can be changed."""
        return request.user.has_perm("commitments.change_evidence")

    @admin.display(description=gettext_lazy("file"))
    def download(self, evidence: Evidence) -> str:
        if not evidence.file:
            return ""
        address = reverse("admin:commitments_evidence_file", args=[evidence.pk])
        return format_html('<a href="{}">{}</a>', address, evidence.title)

    @admin.display(description=gettext_lazy("compared with its digest"))
    def compared(self, evidence: Evidence) -> str:
        """Show the result and time of the newest comparison, and the digest of a file that stands there instead."""
        found = _comparison(evidence)
        if found is None:
            return ""
        instead = f"SHA-256 {found.sha256}" if found.state == FileState.CHANGED else ""
        return " · ".join(filter(None, [found.get_state_display(), moment(found.at), instead]))

    @admin.display(description=gettext_lazy("state of the file"), ordering="comparison__state")
    def file_state(self, evidence: Evidence) -> str:
        found = _comparison(evidence)
        return found.get_state_display() if found else ""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/file/", view, name="commitments_evidence_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        evidence = self.get_object(request, str(pk))
        if (
            evidence is None
            or not evidence.file
            or not permissions.can_read_evidence(user_of(request), evidence)
        ):
            raise Http404
        context = self.admin_site.each_context(request) | {"opts": self.opts}
        return evidence_file.respond(request, evidence, context)


def _comparison(evidence: Evidence) -> EvidenceComparison | None:
    """Return the newest comparison; None for a link, and for a file before its first night."""
    return getattr(evidence, "comparison", None)
