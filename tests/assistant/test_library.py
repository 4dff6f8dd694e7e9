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


ANNEXED = """青石市人民政府关于做好职称认定工作的通知
青政办发〔2024〕15号
各县区人民政府：
一、认定条件。有三年教龄的教师可以申报。
青石市人民政府
2024年5月6日

附件

申报认定材料清单

1. 认定申请表；
2. 教师资格证书。
"""


def test_what_stands_in_an_annex_stands_below_its_title():
    (parsed,) = parse_documents(SourceText("a", "a.txt", ANNEXED, "0" * 64))
    view = LibraryView({"a": parsed.document}, parsed.clauses)
    title = next(c for c in parsed.clauses if "材料清单" in c.text)
    items = [clause(view, "申请表"), clause(view, "资格证书")]
    assert view.children(title) == items
    assert [view.parent(item) for item in items] == [title, title]
    assert view.parent(title) is None
    assert view.children(clause(view, "关于做好职称认定")) == []


def test_all_papers_of_an_annex_are_listed(build, tmp_path):
    answer = build(tmp_path, ANNEXED).ask("申报职称认定的材料清单")
    assert "认定申请表" in answer.text
    assert "教师资格证书" in answer.text


def test_a_document_goes_with_its_interpretation_and_no_other():
    texts = {
        "a": "青石市小微企业用工补贴办法\n第一条 补贴每月500元。\n",
        "b": "《青石市小微企业用工补贴办法》解读\n一、补贴多少。每月500元。\n",
        "c": "青石市养犬管理办法\n第一条 养犬应当登记。\n",
    }
    parsed = [
        item
        for name, text in texts.items()
        for item in parse_documents(SourceText(name, f"{name}.txt", text, "0" * 64))
    ]
    view = LibraryView({p.document.doc_id: p.document for p in parsed}, [])
    assert view.with_readings(("b",)) == ("b", "a")
    assert view.with_readings(("a",)) == ("a", "b")
    assert view.with_readings(("c",)) == ("c",)
