"""What is compared with a question in place of a sentence that says little by itself."""

import pytest

from assistant.answering.library import LibraryView
from assistant.answering.spans import spans_of
from assistant.matching.candidates import MOST_ITEMS, is_lead_in, shown
from assistant.understanding.question import analyse
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents

RULES = """白石市用房办法
第一条　申请人应当提交下列材料：
（一）身份证；
（二）收入证明。
第二条　有下列情形之一的，不予受理：
"""
RULES += "\n".join(f"（{n}）{'甲' * 60}；" for n in "一二三四五六七八九")
RULES += "\n第三条　房租每月300元。\n第四条　补贴如下：\n对象\t住房\t2024年（元）\t2025年（元）\n教师\t公租房\t800\t1900\n"


@pytest.fixture(scope="module")
def view():
    (parsed,) = parse_documents(SourceText("r", "r.txt", RULES, "0" * 64))
    return LibraryView({parsed.document.doc_id: parsed.document}, parsed.clauses)


def _span(view, words):
    return next(s for c in view.clauses for s in spans_of(c) if words in s.text)


def test_what_announces_a_list_says_what_is_listed(view):
    text = shown(analyse("申请要交什么"), _span(view, "提交下列材料"), view)
    assert "身份证" in text
    assert "收入证明" in text


def test_a_long_list_is_cut(view):
    text = shown(analyse("什么情形不受理"), _span(view, "不予受理"), view)
    assert text.count("甲") <= MOST_ITEMS
    assert len(text) <= MOST_ITEMS + 40


def test_a_cell_says_the_words_of_its_row_then_its_column_and_itself(view):
    assert (
        shown(analyse("教师补贴多少"), _span(view, "1900"), view) == "教师;公租房;2025年(元):1900"
    )


def test_another_sentence_says_itself(view):
    span = _span(view, "300元")
    assert not is_lead_in(span)
    assert shown(analyse("房租多少"), span, view) == "房租每月300元。"
