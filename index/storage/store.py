"""Documents, clauses, BM25 and vectors as one thing to search. The only module that imports faiss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.choice import choose
from index.embedding import Vectors
from index.errors import BrokenIndexError
from index.lexical import LexicalField
from index.storage.manifest import Manifest, read_current, read_manifest
from index.storage.records import read_clauses, read_document
from index.storage.segments import Indexes, read_segments
from index.types import Clause, Document

__all__ = ["ClauseStore", "load_store", "read_manifest", "vector_index"]


class ClauseStore:
    """All clauses of a library, addressed by position, with their three indexes."""

    def __init__(
        self,
        documents: Sequence[Document],
        clauses: Sequence[Clause],
        text: LexicalField,
        context: LexicalField,
        vectors: faiss.Index,
        embedding: str,
    ) -> None:
        """Hold built parts; `index.build.build_store` and `load_store` make them."""
        self.documents = {document.doc_id: document for document in documents}
        self.clauses = tuple(clauses)
        self.text = text
        self.context = context
        self.embedding = embedding
        self._vectors = vectors
        # Questions are asked in parallel; a thread pool for each of them costs more than it gains.
        faiss.omp_set_num_threads(1)

    @property
    def dim(self) -> int:
        """The width of the vectors."""
        return int(self._vectors.d)

    def nearest(
        self, vector: Vectors, k: int, among: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return positions and cosines of the `k` nearest clauses, best first.

        Args:
            vector: shape (dim,), length 1.
            k: at least 1; fewer come back when there are fewer.
            among: positions that may be found, all when None.

        Raises:
            ValueError: if `vector` has not the width of the store.
        """
        if vector.shape != (self.dim,):
            raise ValueError(f"vector of shape {vector.shape} in a store of width {self.dim}")
        params, most = faiss.SearchParameters(), min(k, len(self.clauses))
        if among is not None:
            selector = faiss.IDSelectorBatch(among)  # faiss holds no reference of its own
            params.sel = selector
        cosines, positions = self._vectors.search(vector[None, :], most, params=params)
        found = positions[0] >= 0
        return positions[0][found], cosines[0][found]


def store_of(
    documents: Sequence[Document], clauses: Sequence[Clause], indexes: Indexes, embedding: str
) -> ClauseStore:
    """Join documents with their clauses, in the same order, and the indexes of these."""
    vectors = vector_index(indexes.vectors)
    return ClauseStore(documents, clauses, indexes.text, indexes.context, vectors, embedding)


def vector_index(vectors: Vectors) -> faiss.Index:
    """Build an exact inner-product index over unit vectors; ids are row positions."""
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
    index.add_with_ids(np.ascontiguousarray(vectors), np.arange(len(vectors), dtype=np.int64))
    return index


def load_store(folder: Path, embedding: str) -> ClauseStore:
    """Load the documents of an index that are answered from, in the order of their files.

    Raises:
        BrokenIndexError: if it is missing, torn, altered, or made with another embedding.
    """
    return read_current(folder, lambda manifest: _load(folder, manifest, embedding))


def _load(folder: Path, manifest: Manifest, embedding: str) -> ClauseStore:
    if manifest.embedding != embedding:
        raise BrokenIndexError(
            f"{folder} 里的索引是用嵌入模型 {manifest.embedding} 建立的，"
            f"现在用的是 {embedding}。请重新建立索引。"
        )
    if not manifest.documents:
        return store_of((), (), Indexes.none(manifest.dim), embedding)
    parts, order = read_segments(folder, manifest, list(manifest.segments))
    lines = [line for part in parts for line in part.documents]
    choice = choose([read_document(lines[place]) for place in order])
    lines = [line for part in parts for line in part.clauses]
    documents = [choice.documents[place] for place in choice.places]
    taken = [order[place] for place in choice.places]
    clauses = [
        clause
        for document, place in zip(documents, taken, strict=True)
        for clause in read_clauses(lines[place], document)
    ]
    indexes = Indexes.join([part.indexes for part in parts], taken)
    return store_of(documents, clauses, indexes, embedding)
