"""Some documents with their clauses and indexes: what is written once, joined, and left out.

On disk a segment is a folder that never changes:

    documents.jsonl clauses.jsonl    a line a document
    text.npz context.npz             token counts, a row a clause
    vectors.npz                      a row a clause, and how many clauses each document has
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedding import Vectors
from index.errors import BrokenIndexError
from index.lexical import Integers, LexicalField
from index.storage.durable import hash_of, read_intact, sync_folder, write_durably
from index.storage.manifest import SEGMENTS, Manifest, SegmentEntry
from index.storage.records import clauses_line, document_line
from index.types import ParsedDocument


@dataclass(frozen=True, slots=True)
class Indexes:
    """BM25 over both fields, and vectors, a row a clause; `sizes` are the clauses a document."""

    sizes: Integers
    text: LexicalField
    context: LexicalField
    vectors: Vectors

    @staticmethod
    def none(dim: int) -> Indexes:
        """Return the indexes of no documents."""
        empty = LexicalField.build(())
        return Indexes(np.zeros(0, np.int32), empty, empty, np.zeros((0, dim), np.float32))

    @staticmethod
    def join(parts: Sequence[Indexes], order: Sequence[int]) -> Indexes:
        """Make one of several.

        Args:
            parts: at least one; their documents are counted through, from the first to the last.
            order: which documents to take, in their new order, each at most once.
        """
        sizes = np.concatenate([part.sizes for part in parts])
        if len(parts) == 1 and list(order) == list(range(len(sizes))):
            return parts[0]
        ends = np.cumsum(sizes, dtype=np.int32)
        spans = [np.arange(ends[place] - sizes[place], ends[place]) for place in order]
        rows = np.concatenate([np.zeros(0), *spans]).astype(np.int32)
        return Indexes(
            sizes[list(order)],
            LexicalField.join([part.text for part in parts], rows),
            LexicalField.join([part.context for part in parts], rows),
            np.concatenate([part.vectors for part in parts])[rows],
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """Documents and clauses, a line of JSON a document, with their indexes."""

    documents: tuple[str, ...]
    clauses: tuple[str, ...]
    indexes: Indexes

    @staticmethod
    def of(parsed: Sequence[ParsedDocument], indexes: Indexes) -> Segment:
        """Make a segment of documents and the indexes of their clauses, in the same order."""
        return Segment(
            tuple(document_line(item.document) for item in parsed),
            tuple(clauses_line(item.clauses) for item in parsed),
            indexes,
        )

    @staticmethod
    def join(parts: Sequence[Segment], order: Sequence[int]) -> Segment:
        """Make one of several; `parts` and `order` as for `Indexes.join`."""
        documents = [line for part in parts for line in part.documents]
        clauses = [line for part in parts for line in part.clauses]
        return Segment(
            tuple(documents[place] for place in order),
            tuple(clauses[place] for place in order),
            Indexes.join([part.indexes for part in parts], order),
        )


def write_segment(segment: Segment, folder: Path) -> SegmentEntry:
    """Write a segment into a new folder and return what a manifest says of it.

    Raises:
        OSError: if it cannot be written; the folder may be there in part.
    """
    indexes = segment.indexes
    vectors = io.BytesIO()
    np.savez(vectors, sizes=indexes.sizes, vectors=indexes.vectors)
    files = {
        "documents.jsonl": _lines(segment.documents),
        "clauses.jsonl": _lines(segment.clauses),
        "text.npz": indexes.text.pack(),
        "context.npz": indexes.context.pack(),
        "vectors.npz": vectors.getvalue(),
    }
    folder.mkdir(parents=True)
    for name, data in files.items():
        write_durably(folder / name, data)
    sync_folder(folder)
    sync_folder(folder.parent)
    hashes = {name: hash_of(data) for name, data in files.items()}
    return SegmentEntry(len(segment.documents), hashes)


def read_segments(
    folder: Path, manifest: Manifest, names: Sequence[str]
) -> tuple[list[Segment], list[int]]:
    """Read segments of an index, and where the documents that count stand in them.

    The places are counted through, from the first segment to the last, and come in the order of
    the manifest's files.

    Raises:
        BrokenIndexError: if a file is gone or is not what was written.
    """
    parts = [read_segment(folder / SEGMENTS / name, manifest.segments[name]) for name in names]
    ends = np.cumsum([0, *(len(part.documents) for part in parts)])
    starts = dict(zip(names, ends.tolist(), strict=False))
    return parts, [
        starts[entry.segment] + place
        for entry in manifest.files
        if entry.segment in starts
        for place in entry.places
    ]


def read_lines(folder: Path, manifest: Manifest, name: str) -> list[str]:
    """Read documents.jsonl or clauses.jsonl of all segments, in the order of the manifest's files.

    Raises:
        BrokenIndexError: if a file is gone or is not what was written.
    """
    by_segment = {
        segment: _split(read_intact(folder / SEGMENTS / segment / name, entry.files[name]))
        for segment, entry in manifest.segments.items()
    }
    return [by_segment[entry.segment][place] for entry in manifest.files for place in entry.places]


def read_segment(folder: Path, entry: SegmentEntry) -> Segment:
    """Read a segment.

    Raises:
        BrokenIndexError: if a file is gone or is not what was written.
    """
    try:
        files = {name: read_intact(folder / name, known) for name, known in entry.files.items()}
        with np.load(io.BytesIO(files["vectors.npz"]), allow_pickle=False) as vectors:
            indexes = Indexes(
                vectors["sizes"],
                LexicalField.unpack(files["text.npz"]),
                LexicalField.unpack(files["context.npz"]),
                vectors["vectors"],
            )
        return Segment(_split(files["documents.jsonl"]), _split(files["clauses.jsonl"]), indexes)
    except (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile) as error:
        raise BrokenIndexError(f"{folder} 里的索引读不出来，请重新建立索引。") from error


def _split(data: bytes) -> tuple[str, ...]:
    # Not splitlines: a text may hold other characters that end a line.
    return tuple(data.decode("utf-8").split("\n")[:-1])


def _lines(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")
