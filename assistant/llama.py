"""The assistant as a llama-index query engine."""

from __future__ import annotations

import asyncio

from llama_index.core.base.response.schema import Response
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore

from assistant.engine import Assistant
from assistant.records import answer_record
from assistant.types import Answer
from index.llama import clause_to_node


class PolicyQueryEngine(CustomQueryEngine):
    """Answers single questions with an `Assistant`; conversations need the assistant itself."""

    _assistant: Assistant = PrivateAttr()

    def __init__(self, assistant: Assistant) -> None:
        """Wrap an assistant."""
        super().__init__()
        self._assistant = assistant

    def custom_query(self, query_str: str) -> Response:
        """Answer a question, or refuse it: `metadata["status"]` tells.

        `metadata` is the record of `assistant.records`; the node of marker 〔n〕 is
        `source_nodes[n - 1]`, so a clause that is quoted twice stands there twice.
        """
        answer = self._assistant.ask(query_str)
        return Response(answer.text, _source_nodes(answer), answer_record(answer))

    async def acustom_query(self, query_str: str) -> Response:
        """Answer a question in a thread, so that the event loop goes on."""
        return await asyncio.to_thread(self.custom_query, query_str)


def _source_nodes(answer: Answer) -> list[NodeWithScore]:
    """Return the cited clauses with their search scores, in the order of the markers."""
    scores = {hit.clause.clause_id: hit.score for hit in answer.hits}
    return [
        NodeWithScore(
            node=clause_to_node(citation.document, citation.clause),
            score=scores.get(citation.clause.clause_id),
        )
        for citation in sorted(answer.citations, key=lambda citation: citation.marker)
    ]
