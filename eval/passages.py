"""Passages of a test collection as a store, and the ways to search it that are compared."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from assistant.answering.library import LibraryView
from assistant.judge import Judge
from assistant.matching.network import load_ensemble
from assistant.understanding.lexicon import load_lexicon
from assistant.understanding.question import analyse
from assistant.understanding.routing import Route
from eval.formats.collection import Passage
from index.analyzer import tokens
from index.build import build_store
from index.embedding import Embedding
from index.search import Searcher, SearchQuery, Weights
from index.storage.store import ClauseStore
from index.types import Clause, ClauseKind, Document, DocumentKind, ParsedDocument, Run

Ranker = Callable[[str, int], list[str]]
"""A question and k to the ids of the k best passages, best first."""

OURS = "条问检索"
RAW = "条问检索（问句原样）"
BM25 = "BM25（字＋双字）"
DENSE = "只用向量"


def parsed_passages(
    passages: Iterable[Passage], *, titled: bool = True
) -> Iterator[ParsedDocument]:
    """Yield every passage as a document of one clause; the passage's id is the document's.

    Args:
        passages: passages with distinct ids.
        titled: whether the title of a passage is the document's, so that it is searched too.
    """
    for number, passage in enumerate(passages, 1):
        name, text = passage.passage_id, passage.text
        label = re.sub(r"[\s#/]+", "_", name)
        clause = Clause(f"{number}_{label}#1", name, (), ClauseKind.PARAGRAPH, text, 0, len(text))
        document = Document(
            doc_id=name,
            title=passage.title if titled else "",
            number="",
            issuer="",
            region="",
            issued_on="",
            kind=DocumentKind.FULL,
            source=name,
            sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
            text=text,
            runs=(Run(0, 0, len(text)),),
        )
        yield ParsedDocument(document, (clause,))


def store_of(
    passages: Sequence[Passage],
    embedding: Embedding,
    progress: Callable[[int, int], None] = lambda done, total: None,
    *,
    titled: bool = True,
) -> ClauseStore:
    """Index passages as the assistant indexes clauses."""
    return build_store(parsed_passages(passages, titled=titled), embedding, progress)


def judge_over(store: ClauseStore, embedding: Embedding) -> Judge:
    """Make the judge of the assistant that is served, with its lexicon and network, over a store."""
    searcher = Searcher(store, embedding)
    view = LibraryView(store.documents, store.clauses)
    return Judge(searcher, load_lexicon(), load_ensemble(), view)


def served_query(text: str, judge: Judge) -> SearchQuery:
    """Return what the assistant searches for when nothing routes the question.

    The question without its ask words, and the words of its concepts as an expansion.
    """
    question = analyse(text)
    words = sorted(word for term in judge.terms(question, Route()) for word in term.words)
    return SearchQuery(question.focus or question.text, " ".join(words))


def rankers(
    store: ClauseStore, embedding: Embedding, weights: Weights | None = None
) -> dict[str, Ranker]:
    """Return the ways to search, by the name they are shown by.

    Args:
        store: what is searched; `BM25` is the text field alone (Robertson and Zaragoza, The
            Probabilistic Relevance Framework, 2009) and `DENSE` the cosine alone.
        embedding: what the store was made with.
        weights: of the fused search; None for those that are served.
    """
    searcher, judge = Searcher(store, embedding, weights), judge_over(store, embedding)

    def served(text: str, k: int) -> list[str]:
        hits = searcher.search(served_query(text, judge), k)
        return [hit.clause.doc_id for hit in hits]

    def raw(text: str, k: int) -> list[str]:
        return [hit.clause.doc_id for hit in searcher.search(SearchQuery(text), k)]

    def lexical(text: str, k: int) -> list[str]:
        scores = store.text.scores(tokens(text))
        best = np.argsort(-scores, kind="stable")[:k]
        return [store.clauses[place].doc_id for place in best if scores[place] > 0]

    def dense(text: str, k: int) -> list[str]:
        places, _ = store.nearest(embedding.encode([text])[0], k)
        return [store.clauses[place].doc_id for place in places]

    return {OURS: served, RAW: raw, BM25: lexical, DENSE: dense}
