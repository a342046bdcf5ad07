import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments import file_types
from commitments.actions import evidence
from commitments.actions.evidence import comparing
from commitments.domain.enums import Role
from commitments.models import Evidence, ProgressEntry
from tests import disks
from tests.admin.conftest import SignIn
from tests.admin.forms import add, change, errors
from tests.factories import NOON, make_entry, make_target, make_user
from tests.office import DOCX

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


def fetch(client: Client, entry: ProgressEntry, query: str = "", **given: Any) -> Any:
    attach(client, entry, **{"file": upload()} | given)
    return whole(client.get(f"/admin/commitments/evidence/{Evidence.objects.get().pk}/file/{query}"))


def whole(answer: Any) -> Any:
    """Read to its end, which closes the file."""
    assert b"".join(answer)
    return answer


def attach(client: Client, entry: ProgressEntry, **given: Any) -> Any:
    return add(client, "evidence", **{"entry": entry.pk, "title": "验收单"} | given)


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


def test_a_clerk_adds_nothing_public(entry: ProgressEntry, sign_in: SignIn) -> None:
    clerk = sign_in(Role.CLERK, agency=entry.commitment.lead_agency)
    attach(clerk, entry, url="https://example.org/1", public="on")
    assert not Evidence.objects.get().public


def test_a_file_comes_as_a_download_that_nothing_runs_in(office: Client, entry: ProgressEntry) -> None:
    got = fetch(office, entry)
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert got.headers["Content-Type"] == "application/pdf"


def test_an_image_or_pdf_is_shown_on_request(office: Client, entry: ProgressEntry) -> None:
    got = fetch(office, entry, "?inline=1")
    assert got.headers["Content-Disposition"].startswith("inline")
    assert got.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_an_office_document_is_never_shown(office: Client, entry: ProgressEntry) -> None:
    got = fetch(office, entry, "?inline=1", file=upload(DOCX, "验收单.docx"))
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["Content-Type"] == "application/octet-stream"


def test_the_download_has_the_title_for_its_name(office: Client, entry: ProgressEntry) -> None:
    name = fetch(office, entry).headers["Content-Disposition"].split("''")[1]
    assert unquote(name) == "验收单.pdf"


def test_a_title_that_is_a_file_name_gets_no_second_suffix(office: Client, entry: ProgressEntry) -> None:
    kept = evidence.attach(entry=entry, by=make_user(), at=NOON, title="验收单.PDF", file=upload())
    got = whole(office.get(f"/admin/commitments/evidence/{kept.pk}/file/"))
    assert unquote(got.headers["Content-Disposition"].split("''")[1]) == "验收单.PDF"


def test_a_title_adds_no_header(office: Client, entry: ProgressEntry) -> None:
    kept = evidence.attach(
        entry=entry, by=make_user(), at=NOON, title='a\r\nSet-Cookie: "x/../y', file=upload()
    )
    got = whole(office.get(f"/admin/commitments/evidence/{kept.pk}/file/"))
    assert got.headers["Content-Disposition"] == 'attachment; filename="a__Set-Cookie_ _x_.._y.pdf"'


def test_a_file_missing_on_the_server_is_said_and_logged(
    office: Client, entry: ProgressEntry, caplog: pytest.LogCaptureFixture
) -> None:
    attach(office, entry, file=upload())
    kept = Evidence.objects.get()
    Path(kept.file.path).unlink()
    got = office.get(f"/admin/commitments/evidence/{kept.pk}/file/")
    assert got.status_code == 404
    assert kept.sha256 in got.content.decode()
    assert str(kept.file) in caplog.text


