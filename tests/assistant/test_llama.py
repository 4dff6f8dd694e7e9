"""The assistant behind llama-index's query engine, over the digests that come with it."""

import asyncio
import json
from pathlib import Path

import pytest
from llama_index.core.schema import QueryBundle

from assistant.engine import Assistant
from assistant.factory import build_assistant
from assistant.llama import PolicyQueryEngine
from assistant.records import answer_record
from assistant.settings import Settings

QUESTION = "高平中专2022年招生目标是多少"
GOAL = "gaoping_2021_37#四/（二）/3"
DOCS = Path(__file__).resolve().parents[2] / "docs_src"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return build_assistant(Settings(docs=DOCS, index=None))


@pytest.fixture(scope="module")
def engine(assistant) -> PolicyQueryEngine:
    return PolicyQueryEngine(assistant)


def without_time(record):
    return {name: value for name, value in record.items() if name != "latency_ms"}


def test_answer_has_its_clause_as_source(engine):
    response = engine.query(QUESTION)
    assert "20%以上〔1〕" in str(response)
    node = response.source_nodes[0]
    assert node.node_id == GOAL
    assert node.score > 0
    source = (DOCS / "gaoping_2021_37.md").read_text("utf-8")
    assert source[node.node.start_char_idx : node.node.end_char_idx] == node.text


def test_metadata_is_the_machine_record(engine, assistant):
    response = engine.query(QueryBundle(QUESTION))
    record = answer_record(assistant.ask(QUESTION))
    assert without_time(response.metadata) == without_time(record)
    assert json.loads(json.dumps(response.metadata)) == response.metadata


def test_sources_stand_in_the_order_of_the_markers(engine):
    response = engine.query("德州和高平的发文字号分别是什么")
    citations = response.metadata["citations"]
    assert len(citations) > 1
    assert [n.text for n in response.source_nodes] == [c["text"] for c in citations]
    assert [c["marker"] for c in citations] == list(range(1, len(citations) + 1))


def test_refusal_has_words_and_no_sources(engine):
    response = engine.query("北京市朝阳区的落户积分是多少")
    assert response.metadata["status"] == "refused"
    assert str(response)
    assert response.source_nodes == []


def test_async_query_gives_the_same(engine):
    async def both():
        return await asyncio.gather(engine.aquery(QUESTION), engine.aquery(QueryBundle("你好")))

    answer, greeting = asyncio.run(both())
    assert str(answer) == str(engine.query(QUESTION))
    assert [node.node_id for node in answer.source_nodes] == [GOAL]
    assert greeting.metadata["status"] == "chat"
