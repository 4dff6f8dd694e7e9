"""Baselines over a tiny library, and over the documents in the repository."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from llama_index.core.node_parser import SentenceSplitter

from assistant.settings import Settings
from assistant.types import Status
from eval.baselines import (
    DEPTH,
    Baseline,
    BaselineError,
    JiebaBaseline,
    LlamaIndexBaseline,
    TopClauseBaseline,
    make_baselines,
)
from index.build import build_store
from index.embedding import Embedding
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents
from index.types import ParsedDocument

TEXT = """关于发展职业教育的实施方案

一、扩大招生
中专招生2022年达到中考总人数的20%以上。

二、加强师资
教师每五年轮训一次，由教育局负责。

三、保障经费
实训基地经费由财政局安排。
"""


@pytest.fixture(scope="module")
def parsed() -> tuple[ParsedDocument, ...]:
    """One document with three headings."""
    return parse_documents(SourceText("plan", "plan.txt", TEXT, ""))


@pytest.fixture(scope="module")
def systems(parsed: Sequence[ParsedDocument], embedding: Embedding) -> tuple[Baseline, ...]:
    """The three baselines; the splitter cuts every sentence or two."""
    documents = [item.document for item in parsed]
    clauses = [clause for item in parsed for clause in item.clauses]
    splitter = SentenceSplitter(chunk_size=60, chunk_overlap=0)
    return (
        LlamaIndexBaseline(documents, clauses, embedding, splitter),
        JiebaBaseline(documents, clauses),
        TopClauseBaseline(build_store(parsed, embedding), embedding),
    )


def test_each_answers_with_what_it_finds_first(systems: tuple[Baseline, ...]) -> None:
    for system in systems:
        answer = system.ask("教师每五年轮训一次，由谁负责", history=())
        assert answer.status is Status.ANSWERED, system.name
        assert "教育局" in answer.text, system.name
        assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
        scores = [hit.score for hit in answer.hits]
        assert scores == sorted(scores, reverse=True)
        assert len({hit.clause.clause_id for hit in answer.hits}) == len(answer.hits) <= 10
        assert "教育局" in "".join(citation.quote for citation in answer.citations)


def test_citations_are_clauses_of_the_documents(systems: tuple[Baseline, ...]) -> None:
    for system in systems:
        answer = system.ask("中专招生目标")
        assert answer.citations
        for number, citation in enumerate(answer.citations, 1):
            assert citation.marker == number
            assert f"〔{number}〕" in answer.text
            assert citation.clause in system.clauses
            assert citation.document in system.documents
            assert citation.clause.text[citation.start : citation.end] == citation.quote


def test_a_passage_rests_on_all_clauses_it_overlaps(systems: tuple[Baseline, ...]) -> None:
    llama = systems[0]
    assert isinstance(llama, LlamaIndexBaseline)
    assert len(llama.passages) > 1
    text = llama.documents[0].text
    covered = {clause.clause_id for passage in llama.passages for clause in passage.clauses}
    assert covered == {clause.clause_id for clause in llama.clauses}
    for passage in llama.passages:
        start = text.index(passage.text)
        first, last = passage.clauses[0], passage.clauses[-1]
        assert first.start <= start < first.end
        assert last.start < start + len(passage.text) <= last.end


@pytest.mark.parametrize("place", [0, 1, 2])
def test_nothing_found_is_refused(place: int, systems: tuple[Baseline, ...]) -> None:
    answer = systems[place].ask("x")
    assert (answer.status, answer.citations, answer.hits) == (Status.REFUSED, (), ())


def test_without_jieba_the_user_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jieba", None)
    with pytest.raises(BaselineError, match="jieba"):
        JiebaBaseline([], [])


def test_made_over_the_documents_of_the_settings(docs: Path) -> None:
    made = make_baselines(replace(Settings(), docs=docs, index=None))
    assert [system.name for system in made] == ["llama-index", "BM25+jieba", "检索首条"]
    assert len({len(system.clauses) for system in made}) == 1
    assert len({system.documents for system in made}) == 1
    assert len(made[1].ask("高平中专2022年招生目标是多少").hits) == DEPTH
