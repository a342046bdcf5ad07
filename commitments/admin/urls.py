"""The staff's own pages inside the admin site, beside Django's."""

from django.urls import URLPattern

app_name = "staff"
urlpatterns: list[URLPattern] = []
