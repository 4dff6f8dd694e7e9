"""The metrics, on answers judged by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.types import Answer, Status
from eval.dataset import QAItem
from eval.metrics import (
    gold_rank,
    is_cited,
    is_concise,
    is_correct,
    is_refused,
    percentile,
    ungrounded_numbers,
)

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("2022年达到２０ ％以上〔1〕", Status.ANSWERED, True),
        ("2022年达到20%以上〔1〕", Status.PARTIAL, True),
        ("2022年达到20%以上〔1〕", Status.REFUSED, False),
        ("2022年达到20%，2025年超过25%", Status.ANSWERED, False),
        ("2022年达到120%", Status.ANSWERED, False),
    ],
)
def test_correct(
    make_item: MakeItem, make_answer: MakeAnswer, text: str, status: Status, expected: bool
) -> None:
    assert is_correct(make_item(), make_answer(text, status)) is expected


def test_correct_needs_every_element_and_any_alternative(
    make_item: MakeItem, make_answer: MakeAnswer
) -> None:
    item = make_item(elements=[["20%", "百分之二十"], ["2022年"]])
    assert is_correct(item, make_answer("2022年，百分之二十"))
    assert not is_correct(item, make_answer("百分之二十"))


def test_unanswerable_is_never_correct(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    assert not is_correct(make_item(answerable=False), make_answer("20%"))


def test_cited_needs_one_gold_clause(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    assert is_cited(make_item(), make_answer("20%", cited=(1, 0)))
    assert not is_cited(make_item(), make_answer("20%", cited=(1,)))
    assert not is_cited(make_item(), make_answer("20%", cited=()))
    assert not is_cited(make_item(clauses=["e#四/（二）/3"]), make_answer("20%"))


def test_concise_is_160_characters_or_four_references(
    make_item: MakeItem, make_answer: MakeAnswer
) -> None:
    assert is_concise(make_item(), make_answer("字" * 160))
    assert not is_concise(make_item(), make_answer("字" * 161))
    long = make_item(answer="字" * 50)
    assert is_concise(long, make_answer("字" * 200))
    assert not is_concise(long, make_answer("字" * 201))


@pytest.mark.parametrize("status", list(Status))
def test_refused(make_answer: MakeAnswer, status: Status) -> None:
    expected = status in (Status.REFUSED, Status.CLARIFY, Status.CHAT)
    assert is_refused(make_answer("", status)) is expected


def test_an_altered_number_is_a_grounding_violation(
    make_item: MakeItem, make_answer: MakeAnswer
) -> None:
    assert ungrounded_numbers(make_item(), make_answer("2022年达到20%以上〔1〕")) == ()
    assert ungrounded_numbers(make_item(), make_answer("2022年达到21%以上〔1〕")) == ("21%",)
    assert ungrounded_numbers(make_item(), make_answer("2022年达到20人〔1〕")) == ("20",)


def test_only_cited_clauses_and_the_question_support_numbers(
    make_item: MakeItem, make_answer: MakeAnswer
) -> None:
    assert ungrounded_numbers(make_item(), make_answer("2022年20%", cited=())) == ("20%",)
    asked = make_item(turns=["高平24年呢", "那30年呢"])
    assert ungrounded_numbers(asked, make_answer("没有2024年、2030年的", cited=())) == ()
    assert ungrounded_numbers(asked, make_answer("没有2031年的", cited=())) == ("2031",)


def test_merged_cells_support_numbers(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    assert ungrounded_numbers(make_item(), make_answer("2023年6月", cited=(2,))) == ()


def test_gold_rank(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    assert gold_rank(make_item(), make_answer("")) == 2
    assert gold_rank(make_item(clauses=["六"]), make_answer("")) is None


def test_percentile_is_nearest_rank() -> None:
    values = [40.0, 10.0, 30.0, 20.0]
    assert percentile(values, 50) == 20.0
    assert percentile(values, 95) == 40.0
    assert percentile(values, 0) == 10.0
    assert percentile([], 50) is None
