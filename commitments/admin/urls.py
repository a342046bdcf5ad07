"""The staff's own pages inside the admin site, beside Django's."""

from django.contrib import admin
from django.urls import URLPattern, path

from . import checklist
from .quick_log import page as quick_log

app_name = "staff"
own = admin.site.admin_view
urlpatterns: list[URLPattern] = [
    path("calendar/", own(checklist.confirm_calendar), name="confirm_calendar"),
    path("mail/", own(checklist.send_test_mail), name="send_test_mail"),
    path("log/", own(quick_log.page), name="quick_log"),
    path("log/drafts/", own(quick_log.save_drafts), name="quick_log_drafts"),
]
