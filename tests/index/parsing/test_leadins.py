"""A short clause is searched with the sentence that leads it in."""

import pytest

from index.parsing.leadins import lead_ins


@pytest.fixture
def led(parse):
    """Return {labels: sentence} for a made-up text whose title is in its first line."""

    def read(*lines):
        (parsed,) = parse("\n".join(["青山市招生计划", *lines]))
        found = lead_ins(parsed.clauses)
        return {c.labels: found[c.clause_id] for c in parsed.clauses if c.clause_id in found}

    return read


def test_the_items_of_an_article_are_led_in_by_the_last_sentence_above_them(led):
    lines = [
        "第一条　学校招生。招生简章应当写明下列事项：",
        "（一）人数；",
        "（二）学费，包括：",
        "1.书费。",
    ]
    assert led(*lines) == {
        "第一条/（一）": "招生简章应当写明下列事项：",
        "第一条/（二）": "招生简章应当写明下列事项：",
        "第一条/（二）/1": "（二）学费，包括：",
    }


def test_dashes_are_led_in_by_the_paragraph_before_them(led):
    assert led("一、目标", "具体目标：", "——扩大规模。", "完了。", "——提高质量。") == {
        "一/段1": "一、目标",
        "一/项1": "具体目标：",
        "一/段2": "一、目标",
        "一/项2": "一、目标",
    }


def test_long_clauses_rows_and_letterhead_need_none(led):
    long = "（一）" + "扩大招生规模，" * 6 + "提高质量。"
    assert led("一、目标", long, "学校\t人数", "一中\t100", "青山市教育局", "2021年3月4日") == {}
