"""Checking QA items against documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from eval.checking import check_items, reworded_documents
from eval.commands.common import DATA
from eval.dataset import QAItem, load_items
from index.build import read_library
from index.types import Clause

MakeItem = Callable[..., QAItem]


def test_check_passes_a_good_item(make_item: MakeItem, clauses: tuple[Clause, ...]) -> None:
    other = make_item(id="t-2", question="2023年呢", answerable=False, type="near_miss")
    assert check_items([make_item(), other], clauses) == ()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"doc": "x"}, "没有这份文档：x"),
        ({"clauses": ["x#一"]}, "没有这份文档：x"),
        ({"clauses": ["四/（二）/30"]}, "没有这个条款：d#四/（二）/30"),
        ({"elements": [["20%"], ["30%", "三成"]]}, "依据条款里没有答案要素：30% / 三成"),
        ({"evidence": ["总人数的21%"]}, "文档里没有依据原文：总人数的21%"),
        ({"evidence": ["五、保障"]}, "依据原文不在所写的条款里，而在 d#五：五、保障"),
        ({"type": "numbr"}, "不认识的类型：numbr"),
        ({"style": "parent"}, "不认识的场景：parent"),
        ({"forbidden": ["20%"]}, "要素 20% 里含有不得出现的 20%"),
    ],
)
def test_check_finds(
    make_item: MakeItem, clauses: tuple[Clause, ...], fields: dict[str, object], message: str
) -> None:
    found = check_items([make_item(**fields)], clauses)
    assert len(found) == 1
    assert found[0].message.startswith(message)


def test_check_finds_repeated_ids(make_item: MakeItem, clauses: tuple[Clause, ...]) -> None:
    found = check_items([make_item(), make_item()], clauses)
    assert [problem.message for problem in found] == ["题号重复"]


def test_computed_answers_need_not_stand_in_the_text(
    make_item: MakeItem, clauses: tuple[Clause, ...]
) -> None:
    assert check_items([make_item(type="count", elements=[["2个"]])], clauses) == ()


def test_evidence_is_not_looked_up_in_digests(
    make_item: MakeItem, clauses: tuple[Clause, ...]
) -> None:
    assert check_items([make_item(evidence=["别的说法"])], clauses, {"d"}) == ()


def test_check_finds_the_same_question_twice(
    make_item: MakeItem, clauses: tuple[Clause, ...]
) -> None:
    found = check_items([make_item(), make_item(id="t-2")], clauses)
    assert [(problem.item_id, problem.message) for problem in found] == [
        ("t-2", "与 t-1 是同一个问题")
    ]


def test_check_finds_shuffled_clause_ids(make_item: MakeItem, clauses: tuple[Clause, ...]) -> None:
    ids = [clause.clause_id for clause in clauses]
    shuffled = [replace(c, clause_id=i) for c, i in zip(clauses, ids[1:] + ids[:1], strict=True)]
    assert check_items([make_item()], clauses) == ()
    assert len(check_items([make_item()], shuffled)) == 2


@pytest.mark.parametrize("folder", ["docs", "originals"])
def test_our_own_sets_agree_with_digests_and_originals(
    folder: str, request: pytest.FixtureRequest
) -> None:
    parsed = read_library(request.getfixturevalue(folder)).parsed
    reworded = reworded_documents([item.document for item in parsed])
    clauses = [clause for item in parsed for clause in item.clauses]
    items = load_items(sorted(DATA.glob("*.jsonl")))
    assert len(items) >= 300
    assert bool(reworded) is (folder == "docs")
    assert check_items(items, clauses, reworded) == ()
