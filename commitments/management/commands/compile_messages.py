import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed

import commitments

LOCALE = Path(commitments.__file__).parent / "locale"


class Command(BaseCommand):
    help = "Compile the translations; needs no GNU gettext."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if not _is_fresh(compiled, source):
                _compile(source, compiled)
                # The catalogues that this process has read are out of date now.
                translation_file_changed(None, compiled)
                self.stdout.write(str(compiled.relative_to(LOCALE)))


def _is_fresh(compiled: Path, source: Path) -> bool:
    return compiled.exists() and compiled.stat().st_mtime_ns > source.stat().st_mtime_ns


def _compile(source: Path, compiled: Path) -> None:
    """Compile a catalogue, written aside and then moved."""
    # A server that starts meanwhile must never read half a file.
    with source.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    aside = compiled.with_suffix(f".{os.getpid()}.new")
    with aside.open("wb") as file:
        write_mo(file, catalogue)
    aside.replace(compiled)
