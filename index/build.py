"""Files to documents, and documents to what is searched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from index.choice import choose
from index.embedding import Embedding
from index.errors import DocumentError, NoDocumentsError
from index.lexical import LexicalField
from index.loaders.files import fingerprint, list_documents, read_file
from index.loaders.formats import FORMATS
from index.parsing.documents import parse_documents
from index.parsing.leadins import lead_ins
from index.parsing.places import resolved_self
from index.storage.manifest import FileReport
from index.storage.segments import Indexes
from index.storage.store import ClauseStore, store_of
from index.types import Clause, ClauseKind, Document, ParsedDocument

_BATCH = 4096
# What these modules do is done anew whenever an index is opened or asked.
_AFTERWARDS = frozenset({
    "cache", "catalogue", "choice", "copies", "durable", "errors", "growth", "library", "llama", "plan",
    "search", "shelf", "store", "versions",
})  # fmt: skip
_READING = ("loaders", "parsing", "storage")
Embedded = Callable[[int, int], None]
"""Called with how many clauses are embedded, and how many there are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a folder: documents, and a line on each file that was not taken."""

    parsed: tuple[ParsedDocument, ...]
    problems: tuple[str, ...]


def read_library(folder: Path) -> Reading:
    """Read every document below `folder` that is to be answered from.

    Files that cannot be read, and copies, become problems.

    Raises:
        NoDocumentsError: if nothing could be read.
    """
    reports: list[FileReport] = []
    parsed: list[ParsedDocument] = []
    for path in list_documents(folder):
        report, found = read_source(path, path.relative_to(folder).as_posix())
        reports.append(report)
        parsed.extend(found)
    choice = choose([item.document for item in parsed])
    problems = [report.error for report in reports if report.error]
    require_documents(folder, bool(parsed), problems)
    taken = (under(choice.documents[place], parsed[place]) for place in choice.places)
    return Reading(tuple(taken), (*problems, *choice.problems))


def require_documents(folder: Path, found: bool, problems: Sequence[str]) -> None:
    """Say why there is nothing to answer from.

    Raises:
        NoDocumentsError: if no document was found.
    """
    if not found and problems:
        raise NoDocumentsError("没有一个文档能读出来：\n" + "\n".join(problems))
    if not found:
        kinds = "、".join(sorted(FORMATS))
        raise NoDocumentsError(f"文件夹 {folder} 里没有可读的文档（支持 {kinds}）。")


def read_source(path: Path, source: str) -> tuple[FileReport, tuple[ParsedDocument, ...]]:
    """Read one file of a library; what is wrong with it stands in the report.

    Args:
        path: the file.
        source: its path in the library.
    """
    parsed: list[ParsedDocument] = []
    warnings: list[str] = []
    errors: list[str] = []
    mark = fingerprint(path)
    for item in read_file(path, source):
        if isinstance(item, DocumentError):
            errors.append(str(item))
            continue
        try:
            found = [document for document in parse_documents(item) if document.clauses]
        except Exception as error:  # one file must not keep a library from being read
            errors.append(f"{item.source}：分条时出错，没有收入（{error!r}）。")
            continue
        parsed.extend(found)
        warnings.extend(item.warnings)
        if not found:
            errors.append(f"{item.source}：里面没有正文，没有收入。")
    if parsed:
        return _report(source, mark, parsed, (*warnings, *errors)), tuple(parsed)
    return FileReport(source, mark, warnings=tuple(warnings), error="\n".join(errors)), ()


def _report(
    source: str, mark: str, parsed: Sequence[ParsedDocument], warnings: Iterable[str]
) -> FileReport:
    clauses = [clause for item in parsed for clause in item.clauses]
    marks = {
        (item.document.source, mark.place)
        for item in parsed
        for mark in item.document.marks
        if mark.confidence < 1
    }
    return FileReport(
        source,
        mark,
        tuple(item.document.doc_id for item in parsed),
        len(clauses),
        sum(clause.kind is ClauseKind.ROW for clause in clauses),
        len(marks),
        sum(len(item.document.noise) for item in parsed),
        tuple(dict.fromkeys(warnings)),
    )


def under(document: Document, item: ParsedDocument) -> ParsedDocument:
    """Return a parsed document under the id that it bears in the library."""
    doc_id = document.doc_id
    if doc_id == item.document.doc_id:
        return item
    clauses = (
        replace(clause, doc_id=doc_id, clause_id=f"{doc_id}#{clause.labels}")
        for clause in item.clauses
    )
    return ParsedDocument(document, tuple(clauses))


@cache
def reader_version() -> str:
    """Return a hash of the program that makes documents of files.

    What was read by another program is read again; nobody needs to remember to raise a number.
    """
    here = Path(__file__).parent
    digest = hashlib.sha256()
    inside = (path for part in _READING for path in here.joinpath(part).glob("*.py"))
    for path in sorted([*here.glob("*.py"), *inside]):
        if path.stem not in _AFTERWARDS:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def build_store(
    parsed: Iterable[ParsedDocument],
    embedding: Embedding,
    progress: Embedded = lambda done, total: None,
) -> ClauseStore:
    """Index parsed documents of unique ids, all of them, in memory."""
    items = list(parsed)
    documents = [item.document for item in items]
    clauses = [clause for item in items for clause in item.clauses]
    return store_of(documents, clauses, build_indexes(items, embedding, progress), embedding.name)


def build_indexes(
    parsed: Sequence[ParsedDocument],
    embedding: Embedding,
    progress: Embedded = lambda done, total: None,
) -> Indexes:
    """Count the tokens of all clauses, and embed them."""
    pairs = [(item.document, clause) for item in parsed for clause in item.clauses]
    texts = [searchable_text(clause) for _, clause in pairs]
    contexts = [text for item in parsed for text in context_texts(item)]
    vectors = np.zeros((len(texts), embedding.dim), dtype=np.float32)
    for start in range(0, len(texts), _BATCH):
        stop = min(start + _BATCH, len(texts))
        batch = [f"{contexts[i]} {texts[i]}" for i in range(start, stop)]
        vectors[start:stop] = embedding.encode(batch)
        progress(stop, len(texts))
    return Indexes(
        np.array([len(item.clauses) for item in parsed], dtype=np.int32),
        LexicalField.build(texts),
        LexicalField.build(contexts),
        vectors,
    )


def searchable_text(clause: Clause) -> str:
    """Return what a clause says; a row with the heads of its columns, and merged cells that stand above it."""
    carried = [c.text for c in clause.cells if not clause.start <= c.start < clause.end]
    heads = [c.head for c in clause.cells if clause.kind is ClauseKind.ROW]
    return "\t".join([*carried, *heads, clause.text])


def context_texts(parsed: ParsedDocument) -> list[str]:
    """Return what each clause stands under, in order.

    That is title and place of the document, the titles of the path, the sentence that leads a short
    clause in, what 我市, 本校 and the like mean in it, and the heads of its cells.
    """
    document = parsed.document
    leads, meant = lead_ins(parsed.clauses), resolved_self(document)
    texts: list[str] = []
    for clause in parsed.clauses:
        selves = dict.fromkeys(name for word, name in meant.items() if word in clause.text)
        lead = leads.get(clause.clause_id, "")
        if lead.endswith(clause.titles):  # a heading, which is there already
            lead = ""
        parts = (document.title, document.region, *clause.titles, lead, *selves)
        texts.append(" ".join(filter(None, parts)))
    return texts
