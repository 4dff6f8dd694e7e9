"""BM25 over texts that come and go: counts are kept, and weighed when a query asks.

A score is computed from the columns of the query's own words (Robertson & Zaragoza 2009, in
Lucene's variant), so texts are joined, left out and reordered without touching the others.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, csr_array

from index.analyzer import tokens

K1 = 0.9
B = 0.4
_BATCH = 4096
_MOST = np.iinfo(np.uint16).max

Integers = NDArray[np.int32]
Postings = tuple[NDArray[np.uint16], Integers, Integers]
"""Counts with their texts and their columns, in any order."""

_NONE: Postings = (np.zeros(0, np.uint16), np.zeros(0, np.int32), np.zeros(0, np.int32))


class LexicalField:
    """Token counts of texts that are addressed by their position."""

    def __init__(self, columns: dict[str, int], counts: csc_array, lengths: Integers) -> None:
        """Hold counted texts; `build`, `join` and `unpack` make them.

        Args:
            columns: every token with its column, in the order of the columns.
            counts: shape (texts, columns), uint16.
            lengths: shape (texts,), in tokens.
        """
        self._columns = columns
        self._counts = counts
        self._lengths = lengths

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalField:
        """Count `texts` in order; texts without a token are allowed."""
        columns: defaultdict[str, int] = defaultdict()
        columns.default_factory = columns.__len__  # a new token gets the next column
        parts = [_NONE]
        lengths: list[int] = []
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            found = [[columns[word] for word in tokens(text)] for text in batch]
            parts.append(_counted(found, start, len(columns)))
            lengths += map(len, found)
        return _field(dict(columns), parts, np.array(lengths, dtype=np.int32))

    @classmethod
    def join(cls, fields: Sequence[LexicalField], order: Integers) -> LexicalField:
        """Make one field of several.

        Args:
            fields: their texts are counted through, from the first to the last.
            order: which of these texts to take, in their new order, each at most once.
        """
        lengths = np.concatenate([np.zeros(0, np.int32), *(field._lengths for field in fields)])
        places = np.full(len(lengths), -1, dtype=np.int32)
        places[order] = np.arange(len(order), dtype=np.int32)
        columns: dict[str, int] = {}
        parts, start = [_NONE], 0
        for field in fields:
            known = [columns.setdefault(word, len(columns)) for word in field._columns]
            wide = np.repeat(np.array(known, dtype=np.int32), np.diff(field._counts.indptr))
            rows = places[start : start + len(field)][field._counts.indices]
            kept = rows >= 0
            parts.append((field._counts.data[kept], rows[kept], wide[kept]))
            start += len(field)
        return _field(columns, parts, lengths[order])

    @classmethod
    def unpack(cls, data: bytes) -> LexicalField:
        """Read what `pack` returned.

        Raises:
            ValueError, KeyError, OSError, zipfile.BadZipFile: if it is something else.
        """
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            words = arrays["words"].tobytes().decode("utf-8").split("\n")
            columns = {word: column for column, word in enumerate(words) if word}
            lengths = arrays["lengths"]
            stored = (arrays["counts"], arrays["rows"], arrays["starts"])
            return cls(columns, csc_array(stored, (len(lengths), len(columns))), lengths)

    def pack(self) -> bytes:
        """Return the field in NumPy's npz format."""
        file = io.BytesIO()
        np.savez(
            file,
            words=np.frombuffer("\n".join(self._columns).encode("utf-8"), dtype=np.uint8),
            counts=self._counts.data,
            rows=self._counts.indices,
            starts=self._counts.indptr,
            lengths=self._lengths,
        )
        return file.getvalue()

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every text, shape (n,), 0 where no word occurs."""
        times = Counter(word for word in words if word in self._columns)
        frequencies = np.array([self.document_frequency(word) for word in times], dtype=np.float64)
        rarity = np.log1p((len(self) - frequencies + 0.5) / (frequencies + 0.5))
        query = (rarity * list(times.values())).astype(np.float32)
        scores: NDArray[np.float32] = (
            self._weights[:, [self._columns[word] for word in times]] @ query
        )
        return scores

    @cached_property
    def _weights(self) -> csc_array:
        """What each count weighs, but for the rarity of its token."""
        mean = self._lengths.mean() if self._lengths.any() else 1.0
        norms = (K1 * (1 - B + B * self._lengths / mean)).astype(np.float32)
        weights = self._counts.data.astype(np.float32)
        weights /= weights + norms[self._counts.indices]
        return csc_array((weights, self._counts.indices, self._counts.indptr), self._counts.shape)

    def document_frequency(self, word: str) -> int:
        """Return in how many texts a token stands."""
        column = self._columns.get(word)
        if column is None:
            return 0
        return int(self._counts.indptr[column + 1] - self._counts.indptr[column])

    def __len__(self) -> int:
        """The number of texts."""
        return len(self._lengths)


def _counted(texts: Sequence[Sequence[int]], start: int, width: int) -> Postings:
    """Count the tokens of texts, given as columns; the first text has position `start`."""
    wide = np.fromiter(chain.from_iterable(texts), dtype=np.int32)
    ends = np.cumsum([0, *map(len, texts)], dtype=np.int32)
    ones = np.ones(len(wide), dtype=np.int32)
    matrix = csr_array((ones, wide, ends), (len(texts), width))
    matrix.sum_duplicates()
    rows = np.repeat(np.arange(len(texts), dtype=np.int32) + start, np.diff(matrix.indptr))
    return np.minimum(matrix.data, _MOST).astype(np.uint16), rows, matrix.indices


def _field(columns: dict[str, int], parts: Sequence[Postings], lengths: Integers) -> LexicalField:
    """Sort postings into columns; a column without any is dropped."""
    counts, rows, wide = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    matrix = coo_array((counts, (rows, wide)), (len(lengths), len(columns))).tocsc()
    used = np.diff(matrix.indptr) > 0
    if not used.all():
        words = (word for word, keep in zip(columns, used, strict=True) if keep)
        columns = {word: column for column, word in enumerate(words)}
        matrix = matrix[:, used]
    return LexicalField(columns, matrix, lengths)
