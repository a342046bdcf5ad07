from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments import evidence
from commitments.domain.words import Role
from commitments.models import Evidence, ProgressEntry
from tests.admin.conftest import SignIn
from tests.admin.forms import add, change, errors
from tests.factories import NOON, make_entry, make_target, make_user
from tests.test_documents import DOCX

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
    clerk = sign_in(Role.CLERK, agency=entry.target.commitment.lead_agency)
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
