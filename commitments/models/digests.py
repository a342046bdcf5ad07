from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from .constraints import matches
from .places import Agency
from .plans import Plan


class Subscription(models.Model):
    """An address that gets a plan's weekly digest, for the whole plan or for one agency."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="subscriptions", verbose_name=_("plan"))
    email = models.EmailField(_("email"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="subscriptions", verbose_name=_("agency")
    )
    unsubscribed_at = models.DateTimeField(_("unsubscribed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            UniqueConstraint(
                fields=["plan", "email", "agency"], nulls_distinct=False, name="subscription_once"
            ),
            CheckConstraint(condition=Q(language__in=["zh-hans", "en"]), name="subscription_language_known"),
            matches("subscription", "email", r"^[^@[:space:]]+@[^@[:space:]]+$"),
        ]

    def __str__(self) -> str:
        return self.email
