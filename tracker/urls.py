from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path

from . import health

handler400 = "commitments.request_checks.handlers.bad_request"
handler404 = "commitments.request_checks.handlers.not_found"
handler500 = "tracker.interruptions.answer"


def icon(_request: HttpRequest) -> HttpResponse:
    """Redirect to the icon: browsers ask for this address on pages without one, the admin's among them."""
    return redirect(static("dashboard/icon.svg"))


urlpatterns: list[URLPattern | URLResolver] = [
    path("favicon.ico", icon),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", include("commitments.admin.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("commitments.api.urls")),
    path("digests/", include("commitments.digests.urls")),
    *i18n_patterns(path("", include("commitments.dashboard.urls")), prefix_default_language=False),
]
