from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from pgtrigger import Delete

from .. import labels
from ..domain.enums import Confidence, ConfidenceHolder, Lifecycle, Tier
from ..formats import localised
from .constraints import all_or_none, in_a_language, one_of
from .places import Agency
from .plans import Plan, Priority, SourceDocument
from .triggers import (
    OF_COMMITMENT,
    OF_PART,
    OF_SIBLING,
    ON_ANY_CHANGE,
    ON_INSERT_OR_UPDATE,
    append_only,
    counts_nothing_left,
    marks_stale,
    stays_with,
)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def of_agency(self, agency: Agency) -> "CommitmentQuerySet":
        """Return the commitments that the agency leads or supports."""
        return self.filter(Q(lead_agency=agency) | Q(support__agency=agency)).distinct()


class Commitment(models.Model):
    """One promise of the plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="commitments", verbose_name=_("plan"))
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200, blank=True)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    priority = models.ForeignKey(
        Priority, models.PROTECT, related_name="commitments", verbose_name=_("priority")
    )
    section = models.CharField(_("section"), max_length=100, blank=True)
    section_en = models.CharField(_("English section"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    tier = models.CharField(_("tier"), max_length=1, choices=labels.choices(labels.TIER))
    lead_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="led_commitments", verbose_name=_("lead agency")
    )
    supporting_agencies = models.ManyToManyField(
        Agency,
        through="CommitmentSupport",
        related_name="supported_commitments",
        verbose_name=_("supporting agencies"),
    )
    source = models.ForeignKey(
        SourceDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("source"),
    )
    char_start = models.PositiveIntegerField(_("first character in the source"), null=True, blank=True)
    char_end = models.PositiveIntegerField(_("end in the source"), null=True, blank=True)
    note = models.TextField(_("note on the wording"), blank=True)
    note_en = models.TextField(_("English note on the wording"), blank=True)
    lifecycle = models.CharField(
        _("lifecycle"), max_length=10, choices=labels.choices(labels.LIFECYCLE), default=Lifecycle.ACTIVE
    )
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)
    dropped_authority = models.CharField(_("authority for dropping"), max_length=300, blank=True)
    dropped_reason = models.TextField(_("reason for dropping"), blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["plan", "position"]
        indexes = [models.Index(fields=["plan", "position", "id"], name="commitment_in_order")]
        constraints = [
            UniqueConstraint(fields=["plan", "code"], name="commitment_code_once"),
            one_of("commitment", "tier", Tier),
            one_of("commitment", "lifecycle", Lifecycle),
            in_a_language("commitment", "title"),
            in_a_language("commitment", "section"),
            all_or_none("commitment", "source", dates=["source", "char_start", "char_end"]),
            CheckConstraint(
                condition=Q(char_start__isnull=True) | Q(char_end__gt=F("char_start")),
                name="commitment_span_not_empty",
                violation_error_message=_("The span ends before it starts."),
            ),
            all_or_none(
                "commitment", "dropped", texts=["dropped_authority", "dropped_reason"], dates=["dropped_on"]
            ),
            CheckConstraint(
                condition=Q(lifecycle=Lifecycle.DROPPED, dropped_on__isnull=False)
                | Q(lifecycle=Lifecycle.ACTIVE, dropped_on__isnull=True),
                name="commitment_dropped_says_when",
            ),
        ]
        triggers = [
            *marks_stale(OF_COMMITMENT, on=ON_INSERT_OR_UPDATE),
            *marks_stale(OF_SIBLING, on=[Delete]),
            counts_nothing_left(),
            stays_with("plan"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {localised(self.title, self.title_en)}"

    @property
    def section_name(self) -> str:
        """Return the section's name in Chinese, or in English if it has none; counts go by it."""
        return self.section or self.section_en


class CommitmentSupport(models.Model):
    """An agency that supports a commitment another one leads."""

    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="support", verbose_name=_("commitment")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="support", verbose_name=_("agency"))

    class Meta:
        verbose_name = _("supporting agency")
        verbose_name_plural = _("supporting agencies")
        constraints = [UniqueConstraint(fields=["commitment", "agency"], name="commitmentsupport_once")]
        triggers = marks_stale(OF_PART, on=ON_ANY_CHANGE)

    def __str__(self) -> str:
        return str(self.agency)


class DeliveryConfidence(models.Model):
    """One forward judgement of a commitment, a line of its own history; never part of the status."""

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="confidence", verbose_name=_("commitment")
    )
    holder = models.CharField(_("held by"), max_length=12, choices=labels.choices(labels.CONFIDENCE_HOLDER))
    confidence = models.CharField(_("confidence"), max_length=10, choices=labels.choices(labels.CONFIDENCE))
    note = models.TextField(_("note"), blank=True)
    stated_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="+", verbose_name=_("stated by")
    )
    stated_at = models.DateTimeField(_("stated at"))

    class Meta:
        verbose_name = _("delivery confidence")
        verbose_name_plural = _("delivery confidence")
        ordering = ["-stated_at"]
        constraints = [
            one_of("deliveryconfidence", "holder", ConfidenceHolder),
            one_of("deliveryconfidence", "confidence", Confidence),
        ]
        indexes = [models.Index(fields=["commitment", "holder", "-id"], name="deliveryconfidence_newest")]
        triggers = [*append_only(), *marks_stale(OF_PART, on=ON_INSERT_OR_UPDATE[:1])]

    def __str__(self) -> str:
        return f"{self.get_holder_display()}: {self.get_confidence_display()}"
