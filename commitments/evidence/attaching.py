"""The only way to attach evidence to an entry: a link, or a file kept privately under its own digest."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from . import documents, policy
from .models import Evidence, ProgressEntry, User


def attach(
    *,
    entry: ProgressEntry,
    by: User,
    at: datetime,
    title: str,
    file: "File[Any] | None" = None,
    url: str = "",
    public: bool = False,
) -> Evidence:
    """Adds a link or a file, not both, at the instant `at`.

    Raises ValidationError that names the field, PermissionDenied where `by` may not act for the commitment;
    both before anything is kept.
    """
    policy.check_attach(by, entry)
    evidence = Evidence(entry=entry, title=title, url=url, public=public, added_by=by, added_at=at)
    evidence.clean_fields(exclude={"entry", "added_by"})
    suffix = _check(file, url)
    if file is not None:
        evidence.sha256 = _digest(file)
        evidence.file.name = _keep(file, evidence.sha256 + suffix)
    evidence.save(force_insert=True)
    return evidence


def check_file(file: "File[Any]") -> str:
    """The suffix that suits its content. Raises ValidationError for what is too large or of no allowed kind."""
    if (file.size or 0) > documents.LARGEST:
        raise ValidationError({"file": _("A file may have at most 20 MB.")})
    suffix = documents.suffix_of(file)  # type: ignore[arg-type]
    if not suffix:
        raise ValidationError({"file": _("Only PDF, JPEG, PNG, DOCX and XLSX files can be kept.")})
    return suffix


def _check(file: "File[Any] | None", url: str) -> str:
    if bool(url) == (file is not None):
        raise ValidationError({"url": _("Give an address or a file, and not both.")})
    if file is not None:
        return check_file(file)
    try:
        URLValidator(["http", "https"])(url)
    except ValidationError as error:
        raise ValidationError({"url": error.messages}) from error
    return ""


def _digest(file: "File[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _keep(file: "File[Any]", name: str) -> str:
    """The same file is kept once; what an interrupted upload left of it is not taken for it."""
    place = f"evidence/{name}"
    if default_storage.exists(place) and default_storage.size(place) == file.size:
        return place
    return default_storage.save(place, file)
