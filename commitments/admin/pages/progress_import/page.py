"""The frame shared by the pages of uploaded sheets."""

from collections.abc import Mapping
from io import BytesIO

from django.contrib import admin
from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ....spreadsheets.xlsx_cells import XLSX_TYPE


def page(
    request: HttpRequest, template: str, title: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    given = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, template, given, status=status)


def xlsx(content: bytes, name: str) -> FileResponse:
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=XLSX_TYPE)
