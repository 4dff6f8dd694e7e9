"""A folder of documents to an index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

import numpy as np

from index.documents import parse_documents
from index.embedding import Embedding
from index.errors import DocumentError, NoDocumentsError
from index.lexical import LexicalField
from index.loaders.files import list_documents, read_folder
from index.store import ClauseStore, vector_index
from index.types import Clause, Document, DocumentKind, ParsedDocument

_BATCH = 4096


@dataclass(frozen=True, slots=True)
class Library:
    """What was read from a folder: documents, and a line on each file that was not taken."""

    parsed: tuple[ParsedDocument, ...]
    problems: tuple[str, ...]


def read_library(folder: Path) -> Library:
    """Read and parse every document below `folder`; unreadable files become problems.

    Where a digest and the full text have the same 发文字号, the full text supersedes the digest,
    and the 解读 behind a full text one of the same title from another file; a file whose bytes
    were met before is passed over.

    Raises:
        NoDocumentsError: if nothing could be read.
    """
    parsed: list[ParsedDocument] = []
    hashes: set[str] = set()
    problems: list[str] = []
    for item in read_folder(folder):
        if isinstance(item, DocumentError):
            problems.append(str(item))
        elif item.sha256 in hashes:
            problems.append(f"{item.source}：与另一个文件内容相同，没有重复收入。")
        else:
            hashes.add(item.sha256)
            found = [document for document in parse_documents(item) if document.clauses]
            parsed.extend(found)
            if not found:
                problems.append(f"{item.source}：里面没有正文，没有收入。")
    if not parsed:
        raise NoDocumentsError("没有一个文档能读出来：\n" + "\n".join(problems))
    return Library(tuple(_distinct(_superseded(parsed))), tuple(problems))


def fingerprint_sources(folder: Path) -> dict[str, str]:
    """Hash every document file below `folder` without parsing it, in the form of a manifest."""
    return {
        path.relative_to(folder).as_posix(): _fingerprint(path) for path in list_documents(folder)
    }


def _fingerprint(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # reading the library says so
        return ""


def _distinct(parsed: Iterable[ParsedDocument]) -> Iterator[ParsedDocument]:
    """Give documents of one id, from files of one name with two suffixes, ids of their own."""
    used: set[str] = set()
    for item in parsed:
        doc_id = item.document.doc_id
        numbered = (f"{doc_id}~{n}" for n in count(2))
        fresh = next(name for name in chain([doc_id], numbered) if name not in used)
        used.add(fresh)
        yield item if fresh == doc_id else _renamed(item, fresh)


def _renamed(item: ParsedDocument, doc_id: str) -> ParsedDocument:
    clauses = (
        replace(clause, doc_id=doc_id, clause_id=f"{doc_id}#{clause.labels}")
        for clause in item.clauses
    )
    return ParsedDocument(replace(item.document, doc_id=doc_id), tuple(clauses))


def _superseded(parsed: Sequence[ParsedDocument]) -> Iterator[ParsedDocument]:
    documents = [item.document for item in parsed]
    full = [document for document in documents if document.kind is DocumentKind.FULL]
    numbers = {document.number for document in full} - {""}
    sources = {document.source for document in full}
    interpreted = {
        document.title
        for document in documents
        if document.kind is DocumentKind.INTERPRETATION and document.source in sources
    }
    for item in parsed:
        kind, source = item.document.kind, item.document.source
        if kind is DocumentKind.DIGEST and item.document.number in numbers:
            continue
        other = kind is DocumentKind.INTERPRETATION and source not in sources
        if not (other and item.document.title in interpreted):
            yield item


def build_store(
    parsed: Iterable[ParsedDocument],
    embedding: Embedding,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ClauseStore:
    """Index parsed documents. `progress` is called with (embedded clauses, all clauses)."""
    items = list(parsed)
    documents = [item.document for item in items]
    pairs = [(item.document, clause) for item in items for clause in item.clauses]
    clauses = [clause for _, clause in pairs]
    texts = [searchable_text(clause) for clause in clauses]
    contexts = [context_text(document, clause) for document, clause in pairs]
    vectors = [np.zeros((0, embedding.dim), dtype=np.float32)]
    for start in range(0, len(texts), _BATCH):
        stop = min(start + _BATCH, len(texts))
        vectors.append(embedding.encode([f"{contexts[i]} {texts[i]}" for i in range(start, stop)]))
        progress(stop, len(texts))
    return ClauseStore(
        documents,
        clauses,
        LexicalField.build(texts),
        LexicalField.build(contexts),
        vector_index(np.concatenate(vectors)),
        embedding.name,
    )


def searchable_text(clause: Clause) -> str:
    """Return what a clause says, with the merged cells of a row that stand above it."""
    carried = [c.text for c in clause.cells if not clause.start <= c.start < clause.end]
    return " ".join([*carried, clause.text])


def context_text(document: Document, clause: Clause) -> str:
    """Return what a clause stands under: the document's title and the titles of its path."""
    return " ".join([document.title, document.region, *clause.titles])
