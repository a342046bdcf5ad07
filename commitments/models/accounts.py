from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import Role
from ..formats import in_english
from .constraints import one_of
from .places import Agency
from .triggers import last_administrator_stays


class User(AbstractUser):
    """A person with a sign-in.

    Clerks and reviewers act for one agency, the other roles for the whole plan.
    """

    role = models.CharField(
        _("role"), max_length=20, choices=labels.choices(labels.ROLE), default=Role.LEADER
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="users", verbose_name=_("agency")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            one_of("user", "role", Role),
            CheckConstraint(condition=Q(language__in=["zh-hans", "en"]), name="user_language_known"),
            CheckConstraint(
                condition=~Q(role__in=[Role.CLERK, Role.REVIEWER]) | Q(agency__isnull=False),
                name="user_of_an_agency_has_one",
            ),
        ]
        triggers = [last_administrator_stays()]

    @property
    def name(self) -> str:
        """Return the name as the reader's language writes it, 张伟 or Wei Zhang; else the user name."""
        full = self.get_full_name() if in_english() else f"{self.last_name}{self.first_name}"
        return full or self.get_username()
