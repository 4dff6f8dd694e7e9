"""Numbering labels of official documents, and what only looks like one."""

import pytest

from index.parsing.labels import Level, chinese_number, parse_label


@pytest.mark.parametrize(
    ("line", "text", "level", "ordinal"),
    [
        ("第三编 分则", "第三编", Level.BOOK, 3),
        ("第一章 总则", "第一章", Level.CHAPTER, 1),
        ("第二节　管理", "第二节", Level.SECTION, 2),
        ("第一百零二条 学校", "第一百零二条", Level.ARTICLE, 102),
        ("第十二条之一 学校", "第十二条之一", Level.ARTICLE, 12),
        ("第 12 条 学校", "第12条", Level.ARTICLE, 12),
        ("二十一、保障", "二十一", Level.FIRST, 21),
        ("一 、保障", "一", Level.FIRST, 1),
        ("（十一）提高", "（十一）", Level.SECOND, 11),
        ("(三) 提高", "（三）", Level.SECOND, 3),
        ("〔三〕提高", "（三）", Level.SECOND, 3),
        ("12.提高", "12", Level.THIRD, 12),
        ("１．提高", "1", Level.THIRD, 1),
        ("3、提高", "3", Level.THIRD, 3),
        ("3.2023年起提高", "3", Level.THIRD, 3),
        ("(4)提高", "（4）", Level.FOURTH, 4),
        ("（４）提高", "（4）", Level.FOURTH, 4),
        ("第一分编 通则", "第一分编", Level.SUBBOOK, 1),
        ("第二部分：保障", "第二部分", Level.BOOK, 2),
        ("第一千二百六十条　学校", "第一千二百六十条", Level.ARTICLE, 1260),
        ("第一条【目的】学校", "第一条", Level.ARTICLE, 1),
        ("一．保障", "一", Level.FIRST, 1),
        ("一、三年行动", "一", Level.FIRST, 1),
        ("一、二〇二二年回顾", "一", Level.FIRST, 1),
        ("㈢提高", "（三）", Level.SECOND, 3),
        ("（一）目标任务", "（一）", Level.SECOND, 1),
        ("（二）项目建设", "（二）", Level.SECOND, 2),
        ("（三）到2022年翻番", "（三）", Level.SECOND, 3),
        ("（四）至少两所", "（四）", Level.SECOND, 4),
        ("（五）规定程序", "（五）", Level.SECOND, 5),
        ("12．提高", "12", Level.THIRD, 12),
        ("⒓提高", "12", Level.THIRD, 12),
        ("1、2022年前提高", "1", Level.THIRD, 1),
        ("⑵提高", "（2）", Level.FOURTH, 2),
        ("2）提高", "2）", Level.HALF, 2),
        ("3) 提高", "3）", Level.HALF, 3),
        ("⑳提高", "⑳", Level.CIRCLED, 20),
        ("B.提高", "B", Level.LETTER, 2),
        ("C、提高", "C", Level.LETTER, 3),
        ("b）提高", "b", Level.LETTER, 2),
        ("c) 提高", "c", Level.LETTER, 3),
    ],
)
def test_a_label_is_read_in_its_normal_form(line, text, level, ordinal):
    label = parse_label(line)
    assert (label.text, label.level, label.ordinal) == (text, level, ordinal)
    assert line[label.width :].strip() == line[label.width :] != ""


def test_levels_rank_from_the_outside_in():
    lines = [
        "第一编 甲",
        "第一分编 甲",
        "第一章 甲",
        "第一节 甲",
        "第一条 甲",
        "一、甲",
        "（一）甲",
        "1.甲",
        "（1）甲",
        "1）甲",
        "①甲",
        "A.甲",
    ]
    levels = [parse_label(line).level for line in lines]
    assert levels == sorted(set(Level) - {Level.SUBARTICLE})


@pytest.mark.parametrize(
    "line",
    [
        "第二条规定的学校",
        "第二条第三款的规定",
        "第一条至第三条",
        "第二条、第三条所列学校",
        "（一）项所列学校",
        "（二）的规定",
        "第三章中的学校",
        "第十五条规定学校应当备案",
        "（二）项规定的情形",
        "（一）至（三）项所列学校",
        "一、二类学校",
        "二、三产业",
        "一、二、三年级",
        "3、4月份",
        "第一条件是",
        "第二节课后",
        "第一部分学校",
    ],
)
def test_a_cross_reference_at_the_start_of_a_line_is_no_label(line):
    assert parse_label(line) is None


@pytest.mark.parametrize(
    "line", ["1.5万元", "3.5万元", "3．14", "10.11.12", "2021.9", "1.2023", "20.5%"]
)
def test_a_decimal_or_a_date_is_no_label(line):
    assert parse_label(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "一是建立",
        "第一，建立",
        "2022年建立",
        "A股公司",
        "A、B两校",
        "1 建立",
        "十一）略",
        "——建立",
        "2021、2022年",
    ],
)
def test_other_beginnings_are_no_labels(line):
    assert parse_label(line) is None


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("十", 10),
        ("两", 2),
        ("二十一", 21),
        ("一百零三", 103),
        ("三千二百", 3200),
        ("二〇二一", 2021),
    ],
)
def test_chinese_numerals_are_read(numeral, number):
    assert chinese_number(numeral) == number
