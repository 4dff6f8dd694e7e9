"""What stands around a clause."""

import pytest

from assistant.answering.library import LibraryView
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents

TEXT = """青石市兼职教师办法解读

一、怎样考核？哪些情形要解聘？
答：学校每学年考核一次，由教务处组织实施并公布结果。
有下列情形之一的，应当解聘：
1.考核不合格的；
2.违反师德规定的。
二、待遇是什么？
答：每课时不低于一百元。
"""


@pytest.fixture(scope="module")
def view():
    (parsed,) = parse_documents(SourceText("d", "d.txt", TEXT, "0" * 64))
    return LibraryView({"d": parsed.document}, parsed.clauses)


def clause(view, text):
    return next(c for c in view.clauses if text in c.text)


def test_items_beside_their_lead_in_know_it(view):
    leader = clause(view, "应当解聘：")
    items = [clause(view, "考核不合格"), clause(view, "违反师德")]
    assert view.children(leader) == items
    assert [view.lead_in(item) for item in items] == [leader, leader]
    assert view.lead_in(clause(view, "教务处")) is None


def test_questions_of_a_document_are_its_headings(view):
    headings = [c.path[-1].title for c in view.outline("d")]
    assert headings == ["怎样考核？哪些情形要解聘？", "待遇是什么？"]


def test_the_next_clause_follows(view):
    assert view.following(clause(view, "待遇")) is clause(view, "一百元")
    assert view.following(view.clauses[-1]) is None
