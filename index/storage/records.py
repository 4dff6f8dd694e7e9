"""Pure: documents and clauses as JSON lines, and back.

A clause is kept without its text, which is a span of its document's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from typing import Any

from index.errors import BrokenIndexError
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

_NAMES = tuple(field.name for field in fields(Document))


def document_line(document: Document) -> str:
    """Return a document as one line of JSON."""
    record = {name: getattr(document, name) for name in _NAMES}
    record["runs"] = [(run.text_start, run.file_start, run.length) for run in document.runs]
    record["marks"] = [(mark.start, mark.place, mark.confidence) for mark in document.marks]
    record["profile"] = asdict(document.profile)
    return json.dumps(record, ensure_ascii=False)


def read_document(line: str) -> Document:
    """Read what `document_line` returned.

    Raises:
        BrokenIndexError: if it is something else.
    """
    with _as_broken():
        data = json.loads(line)
        data["kind"] = DocumentKind(data["kind"])
        data["runs"] = tuple(Run(*run) for run in data["runs"])
        data["marks"] = tuple(Mark(*mark) for mark in data["marks"])
        data["noise"] = tuple(data["noise"])
        data["profile"] = _profile(data["profile"])
        return Document(**data)


def _profile(data: dict[str, Any]) -> Profile:
    references = {
        name: tuple(Reference(**item) for item in value)
        for name, value in data.items()
        if isinstance(value, list)
    }
    return Profile(**data | references)


def clauses_line(clauses: Sequence[Clause]) -> str:
    """Return the clauses of one document as one line of JSON."""
    return json.dumps([_clause_record(clause) for clause in clauses], ensure_ascii=False)


def _clause_record(clause: Clause) -> tuple[object, ...]:
    path = [(step.label, step.title) for step in clause.path]
    cells = [(cell.head, cell.text, cell.start, cell.end) for cell in clause.cells]
    return clause.labels, path, clause.kind, clause.start, clause.end, cells


def read_clauses(line: str, document: Document) -> tuple[Clause, ...]:
    """Read what `clauses_line` returned, under the id that the document bears now.

    Raises:
        BrokenIndexError: if it is something else.
    """
    with _as_broken():
        return tuple(
            Clause(
                f"{document.doc_id}#{labels}",
                document.doc_id,
                tuple(Heading(*step) for step in path),
                ClauseKind(kind),
                document.text[start:end],
                start,
                end,
                tuple(Cell(*cell) for cell in cells),
            )
            for labels, path, kind, start, end, cells in json.loads(line)
        )


@contextmanager
def _as_broken() -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BrokenIndexError("索引是另一个版本建立的，请重新建立索引。") from error
