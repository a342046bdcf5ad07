from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import SetupStep
from .constraints import one_of
from .triggers import append_only


class SetupDone(models.Model):
    """A first step that only a person can call done; the others show from the data."""

    step = models.CharField(_("step"), max_length=10, choices=labels.choices(labels.SETUP_STEP), unique=True)
    done_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="+", verbose_name=_("done by")
    )
    done_at = models.DateTimeField(_("done at"))

    class Meta:
        verbose_name = _("first step")
        verbose_name_plural = _("first steps")
        default_permissions = ()
        constraints = [one_of("setupdone", "step", SetupStep)]
        triggers = append_only()

    def __str__(self) -> str:
        return self.get_step_display()
