from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commitments import file_types
from commitments.actions import evidence
from commitments.domain.enums import Role
from commitments.models import Evidence, ProgressEntry
from commitments.uploads import NoRoomError
from tests import disks
from tests.actions.evidence.samples import DIGEST, PDF, attach, upload
from tests.factories import NOON, make_agency, make_user

pytestmark = pytest.mark.django_db


def test_a_link_is_kept(entry: ProgressEntry) -> None:
    attach(entry, url="https://example.org/1")
    kept = Evidence.objects.get()
    assert (kept.url, kept.sha256, kept.public, kept.added_at) == ("https://example.org/1", "", False, NOON)


def test_a_file_is_kept_under_its_digest_and_its_real_kind(entry: ProgressEntry, media: Path) -> None:
    kept = attach(entry, file=upload(name="验收单.jpeg"))
    assert kept.sha256 == DIGEST
    assert (media / "evidence" / f"{DIGEST}.pdf").read_bytes() == PDF


def test_nobody_else_on_the_machine_reads_a_file(entry: ProgressEntry, media: Path) -> None:
    kept = attach(entry, file=upload())
    assert Path(kept.file.path).stat().st_mode & 0o077 == 0
    assert (media / "evidence").stat().st_mode & 0o077 == 0


def test_the_same_file_is_stored_once(entry: ProgressEntry, media: Path) -> None:
    assert attach(entry, file=upload()).file.name == attach(entry, file=upload()).file.name
    assert len(list((media / "evidence").iterdir())) == 1


def test_what_an_interrupted_upload_left_is_not_taken_for_the_file(entry: ProgressEntry, media: Path) -> None:
    left = media / "evidence" / f"{DIGEST}.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(PDF[:3])
    attach(entry, file=upload())
    assert left.read_bytes() == PDF


def test_a_file_that_was_exchanged_is_mended_by_attaching_it_again(entry: ProgressEntry, media: Path) -> None:
    place = Path(attach(entry, file=upload()).file.path)
    place.write_bytes(PDF[:-1] + b"X")
    attach(entry, file=upload())
    assert place.read_bytes() == PDF


def test_a_file_that_cannot_be_written_whole_leaves_nothing(entry: ProgressEntry, media: Path) -> None:
    media.mkdir()
    with disks.full(media), pytest.raises(NoRoomError):
        attach(entry, file=upload(disks.TOO_MUCH))
    assert not Evidence.objects.exists()
    assert not list(media.rglob("*.*"))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/@office",
        "https://example.org:8443/1?a=b@c",
        "https://宝鸡.中国/通报",
        "http://10.0.0.1/",
    ],
)
def test_ordinary_addresses_are_kept(url: str, entry: ProgressEntry) -> None:
    assert attach(entry, url=url).url == url


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("file", {"file": upload(b"MZ program", "program.pdf")}),
        ("file", {"file": upload(b"")}),
        ("url", {"url": "ftp://example.org/1"}),
        ("url", {"url": "no address"}),
        ("url", {"url": "https://example.org/" + "1" * 200}),
        ("url", {"url": "https://office:secret@example.org/1"}),
        ("url", {"url": "https://office@example.org/1"}),
        ("url", {"url": "https://:secret@example.org/1"}),
        ("url", {"url": "javascript:alert(1)"}),
        ("url", {"url": "https:javascript:alert(1)"}),
        ("url", {"url": "data:text/html,1"}),
        ("url", {"url": "https:///example.org"}),
        ("url", {"url": "https://example.org\\@evil.example"}),
        ("url", {"url": "https://example.org/\\evil.example"}),
        ("url", {"url": "https://example.org/1\r\nSet-Cookie: a=b"}),
        ("url", {"url": "https://example.org/\x01"}),
        ("url", {"url": "https://example.org/\u202egnp.exe"}),
        ("url", {"url": "https://example.org/\u200b1"}),
        ("url", {}),
        ("url", {"url": "https://example.org/1", "file": upload()}),
        ("title", {"title": "", "file": upload()}),
        ("title", {"title": "长" * 201, "file": upload()}),
    ],
)
def test_other_evidence_is_refused_by_the_fields_name(
    field: str, given: dict[str, Any], entry: ProgressEntry, media: Path
) -> None:
    with pytest.raises(ValidationError) as refused:
        attach(entry, **given)
    assert set(refused.value.message_dict) == {field}
    assert not Evidence.objects.exists()
    assert not media.exists()


def test_a_file_that_is_too_large_is_refused(entry: ProgressEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_types, "LARGEST", len(PDF) - 1)
    with pytest.raises(ValidationError, match="20 MB"):
        attach(entry, file=upload())


def test_another_agency_attaches_nothing(entry: ProgressEntry) -> None:
    with pytest.raises(PermissionDenied, match=entry.code):
        attach(entry, by=make_user(Role.CLERK), url="https://example.org/1")


def test_evidence_is_shown_to_everybody_once_somebody_says_so(entry: ProgressEntry) -> None:
    kept = attach(entry, url="https://example.org/1")
    evidence.set_public(kept, public=True, by=make_user())
    assert Evidence.objects.get().public


def test_who_does_not_act_for_a_commitment_shows_none_of_its_evidence(entry: ProgressEntry) -> None:
    kept = attach(entry, url="https://example.org/1")
    with pytest.raises(PermissionDenied):
        evidence.set_public(kept, public=True, by=make_user(Role.CLERK, agency=make_agency()))
    assert not Evidence.objects.get().public
