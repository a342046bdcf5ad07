"""Backups of the tests' own database: whole or not there, kept for some days, and never in each other's way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from commitments.actions import evidence
from commitments.actions.evidence import disk
from commitments.models import Evidence
from tests import disks
from tests.factories import NOON, make_entry, make_target
from tests.tracker.test_deployment import ROOT
from tracker.backup import folder as kept
from tracker.backup.make import FinishedBackup, back_up

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = datetime(2023, 9, 28, 17, 30, tzinfo=UTC)
SLOW = """#!/bin/sh
case $1 in
--version) echo "pg_dump (PostgreSQL) 99.1" ;;
*) for each; do case $each in --file=*) echo half > "${each#--file=}" ;; esac; done; sleep 600 ;;
esac
"""
OLD = '#!/bin/sh\necho "pg_dump (PostgreSQL) 9.6"\n'


@pytest.fixture
def media(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "media" / disk.FOLDER).mkdir(parents=True)
    return tmp_path / "media" / disk.FOLDER


@pytest.fixture
def folder(media: Path, tmp_path: Path) -> Path:
    """With one file of evidence, and one that is still being written."""
    (media / "a.pdf").write_bytes(b"%PDF-a")
    (media / f"{disk.NEW}b").write_bytes(b"half")
    return tmp_path / "backups"


def made(folder: Path, nights: int = 0, **given: Any) -> FinishedBackup:
    return back_up(folder, at=NIGHT + timedelta(days=nights), **{"keep_days": 14} | given)


def program(folder: Path, text: str) -> str:
    folder.mkdir()
    (folder / "pg_dump").write_text(text)
    (folder / "pg_dump").chmod(0o700)
    return str(folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_a_backup_is_named_for_its_instant_and_lists_what_is_in_it(folder: Path) -> None:
    found = made(folder)
    assert names(folder) == ["backup-20230928T173000Z"]
    assert set(kept.manifest(found.backup)) == {"database.dump", "media/evidence/a.pdf"}
    assert (found.files, found.remarks, kept.faults(found.backup)) == (1, [], [])


def test_other_programs_can_check_it(folder: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=made(folder).backup, capture_output=True
    )
    assert done.returncode == 0


def test_nobody_else_on_the_machine_reads_it(folder: Path) -> None:
    backup = made(folder).backup
    assert backup.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_the_same_file_takes_room_once(folder: Path) -> None:
    first, second = (made(folder, night).backup / "media" / "evidence" / "a.pdf" for night in (0, 1))
    assert first.samefile(second)


def test_a_file_that_was_exchanged_does_not_drive_the_right_one_out(folder: Path, media: Path) -> None:
    made(folder)
    (media / "a.pdf").write_bytes(b"%PDF-z")
    second = made(folder, 1)
    assert (second.backup / "media" / "evidence" / "a.pdf").read_bytes() == b"%PDF-a"
    assert kept.digest_of(media / "a.pdf") in second.remarks[0]


def test_a_file_that_is_gone_stays_in_the_backups(folder: Path, media: Path) -> None:
    made(folder)
    (media / "a.pdf").unlink()
    second = made(folder, 1)
    assert (second.backup / "media" / "evidence" / "a.pdf").read_bytes() == b"%PDF-a"
    assert "missing" in second.remarks[0]


def test_a_copy_that_was_damaged_is_made_anew(folder: Path) -> None:
    (made(folder).backup / "media" / "evidence" / "a.pdf").write_bytes(b"")
    second = made(folder, 1)
    assert kept.faults(second.backup) == []
    assert "damaged" in second.remarks[0]


def test_what_is_lost_everywhere_is_said_and_not_claimed(folder: Path, media: Path) -> None:
    (made(folder).backup / "media" / "evidence" / "a.pdf").write_bytes(b"")
    (media / "a.pdf").unlink()
    second = made(folder, 1)
    assert (second.files, kept.faults(second.backup)) == (0, [])
    assert "no intact copy" in second.remarks[0]


@pytest.fixture
def attached(media: Path) -> Path:
    """Return the file of a piece of evidence."""
    file = ContentFile(b"%PDF-attached", "a.pdf")
    entry = make_entry(make_target(), 40)
    evidence.attach(entry=entry, by=entry.recorded_by, at=NOON, title="验收单", file=file)
    return media / Path(Evidence.objects.get().file.name or "").name


@pytest.mark.parametrize("harm", [lambda path: path.write_bytes(b"%PDF-other"), Path.unlink])
def test_evidence_that_is_damaged_everywhere_is_told_every_night(
    harm: Callable[[Path], None], folder: Path, attached: Path
) -> None:
    harm(made(folder).backup / "media" / "evidence" / attached.name)
    harm(attached)
    nights = [made(folder, night) for night in (1, 2, 3)]
    assert [len(found.remarks) for found in nights] == [1, 1, 1]
    assert not any(f"media/evidence/{attached.name}" in kept.manifest(found.backup) for found in nights)


def test_evidence_that_was_exchanged_before_its_first_backup_is_told(folder: Path, attached: Path) -> None:
    attached.write_bytes(b"%PDF-other")
    assert attached.stem in made(folder).remarks[0]


def test_evidence_that_came_back_is_backed_up_again(folder: Path, attached: Path) -> None:
    right = attached.read_bytes()
    attached.unlink()
    made(folder)
    attached.write_bytes(right)
    found = made(folder, 1)
    assert (found.remarks, kept.faults(found.backup)) == ([], [])
    assert (found.backup / "media" / "evidence" / attached.name).read_bytes() == right


def test_old_backups_go_but_never_the_last(folder: Path) -> None:
    for night in (0, 1, 2, 9):
        made(folder, night, keep_days=7)
    assert names(folder) == ["backup-20230930T173000Z", "backup-20231007T173000Z"]
    made(folder, 99, keep_days=0)
    assert names(folder) == ["backup-20240105T173000Z"]


def test_on_a_full_disk_nothing_looks_like_a_backup(folder: Path, media: Path) -> None:
    folder.mkdir()
    (media / "large.pdf").write_bytes(disks.TOO_MUCH)
    with disks.full(folder):
        with pytest.raises(CommandError, match="No backup was made"):
            call_command("backup", str(folder))
        assert names(folder) == []


def test_a_killed_backup_does_not_look_whole_and_is_cleared_away(folder: Path, tmp_path: Path) -> None:
    env = {**os.environ, "DATABASE_URL": _url(), "PG_BIN": program(tmp_path / "slow", SLOW)}
    env["MEDIA_ROOT"] = str(tmp_path / "media")
    argv = [sys.executable, "manage.py", "backup", str(folder)]
    process = subprocess.Popen(argv, cwd=ROOT, env=env, start_new_session=True)
    deadline = time.monotonic() + 60
    while not list(folder.glob(".unfinished-*/database.dump")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    with pytest.raises(CommandError, match="under way"):
        call_command("backup", str(folder))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert kept.backups(folder) == []
    made(folder)
    assert names(folder) == ["backup-20230928T173000Z"]


def test_programs_that_are_older_than_the_server_are_refused(
    folder: Path, settings: LazySettings, tmp_path: Path
) -> None:
    settings.PG_BIN = program(tmp_path / "old", OLD)
    with pytest.raises(CommandError, match=r"of version 9\. Install the client programs"):
        call_command("backup", str(folder))
    assert names(folder) == []


def test_without_programs_it_is_said_what_to_install(folder: Path, settings: LazySettings) -> None:
    settings.PG_BIN = "/nowhere"
    with pytest.raises(CommandError, match="no pg_dump is installed"):
        call_command("backup", str(folder))


def test_a_database_that_is_not_empty_is_never_overwritten(folder: Path) -> None:
    with pytest.raises(CommandError, match="is not empty"):
        call_command("restore", str(made(folder).backup))


@pytest.mark.parametrize("name", ["database.dump", "media/evidence/a.pdf", "SHA256SUMS"])
def test_a_backup_that_is_not_whole_is_not_restored(name: str, folder: Path) -> None:
    backup = made(folder).backup
    (backup / name).unlink()
    with pytest.raises(CommandError, match=name):
        call_command("restore", str(backup))


def test_a_folder_has_to_be_named() -> None:
    with pytest.raises(CommandError, match="BACKUP_FOLDER"):
        call_command("backup")
    with pytest.raises(CommandError, match="is no folder"):
        call_command("restore", "/nowhere")


def _url() -> str:
    given = connection.settings_dict
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
