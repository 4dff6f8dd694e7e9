from __future__ import annotations

import pytest

from eval.fidelity.comparison import Difference, compare, folded, levenshtein
from index.types import Cell, Clause, ClauseKind


def clause(path: str, text: str, *cells: tuple[str, str]) -> Clause:
    kind = ClauseKind.ROW if cells else ClauseKind.PARAGRAPH
    made = tuple(Cell(head, said, 0, len(said)) for head, said in cells)
    return Clause(f"d#{path}", "d", (), kind, text, 0, len(text), made)


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("", "", 0),
        ("", "三个字", 3),
        ("三个字", "", 3),
        ("kitten", "sitting", 3),
        ("实训基地十二个", "实训基也十二", 2),
        ("甲" * 300, "甲" * 290 + "乙", 10),
        ("市教育局负责", "由市教育负责。", 3),
    ],
)
def test_levenshtein(first: str, second: str, distance: int):
    assert levenshtein(first, second) == levenshtein(second, first) == distance


def test_white_space_widths_and_table_rules_do_not_count():
    assert folded("| 到 2020 年，｜\t１５０００人（上） |") == folded("到2020年,15000人(上)")
    assert folded("25%") != folded("26%")


def test_a_clause_is_the_same_with_its_path_and_text():
    plain = [clause("一", "一、目标"), clause("一/1", "1.招生，办学。"), clause("二", "二、保障")]
    found = [clause("一", "一、 目标"), clause("一/1", "1.招牛,办学。"), clause("三", "二、保障")]
    result = compare(plain, found)
    assert (result.clauses, result.same, result.added) == (3, 1, 1)
    assert (result.errors, result.characters) == (1, 16)
    assert result.differences == (
        Difference("d#一/1", "1.招生，办学。", "1.招牛,办学。"),
        Difference("d#二", "二、保障", ""),
        Difference("d#三", "", "二、保障"),
    )


def test_a_row_is_the_same_with_its_cells():
    plain = [clause("表/1", "1 招生 教育局", ("任务", "招生"), ("单位", "教育局"))]
    shifted = [clause("表/1", "1 招生 教育局", ("任务", "招生教育局"))]
    assert compare(plain, plain).same_rows == 1
    assert compare(plain, shifted).same_rows == 0
    assert compare(plain, shifted).same == 1


def test_sums_are_taken_over_documents():
    one = compare([clause("一", "甲")], [clause("一", "甲")])
    other = compare([clause("一", "乙丙")], [])
    total = one + other
    assert (total.clauses, total.same, total.errors, total.characters) == (2, 1, 2, 3)
