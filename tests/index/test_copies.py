"""A document that arrived twice is kept once, and only where nothing is lost."""

from dataclasses import replace

import pytest

from index.copies import find_copies
from index.types import Mark

_LINES = [f"第{n}项工作由第{n}科负责，{n}月底前完成并报告结果。" for n in range(1, 60)]
TEXT = "青教发〔2021〕8号\n青山市招生办法\n" + "\n".join(_LINES) + "\n青山市教育局\n2021年5月6日\n"


@pytest.fixture
def document(parse):
    """Make the document of a made-up text under an id of its own."""

    def make(doc_id, text=TEXT, **changed):
        document = parse(text)[0].document
        return replace(document, doc_id=doc_id, source=f"{doc_id}.txt", **changed)

    return make


def scanned(document, text):
    return replace(document, text=text, marks=(Mark(0, "第1页", 0.9),))


def misread(text):
    """Put every sixtieth character wrong."""
    return "".join("口" if i % 60 == 59 else c for i, c in enumerate(text))


def test_the_same_text_is_kept_once_and_the_first_of_them(document):
    assert find_copies([document("b"), document("a")]) == {"a": "b"}


def test_another_format_of_the_same_document_is_a_copy(document):
    other = TEXT.replace("负责，", "负责，\n").replace("\n", "\n\n")
    assert find_copies([document("a"), document("b", other)]) == {"b": "a"}


def test_text_is_kept_before_a_scan_of_it_whatever_the_order(document):
    scan = document("scan")
    scan = scanned(scan, misread(scan.text))
    assert find_copies([scan, document("a")]) == {"scan": "a"}
    nameless = replace(scan, number="", issued_on="")
    assert find_copies([nameless, document("a")]) == {}


def test_the_whole_is_kept_before_a_part_of_it(document):
    notice = "青教发〔2021〕8号\n青山市招生办法\n" + "\n".join(_LINES[:5])
    assert find_copies([document("part", notice), document("a")]) == {"part": "a"}


def test_what_is_not_in_the_other_is_never_hidden(document):
    annex = "青教发〔2021〕8号\n青山市招生办法\n" + "\n".join(
        f"第{n}所学校在东门。" for n in range(40)
    )
    assert find_copies([document("annex", annex), document("a")]) == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "青教发〔2021〕9号"},
        {"number": "", "issued_on": "2022-05-06"},
        {"number": "", "issuer": "白河市教育局"},
    ],
)
def test_texts_of_another_number_day_or_body_are_no_copies(document, changed):
    other = document("b", TEXT.replace("第3科", "第4科"), **changed)
    assert find_copies([document("a"), other]) == {}


def test_the_rules_of_two_schools_from_one_template_are_both_kept(document):
    first, second = (
        document(
            name,
            TEXT.replace("完成并报告", f"{school}完成并报告"),
            number="",
            issuer="",
            issued_on="",
        )
        for name, school in (("a", "一中"), ("b", "二中"))
    )
    assert find_copies([first, second]) == {}


def test_a_title_that_many_bear_is_no_sign_of_a_copy(document):
    bare = {"number": "", "issuer": "", "issued_on": ""}
    documents = [document(f"d{n}", TEXT + f"第{n}号附页。\n", **bare) for n in range(20)]
    assert len(find_copies(documents)) < 20
