import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments.admin import evidence as module
from commitments.domain.words import Role
from commitments.models import Evidence, ProgressEntry
from tests.admin.conftest import SignIn
from tests.admin.forms import add, errors
from tests.factories import make_entry, make_target

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 proof"


@pytest.fixture(autouse=True)
def _media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def entry() -> ProgressEntry:
    return make_entry(make_target(), 40)


def upload(content: bytes = PDF, name: str = "验收单.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(client: Client, entry: ProgressEntry, **given: Any) -> Any:
    return add(client, "evidence", **{"entry": entry.pk, "title": "验收单"} | given)


def test_a_link_is_kept(office: Client, entry: ProgressEntry) -> None:
    attach(office, entry, url="https://example.org/1")
    kept = Evidence.objects.get()
    assert (kept.url, kept.sha256, kept.public) == ("https://example.org/1", "", False)


def test_a_file_is_kept_under_its_digest(office: Client, entry: ProgressEntry, tmp_path: Path) -> None:
    attach(office, entry, file=upload())
    digest = hashlib.sha256(PDF).hexdigest()
    assert Evidence.objects.get().sha256 == digest
    assert (tmp_path / "evidence" / f"{digest}.pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    "given",
    [
        {"file": upload(b"<html>", "page.html")},
        {"file": upload(b"MZ program", "program.pdf")},
        {"url": "ftp://example.org/1"},
        {},
        {"url": "https://example.org/1", "file": upload()},
    ],
)
def test_other_evidence_is_refused(given: dict[str, Any], office: Client, entry: ProgressEntry) -> None:
    assert errors(attach(office, entry, **given))
    assert not Evidence.objects.exists()


def test_a_file_that_is_too_large_is_refused(
    office: Client, entry: ProgressEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", len(PDF) - 1)
    assert errors(attach(office, entry, file=upload()))["file"] == ["A file may have at most 20 MB."]


def test_a_file_can_be_fetched_by_those_who_are_signed_in(
    office: Client, client: Client, entry: ProgressEntry
) -> None:
    attach(office, entry, file=upload())
    address = f"/admin/commitments/evidence/{Evidence.objects.get().pk}"
    assert f"{address}/file/" in office.get(f"{address}/change/").content.decode()
    assert b"".join(office.get(f"{address}/file/")) == PDF
    assert client.get(f"{address}/file/").status_code == 302


def test_a_link_has_no_file(office: Client, entry: ProgressEntry) -> None:
    attach(office, entry, url="https://example.org/1")
    address = f"/admin/commitments/evidence/{Evidence.objects.get().pk}"
    assert office.get(f"{address}/file/").status_code == 404
    assert f"{address}/file/" not in office.get(f"{address}/change/").content.decode()


def test_the_supervision_office_makes_it_public(office: Client, entry: ProgressEntry) -> None:
    attach(office, entry, url="https://example.org/1")
    kept = Evidence.objects.get()
    office.post(f"/admin/commitments/evidence/{kept.pk}/change/", {"public": "on", "title": "另一份"})
    kept.refresh_from_db()
    assert (kept.public, kept.title) == (True, "验收单")


def test_a_reviewer_changes_nothing_about_it(office: Client, entry: ProgressEntry, sign_in: SignIn) -> None:
    attach(office, entry, url="https://example.org/1")
    address = f"/admin/commitments/evidence/{Evidence.objects.get().pk}/change/"
    assert sign_in(Role.REVIEWER).post(address, {"public": "on"}).status_code == 403
