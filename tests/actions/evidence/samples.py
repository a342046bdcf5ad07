"""Evidence as people attach it."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.actions import evidence
from commitments.models import Evidence, ProgressEntry, User
from tests.factories import NOON, make_user

PDF = b"%PDF-1.7 proof"
DIGEST = hashlib.sha256(PDF).hexdigest()


def upload(content: bytes = PDF, name: str = "验收单.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(entry: ProgressEntry, by: User | None = None, **given: Any) -> Evidence:
    return evidence.attach(entry=entry, by=by or make_user(), at=NOON, **{"title": "验收单"} | given)