@pytest.mark.parametrize("other", [PDF[:-1] + b"X", b"", b"%PDF" + bytes(file_types.LARGEST)])
def test_a_file_that_was_exchanged_is_not_served(
    other: bytes, office: Client, entry: ProgressEntry, caplog: pytest.LogCaptureFixture
) -> None:
    attach(office, entry, file=upload())
    kept = Evidence.objects.get()
    Path(kept.file.path).write_bytes(other)
    got = office.get(f"/admin/commitments/evidence/{kept.pk}/file/?inline")
    assert (got.status_code, got.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    for digest in (kept.sha256, hashlib.sha256(other).hexdigest()):
        assert digest in got.content.decode()
        assert digest in caplog.text


def test_what_cannot_be_read_is_said_to_be_so(office: Client, entry: ProgressEntry) -> None:
    attach(office, entry, file=upload())
    kept = Evidence.objects.get()
    Path(kept.file.path).unlink()
    Path(kept.file.path).mkdir()
    got = office.get(f"/admin/commitments/evidence/{kept.pk}/file/")
    assert "cannot be read" in got.content.decode()


def test_the_list_says_what_the_audit_found(office: Client, entry: ProgressEntry) -> None:
    attach(office, entry, file=upload())
    kept = Evidence.objects.get()
    Path(kept.file.path).write_bytes(b"another")
    for _ in comparing.compare_all(at=NOON, since=NOON):
        pass
    assert '"field-file_state">Changed<' in office.get("/admin/commitments/evidence/").content.decode()
    for state, listed in (("intact", []), ("changed", [kept])):
        found = office.get("/admin/commitments/evidence/", {"file_state": state})
        assert list(found.context["cl"].queryset) == listed


def test_the_page_of_a_file_names_what_is_there_instead(office: Client, entry: ProgressEntry) -> None:
    attach(office, entry, file=upload())
    kept = Evidence.objects.get()
    address = f"/admin/commitments/evidence/{kept.pk}/change/"
    assert "Changed" not in office.get(address).content.decode()
    Path(kept.file.path).write_bytes(b"another")
    for _ in comparing.compare_all(at=NOON, since=NOON):
        pass
    said = office.get(address).content.decode()
    assert f"Changed · 28 September 2023 12:00 · SHA-256 {hashlib.sha256(b'another').hexdigest()}" in said


def test_on_a_full_disk_nothing_is_saved_and_the_form_comes_back(
    office: Client, entry: ProgressEntry, tmp_path: Path
) -> None:
    with disks.full(tmp_path):
        got = attach(office, entry, title="七月验收单", file=upload(disks.TOO_MUCH))
        assert not list(tmp_path.rglob("*.*"))
    assert got.status_code == 507
    assert 'value="七月验收单"' in got.content.decode()
    assert "cannot store files" in str(got.context["adminform"].form.errors["file"])
    assert not Evidence.objects.exists()


def test_on_a_disk_that_takes_no_files_nothing_is_saved(
    office: Client, entry: ProgressEntry, tmp_path: Path, settings: LazySettings
) -> None:
    with disks.read_only(tmp_path) as folder:
        settings.MEDIA_ROOT = folder
        got = attach(office, entry, file=upload())
    assert got.status_code == 507
    assert not Evidence.objects.exists()


def test_where_uploads_are_taken_in_a_full_disk_loses_no_text(
    office: Client, entry: ProgressEntry, tmp_path: Path, settings: LazySettings
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.FILE_UPLOAD_TEMP_DIR = 1000, str(tmp_path)
    with disks.full(tmp_path):
        got = attach(office, entry, title="七月验收单", file=upload(disks.TOO_MUCH))
        assert not list(tmp_path.iterdir())
    assert got.status_code == 507
    assert 'value="七月验收单"' in got.content.decode()


def test_where_uploads_are_taken_in_a_disk_that_takes_none_loses_no_text(
    office: Client, entry: ProgressEntry, tmp_path: Path, settings: LazySettings
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    with disks.read_only(tmp_path) as folder:
        settings.FILE_UPLOAD_TEMP_DIR = str(folder)
        got = attach(office, entry, title="七月验收单", file=upload(disks.TOO_MUCH))
    assert got.status_code == 507
    assert 'value="七月验收单"' in got.content.decode()


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
    change(office, kept, public="on", title="另一份")
    kept.refresh_from_db()
    assert (kept.public, kept.title) == (True, "验收单")


def test_a_reviewer_changes_nothing_about_it(office: Client, entry: ProgressEntry, sign_in: SignIn) -> None:
    attach(office, entry, url="https://example.org/1")
    address = f"/admin/commitments/evidence/{Evidence.objects.get().pk}/change/"
    assert sign_in(Role.REVIEWER).post(address, {"public": "on"}).status_code == 403
