"""Export of every list: the rows that the list finds, with the columns that it shows."""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from ... import clock
from ...spreadsheets.csv_export import csv_parts
from ...spreadsheets.export_columns import Column, headings, table
from ...spreadsheets.xlsx_cells import XLSX_TYPE
from ...spreadsheets.xlsx_export import xlsx_file

CHUNK = 500
KINDS = ("csv", "xlsx")
ONLY_A_LINK = "glance"


class ExportingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list with buttons for CSV and XLSX, which honour its search, filters and order."""

    change_list_template = "admin/exporting_list.html"

    def get_export_columns(self, request: HttpRequest) -> list[Column]:
        """Return the columns of the list."""
        # A table that people may want to read in again adds columns of its own.
        names = [name for name in self.get_list_display(request) if name != ONLY_A_LINK]
        return [Column(str(label_for_field(name, self.model, self)), _value(self, name)) for name in names]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.export_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export.<str:kind>", view, name=name), *super().get_urls()]

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        if kind not in KINDS:
            raise Http404
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
            return HttpResponseRedirect(reverse(name))
        columns = self.get_export_columns(request)
        rows = table(columns, found.iterator(chunk_size=CHUNK))
        name = f"{self.opts.verbose_name_plural}_{localdate(clock.now()).isoformat()}.{kind}"
        if kind == "xlsx":
            return FileResponse(
                xlsx_file(headings(columns), rows), as_attachment=True, filename=name, content_type=XLSX_TYPE
            )
        parts = _in_language(translation.get_language(), csv_parts(headings(columns), rows))
        # The first rows are read before any byte is sent: after that, an answer cannot turn into 503 any
        # more.
        begun = chain([next(parts, "")], parts)
        disposition = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
        return StreamingHttpResponse(begun, content_type="text/csv; charset=utf-8", headers=disposition)


def _value(model_admin: Any, name: Any) -> Callable[[Any], object]:
    def value(row: Any) -> object:
        try:
            field, _attribute, found = lookup_field(name, row, model_admin)
        except ObjectDoesNotExist:
            return None
        if isinstance(found, SafeString):
            return strip_tags(found)
        return dict(field.flatchoices).get(found, found) if field is not None and field.flatchoices else found

    return value


def _in_language(language: str | None, parts: Iterator[str]) -> Iterator[str]:
    """Yield the parts in the page's language, which is no longer active while they are sent."""
    while True:
        with translation.override(language):
            part = "".join(islice(parts, CHUNK))
        if not part:
            return
        yield part
