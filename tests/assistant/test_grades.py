"""What holds for one grade is no answer about another."""

import pytest

from assistant.understanding.grades import only_classes, speaks_of_others, speaks_of_same


@pytest.mark.parametrize(
    ("question", "text", "others", "same"),
    [
        ("三等奖学金给多少", "一等奖学金每人1500元", True, False),
        ("一等奖学金给多少", "一等奖学金每人1500元,二等奖学金每人800元", False, True),
        ("高一能住校吗", "高三学生可以住校", True, False),
        ("三等奖学金给多少", "奖学金每学年评一次", False, False),
        ("三级医院报多少", "二级以上医院报八成", False, True),
        ("刮八级风能出海吗", "七级以上大风不得出海", False, True),
        ("定成最危险的一级还修吗", "d级危房除外", False, False),
        ("招生任务在初中学校一级怎么落实", "三级医院报八成", False, False),
        ("高级工补多少", "取得中级证书的补贴600元", True, False),
        ("二等奖免考吗", "二、三等奖免予技能测试", False, True),
        ("八级伤残减多少", "七至十级减免30%", False, True),
        ("正月初三开门吗", "除初一至初二外正常开放", False, False),
        ("能再往上评一级吗", "二级教师任满五年", False, False),
        ("违反两次降一档吗", "三档每月800元", False, False),
        ("学徒第四年津贴多少", "第一年1200元,第三年1800元", True, False),
        ("学徒第四年津贴多少", "第三年起每年1800元", False, False),
        ("第2次违纪怎么处理", "第一次警告,第二次记过", False, True),
        ("人人平等吗", "一等奖学金每人1500元", False, False),
    ],
)
def test_a_text_on_another_grade_is_told(question, text, others, same):
    assert speaks_of_others(question, text) is others
    assert speaks_of_same(question, text) is same


@pytest.mark.parametrize(
    ("question", "only"),
    [("娃上初二要交多少", True), ("三年级有几个班", True), ("三等奖多少", False)],
)
def test_a_year_of_school_says_who_asks(question, only):
    assert only_classes(question) is only
