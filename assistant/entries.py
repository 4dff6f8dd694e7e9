"""The documents of an index as a catalogue lists them, also those that another one stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.storage.catalogue import read_catalogue
from index.storage.manifest import FileReport, Manifest, read_current
from index.storage.records import read_clauses
from index.storage.segments import read_lines
from index.types import Document
from index.versions import Hidden, Note, resolve


@dataclass(frozen=True, slots=True)
class Entry:
    """A document, how many clauses it has, and how it stands to the others.

    `hidden` says why it is not answered from, and `by` what is in its place; both are None where
    it stands for itself.
    """

    document: Document
    clauses: int
    hidden: Hidden | None = None
    by: Document | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """All entries in the order of their files, and the reports of files that were not taken."""

    entries: tuple[Entry, ...]
    refused: tuple[FileReport, ...]


def read_entries(index: Path) -> Listed:
    """Read what an index holds.

    Raises:
        BrokenIndexError: if there is no index, or it is damaged.
    """
    return read_current(index, lambda manifest: _read(index, manifest))


def _read(index: Path, manifest: Manifest) -> Listed:
    catalogue = read_catalogue(index, manifest)
    lines = read_lines(index, manifest, "clauses.jsonl")
    pairs = zip(catalogue.choice.documents, lines, strict=True)
    counts = {document.doc_id: len(read_clauses(line, document)) for document, line in pairs}
    return Listed(
        _entries(catalogue.choice.documents, counts, catalogue.choice.hidden),
        tuple(report for report in catalogue.files if report.error),
    )


def _entries(
    documents: Sequence[Document], counts: Mapping[str, int], hidden: Mapping[str, Hidden]
) -> tuple[Entry, ...]:
    by_id = {document.doc_id: document for document in documents}
    notes = resolve([d for d in documents if d.doc_id not in hidden]).notes
    return tuple(
        Entry(
            document,
            counts[doc_id],
            hidden.get(doc_id),
            by_id[hidden[doc_id].by] if doc_id in hidden else None,
            notes.get(doc_id, ()),
        )
        for doc_id, document in by_id.items()
    )
