"""Files to source texts. The only module that reads documents from disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from index.errors import DocumentError, NoDocumentsError
from index.loaders.archive import is_archive, is_wanted, unpack
from index.loaders.formats import ARCHIVES, FORMATS, check, extract
from index.loaders.sidecar import find_sidecar, read_sidecar
from index.loaders.source import SourceText


def read_folder(folder: Path) -> Iterator[SourceText | DocumentError]:
    """Yield every readable document below `folder` in name order, and an error for each other.

    Raises:
        NoDocumentsError: if the folder is missing or holds no file of a known kind.
    """
    paths = list_documents(folder)
    if not paths:
        kinds = "、".join(sorted((*FORMATS, *ARCHIVES)))
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
    found = (path for path in folder.rglob("*") if is_wanted(path.relative_to(folder).as_posix()))
    return sorted(path for path in found if path.is_file())


def read_file(path: Path, source: str = "") -> Iterator[SourceText | DocumentError]:
    """Yield the source texts of one file, or the error that says why there is none.

    Most files give one; an archive gives one, or an error, for each document in it.

    Args:
        path: the file.
        source: its name in the library, by default its own.
    """
    name = source or path.name
    try:
        data = _read_bytes(path, name)
    except DocumentError as error:
        yield error
        return
    fields, warnings = read_sidecar(path)
    members = unpack(data, name) if is_archive(data, name) else [(name, data)]
    for member, content in members:
        try:
            if isinstance(content, DocumentError):
                raise content
            found = extract(content, member)
        except DocumentError as error:
            yield error
            continue
        digest = hashlib.sha256(content).hexdigest()
        told = (*warnings, *found.warnings)
        yield SourceText(stem_of(member), member, found.text, digest, found.marks, told, fields)


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        check(name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{name}：读不出来（{error.strerror or error}）。") from error


def fingerprint(path: Path) -> str:
    """Return a SHA-256 that changes when a document or its sidecar does, "" if it cannot be read.

    Without a sidecar it is that of the file.
    """
    try:
        check(path.name, path.stat().st_size)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        sidecar = find_sidecar(path)
        if sidecar is not None:
            digest.update(sidecar.read_bytes())
    except (OSError, DocumentError):  # reading the document says so
        return ""
    return digest.hexdigest()


def stem_of(source: str) -> str:
    """Name a document by its relative path without suffix; no white space, no '#'."""
    stem = source.rpartition(".")[0] or source
    return re.sub(r"[\s#]+", "_", stem)
