from django.contrib import admin

from ...models import Agency, Jurisdiction
from ..base.kinds import PlainAdmin


@admin.register(Jurisdiction)
class JurisdictionAdmin(PlainAdmin):
    list_display = ["code", "scheme", "name", "name_en", "parent"]
    list_select_related = ["parent"]
    search_fields = ["code", "name", "name_en"]
    autocomplete_fields = ["parent"]


@admin.register(Agency)
class AgencyAdmin(PlainAdmin):
    list_display = ["code", "name", "name_en", "short_name_en", "jurisdiction"]
    list_select_related = ["jurisdiction"]
    search_fields = ["code", "name", "name_en"]
    autocomplete_fields = ["jurisdiction"]
