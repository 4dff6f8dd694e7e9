"""What kind of value a question wants, and whether a text states one."""

from __future__ import annotations

import pytest

from assistant.answering.spans import search_form
from assistant.answering.wanted import KINDS, states, wanted


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("养一条狗一年交多少钱？", ["金额"]),
        ("交回旧车能补几个钱", ["金额"]),
        ("基地投资总额", ["金额"]),
        ("病了住院能报几成", ["比例"]),
        ("公园讲解员一天上几个小时的班", ["小时数"]),
        ("一期学几天，管不管吃住？", ["时长"]),
        ("一个师傅得带多少学生，有没有个上限", ["数量"]),
        ("退养给不给补偿，补多少？", ["金额"]),
        ("协议保存年限", ["时长"]),
        ("材料交上去多久有结果", ["期限"]),
        ("路灯多久检修一次", ["次数或间隔"]),
        ("擂台赛定在几月几号", ["日期"]),
        ("码头啥时候开工", ["时间"]),
        ("一条船最多坐多少人", ["人数"]),
        ("每间宿舍的面积标准", ["面积"]),
        ("全县建几座水库", ["数量"]),
        ("联席会议的召集人是谁", ["人选"]),
        ("指挥部的办公室设在哪个单位", ["设在哪里"]),
        ("渡口值班室在哪个位置", ["地点"]),
        ("三所示范院校的校名", ["学校或单位的名称"]),
        ("占道摆摊怎么罚", ["处罚"]),
        ("渡口扩建由谁批", ["单位"]),
        ("补证要带哪些东西", ["材料"]),
        ("为什么岛上补得多", ["原因"]),
        ("渡口管理所的电话号码", ["电话"]),
        ("海事专业跟哪几所大专联办", ["学校或单位的名称"]),
        ("首批入驻企业名单", ["学校或单位的名称"]),
        ("考证的报名费要自己掏吗", ["费用由谁承担"]),
    ],
)
def test_reads_the_kind_of_value_a_question_wants(question: str, names: list[str]) -> None:
    assert [kind.name for kind in wanted(search_form(question))] == names


@pytest.mark.parametrize(
    "question",
    [
        "前几天听人说养狗要办证，怎么办？",
        "干了好几年保安，能不能评中级？",
        "哪几个月可以捕鱼",
        "渔船检验的几项要求",
        "服务时长怎么录入",
        "虚报出差天数会怎样",
        "厂里买了几个摄像头，算不算数字化改造？",
        "干不满年限就辞职会怎样",
        "养狗有什么要求",
    ],
)
def test_wants_no_value_where_words_answer(question: str) -> None:
    assert wanted(search_form(question)) == ()


@pytest.mark.parametrize(
    ("name", "text", "is_stated"),
    [
        ("金额", "每只补助30元", True),
        ("金额", "按成本的一半补助", True),
        ("金额", "免收检测费", True),
        ("金额", "按县财〔2013〕58号文件给予适当补助", False),
        ("金额", "建设10个以上渔港", False),
        ("时长", "公示5个工作日", True),
        ("时长", "当天办结", True),
        ("时长", "每年开办培训班", False),
        ("时长", "实行三年一轮的评估", False),
        ("次数或间隔", "实行三年一轮的评估", True),
        ("期限", "2024年3月底前建成", True),
        ("期限", "长期有效", True),
        ("期限", "由镇里负责建设", False),
        ("日期", "每年6月开捕", True),
        ("日期", "每年开办培训班", False),
        ("时间", "建设大学科技产业园", False),
        ("人数", "收学徒40名", True),
        ("人数", "规模达到3000", True),
        ("人数", "至少掌握一种技能", False),
        ("人数", "2024年第二批共30个项目", False),
        ("数量", "新建水库两座", True),
        ("数量", "2025年前建成一批水库", False),
        ("比例", "每10艘渔船配备1名看护员", True),
        ("比例", "2025年建成水库", False),
        ("人选", "由分管副县长担任召集人", True),
        ("人选", "建立联席会议制度", False),
        ("地点", "办公室设在县水利局", True),
        ("地点", "投诉由客服办公室（门诊楼112室）受理", True),
        ("地点", "建立领导小组办公室", False),
        ("处罚", "责令改正，处200元罚款", True),
        ("处罚", "企业应当提取培训经费", False),
        ("材料", "持身份证和户口簿办理", True),
        ("材料", "证件遗失的应当申请补发", False),
        ("单位", "由县水利局审批", True),
        ("单位", "骨灰撒海每例补助3000元", False),
        ("原因", "为方便群众，设立夜市", True),
        ("原因", "上岛的增发9000元", False),
        ("电话", "咨询电话：3320165", True),
        ("电话", "拨打公布的热线", False),
        ("费用由谁承担", "接种不收取任何费用", True),
        ("费用由谁承担", "开设育婴培训班", False),
    ],
)
def test_tells_whether_a_text_states_a_value(name: str, text: str, is_stated: bool) -> None:
    (kind,) = (kind for kind in KINDS if kind.name == name)
    assert states(kind, search_form(text)) is is_stated


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("海事专业由临湾海事学院和市技工学校联办", True),
        ("智力残疾在县第二医院评定", True),
        ("与省级高水平高等职业院校联合办学", False),
        ("由定点医院鉴定", False),
        ("各骨干民办中学均可申报", False),
    ],
)
def test_a_school_or_company_is_named_by_more_than_its_kind(text: str, named: bool) -> None:
    (kind,) = wanted("跟哪几所学校联办")
    assert states(kind, text) is named
