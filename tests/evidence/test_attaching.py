import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments import documents, evidence
from commitments.domain.words import Role
from commitments.models import Evidence, ProgressEntry, User
from tests.factories import NOON, make_entry, make_target, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 proof"
DIGEST = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def _media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def entry() -> ProgressEntry:
    return make_entry(make_target(), 40)


def upload(content: bytes = PDF, name: str = "验收单.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(entry: ProgressEntry, by: User | None = None, **given: Any) -> Evidence:
    return evidence.attach(entry=entry, by=by or make_user(), at=NOON, **{"title": "验收单"} | given)


def test_a_link_is_kept(entry: ProgressEntry) -> None:
    attach(entry, url="https://example.org/1")
    kept = Evidence.objects.get()
    assert (kept.url, kept.sha256, kept.public, kept.added_at) == ("https://example.org/1", "", False, NOON)


def test_a_file_is_kept_under_its_digest_and_its_real_kind(entry: ProgressEntry, tmp_path: Path) -> None:
    kept = attach(entry, file=upload(name="验收单.jpeg"))
    assert kept.sha256 == DIGEST
    assert (tmp_path / "evidence" / f"{DIGEST}.pdf").read_bytes() == PDF


def test_nobody_else_on_the_machine_reads_a_file(entry: ProgressEntry, tmp_path: Path) -> None:
    kept = attach(entry, file=upload())
    assert Path(kept.file.path).stat().st_mode & 0o077 == 0
    assert (tmp_path / "evidence").stat().st_mode & 0o077 == 0


def test_the_same_file_is_stored_once(entry: ProgressEntry, tmp_path: Path) -> None:
    assert attach(entry, file=upload()).file.name == attach(entry, file=upload()).file.name
    assert len(list((tmp_path / "evidence").iterdir())) == 1


def test_what_an_interrupted_upload_left_is_not_taken_for_the_file(
    entry: ProgressEntry, tmp_path: Path
) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / f"{DIGEST}.pdf").write_bytes(PDF[:3])
    assert attach(entry, file=upload()).file.size == len(PDF)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("file", {"file": upload(b"MZ program", "program.pdf")}),
        ("file", {"file": upload(b"")}),
        ("url", {"url": "ftp://example.org/1"}),
        ("url", {"url": "no address"}),
        ("url", {"url": "https://example.org/" + "1" * 200}),
        ("url", {}),
        ("url", {"url": "https://example.org/1", "file": upload()}),
        ("title", {"title": "", "file": upload()}),
        ("title", {"title": "长" * 201, "file": upload()}),
    ],
)
def test_other_evidence_is_refused_by_the_fields_name(
    field: str, given: dict[str, Any], entry: ProgressEntry, tmp_path: Path
) -> None:
    with pytest.raises(ValidationError) as refused:
        attach(entry, **given)
    assert set(refused.value.message_dict) == {field}
    assert not Evidence.objects.exists()
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_too_large_is_refused(entry: ProgressEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", len(PDF) - 1)
    with pytest.raises(ValidationError, match="20 MB"):
        attach(entry, file=upload())


def test_another_agency_attaches_nothing(entry: ProgressEntry) -> None:
    with pytest.raises(PermissionDenied, match=entry.target.code):
        attach(entry, by=make_user(Role.CLERK), url="https://example.org/1")
