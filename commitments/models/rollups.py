"""Stored assessments, all of which can be rebuilt from the ledger."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import DutyState, Freshness, Scope, Status
from .commitments import Commitment
from .constraints import one_of
from .places import Agency
from .plans import Plan, Priority, RuleSet
from .targets import Target


class StaleMark(models.Model):
    """A note that a commitment's roll-up is older than its sources; only triggers write it.

    If the ledger changed, `target` and `month` name the month to read again.
    """

    # There is no foreign key: marks are the busiest rows of all, and one that outlives its commitment does
    # no harm.
    commitment = models.ForeignKey(
        Commitment, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("commitment")
    )
    target = models.BigIntegerField(_("target"), null=True)
    month = models.DateField(_("month"), null=True)
    marked_at = models.DateTimeField(_("marked at"), db_default=Now())

    class Meta:
        verbose_name = _("stale mark")
        verbose_name_plural = _("stale marks")
        constraints = [CheckConstraint(condition=Q(commitment__gt=0), name="stalemark_of_a_commitment")]

    def __str__(self) -> str:
        return f"{self.commitment_id} @ {self.marked_at:%Y-%m-%dT%H:%M:%SZ}"


class TargetMonth(models.Model):
    """The sums of a target's counted readings in one calendar month, as known now.

    `added` sums values, weights or numerators, `out_of` denominators. `lowest` and `highest` are single
    readings, `closing` is the last one, of the day `last_on`; those of a ratio are in percent. One of them
    includes all since the report before it if `includes_earlier` is set.
    """

    pk = models.CompositePrimaryKey("target", "month")
    # The primary key begins with the target, so the target needs no index of its own.
    target = models.ForeignKey(
        Target, models.CASCADE, related_name="months", verbose_name=_("target"), db_index=False
    )
    month = models.DateField(_("first day of the month"))
    entries = models.PositiveIntegerField(_("entries"))
    added = models.DecimalField(_("added"), max_digits=30, decimal_places=4, null=True)
    out_of = models.DecimalField(_("out of"), max_digits=30, decimal_places=4, null=True)
    lowest = models.DecimalField(_("lowest"), max_digits=40, decimal_places=10, null=True)
    highest = models.DecimalField(_("highest"), max_digits=40, decimal_places=10, null=True)
    closing = models.DecimalField(_("closing value"), max_digits=40, decimal_places=10, null=True)
    last_on = models.DateField(_("data as of"), null=True)
    is_sample = models.BooleanField(_("sample data"), null=True)
    includes_earlier = models.BooleanField(_("includes earlier periods"), default=False, db_default=False)

    class Meta:
        verbose_name = _("month of a target")
        verbose_name_plural = _("months of targets")
        constraints = [
            CheckConstraint(
                condition=Q(entries=0) | Q(added__isnull=False, last_on__isnull=False),
                name="targetmonth_empty_or_full",
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.month:%Y-%m}"


class TargetColumns(models.Model):
    """The columns of one stored verdict and of its sources.

    Values are in the target's unit, the gap in percentage points, paces per 30 days.
    """

    actual = models.DecimalField(_("actual"), max_digits=40, decimal_places=4, null=True)
    planned = models.DecimalField(_("planned value"), max_digits=20, decimal_places=4, null=True)
    start_value = models.DecimalField(_("start value"), max_digits=20, decimal_places=4)
    target_value = models.DecimalField(_("target value in force"), max_digits=20, decimal_places=4)
    target_high = models.DecimalField(_("high end in force"), max_digits=20, decimal_places=4, null=True)
    within = models.BooleanField(_("passing the far end misses it"), default=False, db_default=False)
    due_on = models.DateField(_("due date in force"))
    progress = models.DecimalField(_("progress"), max_digits=12, decimal_places=4, null=True)
    gap = models.DecimalField(_("gap, points"), max_digits=12, decimal_places=2, null=True)
    status = models.CharField(_("status"), max_length=13, choices=labels.choices(labels.STATUS))
    reason = models.CharField(_("reason code"), max_length=30)
    rule_set = models.ForeignKey(
        RuleSet,
        models.DO_NOTHING,
        to_field="version",
        db_column="rule_set",
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("rule set"),
    )
    freshness = models.CharField(_("reporting"), max_length=7, choices=labels.choices(labels.FRESHNESS))
    report_state = models.CharField(
        _("report"), max_length=9, choices=labels.choices(labels.DUTY_STATE), null=True
    )
    report_since = models.DateField(_("report lacking since"), null=True)
    report_due_on = models.DateField(_("report due on"), null=True)
    latest_on = models.DateField(_("data as of"), null=True)
    first_met_on = models.DateField(_("first met on"), null=True)
    standing_since = models.DateField(_("achieved since"), null=True)
    lowered_on = models.DateField(_("lowering counts since"), null=True)
    worst = models.DecimalField(_("worst value"), max_digits=40, decimal_places=4, null=True)
    overdue_since = models.DateField(_("stage overdue since"), null=True)
    forecast = models.DecimalField(_("forecast for the due date"), max_digits=30, decimal_places=4, null=True)
    forecast_low = models.DecimalField(_("forecast, low end"), max_digits=30, decimal_places=4, null=True)
    forecast_high = models.DecimalField(_("forecast, high end"), max_digits=30, decimal_places=4, null=True)
    pace = models.DecimalField(_("present pace"), max_digits=30, decimal_places=4, null=True)
    required_pace = models.DecimalField(_("required pace"), max_digits=30, decimal_places=4, null=True)
    flags = ArrayField(models.CharField(max_length=30), verbose_name=_("data checks"), default=list)
    newest_entries = ArrayField(models.BigIntegerField(), verbose_name=_("newest entries used"), default=list)
    is_sample = models.BooleanField(_("sample data"), default=False)

    class Meta:
        abstract = True


class TargetRollup(TargetColumns):
    """The current verdict on a target."""

    target = models.OneToOneField(
        Target, models.CASCADE, primary_key=True, related_name="rollup", verbose_name=_("target")
    )
    assessed_on = models.DateField(_("assessed for"))
    assessed_at = models.DateTimeField(_("assessed at"), db_default=Now())

    class Meta:
        verbose_name = _("target status")
        verbose_name_plural = _("target statuses")
        constraints = [
            one_of("targetrollup", "status", Status),
            one_of("targetrollup", "freshness", Freshness),
            one_of("targetrollup", "report_state", DutyState),
        ]

    def __str__(self) -> str:
        return f"{self.target.code}: {self.status}"


class CommitmentColumns(models.Model):
    """A commitment's verdict, the target that decided it, and people's forward judgements beside it.

    `confidence_gap` counts the steps, 0 to 2, between the most and the least hopeful of owner, supervision
    office and status.
    """

    status = models.CharField(_("status"), max_length=13, choices=labels.choices(labels.STATUS))
    reason = models.CharField(_("reason code"), max_length=30)
    freshness = models.CharField(
        _("reporting"), max_length=7, choices=labels.choices(labels.FRESHNESS), null=True
    )
    report_state = models.CharField(
        _("report"), max_length=9, choices=labels.choices(labels.DUTY_STATE), null=True
    )
    report_since = models.DateField(_("report lacking since"), null=True)
    report_due_on = models.DateField(_("report due on"), null=True)
    decided_by = models.ForeignKey(
        Target,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("deciding target"),
    )
    owner_confidence = models.CharField(
        _("agency's confidence"), max_length=10, choices=labels.choices(labels.CONFIDENCE), null=True
    )
    supervision_confidence = models.CharField(
        _("supervision office's confidence"),
        max_length=10,
        choices=labels.choices(labels.CONFIDENCE),
        null=True,
    )
    confidence_gap = models.PositiveSmallIntegerField(_("disagreement, steps"), null=True)

    class Meta:
        abstract = True


class CommitmentRollup(CommitmentColumns):
    """The current verdict on a commitment: the worst of its headline targets."""

    commitment = models.OneToOneField(
        Commitment, models.CASCADE, primary_key=True, related_name="rollup", verbose_name=_("commitment")
    )
    assessed_on = models.DateField(_("assessed for"))
    assessed_at = models.DateTimeField(_("assessed at"), db_default=Now())

    class Meta:
        verbose_name = _("commitment status")
        verbose_name_plural = _("commitment statuses")
        constraints = [
            one_of("commitmentrollup", "status", Status),
            one_of("commitmentrollup", "freshness", Freshness),
            one_of("commitmentrollup", "report_state", DutyState),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code}: {self.status}"


class StatusCount(models.Model):
    """The number of commitments with a status in a plan, priority, section or agency.

    An agency counts as lead and as support separately.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="status_counts", verbose_name=_("plan"))
    scope = models.CharField(_("scope"), max_length=8, choices=labels.choices(labels.SCOPE))
    priority = models.ForeignKey(
        Priority, models.CASCADE, null=True, related_name="status_counts", verbose_name=_("priority")
    )
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, related_name="status_counts", verbose_name=_("agency")
    )
    section = models.CharField(_("section"), max_length=200, null=True)
    status = models.CharField(_("status"), max_length=13, choices=labels.choices(labels.STATUS))
    commitments = models.PositiveIntegerField(_("commitments"))

    class Meta:
        verbose_name = _("status count")
        verbose_name_plural = _("status counts")
        constraints = [
            UniqueConstraint(
                fields=["plan", "scope", "priority", "section", "agency", "status"],
                nulls_distinct=False,
                name="statuscount_once",
            ),
            one_of("statuscount", "status", Status),
            CheckConstraint(
                condition=Q(
                    scope=Scope.PLAN, priority__isnull=True, section__isnull=True, agency__isnull=True
                )
                | Q(scope=Scope.PRIORITY, priority__isnull=False, section__isnull=True, agency__isnull=True)
                | Q(scope=Scope.SECTION, priority__isnull=False, section__isnull=False, agency__isnull=True)
                | Q(
                    scope__in=[Scope.AGENCY, Scope.SUPPORT],
                    priority__isnull=True,
                    section__isnull=True,
                    agency__isnull=False,
                ),
                name="statuscount_scope_names_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.status}: {self.commitments}"


class TargetSnapshot(TargetColumns):
    """The verdict on a target at the end of a plan's day, as known at the end of that day."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="snapshots", verbose_name=_("target"))
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("target snapshot")
        verbose_name_plural = _("target snapshots")
        constraints = [
            UniqueConstraint(fields=["target", "on"], name="targetsnapshot_once_a_day"),
            one_of("targetsnapshot", "status", Status),
        ]

    def __str__(self) -> str:
        return f"{self.target.code} {self.on:%Y-%m-%d}: {self.status}"


class CommitmentSnapshot(CommitmentColumns):
    """The verdict on a commitment at the end of a plan's day, as known at the end of that day."""

    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="snapshots", verbose_name=_("commitment")
    )
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("commitment snapshot")
        verbose_name_plural = _("commitment snapshots")
        constraints = [
            UniqueConstraint(fields=["commitment", "on"], name="commitmentsnapshot_once_a_day"),
            one_of("commitmentsnapshot", "status", Status),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code} {self.on:%Y-%m-%d}: {self.status}"


class DailyRun(models.Model):
    """A plan's day that has been assessed as a whole."""

    # The row makes the daily work safe to start any number of times.
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="daily_runs", verbose_name=_("plan"))
    on = models.DateField(_("on"))
    finished_at = models.DateTimeField(_("finished at"), db_default=Now())

    class Meta:
        verbose_name = _("daily run")
        verbose_name_plural = _("daily runs")
        constraints = [UniqueConstraint(fields=["plan", "on"], name="dailyrun_once_a_day")]

    def __str__(self) -> str:
        return f"{self.plan.code} {self.on:%Y-%m-%d}"


class AuditRun(models.Model):
    """One comparison of a plan's stored verdicts with the ledger; `at` is an instant of the service's clock."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="audits", verbose_name=_("plan"))
    at = models.DateTimeField(_("at"))
    checked = models.PositiveIntegerField(_("rows checked"))
    skipped = models.PositiveIntegerField(_("commitments skipped"), default=0)
    differences = models.PositiveIntegerField(_("differences"))

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["-at"]
        indexes = [models.Index(fields=["plan", "-at"], name="auditrun_newest")]

    def __str__(self) -> str:
        return f"{self.plan.code} {self.at:%Y-%m-%dT%H:%M:%SZ}: {self.differences}"


class Heartbeat(models.Model):
    """The instant at which a background part last did its work (real time, UTC)."""

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": Now()})
