from django.db import models
from django.utils.translation import gettext_lazy as _

from .constraints import not_blank
from .plans import Plan
from .triggers import append_only


class PeriodLock(models.Model):
    """The last day up to which a plan's ledger is closed; opening again is a line too.

    The newest line of a plan is in force. `through` is a day of the plan's calendar: entries of that day
    and earlier are refused. Empty means that all days are open.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="period_locks", verbose_name=_("plan"))
    through = models.DateField(_("locked through"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    locked_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="+", verbose_name=_("locked by")
    )
    locked_at = models.DateTimeField(_("locked at"))

    class Meta:
        verbose_name = _("period lock")
        verbose_name_plural = _("period locks")
        ordering = ["-id"]
        indexes = [models.Index(fields=["plan", "-id"], name="periodlock_newest")]
        constraints = [not_blank("periodlock", "reason")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.plan.code} {self.through or ''}".rstrip()
