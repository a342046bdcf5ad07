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
    """The commitment's own columns: its lifecycle, and since when, by what authority and why it is dropped."""

    lifecycle: str
    dropped_on: date | None
    dropped_authority: str
    dropped_reason: str


# A commitment that has never been dropped, or for which that was taken back.
NEVER = LifecycleTerms(Lifecycle.ACTIVE, None, "", "")


class LifecycleDecision(models.Model):
    """A commitment was dropped, or that was taken back. The newest line is what the commitment itself says now.

    `on` is a day of the plan's calendar: the one from which it is dropped, or on which it was reinstated. Nobody is
    named where a file or a database from before these lines says that it was dropped.
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
    def said(self) -> LifecycleTerms:
        """The commitment's own columns from then on."""
        if self.lifecycle == Lifecycle.ACTIVE:
            return NEVER
        return LifecycleTerms(self.lifecycle, self.on, self.authority, self.reason)


def terms_of(commitment: Commitment) -> LifecycleTerms:
    """Return what is decided about the commitment's life now."""
    return LifecycleTerms(*(getattr(commitment, name) for name in LifecycleTerms._fields))


def say(commitment: Commitment, decision: LifecycleDecision) -> None:
    """Makes the object speak as after the decision; saves nothing."""
    for name, value in decision.said._asdict().items():
        setattr(commitment, name, value)
