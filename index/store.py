"""Documents, clauses, BM25 and vectors as one index, in memory and on disk.

The only module that imports faiss. On disk an index is a folder of generations and a pointer:

    index/current            the name of the generation that counts
    index/<generation>/      manifest.json documents.jsonl clauses.jsonl vectors.faiss text/ context/

A generation is written whole beside the others and becomes current by one rename, so a reader
sees the old index or the new one, whatever happens in between.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors
from index.errors import BrokenIndexError
from index.lexical import LexicalField
from index.types import (
    Cell,
    Clause,
    ClauseKind,
    Document,
    DocumentKind,
    Heading,
    Mark,
    Profile,
    Reference,
    Run,
)

SCHEMA = 2
POINTER = "current"
_GENERATION = re.compile(r"g-[0-9a-f]{12}")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made of and with; checked when it is loaded."""

    schema: int
    embedding: str
    dim: int
    documents: int
    clauses: int
    sources: dict[str, str]
    files: dict[str, str]


class ClauseStore:
    """All clauses of a library, addressed by position, with their three indexes."""

    def __init__(
        self,
        documents: Sequence[Document],
        clauses: Sequence[Clause],
        text: LexicalField,
        context: LexicalField,
        vectors: faiss.Index,
        embedding: str,
    ) -> None:
        """Hold built parts; `build_store` and `load_store` make them."""
        self.documents = {document.doc_id: document for document in documents}
        self.clauses = tuple(clauses)
        self.text = text
        self.context = context
        self.embedding = embedding
        self._vectors = vectors
        # Questions are asked in parallel; a thread pool for each of them costs more than it gains.
        faiss.omp_set_num_threads(1)

    @property
    def dim(self) -> int:
        """The width of the vectors."""
        return int(self._vectors.d)

    def nearest(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return positions and cosines of the `k` nearest clauses, best first.

        Args:
            vector: shape (dim,), length 1.
            k: at least 1; fewer come back when the store is smaller.

        Raises:
            ValueError: if `vector` has not the width of the store.
        """
        if vector.shape != (self.dim,):
            raise ValueError(f"vector of shape {vector.shape} in a store of width {self.dim}")
        cosines, positions = self._vectors.search(vector[None, :], min(k, len(self.clauses)))
        found = positions[0] >= 0
        return positions[0][found], cosines[0][found]

    def save(self, folder: Path, sources: dict[str, str]) -> None:
        """Write the index below `folder` and make it the current one.

        Raises:
            BrokenIndexError: if `folder` holds something that is no index, or cannot be written;
                what was there before stays as it was.
        """
        _require_own(folder)
        generation = folder / f"g-{uuid.uuid4().hex[:12]}"
        try:
            generation.mkdir(parents=True)
            self._write(generation, sources)
            _point(folder, generation.name)
        except OSError as error:
            shutil.rmtree(generation, ignore_errors=True)
            # NumPy reports a full disk as an error without a number.
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, None)
            reason = "磁盘空间不足" if full else str(error)
            raise BrokenIndexError(
                f"索引写不进 {folder}：{reason}。原来的索引没有改动。"
            ) from error
        _remove_others(folder, generation.name)

    def _write(self, folder: Path, sources: dict[str, str]) -> None:
        _write_lines(folder / "documents.jsonl", map(asdict, self.documents.values()))
        _write_lines(folder / "clauses.jsonl", map(asdict, self.clauses))
        (folder / "vectors.faiss").write_bytes(faiss.serialize_index(self._vectors).tobytes())
        self.text.save(folder / "text")
        self.context.save(folder / "context")
        manifest = Manifest(
            SCHEMA,
            self.embedding,
            self.dim,
            len(self.documents),
            len(self.clauses),
            sources,
            {path.relative_to(folder).as_posix(): _hash(path) for path in _files(folder)},
        )
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        (folder / "manifest.json").write_text(text, encoding="utf-8")


def vector_index(vectors: Vectors) -> faiss.Index:
    """Build an exact inner-product index over unit vectors; ids are row positions."""
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
    index.add_with_ids(np.ascontiguousarray(vectors), np.arange(len(vectors), dtype=np.int64))
    return index


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of the current generation.

    Raises:
        BrokenIndexError: if there is no index, or it is of another schema or not whole.
    """
    return _current(folder, _manifest)


def load_store(folder: Path, embedding: str) -> ClauseStore:
    """Load the current generation of an index.

    Raises:
        BrokenIndexError: if it is missing, torn, altered, or made with another embedding.
    """
    return _current(folder, lambda generation: _load(generation, embedding))


def _current(folder: Path, read: Callable[[Path], _T]) -> _T:
    """Read the current generation, and the next one when it is replaced meanwhile."""
    while True:
        name = _pointer(folder)
        try:
            if not _GENERATION.fullmatch(name) or not (folder / name).is_dir():
                raise BrokenIndexError(f"{folder} 里的索引不完整，请重新建立索引。")
            return read(folder / name)
        except BrokenIndexError:
            if _pointer(folder) == name:
                raise


def _manifest(generation: Path) -> Manifest:
    folder = generation.parent
    try:
        data = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA:
            raise BrokenIndexError(f"{folder} 里的索引是另一个版本建立的，请重新建立索引。")
        return Manifest(**data)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BrokenIndexError(f"{folder} 里的索引不完整，请重新建立索引。") from error


def _load(generation: Path, embedding: str) -> ClauseStore:
    folder = generation.parent
    manifest = _manifest(generation)
    if manifest.embedding != embedding:
        raise BrokenIndexError(
            f"{folder} 里的索引是用嵌入模型 {manifest.embedding} 建立的，"
            f"现在用的是 {embedding}。请重新建立索引。"
        )
    for name, expected in manifest.files.items():
        path = generation / name
        if _hash(path) != expected:
            raise BrokenIndexError(f"{folder} 里的索引已损坏（{name}），请重新建立索引。")
    try:
        return ClauseStore(
            [_document(data) for data in _read_lines(generation / "documents.jsonl")],
            [_clause(data) for data in _read_lines(generation / "clauses.jsonl")],
            LexicalField.load(generation / "text"),
            LexicalField.load(generation / "context"),
            faiss.read_index(str(generation / "vectors.faiss")),
            manifest.embedding,
        )
    except (OSError, RuntimeError, ValueError, TypeError, KeyError) as error:
        raise BrokenIndexError(f"{folder} 里的索引读不出来，请重新建立索引。") from error


def _pointer(folder: Path) -> str:
    try:
        return (folder / POINTER).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BrokenIndexError(f"{folder} 里没有索引，请先建立索引。") from error
    except UnicodeDecodeError as error:
        raise BrokenIndexError(f"{folder} 里的索引已损坏，请重新建立索引。") from error


def _require_own(folder: Path) -> None:
    """Refuse to write among files that are not an index."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise BrokenIndexError(f"{folder} 是一个文件，不能用来放索引。")
    foreign = [
        path.name
        for path in folder.iterdir()
        if path.name != POINTER and path.name[0] != "." and not _GENERATION.fullmatch(path.name)
    ]
    if foreign:
        raise BrokenIndexError(f"{folder} 里有别的文件（{foreign[0]}），请换一个空文件夹放索引。")


def _point(folder: Path, name: str) -> None:
    fresh = folder / f".{POINTER}-{name}"
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, folder / POINTER)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _remove_others(folder: Path, name: str) -> None:
    for path in folder.iterdir():
        if path.name != name and _GENERATION.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _hash(path: Path) -> str:
    """Hash a file; one that is gone has no hash."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _document(data: dict[str, Any]) -> Document:
    runs = tuple(Run(**run) for run in data.pop("runs"))
    marks = tuple(Mark(**mark) for mark in data.pop("marks"))
    kind, noise = DocumentKind(data.pop("kind")), tuple(data.pop("noise"))
    profile = _profile(data.pop("profile"))
    return Document(**data, kind=kind, runs=runs, noise=noise, marks=marks, profile=profile)


def _profile(data: dict[str, Any]) -> Profile:
    named = ("basis", "repeals", "amends")
    references = {name: tuple(Reference(**item) for item in data[name]) for name in named}
    return Profile(**data | references)


def _clause(data: dict[str, Any]) -> Clause:
    path = tuple(Heading(**step) for step in data.pop("path"))
    cells = tuple(Cell(**cell) for cell in data.pop("cells"))
    return Clause(**data | {"kind": ClauseKind(data["kind"])}, path=path, cells=cells)
