"""A question may reach across places, leave one out, or ask for the most."""

import pytest

from assistant.understanding.scope import Extreme, scope_of

MOST, LEAST = Extreme.MOST, Extreme.LEAST


@pytest.mark.parametrize(
    ("text", "everywhere", "excluding", "extremes"),
    [
        ("各地的补贴标准分别是多少", True, False, ()),
        ("这几个地方里头哪个地方补贴最高", True, False, (MOST,)),
        ("除了青石市还有谁给补贴", True, True, ()),
        ("青石和白沙谁的补贴多", False, False, (MOST,)),
        ("五个文件里面最早发的是哪家,最晚发的又是哪家", True, False, (LEAST, MOST)),
        ("青石市补贴多少", False, False, ()),
        ("去哪里报名", False, False, ()),
        ("哪个县级部门负责", False, False, ()),
        ("罚款应落在哪个区间", False, False, ()),
        ("这笔钱哪些地方不许花", False, False, ()),
        ("哪些地方给补贴", True, False, ()),
    ],
)
def test_the_reach_of_a_question(text, everywhere, excluding, extremes):
    scope = scope_of(text)
    assert (scope.everywhere, scope.excluding, scope.extremes) == (everywhere, excluding, extremes)


def test_what_says_the_reach_is_no_content():
    assert scope_of("各地的补贴标准分别是多少").rest == "的补贴标准 是多少"
    assert scope_of("青石市补贴标准是多少").rest == "青石市补贴标准是多少"


def test_what_is_left_out_is_told():
    assert scope_of("除了成职教科还有谁管基地").excluded == "成职教科"
    assert scope_of("别的地方有补贴吗").excluded == ""


def test_documents_that_are_asked_for_are_not_those_of_the_library():
    assert not scope_of("施行后废止了哪几个文件").everywhere
    assert scope_of("这几个文件里哪个最早").everywhere
