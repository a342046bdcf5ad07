from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import (
    Accumulation,
    Comparability,
    Comparator,
    Direction,
    DueBasis,
    Goal,
    TargetKind,
    TrajectoryKind,
)
from ..domain.targets import Terms
from ..formats import localised, stated
from .commitments import Commitment
from .constraints import all_or_none, in_a_language, not_blank, one_of, only_text
from .plans import SourceDocument
from .triggers import (
    OF_MILESTONE,
    OF_PART,
    OF_TARGET_PART,
    ON_ANY_CHANGE,
    append_only,
    marks_stale,
    stays_with,
)


class Target(models.Model):
    """One measurable end of a commitment; `value` is in `unit`, percentages are written as 5, not 0.05.

    `value` is the middle of an “about” (`~`), or the low end of a range (`..`). `value`, `value_high`, `tolerance`,
    `within` and `due_on` are the original terms. The terms in force on a day follow from the revisions.
    """

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="targets", verbose_name=_("commitment")
    )
    code = models.CharField(_("code"), max_length=24)
    headline = models.BooleanField(_("headline: decides the commitment's status"), default=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=labels.choices(labels.KIND))
    accumulation = models.CharField(
        _("accumulation"), max_length=14, choices=labels.choices(labels.ACCUMULATION)
    )
    direction = models.CharField(
        _("direction"), max_length=9, choices=labels.choices(labels.DIRECTION), default=Direction.AT_LEAST
    )
    goal = models.CharField(_("goal"), max_length=9, choices=labels.choices(labels.GOAL), default=Goal.REACH)
    comparator = models.CharField(
        _("comparator"),
        max_length=2,
        choices=[(c.value, c.value) for c in Comparator],
        default=Comparator.AT_LEAST,
    )
    value = models.DecimalField(_("target value"), max_digits=20, decimal_places=4)
    value_high = models.DecimalField(
        _("high end of a range"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    tolerance = models.DecimalField(
        _("tolerance of an “about”"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    within = models.BooleanField(_("passing the far end misses it"), default=False, db_default=False)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    unit_en = models.CharField(_("English unit"), max_length=40, blank=True)
    starts_on = models.DateField(_("starts on"))
    due_on = models.DateField(_("due on"))
    due_basis = models.CharField(
        _("basis of the due date"),
        max_length=8,
        choices=labels.choices(labels.DUE_BASIS),
        default=DueBasis.IMPLIED,
    )
    trajectory = models.CharField(
        _("trajectory"),
        max_length=11,
        choices=labels.choices(labels.TRAJECTORY),
        default=TrajectoryKind.LINEAR,
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["commitment__plan", "commitment__position", "-headline", "code"]
        constraints = [
            UniqueConstraint(fields=["commitment", "code"], name="target_code_once"),
            # Ledger entries name both, and the database holds them together.
            UniqueConstraint(fields=["id", "commitment"], name="target_of_commitment"),
            in_a_language("target", "title"),
            in_a_language("target", "unit"),
            one_of("target", "kind", TargetKind),
            one_of("target", "accumulation", Accumulation),
            one_of("target", "goal", Goal),
            one_of("target", "trajectory", TrajectoryKind),
            one_of("target", "due_basis", DueBasis),
            CheckConstraint(
                condition=Q(
                    direction=Direction.AT_LEAST, comparator__in=[Comparator.AT_LEAST, Comparator.ABOVE]
                )
                | Q(direction=Direction.AT_MOST, comparator__in=[Comparator.AT_MOST, Comparator.BELOW])
                | Q(comparator__in=[Comparator.ABOUT, Comparator.RANGE]),
                name="target_comparator_fits_direction",
                violation_error_message=_("The comparator does not match the direction."),
            ),
            CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="target_due_after_start",
                violation_error_message=_("The due date is before the start."),
            ),
            CheckConstraint(
                condition=Q(kind=TargetKind.STAGES, accumulation=Accumulation.STAGES, goal=Goal.REACH)
                | (~Q(kind=TargetKind.STAGES) & ~Q(accumulation=Accumulation.STAGES)),
                name="target_stages_are_stages",
                violation_error_message=_(
                    "“Stages done, by weight” fits the kind “Stages” and the goal “Reach once, by the due date” only."
                ),
            ),
            CheckConstraint(
                condition=~Q(goal=Goal.REACH, direction=Direction.AT_MOST)
                | Q(accumulation=Accumulation.LEVEL),
                name="target_counted_up_reaches_up",
                violation_error_message=_(
                    "A total that only grows cannot come down to a target; keep it instead."
                ),
            ),
            CheckConstraint(
                condition=~Q(kind=TargetKind.STAGES) | Q(value=100),
                name="target_stages_make_a_hundred",
                violation_error_message=_(
                    "A target of the kind “Stages” has the value 100: the weights of all its stages."
                ),
            ),
            CheckConstraint(
                condition=~Q(goal=Goal.REACH) | ~Q(trajectory=TrajectoryKind.HOLD),
                name="target_reach_is_not_held",
                violation_error_message=_(
                    "“The target on every day” does not fit the goal “Reach once, by the due date”."
                ),
            ),
            CheckConstraint(
                condition=~Q(
                    accumulation__in=[Accumulation.RATIO, Accumulation.RUNNING_RATIO], goal=Goal.REACH
                ),
                name="target_ratio_is_not_reached",
                violation_error_message=_(
                    "A ratio can be met by its first case and lost again: keep it, or let the last reading decide."
                ),
            ),
            CheckConstraint(
                condition=~Q(accumulation__in=[Accumulation.RATIO, Accumulation.RUNNING_RATIO])
                | Q(unit__in=["", "%"], unit_en__in=["", "%"]),
                name="target_ratio_is_in_percent",
                violation_error_message=_("A ratio is a percentage, so its unit must be “%”."),
            ),
            CheckConstraint(
                condition=~Q(
                    accumulation=Accumulation.INCREMENTS, goal=Goal.MAINTAIN, direction=Direction.AT_LEAST
                ),
                name="target_sum_is_not_kept_up",
                violation_error_message=_("A total that starts from zero cannot be kept above a value."),
            ),
            CheckConstraint(
                condition=Q(
                    comparator=Comparator.ABOUT,
                    tolerance__isnull=False,
                    tolerance__gt=0,
                    value_high__isnull=True,
                )
                | Q(
                    comparator=Comparator.RANGE,
                    value_high__isnull=False,
                    value_high__gt=F("value"),
                    tolerance__isnull=True,
                )
                | Q(
                    ~Q(comparator__in=[Comparator.ABOUT, Comparator.RANGE]),
                    value_high__isnull=True,
                    tolerance__isnull=True,
                    within=False,
                ),
                name="target_ends_fit_comparator",
                violation_error_message=_(
                    "“~” has a tolerance above 0, “..” a high end above the target value, other comparators neither."
                ),
            ),
            CheckConstraint(
                condition=~Q(comparator__in=[Comparator.ABOUT, Comparator.RANGE])
                | ~Q(kind=TargetKind.STAGES),
                name="target_stages_are_no_range",
                violation_error_message=_("Stages are done or not: they have no tolerance and no range."),
            ),
            # A level starts from its baseline, which is a row of another table.
            CheckConstraint(
                condition=~Q(goal=Goal.REACH)
                | Q(accumulation=Accumulation.LEVEL)
                | ~Q(comparator__in=[Comparator.ABOUT, Comparator.RANGE])
                | Q(comparator=Comparator.ABOUT, value__gt=F("tolerance"))
                | Q(comparator=Comparator.RANGE, value__gt=0),
                name="target_start_is_outside_its_ends",
                violation_error_message=_(
                    "The start value already meets the target with its tolerance or range: nothing is left to reach."
                ),
            ),
            CheckConstraint(
                condition=Q(within=False) | Q(goal=Goal.FINAL),
                name="target_within_is_decided_at_the_end",
                violation_error_message=_(
                    "Only what its last reading decides can be missed by passing the far end."
                ),
            ),
        ]
        triggers = [*marks_stale(OF_PART, on=ON_ANY_CHANGE), stays_with("commitment")]

    def __str__(self) -> str:
        return f"{self.code} {localised(self.title, self.title_en)}"

    @property
    def terms(self) -> Terms:
        """Return the numbers as first promised."""
        return Terms(self.value, self.value_high, self.tolerance, self.within)

    @cached_property
    def is_settled(self) -> bool:
        """Tell whether progress counts for the target."""
        # The result is cached, since a form asks for each of its parts.
        return self.entries.figures().counted().exists()


class Baseline(models.Model):
    """Last year's result beside a commitment, linked to a target only if the two can be compared."""

    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="baselines", verbose_name=_("commitment")
    )
    target = models.OneToOneField(
        Target, models.CASCADE, null=True, blank=True, related_name="baseline", verbose_name=_("target")
    )
    indicator = models.CharField(_("indicator"), max_length=100, blank=True)
    indicator_en = models.CharField(_("English indicator"), max_length=200, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    unit_en = models.CharField(_("English unit"), max_length=40, blank=True)
    on = models.DateField(_("on"))
    comparability = models.CharField(
        _("comparability"), max_length=7, choices=labels.choices(labels.COMPARABILITY)
    )
    estimated = models.BooleanField(_("estimated"), default=False)
    source = models.ForeignKey(
        SourceDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="baselines",
        verbose_name=_("source"),
    )
    char_start = models.PositiveIntegerField(_("first character in the source"), null=True, blank=True)
    char_end = models.PositiveIntegerField(_("end in the source"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        ordering = ["commitment", "indicator"]
        constraints = [
            in_a_language("baseline", "indicator"),
            in_a_language("baseline", "unit"),
            UniqueConstraint("commitment", only_text("indicator"), name="baseline_indicator_once"),
            one_of("baseline", "comparability", Comparability),
            CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(comparability=Comparability.NONE),
                name="baseline_of_target_comparable",
                violation_error_message=_("A figure that is not comparable cannot be linked to a target."),
            ),
            all_or_none("baseline", "source", dates=["source", "char_start", "char_end"]),
        ]
        triggers = [
            *marks_stale(f"{OF_PART} UNION {OF_TARGET_PART}", on=ON_ANY_CHANGE),
            stays_with("commitment"),
        ]

    def __str__(self) -> str:
        return localised(self.indicator, self.indicator_en)


class Checkpoint(models.Model):
    """An approved point of a trajectory: the value planned for a day, in the target's unit."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="checkpoints", verbose_name=_("target"))
    on = models.DateField(_("on"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["target", "on"]
        constraints = [UniqueConstraint(fields=["target", "on"], name="checkpoint_once_a_day")]
        triggers = [*marks_stale(OF_TARGET_PART, on=ON_ANY_CHANGE), stays_with("target")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}: {self.value.normalize():f}"


class Milestone(models.Model):
    """A dated stage of a staged target; `weight` is its share in percentage points."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="milestones", verbose_name=_("target"))
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    due_on = models.DateField(_("due on"))
    weight = models.DecimalField(
        _("weight, points"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["target", "position"]
        constraints = [
            UniqueConstraint(
                fields=["target", "position"],
                name="milestone_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100),
                name="milestone_weight_in_range",
                violation_error_message=_("A weight must be above 0 and at most 100."),
            ),
            in_a_language("milestone", "title"),
        ]
        triggers = [*marks_stale(OF_MILESTONE, on=ON_ANY_CHANGE), stays_with("target")]

    def __str__(self) -> str:
        """Return the title with the target's code, since many targets have a stage of the same name."""
        return f"{self.target.code} {localised(self.title, self.title_en)}"


class TargetRevision(models.Model):
    """A target changed by authority, in force from its date; the original stays as it was."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="revisions", verbose_name=_("target"))
    effective_from = models.DateField(_("in force from"))
    old_value = models.DecimalField(_("old value"), max_digits=20, decimal_places=4)
    new_value = models.DecimalField(_("new value"), max_digits=20, decimal_places=4)
    old_value_high = models.DecimalField(_("old high end"), max_digits=20, decimal_places=4, null=True)
    new_value_high = models.DecimalField(_("new high end"), max_digits=20, decimal_places=4, null=True)
    old_tolerance = models.DecimalField(_("old tolerance"), max_digits=20, decimal_places=4, null=True)
    new_tolerance = models.DecimalField(_("new tolerance"), max_digits=20, decimal_places=4, null=True)
    old_within = models.BooleanField(_("old: passing the far end misses it"), default=False, db_default=False)
    new_within = models.BooleanField(_("new: passing the far end misses it"), default=False, db_default=False)
    old_due_on = models.DateField(_("old due date"))
    new_due_on = models.DateField(_("new due date"))
    authority = models.CharField(_("authority"), max_length=300)
    reason = models.TextField(_("reason"))
    revised_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="+", verbose_name=_("revised by")
    )
    revised_at = models.DateTimeField(_("revised at"))

    class Meta:
        verbose_name = _("target revision")
        verbose_name_plural = _("target revisions")
        ordering = ["target", "effective_from"]
        constraints = [
            UniqueConstraint(fields=["target", "effective_from"], name="targetrevision_once_a_day"),
            not_blank("targetrevision", "authority"),
            not_blank("targetrevision", "reason"),
            CheckConstraint(
                condition=~Q(new_value=F("old_value"))
                | ~Q(new_due_on=F("old_due_on"))
                | ~Q(new_within=F("old_within"))
                | Q(new_value_high__isnull=False, old_value_high__isnull=False)
                & ~Q(new_value_high=F("old_value_high"))
                | Q(new_tolerance__isnull=False, old_tolerance__isnull=False)
                & ~Q(new_tolerance=F("old_tolerance")),
                name="targetrevision_changes_something",
            ),
            CheckConstraint(
                condition=Q(new_value_high__isnull=True) | Q(new_value_high__gt=F("new_value")),
                name="targetrevision_range_rises",
                violation_error_message=_("The high end of a range lies above its low end."),
            ),
            CheckConstraint(
                condition=Q(new_tolerance__isnull=True) | Q(new_tolerance__gt=0),
                name="targetrevision_tolerance_above_zero",
                violation_error_message=_("A tolerance is above 0."),
            ),
            CheckConstraint(
                condition=Q(new_value_high__isnull=True) | Q(new_tolerance__isnull=True),
                name="targetrevision_ends_of_one_kind",
            ),
            # The comparator of a target does not change.
            CheckConstraint(
                condition=Q(old_value_high__isnull=True, new_value_high__isnull=True)
                | Q(old_value_high__isnull=False, new_value_high__isnull=False),
                name="targetrevision_range_stays_one",
            ),
            CheckConstraint(
                condition=Q(old_tolerance__isnull=True, new_tolerance__isnull=True)
                | Q(old_tolerance__isnull=False, new_tolerance__isnull=False),
                name="targetrevision_about_stays_one",
            ),
            CheckConstraint(
                condition=Q(old_within=False, new_within=False)
                | Q(new_value_high__isnull=False)
                | Q(new_tolerance__isnull=False),
                name="targetrevision_within_has_ends",
            ),
        ]
        triggers = [*append_only(), *marks_stale(OF_TARGET_PART, on=ON_ANY_CHANGE[:1])]

    def __str__(self) -> str:
        return f"{self.effective_from:%Y-%m-%d}: {stated(self.old_terms)} → {stated(self.new_terms)}"

    @property
    def old_terms(self) -> Terms:
        return Terms(self.old_value, self.old_value_high, self.old_tolerance, self.old_within)

    @property
    def new_terms(self) -> Terms:
        return Terms(self.new_value, self.new_value_high, self.new_tolerance, self.new_within)
