"""The index as seen by llama-index: real pipelines and indexes, offline, no global models."""

import asyncio
import re
from pathlib import Path

import pytest
from llama_index.core import Document, SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import MetadataMode, NodeWithScore, TextNode

from index.build import build_store, read_library
from index.embedding import Embedding, load_embedding
from index.llama import (
    ClauseEmbedding,
    ClauseNodeParser,
    ClauseRetriever,
    clause_to_node,
    node_to_hit,
)
from index.search import Searcher, SearchQuery

DOCS = Path(__file__).resolve().parents[2] / "docs_src"
GOAL = "gaoping_2021_37#四/（二）/3"
QUESTION = "高平中专2022年招生目标是多少"


def read() -> list[Document]:
    return SimpleDirectoryReader(DOCS).load_data()


@pytest.fixture(scope="module")
def embedding() -> Embedding:
    return load_embedding("")


@pytest.fixture(scope="module")
def searcher(embedding) -> Searcher:
    return Searcher(build_store(read_library(DOCS).parsed, embedding), embedding)


@pytest.fixture(scope="module")
def pipeline(embedding) -> IngestionPipeline:
    return IngestionPipeline(transformations=[ClauseNodeParser(), ClauseEmbedding(embedding)])


@pytest.fixture(scope="module")
def nodes(pipeline) -> list[TextNode]:
    return list(pipeline.run(documents=read()))


def test_pipeline_makes_the_clauses_of_the_own_index(nodes, searcher):
    made = {node.node_id: node for node in nodes}
    assert len(made) == len(nodes)
    assert set(made) == {clause.clause_id for clause in searcher.store.clauses}
    for clause in searcher.store.clauses:
        own = clause_to_node(searcher.store.documents[clause.doc_id], clause)
        node = made[clause.clause_id]
        assert (node.text, node.start_char_idx, node.end_char_idx) == (
            own.text,
            own.start_char_idx,
            own.end_char_idx,
        )


def test_pipeline_embeds_every_node(nodes, embedding):
    assert {len(node.embedding) for node in nodes} == {embedding.dim}
    text = nodes[7].get_content(metadata_mode=MetadataMode.EMBED)
    assert nodes[7].embedding == pytest.approx(embedding.encode([text])[0].tolist(), abs=1e-6)


def test_spans_hold_the_text_of_the_source(nodes):
    texts = {document.metadata["file_name"]: document.text for document in read()}
    for node in nodes:
        source = texts[node.metadata["file_name"]]
        assert source[node.start_char_idx : node.end_char_idx] == node.text


def test_span_over_a_page_break_holds_the_dropped_characters_too():
    first, second = "一、提升质量。学校应当健全招生机制，", "统筹高中阶段学校的招生工作。"
    document = Document(text=f"{first}\n— 3 —\n{second}\n二、**加强**保障。\n", doc_id="方案")
    joined, plain = ClauseNodeParser()([document])[-2:]
    assert joined.text == first + second
    span = document.text[joined.start_char_idx : joined.end_char_idx]
    assert re.sub(r"\n— 3 —\n", "", span) == joined.text
    span = document.text[plain.start_char_idx : plain.end_char_idx]
    assert span.replace("**", "") == plain.text == "二、加强保障。"


def test_clause_that_is_quoted_earlier_keeps_its_own_span():
    text = "一、目标。各项要求按“二、保障”执行。\n二、保障\n（一）见附件。\n（二）见附件。\n"
    document = Document(text=text, doc_id="方案")
    made = ClauseNodeParser()([document])
    assert [n.text for n in made] == text.splitlines()
    assert [n.start_char_idx for n in made] == [0, 20, 25, 33]


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_empty_document_gives_no_nodes(text):
    assert ClauseNodeParser()([Document(text=text)]) == []


def test_windows_line_ends_do_not_shift_spans():
    text = (DOCS / "gaoping_2021_37.md").read_text("utf-8").replace("\n", "\r\n")
    made = ClauseNodeParser()([Document(text=text, doc_id="高平")])
    assert [text[n.start_char_idx : n.end_char_idx] for n in made] == [n.text for n in made]


def test_ids_stay_the_same_while_documents_change_theirs(nodes):
    again = ClauseNodeParser().get_nodes_from_documents(read())
    assert [node.node_id for node in again] == [node.node_id for node in nodes]
    assert len({node.node_id for node in again}) == len(again)


