"""Baselines that answer from the same documents as the assistant: what others would have built.

Each has a `name`, `documents`, `clauses`, and answers with the passage it finds first. None
refuses, unless nothing at all is found. All are given the document's title beside the text, as
our own embedding is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import bm25s  # its annotations are partial: mypy sees the calls as untyped
import numpy as np
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import Document as SourceDocument
from llama_index.core.schema import MetadataMode, TextNode

from assistant.factory import open_store
from assistant.settings import Settings
from assistant.types import Answer, Citation, Status
from index.build import searchable_text
from index.embedding import Embedding, load_embedding
from index.errors import TiaoWenError
from index.lexical import K1, B
from index.llama import ClauseEmbedding
from index.search import Searcher, SearchQuery
from index.storage.store import ClauseStore, vector_index
from index.types import Clause, Document, Hit

DEPTH = 10
SILENT = "没有找到。"


class BaselineError(TiaoWenError):
    """A baseline needs something that is not installed."""


class Baseline(Protocol):
    """What a run needs of a baseline."""

    @property
    def name(self) -> str:
        """What it is called in tables."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents it answers from."""

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses of these documents."""

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """Answer a question; the history is not looked at."""


def make_baselines(settings: Settings) -> tuple[Baseline, ...]:
    """Build the three baselines over the documents, and with the embedding, of `settings`.

    Raises:
        TiaoWenError: if the documents cannot be had, or jieba is not installed.
    """
    embedding = load_embedding(settings.embedding)
    store = open_store(settings, embedding).store
    documents = tuple(store.documents.values())
    return (
        LlamaIndexBaseline(documents, store.clauses, embedding),
        JiebaBaseline(documents, store.clauses),
        TopClauseBaseline(store, embedding),
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk of a document with the clauses it overlaps, in reading order."""

    text: str
    clauses: tuple[Clause, ...]


class LlamaIndexBaseline:
    """llama-index as a user would assemble it: SentenceSplitter, the same embedding, FAISS.

    The splitter has its own defaults (1,024 tokens, 200 of them shared). The answer is the whole
    first passage. It cites every clause the passage overlaps, first the one it begins in: that
    is what the passage rests on, and no number of it then lacks its source.
    """

    name = "llama-index"

    def __init__(
        self,
        documents: Sequence[Document],
        clauses: Sequence[Clause],
        embedding: Embedding,
        splitter: SentenceSplitter | None = None,
    ) -> None:
        """Split, embed and index."""
        self.documents = tuple(documents)
        self.clauses = tuple(clauses)
        self._documents = {document.doc_id: document for document in documents}
        nodes = (splitter or SentenceSplitter()).get_nodes_from_documents(
            [
                SourceDocument(text=d.text, id_=d.doc_id, metadata={"title": d.title})
                for d in documents
            ]
        )
        by_document = _by_document(clauses)
        texts = [node for node in nodes if isinstance(node, TextNode)]
        self.passages = tuple(_passage(node, by_document) for node in texts)
        self._embedding = ClauseEmbedding(embedding)
        rows = self._embedding.get_text_embedding_batch(
            [node.get_content(metadata_mode=MetadataMode.EMBED) for node in texts]
        )
        vectors = np.array(rows, dtype=np.float32).reshape(len(rows), embedding.dim)
        self._vectors = vector_index(vectors)

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """Answer with the nearest passage."""
        query = np.array([self._embedding.get_query_embedding(question)], dtype=np.float32)
        scores, places = self._vectors.search(query, min(DEPTH, max(len(self.passages), 1)))
        found = [
            (self.passages[place], float(score))
            for place, score in zip(places[0], scores[0], strict=True)
            if place >= 0 and score > 0
        ]
        best = found[0][0] if found else Passage("", ())
        ranked = [(clause, score) for passage, score in found for clause in passage.clauses]
        return _answer(question, best.text, best.clauses, _hits(ranked), self._documents)


def _by_document(clauses: Iterable[Clause]) -> dict[str, list[Clause]]:
    grouped: dict[str, list[Clause]] = {}
    for clause in clauses:
        grouped.setdefault(clause.doc_id, []).append(clause)
    return grouped


