"""Recognition of Word and Excel documents among zip files, in plain Python."""

import re
import struct
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as zlib_error

MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
}
TYPES, RELATIONS = "[content_types].xml", "_rels/.rels"
MAIN_RELATION = "/officeDocument"
# Macros of either program, and controls that run code, by the type or name of a part.
RUNS = re.compile("macro|vba|activex", re.IGNORECASE)
METHODS = (ZIP_STORED, ZIP_DEFLATED)

# The end of a zip file: signature, four counts of disks and members, length and place of its list, comment.
END = struct.Struct("<4s4H2LH")
END_MARK, LARGE_MARK, LARGE_SIZE = b"PK\x05\x06", b"PK\x06\x07", 20
LONGEST_COMMENT = 2**16 - 1
# A text or a table of 20 MB has some hundred members; a list longer than this is no document.
LONGEST_LIST = 2**20
# A table of 100,000 rows unpacks to a third of this.
MOST_UNPACKED = 300 * 2**20

# `ValueError` is raised if the list claims to begin before the file does.
WRONG = (
    BadZipFile,
    OSError,
    zlib_error,
    EOFError,
    # A member that is not there, or a document in an encoding that is none.
    LookupError,
    NotImplementedError,
    ValueError,
    expat.ExpatError,
)

Attributes = Mapping[str, str]


def office_suffix(file: BinaryIO) -> str:
    """Return `.docx` or `.xlsx`; empty for any other file.

    Documents that run code, are damaged or locked, or unpack to too much are refused too.
    """
    if not _has_short_list(file):
        return ""
    try:
        with ZipFile(file) as archive:
            return _suffix(archive) if _can_be_unpacked(archive) else ""
    except WRONG:
        return ""


def _has_short_list(file: BinaryIO) -> bool:
    """Tell whether the zip file's list is short enough, before any of it is read into memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END.size - LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(END_MARK)
    if at < 0 or len(tail) - at < END.size or tail[max(0, at - LARGE_SIZE) :].startswith(LARGE_MARK):
        return False
    *_, length, _start, _comment = END.unpack_from(tail, at)
    return bool(length <= LONGEST_LIST)


def _can_be_unpacked(archive: ZipFile) -> bool:
    """Tell whether the archive is whole and unpacks to no more than it may."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 or part.compress_type not in METHODS for part in parts):
        return False
    # zipfile holds each part to the size that the list declares.
    return sum(part.file_size for part in parts) <= MOST_UNPACKED and archive.testzip() is None


def _suffix(archive: ZipFile) -> str:
    names = [part.filename.lower() for part in archive.infolist()]
    types = dict(_types(archive, names))
    # With two parts of one name, each program takes a different one.
    if len(set(names)) < len(names) or any(RUNS.search(text) for text in (*names, *types.values())):
        return ""
    main = _main_part(archive, names)
    return MAIN.get(types.get(main, ""), "") if main in names else ""


def _types(archive: ZipFile, names: list[str]) -> Iterator[tuple[str, str]]:
    """Return the content types by the name of a part, or by a file ending."""
    for element, given in _elements(archive, names, TYPES):
        if element == "Override":
            yield given["PartName"].lstrip("/").lower(), given["ContentType"]
        elif element == "Default":
            yield f".{given['Extension'].lower()}", given["ContentType"]


def _main_part(archive: ZipFile, names: list[str]) -> str:
    """Return the name of the main part; empty if the archive names none."""
    for _element, given in _elements(archive, names, RELATIONS):
        if given.get("Type", "").endswith(MAIN_RELATION):
            return given["Target"].lstrip("/").lower()
    return ""


def _elements(archive: ZipFile, names: list[str], name: str) -> list[tuple[str, Attributes]]:
    """Return the XML elements of a part.

    Raises ValueError if the part is missing, too long, or declares a document type of its own.
    """
    part = archive.infolist()[names.index(name)]
    if part.file_size > LONGEST_LIST:
        raise ValueError(name)
    found: list[tuple[str, Attributes]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda element, given: found.append((element.rpartition(" ")[2], given))
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(archive.read(part), True)  # noqa: FBT003 - expat takes no names
    return found


def _refuse(name: str, *_rest: object) -> None:
    raise ValueError(name)
