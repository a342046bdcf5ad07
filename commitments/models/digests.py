import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import DeliveryState
from .constraints import matches, one_of
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


class DigestDelivery(models.Model):
    """One mail of one subscription and ISO week.

    The row exists before the message does, so the mail is sent once.
    """

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="deliveries", verbose_name=_("subscription")
    )
    week = models.CharField(_("ISO week"), max_length=8)
    message_id = models.UUIDField(_("message number"), default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=labels.choices(labels.DELIVERY_STATE), default=DeliveryState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"))
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text part"), blank=True)
    html = models.TextField(_("HTML part"), blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("digest delivery")
        verbose_name_plural = _("digest deliveries")
        ordering = ["-week", "subscription"]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=["pending", "claimed", "sending"]),
                name="digestdelivery_open",
            )
        ]
        constraints = [
            UniqueConstraint(fields=["subscription", "week"], name="digestdelivery_once_a_week"),
            one_of("digestdelivery", "state", DeliveryState),
            matches("digestdelivery", "week", r"^[0-9]{4}-W[0-5][0-9]$"),
            CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="digestdelivery_sent_says_when",
            ),
            CheckConstraint(
                condition=Q(
                    state__in=[DeliveryState.CLAIMED, DeliveryState.SENDING], lease_until__isnull=False
                )
                | (
                    ~Q(state__in=[DeliveryState.CLAIMED, DeliveryState.SENDING]) & Q(lease_until__isnull=True)
                ),
                name="digestdelivery_lease_while_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscription} {self.week}"
