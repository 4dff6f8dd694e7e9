"""The parts of the index as llama-index components.

With `assistant.llama` the only module that imports llama-index. Nothing here reads its global
settings: each part is given the model or searcher it works with.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.callbacks import CallbackManager
from llama_index.core.node_parser import NodeParser
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import (
    BaseNode,
    MetadataMode,
    NodeRelationship,
    NodeWithScore,
    ObjectType,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)
from llama_index.core.schema import Document as SourceDocument
from llama_index.core.utils import get_tqdm_iterable

from index.embedding import Embedding
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents
from index.search import Searcher, SearchQuery
from index.types import Clause, Document, Hit

_METADATA = frozenset({"doc_id", "title", "number", "issuer", "clause_path", "kind"})
_NOT_EMBEDDED = ["doc_id", "number", "issuer", "kind"]
_NOT_READ = ["doc_id", "kind"]
_BATCH = 256


def clause_to_node(document: Document, clause: Clause) -> TextNode:
    """Return a clause as a node whose id is the clause's and whose source is its document.

    Character indices count in the file. Metadata is written without its keys in front of the
    text: title and path for embeddings, number and issuer as well for language models.
    """
    start, end = document.file_span(clause.start, clause.end)
    source = RelatedNodeInfo(node_id=document.doc_id, node_type=ObjectType.DOCUMENT)
    return TextNode(
        id_=clause.clause_id,
        text=clause.text,
        start_char_idx=start,
        end_char_idx=end,
        metadata={
            "doc_id": document.doc_id,
            "title": document.title,
            "number": document.number,
            "issuer": document.issuer,
            "clause_path": clause.shown_path,
            "kind": clause.kind.value,
        },
        excluded_embed_metadata_keys=_NOT_EMBEDDED,
        excluded_llm_metadata_keys=_NOT_READ,
        metadata_template="{value}",
        relationships={NodeRelationship.SOURCE: source},
    )


def node_to_hit(found: NodeWithScore, rank: int, clauses: Mapping[str, Clause]) -> Hit:
    """Return a retrieved node as a hit; a missing score counts 0.

    Args:
        found: a node of any llama-index retriever over clause nodes.
        rank: its place in the result, from 1.
        clauses: the clauses of the library by id; a node holds no path and no cells.

    Raises:
        KeyError: if the node is no clause of the library.
    """
    return Hit(clauses[found.node.node_id], found.score or 0.0, rank)


class ClauseNodeParser(NodeParser):
    """Splits documents into one node a clause, with ids that stay the same from run to run.

    Each document must be the whole text of one file. It is called by its `file_name` metadata
    without suffix, else by its id; clause ids begin with that, and `id_func` is not used.
    A 解读 glued behind a plan becomes nodes of a `doc_id` of its own. A document's metadata goes
    along with its nodes, but not into the text for models: a file path tells them nothing.
    """

    @classmethod
    def class_name(cls) -> str:
        """Return the name that stands for the parser in ingestion caches."""
        return "ClauseNodeParser"

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: object
    ) -> list[BaseNode]:
        """Split documents.

        Raises:
            ValueError: if two documents, by having one name, would give the same clause id.
        """
        progress = get_tqdm_iterable(nodes, show_progress, "Parsing nodes")
        parsed: list[BaseNode] = [clause for node in progress for clause in _split(node)]
        for clause_id, count in Counter(node.node_id for node in parsed).items():
            if count > 1:
                raise ValueError(f"two documents give clause {clause_id}: rename one of them")
        return parsed

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, SourceDocument]
    ) -> list[BaseNode]:
        """Add what every parser adds, but keep the spans, which llama-index guesses by search."""
        clauses = [node for node in nodes if isinstance(node, TextNode)]
        spans = [(node.start_char_idx, node.end_char_idx) for node in clauses]
        done = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, (start, end) in zip(clauses, spans, strict=True):
            node.start_char_idx, node.end_char_idx = start, end
        return done


def _split(node: BaseNode) -> Iterator[TextNode]:
    text = node.get_content(metadata_mode=MetadataMode.NONE)
    name = str(node.metadata.get("file_name") or node.node_id)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    origin = node.as_related_node_info()
    unread = sorted(set(node.metadata) - _METADATA)
    for parsed in parse_documents(SourceText(_stem(node), name, text, digest)):
        for clause in parsed.clauses:
            made = clause_to_node(parsed.document, clause)
            made.relationships[NodeRelationship.SOURCE] = origin
            made.excluded_embed_metadata_keys += unread
            made.excluded_llm_metadata_keys += unread
            yield made


def _stem(node: BaseNode) -> str:
    file_name = str(node.metadata.get("file_name") or "")
    name = file_name.rpartition(".")[0] or file_name or node.node_id
    return re.sub(r"[\s#]+", "_", name)


class ClauseEmbedding(BaseEmbedding):
    """An `Embedding` for llama-index; its `model_name` is the embedding's name."""

    _embedding: Embedding = PrivateAttr()

    def __init__(self, embedding: Embedding, embed_batch_size: int = _BATCH) -> None:
        """Wrap an embedding."""
        super().__init__(model_name=embedding.name, embed_batch_size=embed_batch_size)
        self._embedding = embedding

    @classmethod
    def class_name(cls) -> str:
        """Return the name that stands for the class in ingestion caches."""
        return "ClauseEmbedding"

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedding.encode(texts).tolist()
        return rows

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return (await self._aget_text_embeddings([text]))[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return (await self._aget_text_embeddings([query]))[0]


class ClauseRetriever(BaseRetriever):
    """Finds clauses with a `Searcher`: BM25 and cosine over the question as it stands.

    What the assistant adds to a search (synonyms, the place that is meant) is not in it.
    """

    def __init__(
        self,
        searcher: Searcher,
        similarity_top_k: int = 10,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """Wrap a searcher."""
        super().__init__(callback_manager=callback_manager)
        self._searcher = searcher
        self._k = similarity_top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        documents = self._searcher.store.documents
        return [
            NodeWithScore(
                node=clause_to_node(documents[hit.clause.doc_id], hit.clause), score=hit.score
            )
            for hit in self._searcher.search(SearchQuery(query_bundle.query_str), self._k)
        ]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)
