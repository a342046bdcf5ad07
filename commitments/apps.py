from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "commitments"
    verbose_name = _("Policy Commitment Tracker")

    def ready(self) -> None:
        from .models.older_data import refuse_older_data

        register(refuse_older_data, Tags.database)
