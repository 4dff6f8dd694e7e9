"""Text to search tokens."""

import pytest

from index.analyzer import normalise, tokens


def test_chinese_gives_every_character_and_every_pair():
    assert tokens("招生办") == ["招", "生", "办", "招生", "生办"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20%以上", ["20%", "以", "上", "以上"]),
        ("“1+X”证", ["1+x", "证"]),
        ("3-5个", ["3-5", "个"]),
        ("1:20，12000元", ["1:20", "12000", "元"]),
        ("，。 ", []),
        ("", []),
    ],
)
def test_figures_stay_whole(text, words):
    assert tokens(text) == words


def test_the_cells_of_a_row_do_not_grow_together():
    assert tokens("财政\t800\t1900") == ["财", "政", "财政", "800", "1900"]


def test_width_case_script_and_spaces_make_no_difference():
    assert normalise("２０２１ 年 職業教育ＡＢ") == "2021年职业教育ab"
    assert tokens("職業 教育") == tokens("职业教育")
