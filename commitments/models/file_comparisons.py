"""Results of comparing kept files with their digests."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..domain.enums import FileState
from .constraints import matches, one_of
from .ledger import Evidence


class EvidenceComparison(models.Model):
    """The newest comparison of a file of evidence with the file that was attached.

    `at` is an instant of the service's clock. `sha256` is the digest of the present file; empty if it
    cannot be read.
    """

    evidence = models.OneToOneField(
        Evidence, models.CASCADE, primary_key=True, related_name="comparison", verbose_name=_("evidence")
    )
    at = models.DateTimeField(_("at"))
    state = models.CharField(_("state of the file"), max_length=10, choices=labels.choices(labels.FILE_STATE))
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = _("comparison of a file")
        verbose_name_plural = _("comparisons of files")
        constraints = [
            one_of("evidencecomparison", "state", FileState),
            matches("evidencecomparison", "sha256", r"^([0-9a-f]{64})?$"),
            CheckConstraint(
                condition=Q(state__in=[FileState.INTACT, FileState.CHANGED]) ^ Q(sha256=""),
                name="evidencecomparison_says_what_is_there",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.state}"
