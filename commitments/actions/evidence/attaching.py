"""Attaching evidence to entries, as a link or a privately kept file, and choosing its readers."""

import logging
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from ... import file_types, permissions
from ...models import Evidence, ProgressEntry, User
from ...models.validators import validate_link
from ...uploads import NoRoomError
from . import disk
from .disk import Kept
from .scanning import scan

log = logging.getLogger(__name__)


def attach(
    *,
    entry: ProgressEntry,
    by: User,
    at: datetime,
    title: str,
    file: "File[Any] | Kept | None" = None,
    url: str = "",
    public: bool = False,
) -> Evidence:
    """Add a link or a file, not both, at the instant `at`.

    Raise ValidationError that names the field, or PermissionDenied where `by` may not act for the commitment.
    Both come before anything is kept.
    """
    permissions.check_attach(by, entry)
    evidence = Evidence(entry=entry, title=title, url=url, public=public, added_by=by, added_at=at)
    evidence.clean_fields(exclude={"entry", "added_by"})
    _check(file, url)
    if file is not None:
        evidence.file.name, evidence.sha256 = file if isinstance(file, Kept) else keep(file)
    evidence.save(force_insert=True)
    return evidence


def set_public(evidence: Evidence, *, public: bool, by: User) -> None:
    """Show evidence to everybody, or to staff alone. Raise PermissionDenied where `by` may not."""
    permissions.check_show(by, evidence)
    Evidence.objects.filter(pk=evidence.pk).update(public=public)


def keep(file: "File[Any]") -> Kept:
    """Check a file and write it to the disk for good; hold no lock meanwhile, since this may take a while.

    Raise ValidationError for a file that is too large, of no allowed kind or found to be harmful. Raise
    NoRoomError where the disk is full or takes no files.
    """
    if (file.size or 0) > file_types.LARGEST:
        raise ValidationError({"file": _("A file may have at most 20 MB.")})
    try:
        suffix = file_types.suffix_of(file)  # type: ignore[arg-type]
        if not suffix:
            raise ValidationError({"file": _("Only PDF, JPEG, PNG, DOCX and XLSX files are accepted.")})
        return disk.keep(file, suffix, look=scan)
    except OSError as error:
        log.exception("A file of evidence cannot be kept")
        raise NoRoomError from error


def _check(file: "File[Any] | Kept | None", url: str) -> None:
    if bool(url) == (file is not None):
        raise ValidationError({"url": _("Give either a link or a file, not both.")})
    if url:
        try:
            validate_link(url)
        except ValidationError as error:
            raise ValidationError({"url": error.messages}) from error
