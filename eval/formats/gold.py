"""Finds documents and clauses as people write them: a title or 发文字号, 四、重点任务（二）3."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.dataset import clause_text
from eval.matching import normalise
from index.types import Clause, Document, DocumentKind

_SEPARATORS = re.compile(r"[\s/、.．,，·第条款]|~\d+$")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents that a QA set speaks about."""

    documents: Sequence[Document]
    clauses: Sequence[Clause]

    def document(self, name: str) -> str | None:
        """Return the id of the document meant by its id, 发文字号, title, part of it, or place.

        The text of a policy goes before its 解读. None if none or several are meant.
        """
        wanted = normalise(name.strip("《》"))
        for fits in (_is_named, _is_like):
            found = [document for document in self.documents if fits(document, wanted)]
            texts = [d for d in found if d.kind is not DocumentKind.INTERPRETATION] or found
            if len(texts) == 1:
                return texts[0].doc_id
        return None

    def clause(self, doc_id: str, name: str) -> str | None:
        """Return the id of a clause, or of a heading above clauses, by its labels or its path."""
        wanted = _compact(name)
        for clause in self.clauses:
            if clause.doc_id == doc_id and wanted in map(_compact, _names(clause)):
                labels = clause.labels.split("/")
                depth = next(
                    (n for n in range(1, len(labels)) if _compact("".join(labels[:n])) == wanted),
                    len(labels),
                )
                return f"{doc_id}#{'/'.join(labels[:depth])}"
        return None

    def holding(self, doc_id: str, fragment: str) -> tuple[str, ...]:
        """Return the ids of the clauses of a document in which a fragment stands verbatim."""
        wanted = normalise(fragment)
        return tuple(
            clause.clause_id
            for clause in self.clauses
            if clause.doc_id == doc_id and wanted in normalise(clause_text(clause))
        )


def _is_named(document: Document, wanted: str) -> bool:
    return wanted in map(normalise, (document.doc_id, document.number, document.title))


def _is_like(document: Document, wanted: str) -> bool:
    return wanted == normalise(document.region) or wanted in normalise(document.title)


def _names(clause: Clause) -> Iterable[str]:
    labels = clause.labels.split("/")
    yield from ("".join(labels[:depth]) for depth in range(1, len(labels) + 1))
    yield clause.shown_path


def _compact(name: str) -> str:
    return normalise(_SEPARATORS.sub("", name))
