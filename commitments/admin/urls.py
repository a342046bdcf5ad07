"""The staff's own pages inside the admin site, beside Django's."""

from django.urls import URLPattern, URLResolver, include, path

from .imports import urls as imports

app_name = "staff"
urlpatterns: list[URLPattern | URLResolver] = [path("import/", include(imports.urlpatterns))]
