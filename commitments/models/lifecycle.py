from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import Lifecycle
from .commitments import Commitment
from .constraints import not_blank, one_of
from .triggers import append_only

# The columns of a commitment that has never been dropped, or was reinstated.
NEVER = (Lifecycle.ACTIVE, None, "", "")


class LifecycleDecision(models.Model):
    """One decision to drop or reinstate a commitment.

    The newest line gives the commitment's own columns. `on` is a day of the plan's calendar: the first day
    dropped, or the day of reinstatement. `decided_by` is None if a plan file or an older database says that
    it was dropped.
    """

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="decisions", verbose_name=_("commitment")
    )
    lifecycle = models.CharField(_("lifecycle"), max_length=10, choices=labels.choices(labels.LIFECYCLE))
    on = models.DateField(_("on"))
    authority = models.CharField(_("authority"), max_length=300)
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey("commitments.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["commitment", "-id"], name="lifecycledecision_newest")]
        constraints = [
            one_of("lifecycledecision", "lifecycle", Lifecycle),
            not_blank("lifecycledecision", "authority"),
            not_blank("lifecycledecision", "reason"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_lifecycle_display()}"

    @property
    def commitment_columns(self) -> tuple[str, date | None, str, str]:
        """Return the commitment's columns after this decision: lifecycle, day, authority, reason."""
        if self.lifecycle == Lifecycle.ACTIVE:
            return NEVER
        return self.lifecycle, self.on, self.authority, self.reason


def apply_decision(commitment: Commitment, decision: LifecycleDecision | None) -> None:
    """Copy the decision's columns onto the object, or those of a fresh commitment, without saving."""
    said = decision.commitment_columns if decision else NEVER
    commitment.lifecycle, commitment.dropped_on, commitment.dropped_authority, commitment.dropped_reason = (
        said
    )
