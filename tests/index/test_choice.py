"""Which documents are answered from, and what they are called."""

import pytest

from index.choice import choose
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents

PLAN = "青教发〔2021〕8号\n青山市招生办法\n一、时间\n六月。\n"
DIGEST = "---\n发文字号: 青教发〔2021〕8号\n类型: 要点整理\n---\n# 青山市招生办法\n一、时间\n夏天里招生。\n"
OTHER = "白河市学校安全办法\n第一条 学校每学期演练两次。\n"


def document(text, stem="a", suffix="txt"):
    return parse_documents(SourceText(stem, f"{stem}.{suffix}", text, text))[0].document


def test_documents_of_one_name_get_ids_of_their_own_in_their_order():
    texts = (PLAN, OTHER, OTHER.replace("演练", "检查").replace("白河", "青山"))
    choice = choose([document(text) for text in texts])
    assert [item.doc_id for item in choice.documents] == ["a", "a~2", "a~3"]
    assert choice.places == (0, 1, 2)
    assert choice.problems == ()


@pytest.mark.parametrize("order", [(DIGEST, PLAN), (PLAN, DIGEST)])
def test_the_plain_id_is_for_what_is_answered_from(order):
    choice = choose([document(text) for text in order])
    (place,) = choice.places
    assert order[place] == PLAN
    assert choice.documents[place].doc_id == "a"
    assert {hidden.by for hidden in choice.hidden.values()} == {"a"}
    assert choice.problems == ()  # that a digest steps back is as it should be


def test_a_number_that_is_taken_is_passed_over():
    named = [document(PLAN, "a~2"), document(OTHER), document(DIGEST.replace("8号", "9号"))]
    assert [item.doc_id for item in choose(named).documents] == ["a~2", "a", "a~3"]


def test_a_copy_is_told_by_its_file():
    choice = choose([document(PLAN), document(PLAN, "b")])
    assert choice.places == (0,)
    assert choice.problems == ("b.txt：与另一个文件内容相同，没有重复收入。",)


def test_of_nothing_nothing_is_chosen():
    assert (choose([]).documents, choose([]).places) == ((), ())
