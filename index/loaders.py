"""Files to decoded text. The only module that reads documents from disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import DocumentError, NoDocumentsError

SUFFIXES = frozenset({".txt", ".md"})
MAX_BYTES = 16 * 2**20
MAX_LINE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded file: line ends are single line feeds, a byte order mark is gone.

    `text` counts characters the way `open(path, encoding=…).read()` does, so spans into it are
    spans into the file as given.
    """

    stem: str
    source: str
    text: str
    sha256: str


def read_folder(folder: Path) -> Iterator[SourceText | DocumentError]:
    """Yield every readable document below `folder` in name order, and an error for each other.

    Raises:
        NoDocumentsError: if the folder is missing or holds no file of a known kind.
    """
    paths = list_documents(folder)
    if not paths:
        kinds = "、".join(sorted(SUFFIXES))
        raise NoDocumentsError(f"文件夹 {folder} 里没有可读的文档（支持 {kinds}）。")
    for path in paths:
        try:
            yield read_file(path, path.relative_to(folder).as_posix())
        except DocumentError as error:
            yield error


def list_documents(folder: Path) -> list[Path]:
    """Return the document files below `folder` in name order.

    Only files with a known suffix count. Hidden files and a README, which speaks about the
    folder, are passed over.

    Raises:
        NoDocumentsError: if the folder is missing.
    """
    if not folder.is_dir():
        raise NoDocumentsError(f"找不到文件夹 {folder}。请检查路径。")
    return sorted(path for path in folder.rglob("*") if _is_document(path, folder))


def _is_document(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    if any(part.startswith(".") for part in parts) or path.stem.lower() == "readme":
        return False
    return path.suffix.lower() in SUFFIXES and path.is_file()


def read_file(path: Path, source: str = "") -> SourceText:
    """Read and decode one file.

    Raises:
        DocumentError: if it is empty, too large, binary, or in no known encoding.
    """
    name = source or path.name
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError(
                f"{name}：文件太大（{size / 2**20:.0f} MB，上限 {MAX_BYTES >> 20} MB）。"
            )
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{name}：读不出来（{error.strerror or error}）。") from error
    text = decode(data, name)
    return SourceText(_stem(name), name, text, hashlib.sha256(data).hexdigest())


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030, the encodings met.

    Raises:
        DocumentError: if the bytes are empty, binary, undecodable, or hold an absurd line.
    """
    if not data.strip():
        raise DocumentError(f"{name}：文件是空的。")
    encodings = [enc for bom, enc in _BOMS if data.startswith(bom)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _checked(text.replace("\r\n", "\n").replace("\r", "\n"), name)
    raise DocumentError(f"{name}：认不出文字编码，请另存为 UTF-8 后再试。")


def _checked(text: str, name: str) -> str:
    if len(_CONTROL.findall(text[:65536])) > 4:
        raise DocumentError(f"{name}：这不是文本文件（含有二进制内容）。")
    if not text.strip():
        raise DocumentError(f"{name}：文件是空的。")
    if max(map(len, text.split("\n"))) > MAX_LINE:
        raise DocumentError(f"{name}：有一行超过 {MAX_LINE // 10000} 万字，不像是正常的文档。")
    return text


def _stem(source: str) -> str:
    """Name a document by its relative path without suffix; no white space, no '#'."""
    stem = source.rpartition(".")[0] or source
    return re.sub(r"[\s#]+", "_", stem)
