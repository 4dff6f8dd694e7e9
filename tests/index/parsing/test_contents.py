"""A table of contents names the headings a second time; a title 目录 does not."""

import pytest

from index.parsing.contents import find_contents

TEXT = ["第一章　总则", "第一条　甲。", "第二章　附则", "第二条　乙。"]


@pytest.mark.parametrize(
    "entries",
    [
        ["第一章　总则", "第二章　附则"],
        ["第一章 总　则", "第二章 附　则"],
        ["第一章 总则……………1", "第二章 附则……………2"],
        ["第一章 总则\t1", "第二章 附则\t2"],
    ],
)
def test_contents_end_where_their_first_entry_is_printed_again(entries):
    assert find_contents(["山川条例", "目　录", *entries, *TEXT]) == range(1, 4)


def test_contents_end_before_a_title_and_a_preface():
    lines = ["目录", "一、目标", "二、任务", "青山市规划", "为了发展，制定本规划。", "一、目标"]
    assert find_contents(lines) == range(3)


def test_contents_with_page_numbers_need_no_second_print():
    assert find_contents(["目录", "概况 …… 1", "任务 …… 12", "发展教育。"]) == range(3)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["目录"],
        ["目录", "教材一览"],
        ["青山市教材目录", "一、语文", "二、数学", "一、语文"],
        ["目录", "一、语文", "二、数学", "三、英语"],
        ["目录", "下列教材由学校选用。", "一、语文", "下列教材由学校选用。"],
    ],
)
def test_other_lines_are_no_contents(lines):
    assert find_contents(lines) == range(0)
