"""Metrics by name, on answers scored by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.types import Answer, Status
from eval.dataset import QAItem
from eval.metrics import judge
from eval.scores import BY_NAME, Sureness, confidence_of, ranking_of, scores_of, sureness_of
from index.types import Clause, Hit

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]


def _scores(item: QAItem, answer: Answer) -> dict[str, float]:
    return scores_of(item, answer, judge(item, answer))


def test_an_answerable_item_has_every_metric_but_false_answer(
    make_item: MakeItem, make_answer: MakeAnswer
) -> None:
    scores = _scores(make_item(), make_answer("20%以上〔1〕"))
    assert set(scores) == set(BY_NAME) - {"false_answer"}
    assert scores["correct_cited_concise"] == scores["exact_match"] == 1
    assert scores["citation_precision"] == scores["citation_recall"] == 1
    assert scores["false_refusal"] == scores["ungrounded"] == 0


def test_the_gold_clause_stands_second(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    scores = _scores(make_item(), make_answer("20%以上〔1〕"))
    assert scores["clause_success@1"] == 0
    assert scores["clause_success@5"] == scores["clause_recall@10"] == 1
    assert scores["clause_mrr"] == 0.5
    assert scores["clause_ndcg@10"] == pytest.approx(0.6309, abs=1e-4)  # 1 / log2(3)
    assert scores["document_success@1"] == scores["document_ndcg@10"] == 1


def test_an_unanswerable_item_only_has_what_applies(
    make_item: MakeItem, make_answer: MakeAnswer
) -> None:
    item = make_item(answerable=False)
    assert _scores(item, make_answer("2027年〔1〕")) == {"false_answer": 1, "ungrounded": 1}
    refused = make_answer("没有规定", Status.REFUSED, ())
    assert _scores(item, refused) == {"false_answer": 0, "ungrounded": 0}


def test_a_wrong_answer_with_the_right_clause_is_neither_cited_nor_concise(
    make_item: MakeItem, make_answer: MakeAnswer
) -> None:
    scores = _scores(make_item(), make_answer("21%以上〔1〕"))
    assert (scores["correct"], scores["correct_cited"], scores["citation_recall"]) == (0, 0, 1)
    assert scores["correct_cited_concise"] == 0


def test_the_headline_is_what_is_compared(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    long = make_answer("20%以上〔1〕\n到2022年，达到中考总人数的20%以上〔1〕")
    assert _scores(make_item(), long)["exact_match"] == 0
    assert _scores(make_item(), replace(long, headline="20%以上"))["exact_match"] == 1


def test_a_repeated_gold_clause_gains_nothing(
    make_item: MakeItem, make_answer: MakeAnswer, clauses: tuple[Clause, ...]
) -> None:
    below = replace(clauses[0], clause_id="d#四/（二）/3/（1）")
    hits = (Hit(below, 2.0, 1), Hit(clauses[0], 1.0, 2))
    scores = _scores(make_item(), replace(make_answer("20%"), hits=hits))
    assert scores["clause_ndcg@10"] == scores["clause_recall@10"] == 1


def test_ranking_takes_turns_between_parts_and_falls_back_to_citations(
    make_answer: MakeAnswer, clauses: tuple[Clause, ...]
) -> None:
    first, second, third = clauses
    parts = (Hit(first, 3, 1), Hit(second, 2, 2), Hit(third, 9, 1), Hit(first, 1, 2))
    answer = make_answer("20%")
    found = [first.clause_id, third.clause_id, second.clause_id]
    assert ranking_of(replace(answer, hits=parts)) == found
    assert ranking_of(replace(answer, hits=())) == [first.clause_id]


def test_sureness_is_that_of_the_weakest_part_that_passed(make_answer: MakeAnswer) -> None:
    def traced(*lines: str) -> Answer:
        return replace(make_answer("20%"), trace=lines)

    passed = traced("直接1 把握0.80 门槛0.35 |", "把握0.50 门槛0.35", "把握0.10 门槛0.35")
    assert sureness_of(passed) == Sureness(0.5, 0.35)
    assert sureness_of(traced("把握0.31 门槛0.35", "把握0.10 门槛0.35")) == Sureness(0.31, 0.35)
    assert sureness_of(traced("核对3处")) is None
    assert confidence_of(traced()) == 1.0  # the score of its first hit
    assert confidence_of(passed) == 0.5
