"""Homophones are mended by the words of the documents, and nothing else is touched."""

from __future__ import annotations

import pytest

from assistant.understanding.lexicon import parse_lexicon
from assistant.understanding.typos import Typos
from index.salience import load_salience

CORPUS = [
    "青山中专招生三百人",
    "中专招生计划",
    "中专补贴标准",
    "招生补贴发放",
    "补贴按月发放",
    "学籍互转",
]


@pytest.fixture(scope="module")
def typos() -> Typos:
    def frequency(pair: str) -> int:
        return sum(pair in text for text in CORPUS)

    return Typos(
        "\n".join(CORPUS), frequency, parse_lexicon("中专 中等专业学校"), load_salience().words
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("青山中砖招声多少人", "青山中专招生多少人"),
        ("有没有补帖", "有没有补贴"),
        ("补贴什么时候发放", "补贴什么时候发放"),
        ("校车几点发车", "校车几点发车"),
        ("公积金怎么提取", "公积金怎么提取"),
        ("hello", "hello"),
        ("", ""),
    ],
)
def test_only_homophone_typos_are_mended(typos, typed, meant):
    assert typos.corrected(typed) == meant
