"""Evidence: a link, or a file that is kept privately under its own digest."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.contrib import admin
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import clock, policy
from ..models import Evidence
from .base import RefusableForm, user_of
from .reviews import OnEntryAdmin

LARGEST = 20 * 2**20
ZIP = b"PK\x03\x04"
BEGINS = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".docx": ZIP,
    ".xlsx": ZIP,
}


class EvidenceForm(RefusableForm):
    def clean(self) -> dict[str, Any]:
        link, file = self.cleaned_data.get("url"), self.cleaned_data.get("file")
        if not self.errors and self.instance.pk is None and bool(link) == bool(file):
            self.add_error("url", _("Give an address or a file, and not both."))
        return super().clean()

    def clean_file(self) -> "File[Any] | None":
        file: File[Any] | None = self.cleaned_data["file"]
        if file:
            self._check(file)
        return file

    def _check(self, file: "File[Any]") -> None:
        begins = BEGINS.get(_suffix(file))
        if begins is None or file.read(len(begins)) != begins:
            self.add_error("file", _("Only PDF, JPEG, PNG, DOCX and XLSX files can be kept."))
        elif (file.size or 0) > LARGEST:
            self.add_error("file", _("A file may have at most 20 MB."))
        file.seek(0)


def _suffix(file: "File[Any]") -> str:
    return PurePath(file.name or "").suffix.lower()


def _digest(file: "File[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


@admin.register(Evidence)
class EvidenceAdmin(OnEntryAdmin):
    form = EvidenceForm
    fields = ["entry", "title", "url", "file", "public"]
    list_display = ["title", "entry", "public", "added_by", "added_at"]
    list_select_related = ["entry__target", "added_by"]
    list_filter = ["public"]
    search_fields = ["title", "entry__target__code", "sha256"]

    def get_fields(self, _request: HttpRequest, obj: Evidence | None = None) -> Any:
        return (
            ["entry", "title", "url", "download", "sha256", "public", "added_by", "added_at"]
            if obj
            else self.fields
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Evidence | None = None) -> Any:
        return [field for field in self.get_fields(request, obj) if field != "public"] if obj else []

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Whether it is public is all that can be changed."""
        return request.user.has_perm("commitments.change_evidence")

    @admin.display(description=gettext_lazy("file"))
    def download(self, evidence: Evidence) -> str:
        if not evidence.file:
            return ""
        address = reverse("admin:commitments_evidence_file", args=[evidence.pk])
        return format_html('<a href="{}">{}</a>', address, evidence.title)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/file/", view, name="commitments_evidence_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> FileResponse:
        evidence = self.get_object(request, str(pk))
        if evidence is None or not evidence.file or not policy.can_read_evidence(user_of(request), evidence):
            raise Http404
        name = evidence.title + PurePath(evidence.file.name).suffix
        return FileResponse(evidence.file.open(), as_attachment=True, filename=name)

    def save_model(self, request: HttpRequest, obj: Evidence, form: Any, change: bool) -> None:  # noqa: FBT001
        if change:
            obj.save(update_fields=["public"])
            return
        obj.added_by, obj.added_at = user_of(request), clock.now()
        if file := form.cleaned_data["file"]:
            obj.sha256 = _digest(file)
            obj.file.name = obj.sha256 + _suffix(file)
        super().save_model(request, obj, form, change)
