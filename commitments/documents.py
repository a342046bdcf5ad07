"""What a file is, told by its bytes: neither its name nor its sender is believed. Plain Python."""

import re
import struct
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile
from zlib import error as zlib_error

BEGINS = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
# The most bytes that anybody may hand in as one file: evidence and sheets alike.
LARGEST = 20 * 2**20
MEDIA_TYPES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}
IMAGES = (".png", ".jpg", ".jpeg")

# The end of a zip file: signature, four counts of disks and members, length and place of its list, comment.
END = struct.Struct("<4s4H2LH")
END_MARK = b"PK\x05\x06"
LONGEST_COMMENT = 2**16 - 1
# One line of that list: what matters are the lengths of the name and of what follows it.
MEMBER = struct.Struct("<4s24x3H12x")
MEMBER_MARK = b"PK\x01\x02"
# A text or a table of 20 MB has some hundred members; a list longer than this is no document.
LONGEST_LIST = 2**20
OFFICE = "[Content_Types].xml"
MAIN = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
MACROS = "vbaproject.bin"
# What a list of types says of macros, and what could say it in other letters.
TYPES_OF_MACROS = re.compile(rb"macroenabled|vbaproject|&#|<!", re.IGNORECASE)


def suffix_of(file: BinaryIO) -> str:
    """`.pdf`, `.png`, `.jpg`, `.docx` or `.xlsx`, and nothing for any other file. Leaves the file at its start."""
    file.seek(0)
    first = file.read(8)
    found = next((suffix for begin, suffix in BEGINS.items() if first.startswith(begin)), "")
    if first.startswith(b"PK\x03\x04"):
        found = _office_suffix(_members(file))
        found = found if found and _is_without_macros(file) else ""
    file.seek(0)
    return found


def _office_suffix(members: set[str]) -> str:
    """By the names of its members alone."""
    if OFFICE not in members or any(member.lower().endswith(MACROS) for member in members):
        return ""
    return next((suffix for main, suffix in MAIN.items() if main in members), "")


def _is_without_macros(file: BinaryIO) -> bool:
    """Whatever they are called. Only the list of types is unpacked, and only so much that nothing can burst."""
    try:
        with ZipFile(file) as archive, archive.open(OFFICE) as part:
            types = part.read(LONGEST_LIST + 1)
    except (BadZipFile, zlib_error, EOFError, KeyError, NotImplementedError, RuntimeError):
        return False
    return len(types) <= LONGEST_LIST and not TYPES_OF_MACROS.search(types.replace(b"\0", b""))


def _members(file: BinaryIO) -> set[str]:
    """The names in a zip file's own list; none where the list is damaged or too long."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END.size - LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(END_MARK)
    if at < 0 or len(tail) - at < END.size:
        return set()
    *_, length, start, _comment = END.unpack_from(tail, at)
    if length > LONGEST_LIST:
        return set()
    file.seek(start)
    return _names(file.read(length))


def _names(listed: bytes) -> set[str]:
    names, at = set(), 0
    while at + MEMBER.size <= len(listed):
        mark, name, extra, comment = MEMBER.unpack_from(listed, at)
        if mark != MEMBER_MARK:
            return set()
        at += MEMBER.size
        names.add(listed[at : at + name].decode("utf-8", "replace"))
        at += name + extra + comment
    return names
