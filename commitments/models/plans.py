from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from pgtrigger import Insert, Update

from .. import labels
from ..domain.codes import LONGEST_PLAN_CODE, PLAN_CODE
from ..domain.enums import NarrativeFrequency
from ..domain.methods import METHODS
from ..formats import localised
from .constraints import in_a_language, matches, not_blank, one_of
from .places import Jurisdiction
from .triggers import (
    OF_PLAN,
    OF_PLAN_PART,
    append_only,
    first_published_counts,
    marks_stale,
    next_published_counts,
    stays_published,
    stays_with,
)
from .validators import validate_holidays, validate_time_zone

VALIDATORS = {"time_zone": validate_time_zone, "holidays": validate_holidays}

METHOD_CHOICES = [(number, str(number)) for number in METHODS]


class RuleSet(models.Model):
    """The thresholds a plan is judged by; a version never changes, a new judgement is a new version.

    Ratios are fractions (0.95), gaps percentage points, grace whole days, the floor in the target's unit. A
    threshold that only a later `method` knows is empty in the earlier ones.
    """

    version = models.CharField(_("version"), max_length=20, unique=True)
    on_track_ratio = models.DecimalField(_("on track from ratio"), max_digits=5, decimal_places=4)
    at_risk_ratio = models.DecimalField(_("at risk from ratio"), max_digits=5, decimal_places=4)
    small_gap_points = models.DecimalField(_("small gap, points"), max_digits=5, decimal_places=2)
    stage_grace_days = models.PositiveSmallIntegerField(_("days a stage may be overdue"))
    growth_floor = models.DecimalField(_("floor of a growth rate"), max_digits=20, decimal_places=4)
    method = models.PositiveSmallIntegerField(_("method"), choices=METHOD_CHOICES, default=1, db_default=1)
    near_units = models.DecimalField(
        _("whole units that are a near miss"), max_digits=20, decimal_places=4, null=True, blank=True
    )

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        ordering = ["version"]
        constraints = [
            CheckConstraint(
                condition=Q(at_risk_ratio__gt=0)
                & Q(on_track_ratio__gt=F("at_risk_ratio"))
                & Q(on_track_ratio__lte=1),
                name="ruleset_ratios_in_order",
                violation_error_message=_("The ratios must rise: above 0, at risk, on track, at most 1."),
            ),
            CheckConstraint(
                condition=Q(small_gap_points__gte=0),
                name="ruleset_gap_not_negative",
                violation_error_message=_("The gap must not be negative."),
            ),
            CheckConstraint(
                condition=Q(method=1, near_units__isnull=True)
                | Q(method=2, near_units__isnull=False, near_units__gte=0),
                name="ruleset_thresholds_of_method",
                violation_error_message=_(
                    "Whole units that are a near miss belong to method 2, and only to it."
                ),
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return self.version


class PlanQuerySet(models.QuerySet["Plan"]):
    def published(self) -> "PlanQuerySet":
        """Return the plans that the public may see."""
        return self.filter(published_at__isnull=False)

    def in_front(self) -> "PlanQuerySet":
        """Return the published plans: newest year first, then those that count for their place."""
        return self.published().order_by("-year", "-counts_for_place", "code")


class Plan(models.Model):
    """One plan of one year, with its calendar and rules; a draft until it is published.

    A place may have several.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="plans", verbose_name=_("jurisdiction")
    )
    code = models.CharField(_("code"), max_length=LONGEST_PLAN_CODE, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="plans", verbose_name=_("rule set"))
    review_required = models.BooleanField(_("progress counts only after review"), default=True)
    reporting_due_day = models.PositiveSmallIntegerField(_("monthly report due on day"), default=5)
    statistics_due_day = models.PositiveSmallIntegerField(_("official statistics due on day"), default=25)
    reporting_grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=5)
    holidays = models.CharField(
        _("holiday calendar"),
        max_length=40,
        blank=True,
        help_text=_("A country (CN, GB) or a part of it (GB-ENG). If empty, only weekends are days off."),
    )
    joins_january = models.BooleanField(
        _("official statistics publish January and February together"), default=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    # A trigger decides this, so the default is read back after an insert.
    counts_for_place = models.BooleanField(_("counts for the place"), db_default=False, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-year", "code"]
        constraints = [
            matches(
                "plan",
                "code",
                rf"^{PLAN_CODE}$",
                says=_(
                    "A plan's code consists of letters, digits and hyphens, and does not begin with a hyphen."
                ),
            ),
            UniqueConstraint(
                Lower("code"),
                name="plan_code_in_any_case",
                violation_error_message=_(
                    "Another plan's code differs from this one only in upper and lower case."
                ),
            ),
            in_a_language("plan", "title"),
            CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="plan_ends_after_start",
                violation_error_message=_("The plan ends before it starts."),
            ),
            CheckConstraint(
                condition=Q(statistics_due_day__range=(1, 28)),
                name="plan_statistics_day_in_every_month",
                violation_error_message=_("The due day must exist in every month: 1 to 28."),
            ),
            CheckConstraint(
                condition=Q(reporting_due_day__range=(1, 28)),
                name="plan_due_day_in_every_month",
                violation_error_message=_("The due day must exist in every month: 1 to 28."),
            ),
            UniqueConstraint(
                fields=["jurisdiction", "year"],
                condition=Q(counts_for_place=True),
                name="plan_one_counts_for_place_and_year",
            ),
            CheckConstraint(
                condition=Q(counts_for_place=False) | Q(published_at__isnull=False),
                name="plan_counts_once_published",
            ),
        ]
        triggers = [
            *marks_stale(OF_PLAN, on=[Update]),
            stays_with("rule_set"),
            stays_published(),
            first_published_counts(),
            next_published_counts(),
        ]

    def __str__(self) -> str:
        return localised(self.title, self.title_en)

    def clean(self) -> None:
        # A validator on the field would be imported by a migration for ever.
        for field, validate in VALIDATORS.items():
            try:
                validate(getattr(self, field))
            except ValidationError as error:
                raise ValidationError({field: error}) from error

    @property
    def is_draft(self) -> bool:
        """Tell whether only the plan's office sees it."""
        return self.published_at is None

    def day_at(self, instant: datetime) -> date:
        """Return the day of the plan's calendar at an instant."""
        return instant.astimezone(ZoneInfo(self.time_zone)).date()

    def rule_set_on(self, day: date) -> RuleSet:
        """Return the rule set in force on a day of the plan's calendar.

        There is no query if `adoptions__rule_set` is loaded.
        """
        adopted = [adoption for adoption in self.adoptions.all() if adoption.effective_from <= day]
        return (
            max(adopted, key=lambda adoption: adoption.effective_from).rule_set if adopted else self.rule_set
        )


class RuleSetAdoption(models.Model):
    """A rule set that judges a plan from a day on; earlier days keep the one they had."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="adoptions", verbose_name=_("plan"))
    rule_set = models.ForeignKey(
        RuleSet, models.PROTECT, related_name="adoptions", verbose_name=_("rule set")
    )
    effective_from = models.DateField(_("in force from"))
    authority = models.CharField(_("authority"), max_length=300)
    adopted_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="+", verbose_name=_("adopted by")
    )
    adopted_at = models.DateTimeField(_("adopted at"))

    class Meta:
        verbose_name = _("adoption of a rule set")
        verbose_name_plural = _("adoptions of rule sets")
        ordering = ["plan", "effective_from"]
        constraints = [
            UniqueConstraint(
                fields=["plan", "effective_from"],
                name="rulesetadoption_once_a_day",
                violation_error_message=_("A rule set already takes effect on this day."),
            ),
            not_blank("rulesetadoption", "authority"),
        ]
        triggers = [*append_only(), *marks_stale(OF_PLAN_PART, on=[Insert])]

    def __str__(self) -> str:
        return f"{self.effective_from:%Y-%m-%d}: {self.rule_set}"


class NarrativeDuty(models.Model):
    """How often a plan asks for reports in words, from the first period that begins on the day or later."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="narrative_duties", verbose_name=_("plan"))
    frequency = models.CharField(
        _("reports in words"),
        max_length=9,
        choices=labels.choices(labels.NARRATIVE_FREQUENCY),
        default=NarrativeFrequency.QUARTERLY,
    )
    effective_from = models.DateField(_("in force from"))
    set_by = models.ForeignKey(
        "commitments.User", models.PROTECT, null=True, related_name="+", verbose_name=_("set by")
    )
    set_at = models.DateTimeField(_("set at"))

    class Meta:
        verbose_name = _("duty to report in words")
        verbose_name_plural = _("duties to report in words")
        ordering = ["plan", "effective_from"]
        constraints = [
            UniqueConstraint(
                fields=["plan", "effective_from"],
                name="narrativeduty_once_a_day",
                violation_error_message=_("There is a choice for this day already."),
            ),
            one_of("narrativeduty", "frequency", NarrativeFrequency),
        ]
        triggers = [*append_only(), *marks_stale(OF_PLAN_PART, on=[Insert])]

    def __str__(self) -> str:
        return f"{self.effective_from:%Y-%m-%d}: {self.get_frequency_display()}"


class SourceDocument(models.Model):
    """The document in which a commitment was made.

    The digest proves the text; the text itself is kept only if its licence allows.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="sources", verbose_name=_("jurisdiction")
    )
    key = models.SlugField(_("key"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    url = models.URLField(_("address"), blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    characters = models.PositiveIntegerField(_("length in characters"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        ordering = ["jurisdiction", "key"]
        constraints = [
            matches("sourcedocument", "sha256", r"^[0-9a-f]{64}$"),
            not_blank("sourcedocument", "title"),
            UniqueConstraint(fields=["jurisdiction", "key"], name="sourcedocument_key_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Priority(models.Model):
    """A top heading of the plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="priorities", verbose_name=_("plan"))
    code = models.SlugField(_("code"), max_length=10)
    title = models.CharField(_("title"), max_length=100, blank=True)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["plan", "position"]
        constraints = [
            UniqueConstraint(fields=["plan", "code"], name="priority_code_once"),
            UniqueConstraint(
                fields=["plan", "position"],
                name="priority_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            in_a_language("priority", "title"),
        ]

    def __str__(self) -> str:
        return localised(self.title, self.title_en)
