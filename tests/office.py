"""Small files of Word and Excel, whole or wrong in one thing."""

import io
import zipfile
from collections.abc import Mapping

TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD, EXCEL = f"{OFFICE}.wordprocessingml.document.main+xml", f"{OFFICE}.spreadsheetml.sheet.main+xml"
XML = '<Default Extension="xml" ContentType="application/xml"/>'


def override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{kind}"/>'


def types(*elements: str) -> str:
    listed = "".join((XML, *elements))
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{listed}</Types>'


def relations(main: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{main}"/></Relationships>'
    )


def parts(main: str = "word/document.xml", kind: str = WORD, *more: str) -> dict[str, str]:
    return {
        TYPES: types(override(f"/{main}", kind), *more),
        RELATIONS: relations(main),
        main: "<document/>",
    }


def zipped(members: Mapping[str, str], comment: bytes = b"", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        archive.comment = comment
    return made.getvalue()


DOCX = zipped(parts() | {"word/图片.png": ""})
XLSX = zipped(parts("xl/workbook.xml", EXCEL), comment=b"written by an office")
