from django.db import models
from django.db.models import UniqueConstraint

from .commitments import Commitment


class EntryDraft(models.Model):
    """The values one user has typed and not yet submitted, keyed by the form's field names.

    The draft belongs to the period that ends on `ends_on`. `place` is its place on the sheet: the number of a
    target. It is `c` and the number of a commitment without targets, or `e` and that of an entry to be corrected.
    Only its author sees it.
    """

    user = models.ForeignKey("commitments.User", models.CASCADE, related_name="+")
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="+")
    place = models.CharField(max_length=20)
    ends_on = models.DateField()
    typed = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [UniqueConstraint(fields=["user", "place", "ends_on"], name="entrydraft_once_a_period")]

    def __str__(self) -> str:
        return f"{self.place} {self.ends_on:%Y-%m-%d}"
