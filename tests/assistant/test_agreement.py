"""Questions whether the text of a document and its table agree."""

import pytest

from assistant.understanding.agreement import asks_of_both, without_agreement


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("实训基地个数,正文和任务清单的说法一样吗", "实训基地个数"),
        ("附件的清单和正文说的学位数一样不一样", "学位数"),
        ("双师比例正文与附表是否一致", "双师比例"),
        ("正文和任务清单各写了什么", "正文和任务清单各写了什么"),
        ("两校收费一样吗", "两校收费一样吗"),
    ],
)
def test_what_they_are_to_agree_about_is_left(text, rest):
    assert without_agreement(text) == rest


def test_a_question_about_a_list_alone_is_not_about_both():
    assert asks_of_both("正文和任务清单各写了什么")
    assert not asks_of_both("任务清单里有几项")
