"""What an index on disk consists of, and the one rename that makes it so.

    index/current              the name of the manifest that counts
    index/m-<hash>.json        which segments there are, and what became of each source file
    index/segments/s-<id>/     see `index.storage.segments`

Segments and manifests are written beside what is there and never changed. A reader sees the old
index or the new one, whatever happens in between; what no manifest names is swept up later.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from index.errors import BrokenIndexError, TiaoWenError
from index.storage.durable import hash_of, read_intact, sync_folder, write_durably

SCHEMA = 3
POINTER = "current"
SEGMENTS = "segments"
_PATIENCE = 2.0
_MANIFEST = re.compile(r"m-([0-9a-f]{64})\.json")
_STALE = re.compile(r"\.?m-[0-9a-f]{64}\.json|\.current|g-[0-9a-f]{12}")  # g-: of schema 2
_OWN = re.compile(rf"{_MANIFEST.pattern}|current|segments|embeddings\..*|g-[0-9a-f]{{12}}")
_T = TypeVar("_T")


class BusyError(TiaoWenError):
    """Another program is writing the index."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of a source file.

    `source` is its path in the library, `doc_ids` are the documents it holds, and `clauses`,
    table `rows`, pages read by character recognition (`ocr_pages`) and lines left out as `noise`
    are counted over all of them. `warnings` and `error`, "" where the file was taken, are Chinese
    sentences.
    """

    source: str
    fingerprint: str
    doc_ids: tuple[str, ...] = ()
    clauses: int = 0
    rows: int = 0
    ocr_pages: int = 0
    noise: int = 0
    warnings: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A source file as it was read.

    `stamp` tells without reading whether it has changed; `reader` is the version of the program
    that read it. Its documents are those of `segment` from `first` on, as many as `report` names.
    """

    report: FileReport
    stamp: tuple[int, ...]
    reader: str
    segment: str = ""
    first: int = 0

    @property
    def places(self) -> range:
        """Where its documents stand in the segment."""
        return range(self.first, self.first + len(self.report.doc_ids))


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """How many documents a segment was written with, and the hash of each of its files."""

    documents: int
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """An index: what it was made with, its segments by name, its files in the order of sources."""

    embedding: str
    dim: int
    segments: Mapping[str, SegmentEntry]
    files: tuple[FileEntry, ...]
    schema: int = SCHEMA

    @property
    def documents(self) -> int:
        """How many documents were read, also those that another one stands for."""
        return sum(len(entry.report.doc_ids) for entry in self.files)

    @property
    def clauses(self) -> int:
        """How many clauses these documents have."""
        return sum(entry.report.clauses for entry in self.files)

    @property
    def sources(self) -> dict[str, str]:
        """The fingerprint of each source file."""
        return {entry.report.source: entry.report.fingerprint for entry in self.files}


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an index.

    Raises:
        BrokenIndexError: if there is no index, or it is of another schema or not whole.
    """
    return read_current(folder, lambda manifest: manifest)


def read_current(folder: Path, read: Callable[[Manifest], _T]) -> _T:
    """Read something of the current index, and of the next one when it is replaced meanwhile.

    Raises:
        BrokenIndexError: if there is no index, or it is of another schema or not whole.
    """
    while True:
        name = _pointer(folder)
        try:
            return read(_manifest(folder, name))
        except BrokenIndexError:
            if _pointer(folder) == name:
                raise


def new_segment(folder: Path) -> Path:
    """Return the folder of a segment to come."""
    return folder / SEGMENTS / f"s-{uuid.uuid4().hex[:12]}"


def commit(folder: Path, manifest: Manifest) -> None:
    """Make a manifest the current one, and sweep up what it does not name.

    Raises:
        OSError: if it cannot be written; what was there before stays current.
    """
    data = json.dumps(manifest, ensure_ascii=False, default=_fields).encode("utf-8")
    name = f"m-{hash_of(data)}.json"
    for path, content in ((folder / name, data), (folder / POINTER, name.encode("utf-8"))):
        fresh = path.with_name(f".{path.name}")
        write_durably(fresh, content)
        os.replace(fresh, path)
        sync_folder(folder)
    _sweep(folder, {name, *manifest.segments})


def _fields(value: FileEntry | FileReport | Manifest | SegmentEntry) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _sweep(folder: Path, kept: Collection[str]) -> None:
    """Remove manifests, segments, and what was half written, but for those of given names."""
    named = (path for path in folder.iterdir() if _STALE.fullmatch(path.name))
    for path in (*named, *(folder / SEGMENTS).glob("s-*")):
        if path.name in kept:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only one to write an index; the folder is made where there is none.

    Raises:
        BusyError: if another program is writing it.
        BrokenIndexError: if the folder holds something that is no index, or cannot be written.
    """
    _require_own(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=_PATIENCE):
            try:
                yield
            except OSError:
                with suppress(BrokenIndexError):
                    name = _pointer(folder)
                    _sweep(folder, {name, *_manifest(folder, name).segments})
                raise
    except Timeout as error:
        raise BusyError(f"另一个程序正在更新 {folder} 里的索引，请等它完成后再试。") from error
    except OSError as error:
        # NumPy reports a full disk as an error without a number.
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, None)
        reason = "磁盘空间不足" if full else str(error)
        raise BrokenIndexError(f"索引写不进 {folder}：{reason}。原来的索引没有改动。") from error


def _require_own(folder: Path) -> None:
    """Refuse to write among files that are not an index."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise BrokenIndexError(f"{folder} 是一个文件，不能用来放索引。")
    names = (path.name for path in folder.iterdir() if path.name[0] != ".")
    foreign = sorted(name for name in names if not _OWN.fullmatch(name))
    if foreign:
        raise BrokenIndexError(f"{folder} 里有别的文件（{foreign[0]}），请换一个空文件夹放索引。")


def _pointer(folder: Path) -> str:
    try:
        return (folder / POINTER).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BrokenIndexError(f"{folder} 里没有索引，请先建立索引。") from error
    except UnicodeDecodeError as error:
        raise BrokenIndexError(f"{folder} 里的索引已损坏，请重新建立索引。") from error


def _manifest(folder: Path, name: str) -> Manifest:
    match = _MANIFEST.fullmatch(name)
    if match is None:
        raise BrokenIndexError(f"{folder} 里的索引不完整，请重新建立索引。")
    try:
        data = json.loads(read_intact(folder / name, match[1]))
        if data["schema"] != SCHEMA:
            raise BrokenIndexError(f"{folder} 里的索引是另一个版本建立的，请重新建立索引。")
        files = tuple(_entry(entry) for entry in data.pop("files"))
        named = data.pop("segments").items()
        segments = {segment: SegmentEntry(**entry) for segment, entry in named}
        return Manifest(**data, segments=segments, files=files)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BrokenIndexError(f"{folder} 里的索引不完整，请重新建立索引。") from error


def _entry(data: dict[str, Any]) -> FileEntry:
    report = data.pop("report")
    for name in ("doc_ids", "warnings"):
        report[name] = tuple(report[name])
    return FileEntry(**data | {"report": FileReport(**report), "stamp": tuple(data["stamp"])})
