"""Recognition of a file's type by its bytes, in plain Python; its name and sender are not believed."""

from typing import BinaryIO

from .office_files import office_suffix

BEGINS = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
ZIP = b"PK\x03\x04"
# Largest file in bytes, for evidence and sheets alike.
LARGEST = 20 * 2**20
MEDIA_TYPES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}
IMAGES = (".png", ".jpg", ".jpeg")


def suffix_of(file: BinaryIO) -> str:
    """Return `.pdf`, `.png`, `.jpg`, `.docx` or `.xlsx`, or an empty text for any other file.

    The file is left at its start.
    """
    file.seek(0)
    first = file.read(8)
    found = next((suffix for begin, suffix in BEGINS.items() if first.startswith(begin)), "")
    if first.startswith(ZIP):
        found = office_suffix(file)
    file.seek(0)
    return found
