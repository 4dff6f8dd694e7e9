"""What a question asks for, in the words of staff and of everyone else."""

from __future__ import annotations

import pytest

from assistant.understanding.question import Ask, analyse, focus_of, levels


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("就业补贴资金占比是多少", Ask.RATIO),
        ("绿化面积占几成", Ask.RATIO),
        ("残疾人补贴标准是多少", Ask.NUMBER),
        ("一个月给几块钱", Ask.NUMBER),
        ("招多少人", Ask.NUMBER),
        ("申请的截止时间是什么", Ask.DATE),
        ("啥时候能领", Ask.DATE),
        ("湖水多久测一次", Ask.DATE),
        ("由哪个部门负责", Ask.UNIT),
        ("这事归谁管", Ask.UNIT),
        ("责任单位是谁", Ask.UNIT),
        ("申请材料有哪些", Ask.LIST),
        ("包括哪几类企业", Ask.LIST),
        ("残疾人能不能领补贴", Ask.YESNO),
        ("公园里可以钓鱼吗", Ask.YESNO),
        ("如何申请补贴", Ask.HOW),
        ("补贴咋申请", Ask.HOW),
        ("制定依据是什么", Ask.BASIS),
        ("一共有多少项任务", Ask.COUNT),
        ("咨询电话是多少", Ask.CONTACT),
        ("学校的邮箱毕业后还能用几年", Ask.DURATION),
        ("电话报告的时限", Ask.DATE),
        ("硕士学位授权获批年份", Ask.DATE),
        ("协议保存年限", Ask.DURATION),
        ("基地建设投资总额", Ask.NUMBER),
        ("你们有哪些文件", Ask.CATALOGUE),
        ("介绍一下公园管理", Ask.GENERAL),
    ],
)
def test_the_kind_of_answer_is_told(text: str, ask: Ask) -> None:
    assert analyse(text).ask is ask


def test_a_question_that_ends_in_shenme_is_no_yes_no_question() -> None:
    assert analyse("第三条写了什么").ask is not Ask.YESNO


def test_a_floor_space_is_no_ratio() -> None:
    assert analyse("东园占地多少平方米").ask is Ask.NUMBER


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("办法的文号是多少", ["发文字号"]),
        ("供热办法以第几号令公布", ["发文字号"]),
        ("省政府几号令", ["发文字号"]),
        ("供热办法几号公布的", ["成文日期"]),
        ("这个办法是哪几个部门联合发的", ["发文机关"]),
        ("实施细则由哪些单位印发", ["发文机关"]),
        ("通知是哪个单位发的", ["发文机关"]),
        ("办法是什么时候发布的", ["成文日期"]),
        ("通知的印发日期", ["印发日期"]),
        ("主送给谁", ["主送"]),
        ("通知抄送哪些单位", ["抄送"]),
        ("这个文件公开吗", ["公开属性"]),
        ("文件的发文字号和成文日期", ["发文字号", "成文日期"]),
    ],
)
def test_letterhead_fields_are_told(text: str, fields: list[str]) -> None:
    question = analyse(text)
    assert question.ask is Ask.LETTERHEAD
    assert set(fields) <= set(question.fields)


def test_copies_are_not_taken_for_addressees() -> None:
    assert analyse("通知抄送给谁").fields == ("抄送",)


