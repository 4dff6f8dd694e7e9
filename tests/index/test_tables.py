"""Rows whose cells know their column heads, in the shapes tables arrive in."""

import pytest

from index.cleaning import clean
from index.tables import find_flat_tables, group_cells, parse_table

HEAD = "行动\t子行动\t编号\t任务\t单位"


def table(*lines):
    """Return the parsed table and, for each row, its cells as {head: text}."""
    rows = [(p.text, p.cells or ((0, len(p.text)),)) for p in clean("\n".join(lines)).paragraphs]
    parsed = parse_table(rows)
    cells = [{c.head: rows[c.row][0][c.start : c.end] for c in row.cells} for row in parsed.rows]
    return parsed, cells


def test_a_merged_cell_is_carried_down_from_its_first_print():
    parsed, cells = table(HEAD, "甲\t乙\t1\t丙\t科\t", "\t\t2\t丁\t处")
    assert cells[1] == {"行动": "甲", "子行动": "乙", "编号": "2", "任务": "丁", "单位": "处"}
    assert [cell.row for cell in parsed.rows[1].cells] == [1, 1, 2, 2, 2]


def test_a_new_subgroup_keeps_its_group():
    _, cells = table(HEAD, "甲\t乙\t1\t丙\t科", "\t戊\t2\t丁\t处")
    assert (cells[1]["行动"], cells[1]["子行动"]) == ("甲", "戊")


@pytest.mark.parametrize("row", ["\t\t\t2\t丁\t处", "\t2\t丁\t处", "2\t丁\t处"])
def test_a_row_shifted_by_a_column_is_aligned_on_its_number(row):
    _, cells = table(HEAD, "甲\t乙\t1\t丙\t科", row)
    assert cells[1] == {"行动": "甲", "子行动": "乙", "编号": "2", "任务": "丁", "单位": "处"}


def test_what_stands_left_of_a_shifted_number_is_the_inner_group():
    _, cells = table(HEAD, "甲\t乙\t1\t丙\t科", "\t己\t戊\t2\t丁\t处", "庚\t\t3\t辛\t处")
    assert (cells[1]["行动"], cells[1]["子行动"]) == ("己", "戊")
    assert (cells[2]["行动"], cells[2]["子行动"]) == ("己", "庚")


def test_columns_behind_the_number_are_never_carried():
    _, cells = table("序号\t任务\t单位", "1\t甲\t科", "2\t乙\t")
    assert cells[1] == {"序号": "2", "任务": "乙"}


def test_section_rows_and_repeated_heads_are_told_apart():
    parsed, _ = table("序号\t任务", "一、建设", "1\t甲", "序号\t任务", "二、招生", "2\t乙")
    assert parsed.head_rows == (0, 3)
    assert [(row.row, row.number, row.is_section) for row in parsed.rows] == [
        (1, "", True),
        (2, "1", False),
        (4, "", True),
        (5, "2", False),
    ]


def test_a_pipe_table_reads_as_a_tab_table():
    _, cells = table("| 序号 | 任务 |", "|---|:--:|", "| 1 | 甲 |", "| 2 | 乙 |")
    assert cells == [{"序号": "1", "任务": "甲"}, {"序号": "2", "任务": "乙"}]


def test_a_table_without_numbers_is_read_by_position():
    parsed, cells = table("学校\t专业\t人数", "一中\t机电\t100", "\t护理\t50", "二中\t\t20")
    assert cells[1] == {"学校": "一中", "专业": "护理", "人数": "50"}
    assert cells[2] == {"学校": "二中", "人数": "20"}
    assert {row.number for row in parsed.rows} == {""}


def test_a_lone_cell_under_merged_ones_is_a_row_but_in_the_first_column_a_section():
    parsed, cells = table("学校\t电话", "一中\t123", "\t456", "民办学校\t", "三中\t789")
    assert [row.is_section for row in parsed.rows] == [False, False, True, False]
    assert cells[1] == {"学校": "一中", "电话": "456"}


def test_a_flattened_table_is_found_by_its_running_numbers():
    lines = ["前言", "序号", "任务", "单位", "1", "甲", "科", "2", "乙", "处", "后记。"]
    (found,) = find_flat_tables(lines)
    assert found.heads == (1, 2, 3)
    assert found.rows == ((4, 5, 6), (7, 8, 9))


@pytest.mark.parametrize(
    "lines",
    [
        ["序号", "1", "甲", "2", "乙"],
        ["序号", "任务", "1", "甲"],
        ["序号", "任务", "2", "甲", "3", "乙"],
        ["序号", "任务完成情况见下。", "1", "甲", "2", "乙"],
        ["序号", "任务"],
    ],
)
def test_other_lines_are_no_flattened_table(lines):
    assert list(find_flat_tables(lines)) == []


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (["1", "甲", "科"], ["1", "甲", "科"]),
        (["1", "甲"], ["1", "甲"]),
        (["1", "建设实训", "基地", "教育局"], ["1", "建设实训基地", "教育局"]),
        (["1", "建设基地。", "市教育局、", "市财政局"], ["1", "建设基地。", "市教育局、市财政局"]),
        (
            ["1", "建设高水平的实训", "基地和", "园区。", "科"],
            ["1", "建设高水平的实训基地和园区。", "科"],
        ),
    ],
)
def test_the_lines_of_a_broken_cell_are_grouped(lines, cells):
    groups = group_cells(lines, 3)
    assert ["".join(lines[i] for i in group) for group in groups] == cells
