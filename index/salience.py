"""The words of a text with their weight in the language at large.

A rare word of a question (公积金) says what it is about, a frequent one (怎么, 请问) does not, whether
or not the documents hold it. Words and weights are those of the built-in static embedding: the
length of a word's vector grows as the word gets rarer (smooth inverse frequency, Arora et al.,
ICLR 2017; `index/model/README.md`).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.embedding import BUILT_IN

_PLAIN = 2.2  # the length that words without a meaning of their own stay below


class Salience:
    """Cuts texts in search form into words and weighs them."""

    def __init__(self) -> None:
        """Read vocabulary and vector lengths of the built-in embedding."""
        vectors = load_file(BUILT_IN / "model.safetensors")["embedding.weight"]
        lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
        self._tokenizer = Tokenizer.from_file(str(BUILT_IN / "tokenizer.json"))
        self._weights = np.maximum(lengths - _PLAIN, 0.0).tolist()

    def words(self, text: str) -> tuple[tuple[str, float], ...]:
        """Return the words of `text` in order, each with its weight, 0 for plain ones."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        weights = (self._weights[i] for i in encoding.ids)
        return tuple(zip(encoding.tokens, weights, strict=True))


@lru_cache(maxsize=1)
def load_salience() -> Salience:
    """Load the words and weights once for the process."""
    return Salience()
