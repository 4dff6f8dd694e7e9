"""Files come into a folder of documents, and go out of it, whole or not at all."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import chain, count
from pathlib import Path

from index.errors import TiaoWenError
from index.loaders.files import list_documents
from index.loaders.sidecar import find_sidecar
from index.storage.durable import sync_folder

_REMOVED = ".removed"


class ShelfError(TiaoWenError):
    """A file cannot be copied into the folder of documents, or moved out of it."""


def documents_at(path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the files that are meant by a path, each with the name it is to have in a library.

    A folder stands for the documents in it, under its own name.

    Raises:
        ShelfError: if there is nothing.
    """
    if path.is_dir():
        for file in list_documents(path):
            yield file, Path(path.resolve().name) / file.relative_to(path)
    elif path.is_file():
        yield path, Path(path.name)
    else:
        raise ShelfError(f"找不到 {path}。请检查路径。")


def prepare(docs: Path) -> None:
    """Make a folder for documents where there is none.

    Raises:
        ShelfError: if it cannot be made.
    """
    try:
        docs.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ShelfError(f"文件夹 {docs} 建不了（{error.strerror or error}）。") from error


def bring_in(path: Path, docs: Path, name: Path) -> Path:
    """Copy a file with its sidecar into a folder; where another bears the name it gets a number.

    Returns:
        Where the copy is. It is on the disk when this returns.

    Raises:
        ShelfError: if it cannot be copied; nothing is left behind then.
    """
    target = _free(docs / name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sidecar = find_sidecar(path)
        if sidecar is not None:
            _copy(sidecar, target.with_name(f"{target.name}.meta.toml"))
        _copy(path, target)
        sync_folder(target.parent)
    except OSError as error:
        raise ShelfError(f"{path} 没能放进 {docs}（{error.strerror or error}）。") from error
    return target


def put_away(docs: Path, source: str) -> Path:
    """Move a document with its sidecar out of sight, to `.removed/<today>/`; nothing is deleted.

    Raises:
        ShelfError: if it cannot be moved.
    """
    path = docs / source
    target = _free(docs / _REMOVED / date.today().isoformat() / source)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_name(f"{path.name}.meta.toml")
        os.replace(path, target)
        if own.is_file():
            os.replace(own, target.with_name(f"{target.name}.meta.toml"))
        sync_folder(target.parent)
        sync_folder(path.parent)
    except OSError as error:
        raise ShelfError(f"{source} 没能移走（{error.strerror or error}）。") from error
    return target


def _free(path: Path) -> Path:
    numbered = (path.with_name(f"{path.stem}~{number}{path.suffix}") for number in count(2))
    return next(name for name in chain([path], numbered) if not name.exists())


def _copy(path: Path, target: Path) -> None:
    fresh = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with path.open("rb") as source, fresh.open("wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        shutil.copystat(path, fresh)
        os.replace(fresh, target)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
