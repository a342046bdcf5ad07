from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from ..domain.codes import GB_T_2260, GB_T_2260_CODE, LONGEST_PLACE_CODE, PLACE_CODE
from ..formats import localised
from .constraints import in_a_language, not_blank, only_text


class Jurisdiction(models.Model):
    """A place with a government that makes plans; `scheme` names the list that its code is from.

    A code is unique in all schemes, since addresses and files name a place by its code alone.
    """

    scheme = models.CharField(_("scheme of the code"), max_length=40, default=GB_T_2260)
    code = models.CharField(_("code"), max_length=LONGEST_PLACE_CODE, unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        ordering = ["code"]
        constraints = [
            CheckConstraint(
                condition=Q(scheme=GB_T_2260, code__regex=f"^{GB_T_2260_CODE}$")
                | (~Q(scheme=GB_T_2260) & Q(code__regex=f"^{PLACE_CODE}$")),
                name="jurisdiction_code_form",
                violation_error_message=_(
                    "A GB/T 2260 code has six digits, the first not 0. A code of another scheme has letters,"
                    " digits, dots and hyphens."
                ),
            ),
            not_blank("jurisdiction", "scheme"),
            in_a_language("jurisdiction", "name"),
            CheckConstraint(
                condition=~Q(parent=F("pk")),
                name="jurisdiction_not_its_own_parent",
                violation_error_message=_("A jurisdiction cannot be its own parent."),
            ),
        ]

    def __str__(self) -> str:
        return localised(self.name, self.name_en)


class Agency(models.Model):
    """A body that leads or supports commitments."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="agencies", verbose_name=_("jurisdiction")
    )
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=100, blank=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    short_name_en = models.CharField(
        _("short English name"), max_length=60, blank=True, help_text=_("Shown in English lists.")
    )

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["jurisdiction", "code"]
        constraints = [
            UniqueConstraint(fields=["jurisdiction", "code"], name="agency_code_once"),
            UniqueConstraint(
                "jurisdiction",
                only_text("name"),
                name="agency_name_once",
                violation_error_message=_("Another agency of the place already has this name."),
            ),
            in_a_language("agency", "name"),
        ]

    def __str__(self) -> str:
        return localised(self.name, self.name_en)

    @property
    def short_name(self) -> str:
        """Return the name for lists: in English the short one, if there is any."""
        return localised(self.name, self.short_name_en or self.name_en)
