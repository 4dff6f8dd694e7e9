"""Office files made by code: a package of XML parts, as Word writes it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(members):
    """Return a zip file of names and contents."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def _relations(targets):
    entries = "".join(
        f'<Relationship Id="r{i}" Type="{_R}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def build_docx(body, **parts):
    """Return a .docx with this content of `w:body`, and of its further parts by their name."""
    declared = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"<w:document {declared}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations({part: f"{part}.xml" for part in parts}),
    }
    for part, content in parts.items():
        members[f"word/{part}.xml"] = f"<w:{part} {declared}>{content}</w:{part}>"
    return zipped(members)


def p(text="", properties=""):
    """Return a paragraph; a text that starts with `<` is taken as its runs."""
    runs = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs if text else ''}</w:p>"


@pytest.fixture(name="build_docx", scope="session")
def _build_docx():
    return build_docx


@pytest.fixture(name="p", scope="session")
def _p():
    return p


@pytest.fixture(name="zipped", scope="session")
def _zipped():
    return zipped
