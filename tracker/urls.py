from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from . import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("api/", include("commitments.api.urls")),
    path("digests/", include("commitments.digests.urls")),
    *i18n_patterns(path("", include("commitments.dashboard.urls")), prefix_default_language=False),
]
