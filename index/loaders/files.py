"""Files to source texts. The only module that reads documents from disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from index.errors import DocumentError, NoDocumentsError
from index.loaders.formats import FORMATS
from index.loaders.source import SourceText


def read_folder(folder: Path) -> Iterator[SourceText | DocumentError]:
    """Yield every readable document below `folder` in name order, and an error for each other.

    Raises:
        NoDocumentsError: if the folder is missing or holds no file of a known kind.
    """
    paths = list_documents(folder)
    if not paths:
        kinds = "、".join(sorted(FORMATS))
        raise NoDocumentsError(f"文件夹 {folder} 里没有可读的文档（支持 {kinds}）。")
    for path in paths:
        yield from read_file(path, path.relative_to(folder).as_posix())


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
    if any(part.startswith((".", "~$")) for part in parts) or path.stem.lower() == "readme":
        return False
    return path.suffix.lower() in FORMATS and path.is_file()


def read_file(path: Path, source: str = "") -> Iterator[SourceText | DocumentError]:
    """Yield the source texts of one file, most often one, or the error that says why there is none.

    Args:
        path: the file.
        source: its name in the library, by default its own.
    """
    name = source or path.name
    try:
        yield _read(path, name)
    except DocumentError as error:
        yield error


def _read(path: Path, name: str) -> SourceText:
    chosen = FORMATS[path.suffix.lower()]
    try:
        size = path.stat().st_size
        if size > chosen.max_bytes:
            raise DocumentError(
                f"{name}：文件太大（{size / 2**20:.0f} MB，上限 {chosen.max_bytes >> 20} MB）。"
            )
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{name}：读不出来（{error.strerror or error}）。") from error
    found = chosen.extract(data, name)
    digest = hashlib.sha256(data).hexdigest()
    return SourceText(stem_of(name), name, found.text, digest, found.marks, found.warnings)


def stem_of(source: str) -> str:
    """Name a document by its relative path without suffix; no white space, no '#'."""
    stem = source.rpartition(".")[0] or source
    return re.sub(r"[\s#]+", "_", stem)
