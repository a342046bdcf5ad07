"""Signed seals of the ledger."""

from django.db import models

from .commitments import Commitment
from .constraints import matches
from .triggers import append_only


class LedgerSeal(models.Model):
    """The digests of a commitment's ledger rows, signed with the service's key; the newest one is compared.

    `covered` has for each table `through`, the highest covered id, with the number and the digest of the
    commitment's rows up to it. `sealed_at` is an instant of the service's clock.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="seals")
    sealed_at = models.DateTimeField()
    covered = models.JSONField()
    signature = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["commitment", "-id"], name="ledgerseal_newest")]
        constraints = [matches("ledgerseal", "signature", r"^[0-9a-f]{64}$")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.commitment.code} {self.sealed_at:%Y-%m-%d}"