def test_dates_of_the_matter_are_no_letterhead() -> None:
    assert analyse("补贴什么时候发放").ask is Ask.DATE


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年补贴多少", {2022}),
        ("22年的补贴多少", {2022}),
        ("到25年底补贴多少", {2025}),
        ("２０２２年补贴多少", {2022}),
        ("2018—2020年补贴多少", {2018, 2019, 2020}),
        ("2022年和2025年各是多少", {2022, 2025}),
        ("补贴期限是22年以上吗", set()),
        ("补贴2000元吗", set()),
        ("补贴多少", set()),
    ],
)
def test_years_are_read(text: str, years: set[int]) -> None:
    assert analyse(text).years == years


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("任务表第3项由谁负责", "3"),
        ("序号12的完成时限", "12"),
        ("第十二项任务由谁负责", "12"),
        ("办法第三条说了什么", ""),
        ("第二医院负责什么", ""),
        ("补贴多少", ""),
        ("清单里20号任务归谁管", "20"),
        ("5月20号任务要完成多少", ""),
    ],
)
def test_row_numbers_are_read(text: str, row: str) -> None:
    assert analyse(text).row == row


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("补贴多少万元", "万元"),
        ("设置多少个厕位", "个"),
        ("补贴几年", "年"),
        ("面积多少平方米", "平方米"),
        ("总人数是多少", "人"),
    ],
)
def test_units_asked_in_are_read(text: str, unit: str) -> None:
    assert unit in analyse(text).units


def test_a_share_of_a_headcount_is_not_asked_in_persons() -> None:
    assert analyse("新吸纳就业人数达到职工总数多少可以得奖励").units == ()


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("補貼標準是多少", "补贴标准是多少"),
        ("由哪個部門負責", "由哪个部门负责"),
        ("什麼時候截止", "什么时候截止"),
        ("ＡＢ類企業有哪些", "AB类企业有哪些"),
    ],
)
def test_traditional_and_full_width_mean_the_same(traditional: str, simplified: str) -> None:
    one, other = analyse(traditional), analyse(simplified)
    assert (one.text, one.focus, one.ask) == (other.text, other.focus, other.ask)
    assert one.raw == traditional


def test_levels_of_education_are_told() -> None:
    assert analyse("中专毕业生补贴多少").levels == {"中职"}
    assert analyse("本科和大专补贴各多少").levels == {"本科", "高职"}


@pytest.mark.parametrize(
    "text", ["请问残疾人补贴是多少", "麻烦问一下残疾人补贴有多少呢？", "残疾人补贴"]
)
def test_politeness_and_ask_words_are_no_content(text: str) -> None:
    assert focus_of(text) == "残疾人补贴"


def test_the_topic_is_kept_apart() -> None:
    question = analyse("由谁负责", "用工补贴")
    assert question.topic == "用工补贴"
    assert "用工" not in question.focus


@pytest.mark.parametrize(
    "text", ["提高职业技能", "加大专业课程比重", "其中职工占一半", "提高中等教育质量", "最初中标的"]
)
def test_a_level_is_not_read_across_the_seam_of_two_words(text: str) -> None:
    assert levels(text) == frozenset()


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("谁来查乱收费", Ask.UNIT),
        ("督导评估要落实的几项制度", Ask.LIST),
        ("有没有照顾困难家庭的名额", Ask.YESNO),
        ("谁的补贴名额有多少", Ask.NUMBER),
    ],
)
def test_what_is_asked_is_told_from_what_is_only_named(question: str, ask: Ask) -> None:
    assert analyse(question).ask is ask


def test_what_is_only_repeated_is_said_once():
    assert analyse("娃" * 2000).text == "娃"
    assert analyse("学费多少啊啊啊啊啊啊啊").text == "学费多少啊"
    assert analyse("补贴100000元").text == "补贴100000元"


def test_the_year_of_a_document_is_no_year_that_is_asked_for():
    assert analyse("青政发〔2024〕31号施行后废止的是哪个文件").years == frozenset()
    assert analyse("青政发〔2024〕31号说2025年招多少人").years == {2025}


def test_markup_in_a_question_is_no_word():
    assert analyse("每人每月<b>补贴</b>多少").text == "每人每月补贴多少"


@pytest.mark.parametrize("text", ["不许报名的几类人", "归档范围的六大类", "转岗的几种情形"])
def test_kinds_of_something_are_a_list(text):
    assert analyse(text).ask is Ask.LIST


@pytest.mark.parametrize("text", ["第二套住房最高贷款额", "大班班额", "补助名额"])
def test_an_amount_is_asked_for_by_its_name(text):
    assert analyse(text).ask is Ask.NUMBER
