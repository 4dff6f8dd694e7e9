"""Every failure has a reason in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answering import phrases
from assistant.types import Answer, Status
from eval.dataset import QAItem
from eval.metrics import judge
from eval.reasons import reason_of
from index.types import Clause, Hit

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]


def _reason(item: QAItem, answer: Answer) -> str:
    return reason_of(item, answer, judge(item, answer))


def test_a_good_answer_has_none(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    assert _reason(make_item(), make_answer("20%以上〔1〕")) == ""


def test_refused_below_the_threshold(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    answer = replace(
        make_answer(phrases.SILENT, Status.REFUSED, ()), trace=("合计0.4 把握0.31 门槛0.35 |",)
    )
    assert _reason(make_item(), answer) == "误拒：把握 0.31 < 门槛 0.35；对的条款排第 2"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (phrases.NO_YEAR.format(years="2023、2024") + "2022年20%", "误拒：当作年份不符"),
        (phrases.NO_LEVEL.format(levels="中职"), "误拒：当作学段不符"),
        (phrases.NO_VALUE.format(what="具体数字"), "误拒：当作没有写明数值"),
        (phrases.UNKNOWN_PLACE.format(place="武汉"), "误拒：当作未收录的地方"),
        (phrases.UNVERIFIED, "误拒：核对没有通过"),
    ],
)
def test_other_refusals_are_told_by_their_words(
    make_item: MakeItem, make_answer: MakeAnswer, text: str, reason: str
) -> None:
    refused = make_answer(text, Status.REFUSED)
    assert _reason(make_item(), refused).split("；")[0] == reason


@pytest.mark.parametrize(
    ("status", "reason"), [(Status.CLARIFY, "误作反问"), (Status.CHAT, "误作寒暄")]
)
def test_talk_instead_of_an_answer(
    make_item: MakeItem, make_answer: MakeAnswer, status: Status, reason: str
) -> None:
    assert _reason(make_item(), make_answer("您好", status, ())).startswith(reason)


def test_right_clause_wrong_sentence(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    reason = _reason(make_item(), make_answer("2025年超过25%〔1〕"))
    assert reason == "条款对，句子不对；缺 20%；多出 25%"


def test_right_clause_ranked_second(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    reason = _reason(make_item(), make_answer("五、保障〔1〕", cited=(1,)))
    assert reason == "对的条款排第 2，却用了别的条款；缺 20%"


def test_right_clause_not_found(
    make_item: MakeItem, make_answer: MakeAnswer, clauses: tuple[Clause, ...]
) -> None:
    answer = replace(make_answer("五", cited=(1,)), hits=(Hit(clauses[1], 1.0, 1),))
    assert _reason(make_item(), answer).startswith("对的条款没有检索到；缺")


def test_right_answer_without_its_clause(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    reason = _reason(make_item(), make_answer("20%", cited=(1,)))
    assert reason == "答案对，依据没有引到；对的条款排第 2；数字无据：20%"


def test_too_long(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    assert _reason(make_item(), make_answer("20%" + "字" * 160)) == "冗长：163 字，限 160 字"


def test_answered_without_an_answer(make_item: MakeItem, make_answer: MakeAnswer) -> None:
    answer = replace(make_answer("20%〔1〕"), trace=("把握0.52 门槛0.20",))
    item = make_item(answerable=False, why="只有2022年")
    assert _reason(item, answer) == "该拒未拒：把握 0.52 ≥ 门槛 0.20，只有2022年"
