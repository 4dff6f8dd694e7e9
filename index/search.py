"""A query to hits: BM25 over two fields and cosine, fused as a weighted sum.

Scores are scaled to the best hit of the text, so that the weights mean the same for every
collection; reciprocal ranks lose to this when the dense leg is the weaker one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.analyzer import tokens
from index.embedding import Embedding
from index.errors import BrokenIndexError
from index.storage.store import ClauseStore
from index.types import Hit


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each leg counts beside the text's BM25, which counts 1."""

    context: float = 0.35
    dense: float = 0.6


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to search for.

    `text` is the question without its ask words, `expansion` other words for the same things,
    which count half; `within` are the documents that are searched, all when it is empty.
    """

    text: str
    expansion: str = ""
    within: tuple[str, ...] = ()


class Searcher:
    """Finds clauses for a query in one store."""

    def __init__(
        self, store: ClauseStore, embedding: Embedding, weights: Weights | None = None
    ) -> None:
        """Join a store with the embedding it was made with.

        Raises:
            BrokenIndexError: if the store was made with another embedding.
        """
        if store.embedding != embedding.name or store.dim != embedding.dim:
            raise BrokenIndexError(
                f"索引是用嵌入模型 {store.embedding} 建立的，现在用的是 {embedding.name}。"
            )
        self.store = store
        self._embedding = embedding
        self._weights = weights or Weights()
        self._doc_ids = np.array([clause.doc_id for clause in store.clauses])

    def search(self, query: SearchQuery, k: int) -> list[Hit]:
        """Return the `k` best clauses, best first; fewer when less than k have any score."""
        among = self._among(query.within)
        if not len(among):
            return []
        cosines = self._dense(query.text, max(k, 50), among)[among]
        text = self._bm25(query)[among]
        # Both fields share one scale: a single pair of characters met in a title must not weigh
        # as much as the best title of a collection.
        top = float(text.max(initial=0.0)) or 1.0
        legs = {
            "lexical": text / top,
            "context": self._weights.context * self._context(query)[among] / top,
            "dense": self._weights.dense * cosines,
        }
        total = np.sum(list(legs.values()), axis=0)
        best = _best(total, k)
        return [
            Hit(
                self.store.clauses[among[place]],
                float(total[place]),
                rank,
                {name: float(leg[place]) for name, leg in legs.items()}
                | {"cosine": float(cosines[place])},
            )
            for rank, place in enumerate(best, 1)
            if total[place] > 0
        ]

    def _among(self, doc_ids: Sequence[str]) -> NDArray[np.int64]:
        """Return the positions of the clauses of some documents, of all when none is named."""
        if not doc_ids:
            return np.arange(len(self.store.clauses))
        return np.flatnonzero(np.isin(self._doc_ids, doc_ids))

    def _bm25(self, query: SearchQuery) -> NDArray[np.float32]:
        scores = self.store.text.scores(tokens(query.text))
        if query.expansion:
            # Once each: of twenty words for one thing, ten may share a character.
            scores = scores + 0.5 * self.store.text.scores(sorted(set(tokens(query.expansion))))
        return scores

    def _context(self, query: SearchQuery) -> NDArray[np.float32]:
        return self.store.context.scores(tokens(query.text))

    def _dense(self, text: str, k: int, among: NDArray[np.int64]) -> NDArray[np.float32]:
        scores = np.zeros(len(self.store.clauses), dtype=np.float32)
        vector = self._embedding.encode([text])[0]
        some = among if len(among) < len(scores) else None
        positions, cosines = self.store.nearest(vector, k, some)
        scores[positions] = np.maximum(cosines, 0)
        return scores


def _best(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Return the places of the `k` highest scores, best first, of equals the first in the store."""
    places = np.arange(len(scores))
    if k < len(scores):
        places = np.flatnonzero(scores >= np.partition(scores, -k)[-k])
    best: NDArray[np.int64] = places[np.argsort(-scores[places], kind="stable")][:k]
    return best
