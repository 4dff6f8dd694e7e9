"""An elliptical question takes from the one before what it leaves out, and no more."""

from __future__ import annotations

import pytest

from assistant.understanding.followup import stand_alone
from assistant.understanding.routing import Router
from index.types import Document, DocumentKind


def document(doc_id: str, region: str) -> Document:
    title = f"{region}办法"
    return Document(
        doc_id, title, "", "", region, "", DocumentKind.FULL, f"{doc_id}.md", "", "", ()
    )


@pytest.fixture(scope="module")
def router() -> Router:
    return Router((document("q", "青石市"), document("b", "白沙县")), "青石市办法白沙县办法")


FIRST = "青石市2022年补贴总额是多少"


@pytest.mark.parametrize(
    ("question", "standalone"),
    [
        ("那2025年呢？", "青石市2025年补贴总额是多少"),
        ("2025年呢", "青石市2025年补贴总额是多少"),
        ("25年呢", "青石市2025年补贴总额是多少"),
        ("那白沙县呢？", "白沙县2022年补贴总额是多少"),
        ("白沙呢", "白沙2022年补贴总额是多少"),
        ("那2025年白沙县呢", "白沙县2025年补贴总额是多少"),
        ("那麼白沙縣呢", "白沙县2022年补贴总额是多少"),
    ],
)
def test_another_year_or_place_takes_the_slot(
    router: Router, question: str, standalone: str
) -> None:
    readings = stand_alone(question, [FIRST], router)
    assert [reading.text for reading in readings] == [standalone]


def test_a_year_is_added_where_none_was_asked(router: Router) -> None:
    (reading,) = stand_alone("那2025年呢", ["青石市补贴总额是多少"], router)
    assert "2025年" in reading.text
    assert "青石市" in reading.text


def test_another_level_takes_the_slot(router: Router) -> None:
    (reading,) = stand_alone("高职呢？", ["青石市中职毕业生补贴多少"], router)
    assert reading.text == "青石市高职毕业生补贴多少"


def test_another_year_takes_the_slot_of_a_range(router: Router) -> None:
    (reading,) = stand_alone("那2025年呢", ["青石市2018—2020年补贴多少"], router)
    assert reading.text == "青石市2025年补贴多少"


def test_the_last_question_counts(router: Router) -> None:
    (reading,) = stand_alone("那2025年呢", [FIRST, "白沙县2023年经费是多少"], router)
    assert reading.text == "白沙县2025年经费是多少"


@pytest.mark.parametrize("question", ["它由谁负责", "这项工作由谁负责", "那这个由谁负责"])
def test_a_pronoun_takes_the_topic(router: Router, question: str) -> None:
    first = stand_alone(question, ["青石市岗前体检收费多少"], router)[0]
    assert "青石市" in first.text
    assert "岗前体检" in first.text
    assert "由谁负责" in first.text


def test_a_question_without_a_place_takes_the_place_first(router: Router) -> None:
    first = stand_alone("申请材料有哪些", ["青石市补贴总额是多少"], router)[0]
    assert "青石市" in first.text
    assert "申请材料有哪些" in first.text
    assert first.question == "申请材料有哪些"


@pytest.mark.parametrize(
    "question", ["白沙县公园绿化面积占比是多少", "白沙县园林局每年几月组织考核"]
)
def test_a_new_topic_is_left_alone(router: Router, question: str) -> None:
    readings = stand_alone(question, [FIRST], router)
    assert [reading.text for reading in readings] == [question]


@pytest.mark.parametrize("question", ["那2025年呢？", "白沙呢", "它由谁负责", "补贴多少"])
def test_without_history_a_question_stays_as_it_is(router: Router, question: str) -> None:
    readings = stand_alone(question, [], router)
    assert [(reading.text, reading.topic) for reading in readings] == [(question, "")]


@pytest.mark.parametrize("question", ["", "呢", "？", "那", "那呢？", "(", "\\1", "它" * 500])
@pytest.mark.parametrize("earlier", ["", "？", "\\g<0>(", FIRST])
def test_scraps_always_have_a_reading(router: Router, question: str, earlier: str) -> None:
    assert stand_alone(question, [earlier], router)


@pytest.mark.parametrize(
    ("last", "question", "standalone"),
    [
        ("青石市骨干教师每人给多少钱", "名校长呢", "青石市名校长每人给多少钱"),
        ("青石市骨干教师培训人均资助标准", "名校长呢", "青石市名校长人均资助标准"),
        ("青石市在校生最少多少人", "校舍面积呢", "青石市校舍面积最少多少"),
        ("青石市企业要提取多少培训经费", "推广经费呢", "青石市推广经费多少"),
        ("青石市双证书归谁管", "那成绩单的呢", "青石市成绩单归谁管"),
    ],
)
def test_another_thing_is_asked_what_was_asked_of_the_last(
    router: Router, last: str, question: str, standalone: str
) -> None:
    assert stand_alone(question, [last], router)[0].text == standalone


def test_what_ends_alike_changes_places(router: Router) -> None:
    texts = [r.text for r in stand_alone("推广经费呢", ["青石市企业要提取多少培训经费"], router)]
    assert "青石市企业要提取多少推广经费" in texts


def test_the_topic_itself_counts_only_where_the_thing_is_told(router: Router) -> None:
    *_, last = stand_alone("名校长呢", ["青石市骨干教师每人给多少钱"], router)
    assert last.last_resort
    assert last.must == "名校长"


def test_the_topic_is_that_of_the_question_the_chain_began_with(router: Router) -> None:
    (first,) = stand_alone("哪年达到", ["青石市普职融通规模要多少人"], router)
    (second,) = stand_alone("由谁负责", [first.text], router)
    assert first.topic == second.topic == "青石市普职融通规模"
    assert second.only_asks


def test_what_is_compared_is_asked_of_the_last_two_places(router: Router) -> None:
    earlier = ["青石市教师比例要多少", "白沙县教师比例要多少"]
    (reading,) = stand_alone("哪个高", earlier, router)
    assert reading.text == "青石市和白沙县教师比例要多少，哪个高"
    assert stand_alone("哪个高", earlier[:1], router)[0].text != reading.text


def test_a_question_that_says_much_takes_the_topic_last(router: Router) -> None:
    first, *rest = stand_alone("一个老师顶多带几个学生娃", ["青石市双师型教师占比"], router)
    assert first.topic == ""
    assert rest[0].last_resort
