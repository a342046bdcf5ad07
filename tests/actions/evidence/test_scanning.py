"""A real program looks at each file before it is kept."""

import os
import sys
import time
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError

from commitments.actions.evidence import scanning
from commitments.models import Evidence, ProgressEntry
from tests.actions.evidence.samples import PDF, attach, upload

pytestmark = pytest.mark.django_db
SCANNER = """#!/bin/sh
# Takes what says EICAR for a virus, as a scanner does.
if grep -q EICAR; then exit 1; fi
"""


def program(folder: Path, text: str) -> str:
    made = folder / "scan"
    made.write_text(text)
    made.chmod(0o700)
    return str(made)


def refusal(entry: ProgressEntry, content: bytes = PDF) -> str:
    with pytest.raises(ValidationError) as refused:
        attach(entry, file=upload(content))
    assert not Evidence.objects.exists()
    return str(refused.value.message_dict["file"])


def test_what_the_scanner_finds_clean_is_kept(
    entry: ProgressEntry, settings: LazySettings, tmp_path: Path
) -> None:
    settings.EVIDENCE_SCAN_COMMAND = program(tmp_path, SCANNER)
    assert attach(entry, file=upload()).file.size == len(PDF)


def test_what_the_scanner_finds_harmful_is_not_kept(
    entry: ProgressEntry, settings: LazySettings, tmp_path: Path, media: Path
) -> None:
    settings.EVIDENCE_SCAN_COMMAND = program(tmp_path, SCANNER)
    assert "病毒" in refusal(entry, b"%PDF-1.7 EICAR")
    assert not list(media.rglob("*.*"))


@pytest.mark.parametrize("ending", ["exit 2", "kill -9 $$"])
def test_what_the_scanner_could_not_judge_is_not_kept(
    ending: str, entry: ProgressEntry, settings: LazySettings, tmp_path: Path, media: Path
) -> None:
    settings.EVIDENCE_SCAN_COMMAND = program(tmp_path, f"#!/bin/sh\n{ending}\n")
    assert "未能" in refusal(entry)
    assert not list(media.rglob("*.*"))


def test_without_its_program_nothing_is_kept(
    entry: ProgressEntry, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EVIDENCE_SCAN_COMMAND = "/nowhere/scan --quiet"
    assert "未能" in refusal(entry)
    assert "/nowhere/scan" in caplog.text


def test_a_scanner_that_does_not_end_is_ended_with_all_it_started(
    entry: ProgressEntry, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    number = tmp_path / "number"
    settings.EVIDENCE_SCAN_COMMAND = program(tmp_path, f"#!/bin/sh\nsleep 600 & echo $! >{number}\nwait\n")
    assert "未能" in refusal(entry)
    deadline = time.monotonic() + 30
    while _lives(int(number.read_text())):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_scanner_gets_no_secret_of_the_service(
    entry: ProgressEntry, settings: LazySettings, tmp_path: Path
) -> None:
    code = "import os; raise SystemExit('SECRET_KEY' in os.environ or 'DATABASE_URL' in os.environ)"
    settings.EVIDENCE_SCAN_COMMAND = f'{sys.executable} -c "{code}"'
    assert "SECRET_KEY" in os.environ
    assert attach(entry, file=upload()).sha256


def _lives(process: int) -> bool:
    """Tell whether the process runs; an ended one may still wait for its parent."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
