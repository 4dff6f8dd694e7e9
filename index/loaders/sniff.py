"""Pure: what a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
)
# Streams of a compound file, named in UTF-16 in its directory; the first that is there decides.
_STREAMS = (
    ("EncryptedPackage", ".locked"),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("PowerPoint Document", ".ppt"),
    ("Book", ".xls"),
)
# Parts of a zip file, and what a file with such a part is.
_PARTS = (
    ("word/", ".docx"),
    ("xl/", ".xlsx"),
    ("ppt/", ".pptx"),
    ("OFD.xml", ".ofd"),
)
_OPEN_DOCUMENT = {b"text": ".odt", b"spreadsheet": ".ods", b"presentation": ".ppt"}
_MAIL = re.compile(
    rb"^(?:MIME-Version|From|Content-Type|Subject|Date|Snapshot-Content-Location):", re.I
)
_WEB = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_OFFICE_XML = re.compile(rb"<\?mso-application|<(?:w:wordDocument|ss:Workbook|Workbook\b)", re.I)


def sniff(data: bytes) -> str:
    """Return the suffix of what `data` is (.docx, .html, .rtf …), or "" when nothing tells.

    `.locked` is an Office file with a password, `.zip` any other zip file, `.doc` also a Word
    document in XML of 2003.
    """
    for magic, suffix in _MAGIC:
        if data.startswith(magic):
            return suffix
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return ".bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return ".pdf" if b"%PDF-" in data[:1024] else _marked_up(data[:8192])


def _marked_up(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _OFFICE_XML.search(head[:2048]) and head.startswith(b"<?xml"):
        return ".xls" if b"Workbook" in head else ".doc"
    if _MAIL.match(head) and re.search(rb"multipart/related|text/html", head, re.I):
        return ".mht"
    return ".html" if _WEB.match(head) else ""


def _compound(data: bytes) -> str:
    for stream, suffix in _STREAMS:
        if stream.encode("utf-16-le") + bytes(2) in data:
            return suffix
    return ".doc"


def _zipped(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as file:
            names = file.namelist()
            kind = file.read("mimetype")[:100] if "mimetype" in names[:3] else b""
    except Exception:  # zipfile stumbles over damage in many ways
        return ".zip"
    for word, suffix in _OPEN_DOCUMENT.items():
        if kind.startswith(b"application/vnd.oasis.opendocument." + word):
            return suffix
    if "[Content_Types].xml" not in names and "OFD.xml" not in names:
        return ".zip"
    return next(
        (suffix for part, suffix in _PARTS if any(n.startswith(part) for n in names)), ".zip"
    )
