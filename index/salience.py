"""The words of a text with their weight in the language at large.

A rare word of a question (公积金) says what it is about, a frequent one (怎么, 请问) does not, whether
or not the documents hold it. Words and weights are those of the built-in static embedding: the
length of a word's vector grows as the word gets rarer (smooth inverse frequency, Arora et al.,
ICLR 2017; `index/model/README.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.embedding import BUILT_IN


@dataclass(frozen=True, slots=True)
class Piece:
    """A sub-word of a text: `text[start:end]`, its place in the vocabulary, its vector's length."""

    number: int
    start: int
    end: int
    length: float


class Salience:
    """Cuts texts in search form into words and weighs them."""

    def __init__(self) -> None:
        """Read vocabulary and vectors of the built-in embedding."""
        vectors = load_file(BUILT_IN / "model.safetensors")["embedding.weight"]
        self._vectors = vectors.astype(np.float32)
        lengths = np.linalg.norm(self._vectors, axis=1)
        self._tokenizer = Tokenizer.from_file(str(BUILT_IN / "tokenizer.json"))
        self._lengths = lengths.tolist()
        words = (self._tokenizer.id_to_token(number) for number in range(len(lengths)))
        self._digits = np.array([any(map(str.isdigit, word or "")) for word in words], bool)

    def words(self, text: str) -> tuple[str, ...]:
        """Return the sub-words of `text` in order."""
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).tokens)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """Cut `text` into sub-words, in order; blanks are left out."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return tuple(
            Piece(number, start, end, self._lengths[number])
            for number, (start, end) in zip(encoding.ids, encoding.offsets, strict=True)
            if text[start:end].strip()
        )

    def places(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the sub-words of a text by number, and where each starts; one unknown for none."""
        return _places(self, text)

    def meaning(self, text: str) -> NDArray[np.float32]:
        """Return the mean vector of a text at length one, zeros for a text without words."""
        numbers = self._tokenizer.encode(text, add_special_tokens=False).ids
        if not numbers:
            return np.zeros(self._vectors.shape[1], np.float32)
        mean = self._vectors[numbers].mean(axis=0)
        found: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1e-6)
        return found

    def meanings(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the mean vector of each text at length one, shape (len(texts), dimension)."""
        return np.stack([_meaning(self, text) for text in texts])

    def digits(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which sub-words hold a digit."""
        found: NDArray[np.bool_] = self._digits[numbers]
        return found

    def vectors(self, numbers: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of sub-words, shape (len(numbers), dimension): longer for rarer ones."""
        found: NDArray[np.float32] = self._vectors[np.asarray(numbers, np.int64)]
        return found


def scaled(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors at length one, shape (n, dimension); a row of zeros stays one."""
    found: NDArray[np.float32] = vectors / np.maximum(
        np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6
    )
    return found


@lru_cache(maxsize=32768)
def _meaning(salience: Salience, text: str) -> NDArray[np.float32]:
    return salience.meaning(text)


@lru_cache(maxsize=32768)
def _places(salience: Salience, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    pieces = salience.pieces(text)
    numbers = np.array([piece.number for piece in pieces] or [0], np.int64)
    return numbers, np.array([piece.start for piece in pieces] or [0], np.int64)


@lru_cache(maxsize=1)
def load_salience() -> Salience:
    """Load the words and weights once for the process."""
    return Salience()
