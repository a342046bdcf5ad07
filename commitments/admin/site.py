"""What the admin site calls itself."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = _("Policy Commitment Tracker")
admin.site.site_title = _("Policy Commitment Tracker")
admin.site.index_title = _("What was promised, and what has been done")
