"""The office's own scanner, run on a file before it is kept."""

import logging
import os
import shlex
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)
# Less than the database lets a transaction wait.
SECONDS = 30
HARMFUL = 1
# The scanner is given none of the service's secrets.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


def scan(path: Path) -> None:
    """Raise ValidationError unless EVIDENCE_SCAN_COMMAND calls the file harmless; without a command, all files pass."""
    command = shlex.split(settings.EVIDENCE_SCAN_COMMAND)
    if not command:
        return
    code = _code(command, path)
    if code == HARMFUL:
        log.warning("The scanner refused a file of evidence.")
        raise ValidationError({"file": _("The virus scanner rejected this file. It was not saved.")})
    if code != 0:
        raise ValidationError(
            {"file": _("The file could not be scanned for viruses and was not saved. Try again later.")}
        )


def _code(command: list[str], path: Path) -> int | None:
    """Return the exit code of the program, given the file on its input; None where it does not run or end.

    Its output goes to the log of the service.
    """
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        with (
            path.open("rb") as file,
            subprocess.Popen(command, stdin=file, env=environment, start_new_session=True) as process,  # noqa: S603
        ):
            return _waited(process)
    except OSError:
        log.exception("EVIDENCE_SCAN_COMMAND cannot be run")
        return None


def _waited(process: "subprocess.Popen[bytes]") -> int | None:
    try:
        code = process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        log.error("EVIDENCE_SCAN_COMMAND took longer than %s seconds", SECONDS)  # noqa: TRY400
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return None
    if code not in (0, HARMFUL):
        log.error("EVIDENCE_SCAN_COMMAND ended with %s", code)
    return code
