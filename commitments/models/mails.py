import uuid

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import DeliveryState, MailKind
from .accounts import User
from .constraints import not_blank, one_of
from .digests import Subscription
from .plans import Plan

HELD = [DeliveryState.CLAIMED, DeliveryState.SENDING]


class OutgoingMail(models.Model):
    """A mail to a person or an address, for one occasion, which the key names.

    The row exists before the message does, so the mail is sent once.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=labels.choices(labels.MAIL_KIND))
    key = models.CharField(_("occasion"), max_length=100)
    person = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="mails", verbose_name=_("person")
    )
    # A person's address is looked up when the mail is written.
    address = models.EmailField(_("address"), blank=True)
    subscription = models.ForeignKey(
        Subscription,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("subscription"),
    )
    plan = models.ForeignKey(
        Plan, models.CASCADE, null=True, blank=True, related_name="mails", verbose_name=_("plan")
    )
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
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["-not_before", "-pk"]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=["pending", "claimed", "sending"]),
                name="outgoingmail_open",
            )
        ]
        constraints = [
            UniqueConstraint(fields=["kind", "key"], name="outgoingmail_once_for_an_occasion"),
            one_of("outgoingmail", "kind", MailKind),
            one_of("outgoingmail", "state", DeliveryState),
            not_blank("outgoingmail", "key"),
            CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(address=""), name="outgoingmail_has_a_recipient"
            ),
            CheckConstraint(
                condition=Q(kind=MailKind.DIGEST, subscription__isnull=False, plan__isnull=False)
                | (~Q(kind=MailKind.DIGEST) & Q(subscription__isnull=True)),
                name="outgoingmail_digest_of_a_subscription",
            ),
            CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="outgoingmail_sent_says_when",
            ),
            CheckConstraint(
                condition=Q(state__in=HELD, lease_until__isnull=False)
                | (~Q(state__in=HELD) & Q(lease_until__isnull=True)),
                name="outgoingmail_lease_while_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"
