"""`python -m eval statutes` over a corpus of its own."""

import json
import lzma

import pytest

from eval.__main__ import main
from eval.commands.statutes import read_laws

ARTICLES = [
    ("山川保护法第十条", "采石应当报告：\n（一）时间；\n（二）地点。\n不收费用。"),
    ("山川保护法第二条", "本法保护山。"),
    ("山川保护法第十条之一", "取水应当报告。"),
    ("川泽条例 第一条", "本条例保护泽。"),
    ("没有编号的标题", "略。"),
]


@pytest.fixture
def corpus(tmp_path):
    """A corpus of two laws whose articles are out of order, packed."""
    path = tmp_path / "laws.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        for title, text in ARTICLES:
            file.write(json.dumps({"_id": title, "title": title, "text": text}) + "\n")
    return path


def test_articles_are_put_in_order(corpus):
    laws = read_laws(corpus)
    assert [number for number, _ in laws["山川保护法"]] == ["第二条", "第十条", "第十条之一"]
    assert list(laws) == ["山川保护法", "川泽条例"]


def test_what_is_found_is_told(corpus, capsys):
    assert main(["statutes", "--corpus", str(corpus)]) == 0
    assert "法规 2 部，条文 4 条，完整找到 4 条（100.00%）" in capsys.readouterr().out


def test_an_article_that_is_not_whole_is_named(tmp_path, capsys):
    path = tmp_path / "laws.jsonl"
    record = {"_id": "1", "title": "川泽条例第一条", "text": "甲。\n第二条　乙。"}
    path.write_text(json.dumps(record), encoding="utf-8")
    assert main(["statutes", "--corpus", str(path)]) == 1
    assert "《川泽条例》第一条没有完整找到" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["{", '{"title": 1, "text": "甲"}', '{"title": "甲", "text": "乙"}']
)
def test_a_corpus_that_cannot_be_used_is_told(tmp_path, capsys, text):
    path = tmp_path / "laws.jsonl"
    path.write_text(text, encoding="utf-8")
    assert main(["statutes", "--corpus", str(path)]) == 2
    assert "laws.jsonl" in capsys.readouterr().err
