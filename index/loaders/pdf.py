"""Bytes of a .pdf file to text: the text layer where there is one, else recognition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.errors import DocumentError
from index.loaders.geometry import Page, scaled
from index.loaders.layout import read_pages
from index.loaders.recognition import shown_pages, told
from index.loaders.source import Extracted

if TYPE_CHECKING:
    import pypdfium2

    from index.loaders.pdfium import Reading

_NO_FONT = "PDF 没有内嵌字体，这台机器也没有中文字体。请安装中文字体后重新导入。"
MAX_PAGES = 2000
MAX_RECOGNISED = 300
_DPI = 200
_MOST_PIXELS = 12_000_000
_FEW = 60
_PICTURE, _BACKGROUND = 0.3, 0.95


@dataclass(frozen=True, slots=True)
class _Seen:
    """The pages that were recognised, could not be read, have a large picture beside the text, or lost some."""

    scanned: list[int]
    broken: list[int]
    pictured: list[int]
    lost: list[int]


def extract_pdf(data: bytes, name: str) -> Extracted:
    """Return the text of a .pdf file.

    Raises:
        DocumentError: if it is empty, no PDF, locked, beyond repair, too long, or without text.
    """
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415

    from index.loaders.pdfium import pdfium_lock  # noqa: PLC0415

    if not data.strip():
        raise DocumentError(f"{name}：文件是空的。")
    if b"%PDF-" not in data[:1024]:
        raise DocumentError(f"{name}：这不是 PDF 文件。")
    with pdfium_lock():
        try:
            document = PdfDocument(data)
        except PdfiumError as error:
            raise DocumentError(f"{name}：{_reason(error.err_code)}") from error
        with document:
            return _extracted(document, data, name)


def _reason(code: int | None) -> str:
    if code == 4:
        return "有密码，打不开。请去掉密码后再试。"
    if code == 5:
        return "用了不支持的加密方式。请另存为不加密的 PDF 后再试。"
    return "PDF 已损坏，修复不了。"


def _extracted(document: pypdfium2.PdfDocument, data: bytes, name: str) -> Extracted:
    count = len(document)
    if not count:
        raise DocumentError(f"{name}：PDF 已损坏，里面没有页。")
    if count > MAX_PAGES:
        raise DocumentError(
            f"{name}：页数太多（{count} 页，上限 {MAX_PAGES} 页）。请分成几个文件。"
        )
    seen = _Seen([], [], [], [])
    found = read_pages(_pages(document, name, seen))
    if not found.text.strip():
        raise DocumentError(f"{name}：没有读到文字。{_NO_FONT if seen.lost else ''}")
    warnings = [f"第{number}页损坏，读不出来，已跳过。" for number in seen.broken]
    if not _is_whole(data):
        warnings.append("文件有损坏，已尽量修复；请核对有没有缺页。")
    warnings.extend(told(found.marks, seen.scanned))
    if seen.pictured:
        warnings.append(f"{shown_pages(seen.pictured)}有大幅图片，图里如有文字没有读取。")
    if seen.lost:
        warnings.append(f"{shown_pages(seen.lost)}有文字没有读出来。{_NO_FONT}")
    return replace(found, warnings=(*warnings, *found.warnings))


def _is_whole(data: bytes) -> bool:
    """Tell whether the table of contents of the file stands where the file says (ISO 32000 7.5.5)."""
    starts = re.findall(rb"startxref\s+(\d+)", data[-2048:])
    if not starts:
        return False
    offset = int(starts[-1]) + max(data.find(b"%PDF-", 0, 1024), 0)
    places = (data[int(starts[-1]) :][:32], data[offset:][:32])
    return any(re.match(rb"\s*(?:xref|\d+\s+\d+\s+obj)", place) for place in places)


def _pages(document: pypdfium2.PdfDocument, name: str, seen: _Seen) -> Iterator[Page]:
    """Yield the pages with text, then the recognised ones, and note what was seen."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415

    from index.loaders.pdfium import read, render  # noqa: PLC0415

    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            reading = read(page, number)
        except PdfiumError:
            seen.broken.append(number)
            continue
        page.close()
        if needs_recognition(reading):
            seen.scanned.append(number)
        else:
            if _PICTURE < reading.pictured < _BACKGROUND:
                seen.pictured.append(number)
            if reading.lost:
                seen.lost.append(number)
            yield reading.page
    if len(seen.scanned) > MAX_RECOGNISED:
        raise DocumentError(
            f"{name}：扫描的页太多（{len(seen.scanned)} 页，上限 {MAX_RECOGNISED} 页）。请分成几个文件。"
        )
    for number in seen.scanned:
        from index.loaders.ocr import recognise  # noqa: PLC0415

        page = document[number - 1]
        image, width = render(page, _DPI, _MOST_PIXELS), page.get_width()
        page.close()
        yield scaled(recognise(image, number), width / image.shape[1])


def needs_recognition(reading: Reading) -> bool:
    """Tell whether a page has no text that can be trusted but something that can be looked at.

    Either the fonts do not say which characters they show, or an image covers the page and little
    else is there, or the letters were turned into drawings.
    """
    letters = sum(not piece.text.isspace() for piece in reading.page.pieces)
    if reading.strange > 0.15 * max(letters, 1):
        return True
    if reading.pictured > 0.5 and letters < _FEW:
        return True
    return letters == 0 and (reading.pictured > 0.02 or reading.drawn > 100)
