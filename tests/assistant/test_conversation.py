"""A conversation over several documents stays in the one that was read, until it moves on."""

from __future__ import annotations

import pytest

from assistant.types import Status


@pytest.fixture(scope="module")
def desks(build, tmp_path_factory):
    """Four companies whose rules answer the same words, none of which names a place."""
    docs = tmp_path_factory.mktemp("desks")
    for number, name in enumerate(("东岭印刷厂", "西渡纺织厂", "南浦制药厂", "北屏造船厂"), 1):
        (docs / f"d{number}.txt").write_text(
            f"{name}食堂管理办法\n"
            f"第一条 食堂管理小组由{number + 2}人组成，每月开会一次。\n"
            f"第二条 {name[:2]}小炒窗口每份收费{number + 10}元，11时{number}0分开始供应。\n"
            f"第三条 餐具应当当日消毒，消毒记录保存{number + 5}个月。\n",
            encoding="utf-8",
        )
    (docs / "parking.txt").write_text(
        "停车场管理办法\n第一条 停车每小时收费3元，夜间停车免费。\n", encoding="utf-8"
    )
    return build(docs)


def _talk(assistant, *questions):
    told = []
    for question in questions:
        told.append(assistant.ask(question, told))
    return told


def test_a_follow_up_is_asked_of_the_document_that_was_read(desks):
    _, answer = _talk(desks, "南浦小炒窗口一份多少钱", "餐具消毒记录保存多久")
    assert {c.clause.doc_id for c in answer.citations} == {"d3"}
    assert "8个月" in answer.text


def test_what_that_document_does_not_say_is_not_taken_from_another(desks):
    _, answer = _talk(desks, "南浦小炒窗口一份多少钱", "那它停车怎么收费")
    assert all(c.clause.doc_id == "d3" for c in answer.citations)


def test_a_short_question_about_something_else_is_asked_of_all(desks):
    _, answer = _talk(desks, "南浦小炒窗口一份多少钱", "停车每小时收多少钱")
    assert answer.status is Status.ANSWERED
    assert {c.clause.doc_id for c in answer.citations} == {"parking"}
