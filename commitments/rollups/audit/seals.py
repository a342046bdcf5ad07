"""Seals of a plan's ledger: made, signed with the service's key, and recognised by it."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from ...models import LedgerSeal, Plan
from .sealed_rows import NO_DIGEST, SEALED, Extent, RowsDigest, RowsRead

SALT = "commitments.LedgerSeal"
NOWHERE: Extent = dict.fromkeys(SEALED, 0)


def find_newest(plan: Plan) -> dict[int, LedgerSeal]:
    """Return the newest seal of each of the plan's commitments that has one, by the commitment's id."""
    seals = LedgerSeal.objects.filter(commitment__plan=plan)
    newest = seals.order_by("commitment_id", "-id").distinct("commitment_id")
    return {seal.commitment_id: seal for seal in newest}


def make_seal(commitment: int, rows: Mapping[str, RowsRead], until: Extent, *, at: datetime) -> LedgerSeal:
    covered = {name: {"through": until[name], **read.to_cover._asdict()} for name, read in rows.items()}
    seal = LedgerSeal(commitment_id=commitment, sealed_at=at, covered=covered)
    seal.signature = _sign(seal, settings.SECRET_KEY)
    return seal


def is_signed(seal: LedgerSeal) -> bool:
    """Tell whether the service signed it, with its present key or an earlier one."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(seal.signature, _sign(seal, key)) for key in keys)


def extent_of(seal: LedgerSeal) -> Extent:
    """Return the highest covered id of each table; 0 for one that was sealed later."""
    return {name: seal.covered.get(name, {}).get("through", 0) for name in SEALED}


def digest_of(seal: LedgerSeal, name: str) -> RowsDigest:
    covered = seal.covered.get(name)
    return RowsDigest(covered["rows"], covered["sha256"]) if covered else NO_DIGEST


def find_farthest(extents: Iterable[Extent]) -> Extent:
    """Return the highest covered id of each table among several extents."""
    known = [NOWHERE, *extents]
    return {name: max(extent[name] for extent in known) for name in SEALED}


def _sign(seal: LedgerSeal, key: str) -> str:
    stated = [seal.commitment_id, seal.sealed_at.astimezone(UTC).isoformat(), seal.covered]
    return salted_hmac(SALT, json.dumps(stated, sort_keys=True), secret=key, algorithm="sha256").hexdigest()
