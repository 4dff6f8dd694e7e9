import pytest

from assistant.answering.spans import Span
from assistant.answering.stated import asked_part
from assistant.answering.terms import terms_of
from assistant.understanding.lexicon import parse_lexicon
from assistant.understanding.question import analyse
from index.types import Clause, ClauseKind, Heading

LEXICON = parse_lexicon("副教授 副高级\n")
ROADS = "到2025年底，优良中等路率达到87%，县道达到92%，乡道达到88%"
SHARES = "补贴资金由县财政承担70%、生产销售企业承担30%"
YEARS = "各年度招生目标：2024年8200人、2025年8800人、2026年9500人"
LEVELS = "双师型教师占比，中职学校2025年达到60%、2027年达到65%，高职学校2027年达到72%"
MEALS = "80岁以上老人每餐优惠3元，60岁以上优惠2元"
FEES = "课酬标准：中级120元，副高级160元，正高级220元"


def value_of(question, text):
    part = part_of(question, text)
    return text[part.start : part.end]


def part_of(question, text):
    asked = analyse(question)
    terms = terms_of(asked.focus, LEXICON, lambda token: 1, 10)
    return asked_part(asked, terms, span_of(text), lambda pieces: [0.0] * len(pieces))


def span_of(text):
    clause = Clause("d#1", "d", (Heading("1", ""),), ClauseKind.PARAGRAPH, text, 0, len(text))
    return Span(clause, 0, len(text), text)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("优良中等路率要达到多少", ROADS, "87%"),
        ("乡道优良率的比例是多少", ROADS, "88%"),
        ("企业承担的比例是多少", SHARES, "30%"),
        ("2025年招生多少人", YEARS, "8800人"),
        ("80岁以上老人每餐优惠多少", MEALS, "3元"),
        ("副教授的课酬多少钱", FEES, "160元"),
    ],
)
def test_of_several_values_the_one_asked_for_is_singled_out(question, text, value):
    part = part_of(question, text)
    assert value in text[part.start : part.end]
    assert part.is_clear


def test_the_year_and_level_asked_for_choose_the_value():
    part = part_of("2027年高职双师型教师占比是多少", LEVELS)
    assert "72%" in LEVELS[part.start : part.end]


def test_the_part_said_of_a_value_goes_from_the_value_before_to_the_next_comma():
    part = part_of("乡道优良中等路率的比例是多少", ROADS)
    assert ROADS[part.first : part.last] == "，乡道达到88%"


def test_nothing_is_singled_out_where_the_question_meets_none_of_the_values():
    part = part_of("客座专家讲一次多少钱", FEES)
    assert not part.is_clear


def test_a_sentence_without_such_a_value_has_no_part():
    assert part_of("课酬多少钱", "课酬由学校自定") is None


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (
            "省级绿色工厂奖励多少钱",
            "对新认定的国家级、省级、市级绿色工厂，分别给予60万元、25万元、8万元奖励",
            "25万元",
        ),
        ("4A企业奖励多少钱", "新评为5A、4A、3A级的，分别奖励50万元、30万元、10万元", "30万元"),
        ("2026年安排多少钱", "2025—2027年每年分别安排900万元、1100万元、1300万元", "1100万元"),
        ("去一趟给多少钱", "每次补助150元，其中单程超过20公里的补助220元", "150元"),
        ("产前检查的限额是多少元", "产前检查限额由原来每孕次800元提高到1800元", "1800元"),
        ("原来产前检查的限额是多少元", "产前检查限额由原来每孕次800元提高到1800元", "800元"),
    ],
)
def test_lists_conditions_and_changes_are_read_as_they_are_meant(question, text, value):
    assert value_of(question, text) == value


def test_what_is_counted_stands_behind_the_number():
    text = "打造2个特色文化育人品牌，建设10门思政精品课，培养30名骨干教师"
    assert value_of("思政精品课要建几门", text) == "10门"
    assert value_of("骨干教师培养多少名", text) == "30名"


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (
            "综合实训基地要建几个",
            "重点建设5个左右具备教学、生产等功能的综合实训基地，其中建设1个生产性基地",
            "5个",
        ),
        (
            "教师全员轮训多长时间一个周期",
            "落实5年一周期的教师全员轮训制度，每年至少1个月在企业",
            "5年",
        ),
        ("体育类机构有多少家", "共612家，其中艺术类318家、体育类167家、科技类95家", "167家"),
    ],
)
def test_the_noun_behind_a_value_counts_where_it_stands_behind(question, text, value):
    assert value in value_of(question, text)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (
            "老人七十八岁每月加发多少钱",
            "年满65周岁的按月加发：65至74周岁加发5元，75至84周岁加发12元，85周岁以上加发25元",
            "12元",
        ),
        (
            "老人八十六岁另增发多少钱",
            "65周岁以上的另增发10元，75周岁以上的另增发20元，85周岁以上的另增发35元",
            "35元",
        ),
        ("开车跑了20万公里奖多少", "满10万公里奖励2000元，满20万公里奖励5000元", "5000元"),
        (
            "登记什么时候截止",
            "小学为7月1日8:00至7月5日18:00，家长说明会为7月9日",
            "7月1日8:00至7月5日",
        ),
        ("每户最多能领几瓶", "每户每月至少领用2瓶，最多领用6瓶", "6瓶"),
    ],
)
def test_ranges_and_bounds_tell_values_apart(question, text, value):
    assert value in value_of(question, text)


def test_minutes_are_a_duration():
    assert value_of("接班要提前多久到岗", "接班人员应提前20分钟到岗") == "20分钟"


def test_a_condition_asked_for_is_at_least_shown_beside_what_follows_from_it():
    text = "达到职工总数20%的，另奖励2万元"
    part = part_of("新吸纳就业达到职工总数多少给奖励", text)
    assert text[part.start : part.end] == "达到职工总数20%" or not part.is_clear
