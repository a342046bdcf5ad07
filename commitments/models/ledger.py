from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from pgtrigger import Insert, Update

from .. import formats, labels
from ..domain.enums import Decision, EntryState, NoFigure
from .commitments import Commitment
from .constraints import matches, not_blank, one_of
from .targets import Milestone, Target
from .triggers import (
    OF_ENTRY,
    OF_ENTRY_PART,
    ON_INSERT_OR_UPDATE,
    append_only,
    marks_stale,
    refuse,
    refuses_locked_periods,
)


class EntryFigure(NamedTuple):
    """The figure of an entry; the value is in the target's unit, and the numerator of a ratio."""

    target: Target
    value: Decimal
    denominator: Decimal | None
    milestone: Milestone | None


class ProgressEntryQuerySet(models.QuerySet["ProgressEntry"]):
    def figures(self) -> "ProgressEntryQuerySet":
        """Return those with a value: all that is added up, compared or judged."""
        return self.filter(value__isnull=False)

    def narratives(self) -> "ProgressEntryQuerySet":
        """Return those in words alone."""
        return self.filter(value__isnull=True)

    def live(self) -> "ProgressEntryQuerySet":
        """Return those that count or wait for review."""
        return self.filter(counted_until__isnull=True)

    def counted_at(self, instant: datetime) -> "ProgressEntryQuerySet":
        """Return those that counted at an instant."""
        still = Q(counted_until__isnull=True) | Q(counted_until__gt=instant)
        return self.filter(still, counted_from__lte=instant)

    def counted(self) -> "ProgressEntryQuerySet":
        return self.live().filter(counted_from__isnull=False)

    def pending(self) -> "ProgressEntryQuerySet":
        """Return those that wait for review."""
        return self.live().filter(counted_from__isnull=True)

    def returned(self) -> "ProgressEntryQuerySet":
        return self.filter(review__decision=Decision.RETURN, withdrawal__isnull=True)

    def withdrawn(self) -> "ProgressEntryQuerySet":
        return self.filter(withdrawal__isnull=False)

    def corrected(self) -> "ProgressEntryQuerySet":
        """Return those that another entry has taken the place of."""
        ended = self.filter(counted_until__isnull=False, withdrawal__isnull=True)
        return ended.exclude(review__decision=Decision.RETURN)

    def in_state(self, state: EntryState) -> "ProgressEntryQuerySet":
        found: ProgressEntryQuerySet = getattr(self, state.value)()
        return found


