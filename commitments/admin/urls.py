"""The staff's own pages inside the admin site, beside Django's."""

from django.contrib import admin
from django.urls import URLPattern, path

from . import checklist

app_name = "staff"
urlpatterns: list[URLPattern] = [
    path("calendar/", admin.site.admin_view(checklist.confirm_calendar), name="confirm_calendar"),
    path("mail/", admin.site.admin_view(checklist.send_test_mail), name="send_test_mail"),
]
