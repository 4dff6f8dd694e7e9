"""Vectors that were computed before, kept in a file, so that a text is embedded once."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path

import numpy as np

from index.embedding import Embedding, Vectors

_MOST = 200_000
_AT_ONCE = 500  # SQLite takes only so many blanks in a query


class CachedEmbedding:
    """An embedding that remembers; trouble with its file only means that the model is asked."""

    def __init__(self, embedding: Embedding, path: Path, most: int = _MOST) -> None:
        """Put a cache before an embedding.

        Args:
            embedding: the model, which is asked for what is new.
            path: an SQLite file, made when there is something to keep.
            most: how many vectors are kept; beyond that the oldest are forgotten.
        """
        self._embedding = embedding
        self._path = path
        self._most = most

    @property
    def name(self) -> str:
        """The name of the model."""
        return self._embedding.name

    @property
    def dim(self) -> int:
        """The width of the vectors."""
        return self._embedding.dim

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, shape (n, dim), as the model does."""
        keys = [self._key(text) for text in texts]
        known = self._recall(keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        rows = self._embedding.encode(list(new.values())) if new else ()
        fresh = dict(zip(new, rows, strict=True))
        self._remember(fresh)
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, key in zip(vectors, keys, strict=True):
            row[:] = known[key] if key in known else fresh[key]
        return vectors

    def _key(self, text: str) -> bytes:
        return blake2b(f"{self.name}\n{text}".encode(), digest_size=16).digest()

    def _recall(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        found: list[tuple[bytes, bytes]] = []
        try:
            with closing(self._open()) as file:
                for start in range(0, len(keys), _AT_ONCE):
                    asked = keys[start : start + _AT_ONCE]
                    blanks = ",".join("?" * len(asked))
                    query = f"SELECT key, vector FROM vectors WHERE key IN ({blanks})"
                    found += file.execute(query, asked)
        except sqlite3.OperationalError:  # locked, or out of reach
            return {}
        except sqlite3.DatabaseError:  # damaged beyond reading
            with suppress(OSError):
                self._path.unlink()
            return {}
        size = 4 * self.dim  # bytes, before the checksum
        return {
            key: np.frombuffer(data[:size], dtype=np.float32)
            for key, data in found
            if len(data) == size + 4 and _checksum(data[:size]) == data[size:]
        }

    def _remember(self, vectors: Mapping[bytes, Vectors]) -> None:
        rows = [(key, row.tobytes() + _checksum(row.tobytes())) for key, row in vectors.items()]
        if not rows:
            return
        forget = "DELETE FROM vectors WHERE rowid <= (SELECT MAX(rowid) FROM vectors) - ?"
        try:
            with closing(self._open()) as file, file:
                file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                file.execute(forget, (self._most,))
        except sqlite3.Error:  # locked, full, out of reach: it is asked for again some day
            return

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._path, timeout=1)
        file.execute("PRAGMA synchronous = OFF")  # what is lost in a crash is computed again
        file.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB UNIQUE NOT NULL, vector BLOB NOT NULL)"
        )
        return file


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "little")
