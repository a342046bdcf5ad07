from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, path

from . import handed_in, start


def _path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, admin.site.admin_view(view), name=name)


urlpatterns = [
    _path("", start.start, "imports"),
    _path("sheet.xlsx", start.sheet, "import_sheet"),
    _path("<int:pk>/", handed_in.job, "import_job"),
    _path("<int:pk>/state/", handed_in.state, "import_state"),
    _path("<int:pk>/to-mend.xlsx", handed_in.to_mend, "import_to_mend"),
    _path("<int:pk>/columns/", handed_in.columns, "import_columns"),
    _path("<int:pk>/sheet/", handed_in.sheet, "import_other_sheet"),
    _path("<int:pk>/rows/", handed_in.amend, "import_amend"),
    _path("<int:pk>/rows/restore/", handed_in.restore, "import_restore"),
    _path("<int:pk>/confirm/", handed_in.confirm, "import_confirm"),
    _path("<int:pk>/discard/", handed_in.discard, "import_discard"),
]
