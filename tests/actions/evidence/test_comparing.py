"""Files are compared with the digests that were stored when they were attached."""

import hashlib
import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from commitments.actions.evidence import comparing, disk
from commitments.domain.enums import FileState
from commitments.models import Evidence, EvidenceComparison, ProgressEntry
from tests.actions.evidence.samples import DIGEST, PDF, attach, upload
from tests.factories import NOON
from tests.sql import statements

pytestmark = pytest.mark.django_db
NIGHT = NOON - timedelta(hours=9)  # 03:00 in Shanghai


def found() -> dict[int, tuple[str, str]]:
    return {each.pk: (each.state, each.sha256) for each in EvidenceComparison.objects.all()}


def spoil(evidence: Evidence, content: bytes | None = b"another") -> None:
    place = Path(evidence.file.path)
    place.unlink()
    if content is not None:
        place.write_bytes(content)


def audited(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(CommandError):
        call_command("audit_evidence")
    return capsys.readouterr().out


def test_each_state_is_told(entry: ProgressEntry) -> None:
    kept = [attach(entry, file=upload(PDF + bytes([each]))) for each in range(4)]
    attach(entry, url="https://example.org/1")
    spoil(kept[1])
    spoil(kept[2], None)
    spoil(kept[3], None)
    Path(kept[3].file.path).mkdir()
    comparing.run_due(at=NIGHT)
    assert found() == {
        kept[0].pk: (FileState.INTACT, kept[0].sha256),
        kept[1].pk: (FileState.CHANGED, hashlib.sha256(b"another").hexdigest()),
        kept[2].pk: (FileState.MISSING, ""),
        kept[3].pk: (FileState.UNREADABLE, ""),
    }


def test_a_changed_file_is_logged_with_both_digests(
    entry: ProgressEntry, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(attach(entry, file=upload()))
    comparing.run_due(at=NIGHT)
    assert DIGEST in caplog.text
    assert hashlib.sha256(b"another").hexdigest() in caplog.text


def test_a_file_is_compared_once_a_night(entry: ProgressEntry) -> None:
    kept = attach(entry, file=upload())
    comparing.run_due(at=NIGHT)
    spoil(kept)
    comparing.run_due(at=NIGHT + timedelta(hours=3))
    assert found()[kept.pk][0] == FileState.INTACT
    comparing.run_due(at=NIGHT + timedelta(days=1))
    assert found()[kept.pk][0] == FileState.CHANGED


def test_before_the_hour_nothing_is_compared(entry: ProgressEntry) -> None:
    attach(entry, file=upload())
    comparing.run_due(at=NIGHT - timedelta(hours=1))
    assert found() == {}


def test_many_files_are_compared_a_hundred_at_once(
    entry: ProgressEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "SIZE", 2)
    kept = [attach(entry, file=upload(PDF + bytes([each]))) for each in range(5)]
    comparing.run_due(at=NIGHT)
    assert found().keys() == {each.pk for each in kept}


def test_a_file_that_several_entries_rest_on_is_read_once(entry: ProgressEntry) -> None:
    first, second = attach(entry, file=upload()), attach(entry, file=upload())
    with statements() as sent:
        comparing.run_due(at=NIGHT)
    assert found().keys() == {first.pk, second.pk}
    assert len(sent) < 6


def test_the_command_names_both_digests_and_exits_with_1(
    entry: ProgressEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(attach(entry, file=upload()))
    said = audited(capsys)
    assert DIGEST in said
    assert hashlib.sha256(b"another").hexdigest() in said


def test_the_command_counts_what_is_intact(entry: ProgressEntry, capsys: pytest.CaptureFixture[str]) -> None:
    attach(entry, file=upload())
    call_command("audit_evidence")
    assert "1" in capsys.readouterr().out


def test_what_interrupted_uploads_left_is_swept(entry: ProgressEntry, media: Path) -> None:
    kept = attach(entry, file=upload())
    folder = media / "evidence"
    for name, content in (
        (f"{disk.NEW}old", b"half"),
        ("0" * 64 + ".pdf", b""),
        (f"{disk.NEW}young", b"half"),
    ):
        (folder / name).write_bytes(content)
    (folder / f"{disk.NEW}gone").symlink_to("nowhere")
    Path(kept.file.path).write_bytes(b"")
    past = time.time() - disk.ABANDONED_SECONDS - 60
    for path in folder.iterdir():
        if not path.name.endswith(("young", "gone")):
            os.utime(path, (past, past))
    comparing.run_due(at=NIGHT)
    assert {path.name for path in folder.iterdir()} == {
        f"{disk.NEW}young",
        f"{disk.NEW}gone",
        f"{DIGEST}.pdf",
    }


def test_where_nothing_was_ever_kept_there_is_nothing_to_do(settings: LazySettings) -> None:
    settings.MEDIA_ROOT = "/nowhere"
    comparing.run_due(at=datetime.fromisoformat("2023-09-28T03:00:00+08:00"))
    assert found() == {}
