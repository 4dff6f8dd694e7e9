"""BM25 over two fields of a clause: its own text, and the titles it stands under.

The only module that imports bm25s (Lù 2024, arXiv:2407.03618; Robertson & Zaragoza 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s  # its annotations are partial: mypy sees the calls as untyped
import numpy as np
from numpy.typing import NDArray

from index.analyzer import tokens

K1 = 0.9
B = 0.4


class LexicalField:
    """One BM25 index over texts that are addressed by their position."""

    def __init__(self, model: bm25s.BM25, size: int) -> None:
        """Wrap a built model over `size` texts."""
        self._model = model
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalField:
        """Index `texts` in order; texts without a token are allowed."""
        model = bm25s.BM25(method="lucene", k1=K1, b=B)
        # bm25s cannot count an empty corpus of tokens; a mark no query holds keeps it counting.
        corpus = [tokens(text) or ["\u0000"] for text in texts]
        model.index(corpus, show_progress=False)
        return cls(model, len(texts))

    @classmethod
    def load(cls, folder: Path) -> LexicalField:
        """Load what `save` wrote."""
        model = bm25s.BM25.load(str(folder), load_corpus=False, show_progress=False)
        return cls(model, int(model.scores["num_docs"]))

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, which is created."""
        self._model.save(str(folder), show_progress=False)

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every text, shape (n,), 0 where no word occurs."""
        known = [word for word in words if word in self._model.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._model.get_scores(known)
        return scores

    def document_frequency(self, word: str) -> int:
        """Return in how many texts a token stands."""
        token = self._model.vocab_dict.get(word)
        if token is None:
            return 0
        pointers = self._model.scores["indptr"]
        return int(pointers[token + 1] - pointers[token])

    def __len__(self) -> int:
        """The number of texts."""
        return self._size
