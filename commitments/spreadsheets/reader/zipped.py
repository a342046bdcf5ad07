"""The parts of an XLSX file, as far as they may be unpacked at all."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from .problems import FileError
from .problems import marked as _

MOST_PARTS = 2_000
MOST_UNPACKED = 600 * 2**20


def open_archive(path: Path) -> ZipFile:
    """Open an archive; raise FileError if it is broken, locked or declares too large a size."""
    try:
        archive = ZipFile(path)
    except BadZipFile:
        raise FileError(_("The file is damaged: it cannot be opened as an Excel workbook.")) from None
    # zipfile holds the parts to the sizes they declare.
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileError(
            _("Unpacked, the workbook is too large. Copy the rows alone, as values, into a new one.")
        )
    if any(part.flag_bits & 1 for part in parts):
        raise FileError(_("The workbook is protected by a password. Save it without one."))
    return archive
