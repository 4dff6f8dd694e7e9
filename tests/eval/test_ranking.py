"""Ranking measures against ir_measures (trec_eval), on random runs, and by hand."""

from __future__ import annotations

import random

import ir_measures
import pytest
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

from eval.matching import supports
from eval.ranking import (
    credited,
    documents_of,
    mean,
    ndcg_at,
    recall_at,
    reciprocal_rank,
    success_at,
)

MEASURES = [Success @ 1, Success @ 5, R @ 5, R @ 10, RR, RR @ 3, nDCG @ 5, nDCG @ 10]


def _ours(name: str, ranked: list[str], grades: dict[str, int]) -> float:
    relevant = {passage for passage, grade in grades.items() if grade > 0}
    kind, _, depth = name.partition("@")
    k = int(depth) if depth else 1000
    return {
        "Success": lambda: success_at(ranked, relevant, k),
        "R": lambda: recall_at(ranked, relevant, k),
        "RR": lambda: reciprocal_rank(ranked, relevant, k if depth else None),
        "nDCG": lambda: ndcg_at(ranked, grades, k),
    }[kind]()


@pytest.mark.parametrize("seed", range(20))
def test_as_trec_eval(seed: int) -> None:
    source = random.Random(seed)
    names = [f"d{n}" for n in range(30)]
    grades = {name: source.choice([0, 0, 1, 2, 3]) for name in source.sample(names, 8)}
    grades[names[0]] = 1
    ranked = source.sample(names, source.choice([3, 12, 30]))
    qrels = [Qrel("q", name, grade) for name, grade in grades.items()]
    run = [ScoredDoc("q", name, 100.0 - rank) for rank, name in enumerate(ranked)]
    expected = ir_measures.calc_aggregate(MEASURES, qrels, run)
    for measure in MEASURES:
        assert _ours(str(measure), ranked, grades) == pytest.approx(expected[measure]), measure


def test_nothing_relevant_scores_nothing() -> None:
    assert success_at(["a"], [], 1) == recall_at(["a"], [], 1) == 0
    assert reciprocal_rank(["a"], []) == ndcg_at(["a"], {"a": 0}, 1) == 0
    assert mean([]) == 0
    assert mean([1, 0, 1, 0]) == 0.5


def test_documents_keep_their_first_place() -> None:
    assert documents_of(["b#一", "a#二", "b#三", "a#二/1"]) == ("b", "a")


def test_a_gold_clause_is_credited_once_where_it_is_first_supported() -> None:
    ranked = ["d#一", "d#四/（二）/3", "d#四/（二）/4", "e#五/段1"]
    found = credited(ranked, ["d#四/（二）", "e#五"], supports)
    assert found == ("d#一", "d#四/（二）", "d#四/（二）/4", "e#五")
    assert recall_at(found, ["d#四/（二）", "e#五"], 3) == 0.5
