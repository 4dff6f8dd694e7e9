"""Which loader reads which file. The one place a format is registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from index.errors import DocumentError
from index.loaders.html import extract_html
from index.loaders.images import extract_image
from index.loaders.office import extract_office
from index.loaders.pdf import extract_pdf
from index.loaders.plain import extract_plain
from index.loaders.sheets import extract_csv, extract_xlsx
from index.loaders.sniff import sniff
from index.loaders.source import Extracted
from index.loaders.word import extract_docx


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one kind are read.

    `shown` is its name for users. `extract` takes the bytes and the name shown in messages, and
    raises `DocumentError`; larger files than `max_bytes` are refused before they are read.
    `is_text` marks kinds that have no bytes to be told by.
    """

    shown: str
    extract: Callable[[bytes, str], Extracted]
    max_bytes: int = 64 * 2**20
    is_text: bool = False


_TEXT = Format("文本", extract_plain, 16 * 2**20, is_text=True)
_CSV = Format("CSV表格", extract_csv, 16 * 2**20, is_text=True)
_WEB = Format("网页", extract_html, is_text=True)
_WORD = Format("Word文档", extract_docx)
_EXCEL = Format("Excel工作簿", extract_xlsx)
_PDF = Format("PDF", extract_pdf, 256 * 2**20)
_IMAGE = Format("图片", extract_image)
_OFFICE = Format("旧版Office文件", extract_office)

FORMATS = {
    suffix: chosen
    for suffixes, chosen in (
        (".txt .md", _TEXT),
        (".csv", _CSV),
        (".html .htm .xhtml .mht .mhtml", _WEB),
        (".docx .docm .dotx .dotm", _WORD),
        (".xlsx .xlsm .xltx .xltm", _EXCEL),
        (".pdf", _PDF),
        (".png .jpg .jpeg .bmp .gif .tif .tiff .webp", _IMAGE),
        (".doc .dot .wps .wpt .rtf .odt .xls .xlt .et .ett .ods", _OFFICE),
    )
    for suffix in suffixes.split()
}
ARCHIVES = {".zip": 256 * 2**20}
REFUSED = {
    ".ofd": "OFD 版式文件还不能读，请转成 PDF 或另存为 .docx 后再试",
    ".ppt": "演示文稿还不能读，请另存为 PDF 后再试",
    ".pptx": "演示文稿还不能读，请另存为 PDF 后再试",
    ".rar": "RAR 压缩包还不能读，请解压后再放进来",
    ".7z": "7z 压缩包还不能读，请解压后再放进来",
    ".locked": "有密码，读不出来。请去掉密码后再试",
}
KNOWN = frozenset((*FORMATS, *ARCHIVES, *REFUSED)) - {".locked"}


def suffix_of(name: str) -> str:
    """Return the suffix of a file name in lower case."""
    return PurePosixPath(name).suffix.lower()


def check(name: str, size: int) -> None:
    """Refuse a file by its name and its size in bytes, before it is read.

    Raises:
        DocumentError: if its kind cannot be read, or it is larger than its kind may be.
    """
    suffix = suffix_of(name)
    if refused := REFUSED.get(suffix):
        raise DocumentError(f"{name}：{refused}。")
    _limit(name, size, ARCHIVES.get(suffix) or FORMATS.get(suffix, _TEXT).max_bytes)


def _limit(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise DocumentError(f"{name}：文件太大（{size / 2**20:.0f} MB，上限 {limit >> 20} MB）。")


def extract(data: bytes, name: str) -> Extracted:
    """Return the text of a file: its bytes choose the loader, or its suffix where they do not tell.

    Raises:
        DocumentError: whatever goes wrong; nothing else is raised.
    """
    try:
        return _extract(data, name)
    except DocumentError:
        raise
    except Exception as error:  # whatever a library stumbles over in a damaged file
        raise DocumentError(
            f"{name}：读不出来，文件可能已损坏（{type(error).__name__}）。"
        ) from error


def _extract(data: bytes, name: str) -> Extracted:
    check(name, len(data))
    found, suffix = sniff(data), suffix_of(name)
    if refused := REFUSED.get(found):
        raise DocumentError(f"{name}：{refused}。")
    chosen, told = _choose(data, found, suffix)
    _limit(name, len(data), chosen.max_bytes)
    result = chosen.extract(data, name)
    return replace(result, warnings=(*told, *result.warnings))


def _choose(data: bytes, found: str, suffix: str) -> tuple[Format, tuple[str, ...]]:
    """Choose the format of a file, with a warning when its bytes and its suffix differ."""
    expected = FORMATS.get(suffix, _TEXT)
    chosen = FORMATS.get(found, expected)
    if not found and not expected.is_text and _is_text(data):
        chosen = _TEXT
    if chosen is expected:
        return chosen, ()
    return chosen, (f"后缀是 {suffix}，内容其实是{chosen.shown}，已按{chosen.shown}读取。",)


def _is_text(data: bytes) -> bool:
    try:
        extract_plain(data, "")
    except DocumentError:
        return False
    return True