def _passage(node: TextNode, by_document: dict[str, list[Clause]]) -> Passage:
    clauses = by_document.get(node.ref_doc_id or "", [])
    start = node.start_char_idx or 0
    return Passage(node.text, tuple(_overlapping(clauses, start, start + len(node.text))))


def _overlapping(clauses: Sequence[Clause], start: int, end: int) -> Iterator[Clause]:
    """Yield the clauses, given in reading order, that share characters with a span."""
    first = bisect_right(clauses, start, key=lambda clause: clause.end)
    for clause in clauses[first:]:
        if clause.start >= end:
            return
        yield clause


class JiebaBaseline:
    """BM25 over jieba's words: the usual recipe for Chinese, over the same clauses.

    Parameters are those of our own lexical search (k1 0.9, b 0.4), which do better than the usual
    1.5 and 0.75, so that the words are what differs. Robertson and Zaragoza (2009).
    """

    name = "BM25+jieba"

    def __init__(self, documents: Sequence[Document], clauses: Sequence[Clause]) -> None:
        """Cut and index.

        Raises:
            BaselineError: if jieba is not installed.
        """
        try:
            import jieba  # noqa: PLC0415
        except ImportError as error:
            raise BaselineError('这个基线要用 jieba，请先运行 pip install -e ".[dev]"。') from error
        jieba.setLogLevel("WARNING")
        self._cutter = jieba.Tokenizer()
        self.documents = tuple(documents)
        self.clauses = tuple(clauses)
        self._documents = {document.doc_id: document for document in documents}
        self._model = bm25s.BM25(method="lucene", k1=K1, b=B)
        # bm25s cannot count an empty corpus; a mark no query holds keeps it counting.
        corpus = [self._words(self._text(clause)) or ["\u0000"] for clause in clauses]
        self._model.index(corpus, show_progress=False)

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """Answer with the best clause."""
        known = [word for word in self._words(question) if word in self._model.vocab_dict]
        scores = self._model.get_scores(known) if known else np.zeros(len(self.clauses))
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        ranked = [(self.clauses[p], float(scores[p])) for p in best if scores[p] > 0]
        return _top_clause(question, _hits(ranked), self._documents)

    def _text(self, clause: Clause) -> str:
        return f"{self._documents[clause.doc_id].title} {searchable_text(clause)}"

    def _words(self, text: str) -> list[str]:
        words = (word.strip().lower() for word in self._cutter.cut(text))
        return [word for word in words if any(char.isalnum() for char in word)]


class TopClauseBaseline:
    """Our own retrieval with its first clause as the answer: what understanding and words add."""

    name = "检索首条"

    def __init__(self, store: ClauseStore, embedding: Embedding) -> None:
        """Search a store."""
        self._searcher = Searcher(store, embedding)
        self.documents = tuple(store.documents.values())
        self.clauses = store.clauses

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """Answer with the first clause."""
        hits = self._searcher.search(SearchQuery(question), DEPTH)
        return _top_clause(question, tuple(hits), self._searcher.store.documents)


def _hits(ranked: Iterable[tuple[Clause, float]]) -> tuple[Hit, ...]:
    """Number the first clauses of a ranking, each once."""
    best: dict[str, tuple[Clause, float]] = {}
    for clause, score in ranked:
        best.setdefault(clause.clause_id, (clause, score))
    first = list(best.values())[:DEPTH]
    return tuple(Hit(clause, score, rank) for rank, (clause, score) in enumerate(first, 1))


def _top_clause(question: str, hits: tuple[Hit, ...], documents: dict[str, Document]) -> Answer:
    clauses = tuple(hit.clause for hit in hits[:1])
    text = clauses[0].text if clauses else ""
    return _answer(question, text, clauses, hits, documents)


def _answer(
    question: str,
    text: str,
    clauses: Sequence[Clause],
    hits: tuple[Hit, ...],
    documents: dict[str, Document],
) -> Answer:
    if not text:
        return Answer(question, question, Status.REFUSED, SILENT, hits=hits)
    citations = tuple(
        Citation(marker, documents[c.doc_id], c, c.text, 0, len(c.text))
        for marker, c in enumerate(clauses, 1)
    )
    markers = "".join(f"〔{citation.marker}〕" for citation in citations)
    return Answer(
        question, question, Status.ANSWERED, text + markers, citations=citations, hits=hits
    )
