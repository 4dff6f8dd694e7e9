"""What is written as JSON is equal when it is read; anything else is told."""

from dataclasses import replace

import pytest

from index.errors import BrokenIndexError
from index.storage.records import clauses_line, document_line, read_clauses, read_document
from index.types import Mark, Profile, Reference

TABLE = (
    "---\n发文字号: 青教发〔2021〕8号\n---\n青山市计划\n一、任务\n学校\t专业\n一中\t机电\n\t护理\n"
)


@pytest.fixture
def parsed(parse):
    """A document that has something of everything, an odd line end included."""
    (item,) = parse(TABLE + "（一）甲\u2028乙\x85丙。\n")
    profile = Profile("通知", repeals=(Reference("旧办法", "青教发〔2001〕1号"), Reference("乙")))
    marks = (Mark(0, "第1页"), Mark(30, "第2页", 0.5))
    return replace(item, document=replace(item.document, marks=marks, profile=profile))


def test_a_document_and_its_clauses_come_back_as_they_were(parsed):
    document, clauses = document_line(parsed.document), clauses_line(parsed.clauses)
    assert "\n" not in document + clauses
    assert read_document(document) == parsed.document
    assert read_clauses(clauses, parsed.document) == parsed.clauses
    assert any(clause.cells for clause in parsed.clauses)


def test_clauses_take_the_id_their_document_bears_now(parsed):
    renamed = read_clauses(clauses_line(parsed.clauses), replace(parsed.document, doc_id="新"))
    assert {clause.doc_id for clause in renamed} == {"新"}
    assert [c.labels for c in renamed] == [c.labels for c in parsed.clauses]
    assert all(clause.clause_id.startswith("新#") for clause in renamed)


@pytest.mark.parametrize("line", ["", "{", "null", "[1]", '{"kind": "full"}', "[[1, 2]]"])
def test_something_else_is_told(parsed, line):
    with pytest.raises(BrokenIndexError, match="重新建立"):
        read_document(line)
    if line != "[1]":
        with pytest.raises(BrokenIndexError, match="重新建立"):
            read_clauses(line, parsed.document)
