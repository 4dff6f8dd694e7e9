"""Rows whose cells know their column heads, in the shapes tables arrive in."""

import pytest

from index.parsing.cleaning import clean
from index.parsing.tables import find_flat_tables, group_cells, parse_table

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
    assert (parsed.above, parsed.depth, parsed.repeats) == (0, 1, (3,))
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


def test_heads_one_above_the_other_are_joined():
    lines = ["学校\t招生计划\t\t备注", "\t2022\t2023\t", "一中\t100\t120\t略", "二中\t50\t60\t"]
    parsed, cells = table(*lines)
    assert parsed.heads == ("学校", "招生计划/2022", "招生计划/2023", "备注")
    assert (parsed.above, parsed.depth) == (0, 2)
    assert cells[1] == {"学校": "二中", "招生计划/2022": "50", "招生计划/2023": "60"}


def test_three_heads_one_above_the_other_are_joined():
    lines = [
        "学校\t招生计划\t\t\t",
        "\t普通\t\t职业\t",
        "\t2022\t2023\t2022\t2023",
        "一中\t1\t2\t3\t4",
    ]
    parsed, cells = table(*lines)
    assert parsed.depth == 3
    assert list(cells[0].items())[1:] == [
        ("招生计划/普通/2022", "1"),
        ("招生计划/普通/2023", "2"),
        ("招生计划/职业/2022", "3"),
        ("招生计划/职业/2023", "4"),
    ]


def test_a_head_of_two_rows_that_is_printed_again_is_a_repetition():
    head = ["学校\t招生\t", "\t2022\t2023"]
    parsed, cells = table(*head, "一中\t1\t2", *head, "二中\t3\t4")
    assert parsed.repeats == (3, 4)
    assert [row["学校"] for row in cells] == ["一中", "二中"]


@pytest.mark.parametrize(
    "row",
    [
        "\t100\t200",
        "一中\t男\t女",
        "\t男\t",
    ],
    ids=["sums", "full", "gap"],
)
def test_a_first_row_that_is_no_head_is_a_row(row):
    parsed, _ = table("学校\t招生\t", row, "二中\t3\t4")
    assert (parsed.depth, len(parsed.rows)) == (1, 2)


def test_rows_above_the_head_name_the_table():
    parsed, cells = table(
        "| 招生计划 | | |", "| 单位：人 | | |", "| 学校 | 2022 | 2023 |", "| 一中 | 1 | 2 |"
    )
    assert (parsed.above, parsed.depth) == (2, 3)
    assert cells == [{"学校": "一中", "2022": "1", "2023": "2"}]


@pytest.mark.parametrize("name", ["合计", "小 计", "总计"])
def test_a_row_of_sums_is_read_by_position_and_not_carried(name):
    parsed, cells = table("序号\t学校\t人数", "1\t一中\t100", f"{name}\t\t100", "2\t二中\t50")
    assert [row.total for row in parsed.rows] == ["", name.replace(" ", ""), ""]
    assert cells[1] == {"序号": name, "人数": "100"}
    assert cells[2] == {"序号": "2", "学校": "二中", "人数": "50"}


def test_a_sum_within_a_group_keeps_the_group():
    _, cells = table(
        "区\t学校\t人数", "东区\t一中\t100", "\t小计\t100", "西区\t二中\t50", "\t三中\t50"
    )
    assert cells[1] == {"区": "东区", "学校": "小计", "人数": "100"}
    assert cells[3] == {"区": "西区", "学校": "三中", "人数": "50"}


def test_a_note_below_the_rows_is_neither_section_nor_row():
    parsed, _ = table("学校\t人数", "一中\t100", "注：含外地学生\t")
    assert (parsed.rows[1].is_section, parsed.rows[1].cells) == (False, ())


def test_a_head_over_two_columns_names_both():
    parsed, _ = table("类别\t\t人数", "公办\t一中\t100")
    assert parsed.heads == ("类别", "类别", "人数")


def test_a_column_without_a_name_is_counted():
    _, cells = table("\t2022\t2023", "一中\t1\t2")
    assert cells == [{"第1列": "一中", "2022": "1", "2023": "2"}]


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
