from django.db import models
from django.db.models import UniqueConstraint

from .targets import Target


class EntryDraft(models.Model):
    """The values one user has typed about a target and not yet submitted, keyed by the form's field names.

    The draft belongs to the period that ends on `ends_on`. Only its author sees it.
    """

    user = models.ForeignKey("commitments.User", models.CASCADE, related_name="+")
    target = models.ForeignKey(Target, models.CASCADE, related_name="+")
    ends_on = models.DateField()
    typed = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            UniqueConstraint(fields=["user", "target", "ends_on"], name="entrydraft_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.ends_on:%Y-%m-%d}"
