"""A rule for one school is no answer about another."""

import pytest

from assistant.understanding.bodies import schools

PLACES = {"云岭市", "云岭", "青山县", "青山"}
CORPUS = "云岭市中等专业学校招生三百人。启明职业技术学校建实训楼。云岭师范学院开设专业。各职业学校要达标。"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云岭中专今年招多少人", ["云岭中专"]),
        ("启明职中的实训楼啥时候盖好", ["启明职中"]),
        ("听说云岭二中要建实训楼", ["云岭二中"]),
        ("云岭师范学院开什么专业", ["云岭师范学院"]),
        ("云岭的中专今年招多少人", []),
        ("云岭职校今年招多少人", []),
        ("念完中专还能考大学吗", []),
        ("高职院校怎么拨款", []),
        ("青山大学里头的小卖部水费怎么算", []),
        ("青山大学招多少人", ["青山大学"]),
    ],
)
def test_a_name_is_told_from_a_kind_of_school(question, said):
    assert [body.said for body in schools(question, PLACES, CORPUS)] == said


def test_a_place_without_such_a_school_means_the_kind():
    assert list(schools("青山中专招多少人", PLACES, "青山县各职业学校要达标")) == []


@pytest.mark.parametrize(
    ("question", "text", "is_in"),
    [
        ("启明职中的实训楼", "启明职业技术学校建实训楼", True),
        ("云岭中专招多少人", "市中等专业学校招生三百人", True),
        ("云岭中专招多少人", "各职业学校招生三百人", False),
        ("云岭二中招多少人", "云岭市第二中学招生", True),
        ("云岭二中招多少人", "云岭师范学院招生", False),
    ],
)
def test_a_text_speaks_of_a_school_by_any_of_its_names(question, text, is_in):
    (body,) = schools(question, PLACES, CORPUS)
    assert body.is_in(text) is is_in