class ProgressEntry(models.Model):
    """One line of the append-only ledger.

    `effective_on` is a day of the plan's calendar. The entry counts from `counted_from` up to, not
    including, `counted_until` (UTC). Both are empty while it waits for review. An entry that never counted
    (returned, or withdrawn before review) has only the end set; one that was returned may be withdrawn later.

    `value` is in the target's unit. A milestone entry has the value 1 for done. A ratio's value is the
    numerator, with its `denominator`. An amount, or both parts of a ratio, may include all since the report
    before it: `includes_earlier`.

    An entry without a value is a narrative, in words about its commitment or about one target. `no_figure` is the
    reason why a target has no figure for the period.
    """

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="entries", verbose_name=_("commitment")
    )
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("target")
    )
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("milestone")
    )
    effective_on = models.DateField(_("data as of"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(_("out of"), max_digits=20, decimal_places=4, null=True, blank=True)
    progress = models.TextField(_("progress"), blank=True)
    problems = models.TextField(_("problems"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    no_figure = models.CharField(
        _("no figure for this period"),
        max_length=13,
        blank=True,
        default="",
        db_default="",
        choices=labels.choices(labels.NO_FIGURE),
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    recorded_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="entries", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    includes_earlier = models.BooleanField(
        _("includes all since the last report"), default=False, db_default=False
    )
    is_sample = models.BooleanField(_("sample data"), default=False)
    counted_from = models.DateTimeField(_("counted from"), null=True, blank=True)
    counted_until = models.DateTimeField(_("counted until"), null=True, blank=True)

    objects = ProgressEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress entry")
        verbose_name_plural = _("progress entries")
        ordering = ["-effective_on", "-id"]
        indexes = [
            models.Index(
                fields=["target", "effective_on", "id"],
                include=[
                    "value",
                    "denominator",
                    "milestone",
                    "counted_from",
                    "counted_until",
                    "is_sample",
                    "includes_earlier",
                ],
                name="progressentry_of_target",
            ),
            models.Index(
                fields=["recorded_at"],
                condition=Q(counted_from__isnull=True, counted_until__isnull=True),
                name="progressentry_pending",
            ),
            models.Index(
                fields=["commitment", "effective_on", "id"],
                condition=Q(value__isnull=True),
                name="progressentry_narratives",
            ),
            # The reports beside the figures that count: in review, returned, or in words.
            models.Index(
                fields=["commitment"],
                condition=Q(counted_from__isnull=True) | Q(value__isnull=True),
                name="progressentry_beside_figures",
            ),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(no_figure__in=["", *(word.value for word in NoFigure)]),
                name="progressentry_no_figure_known",
            ),
            CheckConstraint(
                condition=Q(value__isnull=False)
                | Q(milestone__isnull=True, denominator__isnull=True, includes_earlier=False),
                name="progressentry_narrative_has_no_figure",
            ),
            CheckConstraint(
                condition=Q(target__isnull=False) | Q(value__isnull=True, no_figure=""),
                name="progressentry_figure_has_target",
            ),
            CheckConstraint(
                condition=Q(no_figure="") | Q(value__isnull=True), name="progressentry_no_figure_has_no_value"
            ),
            CheckConstraint(
                condition=Q(value__isnull=False)
                | ~Q(no_figure="")
                | ~Q(progress="", problems="", next_steps=""),
                name="progressentry_narrative_has_words",
            ),
            CheckConstraint(
                condition=Q(counted_from__isnull=True)
                | Q(counted_until__isnull=True)
                | Q(counted_until__gte=F("counted_from")),
                name="progressentry_counts_forward",
            ),
            CheckConstraint(
                condition=Q(counted_from__isnull=True) | Q(counted_from__gte=F("recorded_at")),
                name="progressentry_counts_after_record",
            ),
            CheckConstraint(
                condition=Q(milestone__isnull=True) | Q(value=1), name="progressentry_milestone_is_done"
            ),
            CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="progressentry_denominator_above_zero",
            ),
            CheckConstraint(
                condition=Q(includes_earlier=False) | Q(milestone__isnull=True),
                name="progressentry_milestone_includes_none",
            ),
            CheckConstraint(condition=~Q(corrects=F("pk")), name="progressentry_not_its_own_correction"),
            UniqueConstraint(
                fields=["milestone"],
                condition=Q(counted_from__isnull=False, counted_until__isnull=True, milestone__isnull=False),
                name="progressentry_milestone_done_once",
            ),
            UniqueConstraint(
                fields=["milestone"],
                condition=Q(counted_until__isnull=True, corrects__isnull=True),
                name="progressentry_milestone_reported_once",
            ),
            UniqueConstraint(
                fields=["corrects"],
                condition=Q(counted_from__isnull=False) | Q(counted_until__isnull=True),
                name="progressentry_corrected_once",
            ),
        ]
        triggers = [
            *append_only(mutable=["counted_from", "counted_until"]),
            refuse(
                "span_set_once",
                Update,
                "RAISE EXCEPTION 'the span in which an entry counts is set once';",
                condition="((OLD.counted_from IS NOT NULL AND NEW.counted_from IS DISTINCT FROM OLD.counted_from)"
                " OR (OLD.counted_until IS NOT NULL AND NEW.* IS DISTINCT FROM OLD.*))",
            ),
            refuses_locked_periods("SELECT NEW.commitment_id, NEW.effective_on, NEW.corrects_id"),
            refuse(
                "only_amounts_include_earlier",
                Insert,
                "IF NOT EXISTS (SELECT FROM commitments_target t WHERE t.id = NEW.target_id"
                " AND t.accumulation IN ('increments', 'ratio')) THEN"
                " RAISE EXCEPTION 'only an amount or parts of a ratio include earlier periods' USING"
                " ERRCODE = 'check_violation', CONSTRAINT = 'progressentry_only_amounts_include_earlier';"
                " END IF; RETURN NEW;",
                condition="(NEW.includes_earlier)",
            ),
            *marks_stale(OF_ENTRY, on=ON_INSERT_OR_UPDATE),
        ]

    def __str__(self) -> str:
        parts = {"code": self.code, "what": self._what(), "day": formats.day(self.effective_on)}
        return pgettext("progress entry", "%(code)s %(what)s, %(day)s") % parts

    @property
    def figure(self) -> EntryFigure:
        """Return its figure; raise ValueError for a narrative."""
        if self.value is None or self.target is None:
            raise ValueError(f"entry {self.pk} is a narrative")
        return EntryFigure(self.target, self.value, self.denominator, self.milestone)

    @property
    def code(self) -> str:
        """Return the code of its target, or of the commitment where it names none."""
        return self.target.code if self.target else self.commitment.code

    @property
    def state(self) -> EntryState:
        """Return what has become of it: no query where it is live, else with `review` and `withdrawal` loaded."""
        if self.is_live:
            return EntryState.COUNTED if self.counts else EntryState.PENDING
        if hasattr(self, "withdrawal"):
            return EntryState.WITHDRAWN
        return EntryState.RETURNED if self.was_returned else EntryState.CORRECTED

    @property
    def was_returned(self) -> bool:
        """Tell whether a reviewer sent it back, be it withdrawn since or not."""
        return hasattr(self, "review") and self.review.decision == Decision.RETURN

    @property
    def is_live(self) -> bool:
        """Tell whether it counts or waits for review."""
        return self.counted_until is None

    @property
    def counts(self) -> bool:
        return self.is_live and self.counted_from is not None

    @property
    def waits(self) -> bool:
        """Tell whether it waits for review."""
        return self.is_live and self.counted_from is None

    def _what(self) -> str:
        if self.value is None:
            return str(labels.NO_FIGURE[NoFigure(self.no_figure)] if self.no_figure else _("In words"))
        target, value, denominator, milestone = self.figure
        if milestone:
            return formats.localised(milestone.title, milestone.title_en)
        if denominator is not None:
            return formats.parts(value, denominator)
        return formats.amount(formats.exact(value), formats.either(target.unit, target.unit_en))


class Review(models.Model):
    """One decision on one entry, by a person other than its author."""

    entry = models.OneToOneField(
        ProgressEntry, models.PROTECT, related_name="review", verbose_name=_("progress entry")
    )
    decision = models.CharField(_("decision"), max_length=7, choices=labels.choices(labels.DECISION))
    reason = models.TextField(_("reason"), blank=True)
    reviewed_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="reviews", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed at"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-reviewed_at"]
        constraints = [
            one_of("review", "decision", Decision),
            CheckConstraint(
                condition=~Q(decision=Decision.RETURN) | ~Q(reason=""), name="review_return_has_reason"
            ),
        ]
        triggers = [
            *append_only(),
            refuse(
                "reviewer_is_not_author",
                Insert,
                "IF EXISTS (SELECT FROM commitments_progressentry e"
                " WHERE e.id = NEW.entry_id AND e.recorded_by_id = NEW.reviewed_by_id) THEN"
                " RAISE EXCEPTION 'an entry is not reviewed by its author'; END IF; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.entry}"


class Withdrawal(models.Model):
    """The reason an entry ceased to count without a successor, or was given up after its return."""

    entry = models.OneToOneField(
        ProgressEntry, models.PROTECT, related_name="withdrawal", verbose_name=_("progress entry")
    )
    reason = models.TextField(_("reason"))
    withdrawn_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"))

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-withdrawn_at"]
        constraints = [not_blank("withdrawal", "reason")]
        triggers = [
            *append_only(),
            refuses_locked_periods(
                "SELECT e.commitment_id, e.effective_on, e.corrects_id FROM commitments_progressentry e"
                " WHERE e.id = NEW.entry_id"
            ),
            # The span of a returned entry has ended before, so that its own row does not change.
            *marks_stale(OF_ENTRY_PART, on=ON_INSERT_OR_UPDATE[:1]),
        ]

    def __str__(self) -> str:
        return str(self.entry)


class Evidence(models.Model):
    """Proof for an entry: a link or a file, private unless marked public."""

    entry = models.ForeignKey(
        ProgressEntry, models.PROTECT, related_name="evidence", verbose_name=_("progress entry")
    )
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), blank=True)
    file = models.FileField(_("file"), upload_to="evidence/", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    public = models.BooleanField(_("public"), default=False)
    added_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["entry", "added_at"]
        constraints = [
            CheckConstraint(
                condition=(Q(url="") & ~Q(file="") & ~Q(sha256="")) | (~Q(url="") & Q(file="", sha256="")),
                name="evidence_link_or_file",
            ),
            matches("evidence", "sha256", r"^([0-9a-f]{64})?$"),
            matches("evidence", "url", r"^(https?://.*)?$"),
        ]
        triggers = [
            *append_only(mutable=["public"]),
            *marks_stale(OF_ENTRY_PART, on=ON_INSERT_OR_UPDATE[:1]),
        ]

    def __str__(self) -> str:
        return self.title
