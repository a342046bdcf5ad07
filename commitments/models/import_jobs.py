"""Uploaded sheets on their way into the ledger."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import NoFigure
from ..domain.import_enums import DISCARDABLE, ImportState
from .commitments import Commitment
from .constraints import matches, one_of
from .places import Agency
from .plans import Plan
from .targets import Milestone, Target


class ImportJob(models.Model):
    """One uploaded sheet; its right rows become progress all at once, and wrong ones wait until they are mended.

    - `content`: the file as it came.
    - `effective_on`: the day for rows that name none.
    - `heading`: the first rows as text; `header_row` is the number of the one that names the columns.
    - `columns`: the index of each column, from 0.
    - `expected`: the approximate number of rows; `rows` is the number of rows that report a value.
    - `left_out`: the rows of the file that report nothing, by reason: their number, and the first of them.
    - `recorded_rows`: the runs of rows in the ledger, each with its first and last number, while others are open.
    - `given_up`: the number of rows that were still open when a partly recorded sheet ended.
    - `other_sheets`: the names of the workbook's sheets with a table that are not read.
    - `sheet`: the name of the sheet chosen in a workbook; empty for its first table.
    - `hidden_columns`: the places of columns that are hidden in the sheet.
    - `repeats`: when an earlier sheet with the same amounts was recorded.
    - `frame`: the digest of everything outside the file that the check rested on.
    - `recorded`: the digest of the ledger's entries for its targets at the check.
    - `refusal`: an untranslated message about the sheet, or about rows given up, filled in by `refusal_params`.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="imports", verbose_name=_("plan"))
    uploaded_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="imports", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField(_("content"))
    effective_on = models.DateField(_("data as of"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=labels.choices(labels.IMPORT_STATE),
        default=ImportState.RECEIVED,
    )
    refusal = models.TextField(_("why it cannot be used"), blank=True)
    refusal_params = models.JSONField(_("what the reason names"), default=dict)
    heading = models.JSONField(_("first rows"), default=list)
    header_row = models.PositiveIntegerField(_("row of the column names"), null=True)
    columns = models.JSONField(_("columns"), default=dict)
    expected = models.PositiveIntegerField(_("rows of the sheet"), default=0)
    reached = models.PositiveIntegerField(_("last row that was checked"), default=0)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    faulty = models.PositiveIntegerField(_("rows with problems"), default=0)
    doubtful = models.PositiveIntegerField(_("rows with doubts"), default=0)
    left_out = models.JSONField(_("rows left out"), default=dict)
    recorded_rows = models.JSONField(_("rows recorded"), default=list)
    given_up = models.PositiveIntegerField(_("rows given up"), default=0, db_default=0)
    other_sheets = models.JSONField(_("sheets that are not read"), default=list)
    sheet = models.TextField(_("sheet of the workbook"), blank=True)
    hidden_columns = models.JSONField(_("hidden columns"), default=list)
    repeats = models.DateTimeField(_("same amounts recorded at"), null=True)
    frame = models.CharField(_("digest of what was checked against"), max_length=64, blank=True)
    recorded = models.CharField(_("digest of what was recorded then"), max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    applied_at = models.DateTimeField(_("applied at"), null=True)

    class Meta:
        verbose_name = _("uploaded sheet")
        verbose_name_plural = _("uploaded sheets")
        ordering = ["-uploaded_at", "-id"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=[ImportState.RECEIVED, ImportState.CONFIRMED]),
                name="importjob_to_do",
            )
        ]
        constraints = [
            one_of("importjob", "state", ImportState),
            matches("importjob", "sha256", r"^[0-9a-f]{64}$"),
            CheckConstraint(
                condition=~Q(state__in=[ImportState.CONFIRMED, ImportState.APPLIED])
                | Q(rows__gt=F("faulty"), confirmed_at__isnull=False),
                name="importjob_applies_right_rows",
            ),
            CheckConstraint(
                condition=~Q(state=ImportState.APPLIED) | Q(faulty=0), name="importjob_ends_without_faults"
            ),
            CheckConstraint(
                condition=Q(state=ImportState.APPLIED, applied_at__isnull=False)
                | (~Q(state=ImportState.APPLIED) & Q(applied_at__isnull=True)),
                name="importjob_applied_says_when",
            ),
            CheckConstraint(
                condition=Q(state=ImportState.REFUSED) ^ Q(refusal="")
                | Q(state=ImportState.APPLIED, given_up__gt=0),
                name="importjob_refused_says_why",
            ),
            CheckConstraint(
                condition=Q(recorded_rows=[]) | ~Q(state__in=[ImportState.REFUSED, ImportState.DISCARDED]),
                name="importjob_ends_with_its_recorded_rows",
            ),
            CheckConstraint(
                condition=Q(given_up=0) | Q(state=ImportState.APPLIED), name="importjob_gives_up_at_its_end"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def recorded_before(self) -> int:
        """The number of rows in the ledger while others are open."""
        return sum(last - first + 1 for first, last in self.recorded_rows)

    @property
    def version(self) -> str:
        """The version of what a page shows: its last check, the rows recorded by then, and its sheet."""
        checked = self.checked_at.isoformat() if self.checked_at else ""
        return f"{checked} {self.recorded_before} {self.sheet}"

    @property
    def needs_mending(self) -> bool:
        return self.state == ImportState.CHECKED and self.faulty > 0

    @property
    def can_be_discarded(self) -> bool:
        return self.state in DISCARDABLE


class ImportRow(models.Model):
    """A row of a sheet as the ledger would get it.

    `faults`, `doubts` and `remarks` are lists of a column, an untranslated message and its parameters; remarks
    only say how a cell was read. `written` holds the cells as they stand in the file, kept for rows that need
    a person's attention. A row without a value reports in words, about a target or the commitment alone.
    """

    pk = models.CompositePrimaryKey("job", "number")
    job = models.ForeignKey(
        ImportJob, models.CASCADE, related_name="staged", verbose_name=_("uploaded sheet"), db_index=False
    )
    number = models.PositiveIntegerField(_("row"))
    # There are many rows and they live briefly. References are checked when rows are applied, not by
    # foreign keys.
    commitment = models.ForeignKey(
        Commitment,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("commitment"),
    )
    target = models.ForeignKey(
        Target,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("target"),
    )
    milestone = models.ForeignKey(
        Milestone,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("milestone"),
    )
    effective_on = models.DateField(_("data as of"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(_("out of"), max_digits=20, decimal_places=4, null=True)
    includes_earlier = models.BooleanField(
        _("includes all since the last report"), default=False, db_default=False
    )
    no_figure = models.CharField(
        _("no figure for this period"),
        max_length=13,
        blank=True,
        default="",
        db_default="",
        choices=labels.choices(labels.NO_FIGURE),
    )
    progress = models.TextField(_("progress"), blank=True)
    problems = models.TextField(_("problems"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    faults = models.JSONField(_("problems found"), null=True)
    doubts = models.JSONField(_("doubts"), null=True)
    remarks = models.JSONField(_("how it was read"), null=True)
    written = models.JSONField(_("as written"), null=True)

    class Meta:
        verbose_name = _("row of an uploaded sheet")
        verbose_name_plural = _("rows of an uploaded sheet")
        ordering = ["job", "number"]
        indexes = [
            models.Index(
                fields=["job", "number"],
                condition=Q(faults__isnull=False) | Q(doubts__isnull=False),
                name="importrow_to_look_at",
            )
        ]
        constraints = [
            CheckConstraint(
                condition=Q(faults__isnull=False)
                | Q(commitment__isnull=False, value__isnull=True)
                | Q(commitment__isnull=False, target__isnull=False),
                name="importrow_whole_or_faulty",
            ),
            CheckConstraint(
                condition=Q(no_figure__in=["", *(word.value for word in NoFigure)]),
                name="importrow_no_figure_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.number}"


class ImportAmendment(models.Model):
    """A person's change to a row of a sheet: texts in place of its cells, or the row left out.

    The file stays as it is. `cells` are the texts typed, by column; `written` are those that they replace.
    """

    pk = models.CompositePrimaryKey("job", "number")
    job = models.ForeignKey(
        ImportJob,
        models.CASCADE,
        related_name="amendments",
        verbose_name=_("uploaded sheet"),
        db_index=False,
    )
    number = models.PositiveIntegerField(_("row"))
    left_out = models.BooleanField(_("left out"), default=False)
    cells = models.JSONField(_("typed instead"), default=dict)
    written = models.JSONField(_("as written"), default=dict)
    amended_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="+", verbose_name=_("changed by")
    )
    amended_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("changed row of an uploaded sheet")
        verbose_name_plural = _("changed rows of an uploaded sheet")
        ordering = ["job", "number"]
        constraints = [
            CheckConstraint(condition=Q(left_out=True) | ~Q(cells={}), name="importamendment_says_what")
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.number}"


class ColumnMapping(models.Model):
    """The meaning of the columns in an office's own sheet; `columns` names its heading for each of ours.

    `headings` is the digest of the set of headings. A mapping without an agency is the supervision
    office's.
    """

    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, related_name="mappings", verbose_name=_("agency")
    )
    headings = models.CharField(_("digest of the headings"), max_length=64)
    columns = models.JSONField(_("columns"))
    saved_by = models.ForeignKey(
        "commitments.User", models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("columns of a sheet")
        verbose_name_plural = _("columns of sheets")
        ordering = ["agency", "-saved_at"]
        constraints = [
            UniqueConstraint(fields=["agency", "headings"], name="columnmapping_once", nulls_distinct=False),
            matches("columnmapping", "headings", r"^[0-9a-f]{64}$"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.columns.values())
