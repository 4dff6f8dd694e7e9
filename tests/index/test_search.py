"""A query to hits: order, ranks, traces and routing."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from index.build import build_store, read_library, under
from index.errors import BrokenIndexError
from index.search import Searcher, SearchQuery, Weights


@pytest.fixture
def searcher(store, embedding):
    return Searcher(store, embedding)


@pytest.mark.parametrize("text", ["学校演练", "招生", "六月一日报名时间", "校车"])
def test_ranks_count_from_one_and_scores_do_not_increase(searcher, text):
    hits = searcher.search(SearchQuery(text), 50)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0
    assert len({hit.clause.clause_id for hit in hits}) == len(hits)


@pytest.mark.parametrize("k", [1, 3, 1000])
def test_at_most_k_hits_come_back_and_always_the_best(searcher, k):
    hits = searcher.search(SearchQuery("学校"), k)
    every = searcher.search(SearchQuery("学校"), 1000)
    assert hits == every[:k]
    assert 3 < len(every) <= len(searcher.store.clauses)


def test_of_equal_clauses_the_first_of_the_library_comes_first(parse, embedding):
    (item,) = parse("白河市办法\n第一条 校车由公安部门管理。\n")
    parsed = [under(replace(item.document, doc_id=name), item) for name in "abcd"]
    searcher = Searcher(build_store(parsed, embedding), embedding)
    for k in (1, 2, 3, 4):
        hits = searcher.search(SearchQuery("校车由公安部门管理"), k)
        assert [hit.clause.doc_id for hit in hits] == list("abcd")[:k]


def test_the_clause_that_says_it_comes_first(searcher):
    best = searcher.search(SearchQuery("校车由谁管理"), 1)[0]
    assert best.clause.clause_id == "rules#第二条"


def test_the_trace_adds_up_to_the_score(searcher):
    for hit in searcher.search(SearchQuery("学校演练", within=("rules",)), 5):
        parts = sum(hit.trace[name] for name in ("lexical", "context", "dense"))
        assert hit.score == pytest.approx(parts, abs=1e-5)
        assert -1 <= hit.trace["cosine"] <= 1


@pytest.mark.parametrize("within", [("rules",), ("notice",), ("notice", "rules")])
def test_only_the_named_documents_are_searched_and_all_of_them(searcher, within):
    hits = searcher.search(SearchQuery("学校", within=within), 99)
    assert {hit.clause.doc_id for hit in hits} == set(within)
    assert hits[0].trace["lexical"] == pytest.approx(1.0)


def test_a_document_is_found_however_much_the_others_say(parse, embedding):
    (item,) = parse("白河市办法\n第一条 校车由公安部门管理。\n第二条 演练每年一次。\n")
    parsed = [under(replace(item.document, doc_id=f"d{n}"), item) for n in range(60)]
    searcher = Searcher(build_store(parsed, embedding), embedding)
    (best, *rest) = searcher.search(SearchQuery("校车由谁管理", within=("d59",)), 20)
    assert (best.clause.clause_id, best.trace["dense"] > 0) == ("d59#第一条", True)
    assert {hit.clause.doc_id for hit in rest} <= {"d59"}


def test_an_unknown_document_holds_nothing(searcher):
    assert searcher.search(SearchQuery("学校", within=("none",)), 9) == []


def test_an_expansion_counts_less_than_the_question(store, embedding):
    searcher = Searcher(store, embedding, Weights(context=0, dense=0))
    hits = searcher.search(SearchQuery("校车", expansion="演练"), 2)
    assert [hit.clause.labels for hit in hits] == ["第二条", "第一条"]
    swapped = searcher.search(SearchQuery("演练", expansion="校车"), 2)
    assert [hit.clause.labels for hit in swapped] == ["第一条", "第二条"]


def test_weights_scale_their_legs(store, embedding):
    legs = [
        Searcher(store, embedding, Weights(context, dense))
        .search(SearchQuery("学校安全"), 1)[0]
        .trace
        for context, dense in ((1.0, 0.0), (0.0, 1.0), (2.0, 0.0))
    ]
    assert legs[0]["context"] > 0
    assert legs[2]["context"] == pytest.approx(2 * legs[0]["context"])
    assert (legs[0]["dense"], legs[1]["context"]) == (0, 0)
    assert legs[1]["dense"] == pytest.approx(legs[1]["cosine"])


@pytest.mark.parametrize("text", ["", "？！", "zzzz"])
def test_a_question_without_a_known_word_finds_nothing_lexical(searcher, text):
    assert all(hit.trace["lexical"] == 0 for hit in searcher.search(SearchQuery(text), 5))


@pytest.mark.parametrize("name", ["other", "hashed-bigrams"])
def test_another_embedding_than_the_stores_is_refused(store, name):
    dim = 64 if name == "other" else 65
    with pytest.raises(BrokenIndexError, match="嵌入模型"):
        Searcher(store, SimpleNamespace(name=name, dim=dim))


def test_the_repositorys_documents_answer_the_readme_question(docs):
    from index.embedding import load_embedding

    embedding = load_embedding("")
    searcher = Searcher(build_store(read_library(docs).parsed, embedding), embedding)
    hits = searcher.search(SearchQuery("高平中专2022年招生目标"), 3)
    assert "gaoping_2021_37#四/（二）/3" in [hit.clause.clause_id for hit in hits]
