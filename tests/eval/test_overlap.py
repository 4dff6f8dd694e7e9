"""EM, F1, ROUGE-L, citations and risk–coverage: naive oracles, and figures computed by hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from assistant.types import Answer
from eval.dataset import QAItem
from eval.metrics import (
    RiskPoint,
    aurc,
    character_f1,
    citation_precision,
    citation_recall,
    exact_match,
    risk_coverage,
    rouge_l,
)

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]


@pytest.mark.parametrize(
    ("references", "text", "expected"),
    [
        (["达到20%以上。"], "达到20%以上", True),
        (["《光荣》和Ω-Force"], "光荣 和ω-FORCE".replace(" ", ""), True),
        (["1992年", "九二年"], " 九二年 ", True),
        (["1992年"], "1993年", False),
        (["a、b"], "ab", True),
        (["a、b"], "a b", False),
        ([], "", False),
    ],
)
def test_exact_match(references: list[str], text: str, expected: bool) -> None:
    assert exact_match(references, text) is expected


@pytest.mark.parametrize(
    ("reference", "text", "expected"),
    [
        ("光荣和ω-force", "光荣和ω-force", 1.0),
        ("北京大学", "北京的大学", 4 / 9),  # 北京: 2 of 5 and 2 of 4
        ("2019年5月", "5月", 2 / 3),  # the year is one unit
        ("3.5%", "3.5％", 1 / 2),
        ("甲", "乙", 0.0),
        ("，。", "", 0.0),
    ],
)
def test_character_f1(reference: str, text: str, expected: float) -> None:
    assert character_f1([reference], text) == pytest.approx(expected)
    assert character_f1(["无关", reference], text) == pytest.approx(expected)


def _substring(a: str, b: str) -> int:
    pieces = {a[i:j] for i, j in combinations(range(len(a) + 1), 2)}
    return max((len(piece) for piece in pieces if piece in b), default=0)


def _subsequence(a: str, b: str) -> int:
    @cache
    def longest(i: int, j: int) -> int:
        if i == len(a) or j == len(b):
            return 0
        if a[i] == b[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    return longest(0, 0)


@pytest.mark.parametrize("seed", range(30))
def test_overlaps_agree_with_naive_oracles(seed: int) -> None:
    source = random.Random(seed)
    a, b = ("".join(source.choices("甲乙丙丁", k=source.randint(1, 12))) for _ in range(2))
    total = len(a) + len(b)
    assert character_f1([a], b) == pytest.approx(2 * _substring(a, b) / total)
    assert rouge_l([a], b) == pytest.approx(2 * _subsequence(a, b) / total)


def test_rouge_l_takes_the_best_reference() -> None:
    assert rouge_l(["北京大学"], "北京的大学") == pytest.approx(8 / 9)
    assert rouge_l(["上海", "北京大学"], "北京大学") == 1
    assert rouge_l([], "北京大学") == 0


def test_citation_precision(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    item = make_item()
    assert citation_precision(item, make_answer("20%", cited=(0, 1))) == 0.5
    assert citation_precision(item, make_answer("20%", cited=())) == 0
    assert citation_precision(make_item(answerable=False), make_answer("20%")) is None


def test_citation_recall_counts_what_the_cited_gold_clauses_support(
    make_item: MakeItem, make_answer: MakeAnswer
) -> None:
    item = make_item(elements=[["20%", "二成"], ["市教育局"]], clauses=["四/（二）/3", "附件/1"])
    assert citation_recall(item, make_answer("", cited=(0,))) == 0.5
    assert citation_recall(item, make_answer("", cited=(0, 2))) == 1
    assert citation_recall(item, make_answer("", cited=(1,))) == 0
    assert citation_recall(make_item(answerable=False), make_answer("")) is None


def test_citation_recall_of_a_comparison_counts_documents(
    make_item: MakeItem, make_answer: MakeAnswer
) -> None:
    item = make_item(type="compare", clauses=["四/（二）/3", "e#五"])
    assert citation_recall(item, make_answer("", cited=(0,))) == 0.5
    assert citation_recall(item, make_answer("", cited=(1,))) == 0


def test_risk_coverage_by_hand() -> None:
    curve = risk_coverage([0.9, 0.2, 0.5, 0.5], [False, True, True, False])
    assert curve == (RiskPoint(0.9, 0.25, 0), RiskPoint(0.5, 0.75, 1 / 3), RiskPoint(0.2, 1, 0.5))
    assert aurc(curve) == pytest.approx(0.25 * 0 + 0.5 / 3 + 0.25 * 0.5)
    assert risk_coverage([], []) == ()
    assert aurc(()) == 0
    with pytest.raises(ValueError, match="zip"):
        risk_coverage([0.1], [])


def test_aurc_is_the_mean_selective_risk() -> None:
    random_numbers = np.random.default_rng(0)
    sure = random_numbers.random(50)
    wrong = random_numbers.random(50) < 0.3
    ordered = wrong[np.argsort(-sure)]
    expected = (np.cumsum(ordered) / np.arange(1, 51)).mean()
    assert aurc(risk_coverage(list(sure), list(wrong))) == pytest.approx(expected)
