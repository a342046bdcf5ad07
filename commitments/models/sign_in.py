from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import Guarded
from .accounts import User
from .constraints import all_or_none, not_blank, one_of

# All instants here are real ones: a demonstration's clock changes no sign-in.


class SignInFailure(models.Model):
    """A sign-in that failed or is being tried, counted for one subject until it counts no more."""

    kind = models.CharField(max_length=10, choices=labels.choices(labels.GUARDED))
    subject = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [Index(fields=["kind", "subject", "at"], name="signinfailure_of_subject")]
        constraints = [one_of("signinfailure", "kind", Guarded), not_blank("signinfailure", "subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class LockOut(models.Model):
    """A subject with sign-ins refused for a while; `lifted_by` is the administrator that ended this early."""

    kind = models.CharField(_("lock-out of"), max_length=10, choices=labels.choices(labels.GUARDED))
    subject = models.CharField(_("account or address"), max_length=200)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))
    lifted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in lock-out")
        verbose_name_plural = _("sign-in lock-outs")
        ordering = ["-since", "-pk"]
        indexes = [Index(fields=["kind", "subject", "until"], name="lockout_of_subject")]
        constraints = [
            one_of("lockout", "kind", Guarded),
            not_blank("lockout", "subject"),
            all_or_none("lockout", "lifting", dates=["lifted_by", "lifted_at"]),
            CheckConstraint(condition=Q(until__gt=F("since")), name="lockout_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"


class StaffSession(AbstractBaseSession):
    """A session with its user, start and address; the row is deleted when a person ends the session."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=45)
    browser = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        constraints = [
            CheckConstraint(condition=Q(seen_at__gte=F("started_at")), name="staffsession_seen_once_started"),
            CheckConstraint(
                condition=Q(expire_date__gt=F("started_at")), name="staffsession_ends_after_it_begins"
            ),
        ]


class UnsentForm(models.Model):
    """A form that met an ended session, kept for the account that last signed in from that browser.

    `token` is part of the address at which the form is shown again; `fields` are lists of texts by name.
    """

    token = models.CharField(max_length=43, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    browser = models.CharField(max_length=32)
    path = models.CharField(max_length=500)
    fields = models.JSONField()
    files = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            UniqueConstraint(fields=["user", "browser", "path"], name="unsentform_once_a_browser"),
            not_blank("unsentform", "path"),
        ]

    def __str__(self) -> str:
        return self.path
