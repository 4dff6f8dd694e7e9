"""A number of schools is no list of their names."""

import pytest

from assistant.answering.naming import lacking_office, lacks_names


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("6所特色学校的名单", "重点建设1所优质学院和6所特色学校", True),
        ("要建的5所示范校具体是哪几所", "到2022年建成五所示范校", True),
        ("哪两个项目在建", "加快建设甲基地和乙基地2个项目", False),
        ("四项计划是哪四项", "实施专业计划、基地计划、教师计划、信息计划等“四项计划”", False),
        ("6所特色学校的名单", "6所特色学校（甲校、乙校等）", False),
        ("要建几所特色学校", "重点建设6所特色学校", False),
        ("6所特色学校的名单", "特色学校要达到标准", False),
    ],
)
def test_names_are_missed_where_only_their_number_stands(question, text, lacks):
    assert lacks_names(question, text) is lacks


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("领导小组组长由谁担任", "成立领导小组,各成员单位各负其责", "组长"),
        ("联席会议的召集人是哪位领导", "建立联席会议制度", "召集人"),
        ("领导小组组长由谁担任", "由市长任组长,分管副市长任副组长", ""),
        ("谁来当办公室主任", "办公室主任由局长兼任", ""),
        ("谁负责领导小组的工作", "领导小组统筹全市工作", ""),
    ],
)
def test_the_holder_of_an_office_is_missed_where_the_office_is_not_named(question, text, lacks):
    assert lacking_office(question, text) == lacks
