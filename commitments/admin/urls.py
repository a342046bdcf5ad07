"""The staff's own pages inside the admin site, beside Django's."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from .imports import urls as imports
from .quick_log import page as quick_log

app_name = "staff"
urlpatterns: list[URLPattern | URLResolver] = [
    path("log/", admin.site.admin_view(quick_log.page), name="quick_log"),
    path("log/drafts/", admin.site.admin_view(quick_log.save_drafts), name="quick_log_drafts"),
    path("import/", include(imports.urlpatterns)),
]