def test_async_pipeline_makes_the_same_nodes(embedding, nodes):
    parts = [ClauseNodeParser(), ClauseEmbedding(embedding)]
    made = asyncio.run(IngestionPipeline(transformations=parts).arun(documents=read()))
    assert [node.node_id for node in made] == [node.node_id for node in nodes]
    assert made[0].embedding == pytest.approx(nodes[0].embedding)


def test_neighbours_and_source_are_related():
    documents = read()
    made = ClauseNodeParser()(documents)
    for document in documents:
        own = [node for node in made if node.ref_doc_id == document.doc_id]
        assert own[0].prev_node is None
        assert own[-1].next_node is None
        ids = [node.node_id for node in own]
        assert [node.next_node.node_id for node in own[:-1]] == ids[1:]
        assert [node.prev_node.node_id for node in own[1:]] == ids[:-1]


def test_metadata_is_flat_and_only_telling_fields_reach_the_models(nodes):
    node = next(node for node in nodes if node.node_id == GOAL)
    assert node.metadata["doc_id"] == "gaoping_2021_37"
    assert node.metadata["title"] == "高平市推进职业教育改革发展行动计划"
    assert node.metadata["number"] == "高政办发〔2021〕37号"
    assert node.metadata["issuer"] == "高平市人民政府办公室"
    assert node.metadata["clause_path"] == "四、重点任务（二）3"
    assert node.metadata["kind"] == "paragraph"
    assert all(isinstance(value, str | int) for value in node.metadata.values())
    title, path, number = (node.metadata[key] for key in ("title", "clause_path", "number"))
    embedded = node.get_content(metadata_mode=MetadataMode.EMBED)
    assert embedded == f"{title}\n{path}\n\n{node.text}"
    read_by_model = node.get_content(metadata_mode=MetadataMode.LLM)
    assert number in read_by_model
    assert node.metadata["file_path"] not in read_by_model


def test_documents_of_one_name_are_refused():
    twins = [Document(text="一、目标", doc_id=i, metadata={"file_name": "a.md"}) for i in "12"]
    with pytest.raises(ValueError, match="a#一"):
        ClauseNodeParser()(twins)


def test_vector_index_retrieves_offline(nodes, embedding):
    index = VectorStoreIndex(nodes, embed_model=ClauseEmbedding(embedding))
    retriever = index.as_retriever(similarity_top_k=5)
    found = retriever.retrieve(QUESTION)
    assert len(found) == 5
    assert GOAL in [node.node_id for node in found]
    assert [n.node_id for n in asyncio.run(retriever.aretrieve(QUESTION))] == [
        n.node_id for n in found
    ]


def test_retriever_returns_the_hits_of_the_searcher_best_first(searcher):
    found = ClauseRetriever(searcher, similarity_top_k=7).retrieve(QUESTION)
    hits = searcher.search(SearchQuery(QUESTION), 7)
    assert [(n.node_id, n.score) for n in found] == [(h.clause.clause_id, h.score) for h in hits]
    assert GOAL in [n.node_id for n in found[:2]]
    assert found[0].node.ref_doc_id == "gaoping_2021_37"


def test_retriever_finds_the_clause_that_says_it_first(searcher):
    found = ClauseRetriever(searcher, 3).retrieve("高平中专2022年招生人数要达到多少")
    assert found[0].node_id == GOAL


def test_retriever_works_in_an_event_loop(searcher):
    retriever = ClauseRetriever(searcher, 3)
    found = asyncio.run(retriever.aretrieve(QUESTION))
    assert found == retriever.retrieve(QUESTION)


def test_nodes_become_hits_again(searcher):
    clauses = {clause.clause_id: clause for clause in searcher.store.clauses}
    found = ClauseRetriever(searcher, 2).retrieve(QUESTION)
    hits = [node_to_hit(node, rank, clauses) for rank, node in enumerate(found, 1)]
    assert [(h.clause, h.score) for h in hits] == [
        (h.clause, h.score) for h in searcher.search(SearchQuery(QUESTION), 2)
    ]
    assert node_to_hit(NodeWithScore(node=found[0].node), 1, clauses).score == 0.0
    with pytest.raises(KeyError):
        node_to_hit(NodeWithScore(node=TextNode(text="别处")), 1, clauses)
