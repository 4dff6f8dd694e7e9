"""Comparison of texts, numbers and clause labels, computed by hand."""

from __future__ import annotations

import pytest

from eval.matching import contains, known_numbers, normalise, numbers, supports


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达到 ２０％ 以上〔1〕。", "达到20%以上。"),
        ("高政办发〔2021〕37号〔2〕", "高政办发〔2021〕37号"),
        ("高政办发(2021)37号", "高政办发〔2021〕37号"),
        ("一、二年级,“双师型”", "一二年级双师型"),
        ("10、200人 300人", "10,200人300人"),
        ("30,000人次", "30000人次"),
        ("3 \n4", "3,4"),
        ("10—11月", "10-11月"),
        ("1∶20", "1:20"),
        ("33㎡", "33平方米"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("不低于5%", "5%", True),
        ("不低于25%", "5%", False),
        ("12000元", "1200", False),
        ("1.5%", "5%", False),
        ("1200人以上", "1200", True),
        ("共10、20人", "20人", True),
        ("任何文字", "", False),
    ],
)
def test_contains_does_not_cut_numbers(text: str, part: str, expected: bool) -> None:
    assert contains(text, part) is expected


def test_numbers_are_read_whole_and_without_markers() -> None:
    text = "到2022年达到20%〔1〕，师生比1 : 20，占1.5—2.5%，8：30前，共30,000人次〔12〕"
    assert numbers(text) == ("2022", "20%", "1:20", "1.5-2.5%", "8:30", "30000")


def test_numbering_of_list_lines_is_no_number() -> None:
    assert numbers("包括：\n1. 铸造\n2、戏曲\n（3）护理 5 个\n12、13班") == ("5", "12", "13")


def test_a_range_supports_its_ends_but_not_what_lies_between() -> None:
    known = known_numbers("比例为10—20%")
    assert known == {"10-20%", "10", "10%", "20%"}


@pytest.mark.parametrize(
    ("gold", "cited", "expected"),
    [
        ("d#四/（二）/3", "d#四/（二）/3", True),
        ("d#四/（二）/3", "e#四/（二）/3", False),
        ("d#四/（二）", "d#四/（二）/3", True),
        ("d#四/（二）/1", "d#四/（二）/10", False),
        ("d#四/（二）/3", "d#四/（二）", False),
        ("d#三/（七）", "d#三/（七）/段1", True),
        ("d#三/（七）/段1", "d#三/（七）", True),
        ("d#二/项1", "d#二", False),
        ("d#段1", "d#", False),
        ("d#版头/标题", "d#版头/标题~2", True),
        ("d#", "d#四/（二）", True),
        ("d#", "e#四/（二）", False),
        ("d#落款/署名", "d#版头/发文机关", True),
        ("d#落款/署名", "d#落款/成文日期", False),
    ],
)
def test_supports(gold: str, cited: str, expected: bool) -> None:
    assert supports(gold, cited) is expected


def test_the_number_of_a_line_does_not_hide_the_year_behind_it():
    assert {"2024", "11"} <= known_numbers("1.2024年应届小学毕业生，年满11周岁")
