"""Bytes of a .docx file to text: what a reader sees on the page, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.errors import DocumentError
from index.loaders.numbering import Numbering
from index.loaders.package import Package
from index.loaders.source import Extracted
from index.loaders.wordtext import Reader


def extract_docx(data: bytes, name: str) -> Extracted:
    """Return the text of a .docx, .docm or .dotx file; macros are never run.

    Numbers that Word generates stand in front of their paragraphs. Insertions under revision are
    kept, deletions dropped; hidden text, tables of contents, headers, footers and comments are
    left out. Footnotes and endnotes are lines 注：… at the end.

    Raises:
        DocumentError: if it is damaged, unsafe, or holds no text.
    """
    package = Package(data, name)
    main = package.related("", "officeDocument") or "word/document.xml"
    if main not in package.names:
        raise DocumentError(f"{name}：里面没有 Word 正文，可能不是 Word 文件。")
    styles = _related(package, main, "styles")
    reader = Reader(Numbering(_related(package, main, "numbering"), styles), styles)
    lines = list(reader.blocks(package.xml(main)))
    for kind in ("footnotes", "endnotes"):
        lines.extend(_notes(_related(package, main, kind), reader))
    text = "\n".join(line for line in lines if line)
    if not text:
        why = "只有图片，没有文字" if reader.images else "里面没有文字"
        raise DocumentError(f"{name}：{why}。")
    return Extracted(f"{text}\n", warnings=tuple(_warnings(reader)))


def _warnings(reader: Reader) -> Iterator[str]:
    if reader.images:
        yield f"文中有 {reader.images} 张图片，图片里的文字没有读。"
    if reader.is_cut_off:
        yield "文中的目录没有结束标记，其后的文字可能没有读到。"


def _related(package: Package, main: str, relation: str) -> Element | None:
    part = package.related(main, relation)
    return package.xml(part) if part else None


def _notes(root: Element | None, reader: Reader) -> Iterator[str]:
    for note in root if root is not None else ():
        text = "".join(reader.blocks(note)).replace("\t", " ")
        if text:
            yield f"注：{text}"
