import io
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

import commitments

ROOT = Path(commitments.__file__).parent
LOCALE = ROOT / "locale"
TEMPLATES = (".html", ".txt")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": DEFAULT_KEYWORDS["ngettext"],
    "pgettext_lazy": DEFAULT_KEYWORDS["pgettext"],
    "npgettext_lazy": DEFAULT_KEYWORDS["npgettext"],
}


class Command(BaseCommand):
    help = "Collect the texts to translate into every catalogue; needs no GNU gettext."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
            before = path.read_bytes()
            after = update_catalogue(before)
            if after != before:
                path.write_bytes(after)
                self.stdout.write(str(path.relative_to(LOCALE)))


def update_catalogue(written: bytes) -> bytes:
    """Return the catalogue with the texts marked now."""
    # Translations of the same texts stay, all others go.
    catalogue = read_po(io.BytesIO(written), abort_invalid=True)
    catalogue.update(_found(), no_fuzzy_matching=True, update_creation_date=False)
    out = io.BytesIO()
    write_po(out, catalogue, width=0, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def _found() -> Catalog:
    catalogue = Catalog()
    for path in sorted(path for folder in _own_apps() for path in folder.rglob("*")):
        for _, message, _, context in extract("python", io.BytesIO(_code(path)), KEYWORDS):
            catalogue.add(message, locations=[(path.relative_to(ROOT.parent).as_posix(), 0)], context=context)
    return catalogue


def _own_apps() -> list[Path]:
    """Return the folders of the installed apps beside this one."""
    return [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == ROOT.parent]


def _code(path: Path) -> bytes:
    """Return the file's code for the extractor; a template becomes Python, as in Django's makemessages."""
    if path.suffix == ".py":
        return path.read_bytes()
    if path.suffix not in TEMPLATES:
        return b""
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()
