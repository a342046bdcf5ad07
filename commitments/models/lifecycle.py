from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import Lifecycle
from .commitments import Commitment
from .constraints import not_blank, one_of
from .triggers import append_only


class LifecycleTerms(NamedTuple):
    """The commitment's lifecycle columns: its state, and the day, authority and reason of a drop."""

    lifecycle: str
    dropped_on: date | None
    dropped_authority: str
    dropped_reason: str


# The columns of a commitment that has never been dropped, or was reinstated.
NEVER = LifecycleTerms(Lifecycle.ACTIVE, None, "", "")


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
        verbose_name = _("lifecycle decision")
        verbose_name_plural = _("lifecycle decisions")
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
    def commitment_columns(self) -> LifecycleTerms:
        """Return the commitment's columns after this decision: lifecycle, day, authority, reason."""
        if self.lifecycle == Lifecycle.ACTIVE:
            return NEVER
        return LifecycleTerms(self.lifecycle, self.on, self.authority, self.reason)


def terms_of(commitment: Commitment) -> LifecycleTerms:
    """Return the commitment's present lifecycle columns."""
    return LifecycleTerms(*(getattr(commitment, name) for name in LifecycleTerms._fields))


def apply_decision(commitment: Commitment, decision: LifecycleDecision) -> None:
    """Copy the decision's columns onto the object, without saving."""
    for name, value in decision.commitment_columns._asdict().items():
        setattr(commitment, name, value)
