"""The page *System*: the tables that the user may see, which stand nowhere else."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def page(request: HttpRequest) -> HttpResponse:
    known = admin.site.each_context(request)
    context = {**known, "title": _("System"), "app_list": known["available_apps"]}
    return render(request, "admin/system.html", context)
