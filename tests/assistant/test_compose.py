"""What is said of evidence that is already chosen."""

import pytest

from assistant.answering.compose import compose
from assistant.answering.evidence import Evidence, fits_kind
from assistant.answering.library import LibraryView
from assistant.answering.spans import search_form, spans_of
from assistant.answering.terms import terms_of
from assistant.understanding.lexicon import parse_lexicon
from assistant.understanding.question import analyse
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents
from index.types import Hit

RULES = """青石市职业学校管理办法
第一条　各年度招生目标：2024年8200人、2025年8800人、2026年9500人。
第二条　申请材料为：1.申请书；2.身份证；3.营业执照。
第三条　县道由公路中心负责，乡道由乡镇政府负责，村道由村委会负责。
第四条　设立分校应当具备下列条件：
（一）有固定校舍；
（二）有专任教师；
（三）有稳定经费。
第五条　收费标准如下：
专业\t一年级（元）\t二年级（元）
护理\t3000\t3200
烹饪\t2600\t2800
"""
RULES += "第六条　违约金超出20%以内的加收1倍，超出20%至40%的加收2倍，超出40%以上的加收3倍。\n"
RULES += """第八条　审核的期限为七日。有下列情形之一的，应当解聘：
（一）考核不合格的；
（二）违反师德的。
第九条　创业培训按以下标准补贴：意识培训每人300元，能力培训每人1300元，网络培训每人1800元。
"""
RULES += """第十一条　验收不合格的，限九十日内整改，整改后仍不合格的，取消资格并收回资金。
第十二条　总成绩相同的，笔试成绩高者优先；仍相同的，加试一场。
第十三条　本办法所称实训基地，是指供学生实习、由企业建设的基地。
第十四条　招生人数，2022年要达到考生总数的20%以上，到2025年力争超过考生总数的25%。
第十五条　教室紫外线消毒30分钟，玩具每周消毒2次。小班每班25人、中班每班30人、大班每班35人。财政局每年下达预算，教育局负责资金测算和绩效评价，审计局依法监督。
第十六条　任务分工如下：
任务\t牵头单位\t配合单位\t2024年（所）\t2025年（所）\t完成时限
改造实训楼\t规划处\t财务处\t3\t5\t2025年6月底
第十七条　成绩在七日内公布，证书由学校统一发放。
第十八条　奖金如下：
奖项\t一等奖\t二等奖
学生组\t5000元\t3000元
教工组\t6000元\t4000元
"""
RULES += """第二十条　评审中文化价值占30分，市场前景占25分，创新性占20分。
第二十一条　学术学位总学分不低于28学分；专业学位总学分不低于32学分；在职学位不低于30学分。
第二十二条　迁建的按发生额的50%补助，单个项目不超过80万元；改建的按发生额的20%补助。
第二十三条　到2025年底仍未达标的学校，2026年起暂停招生。上交比例由20%调低至15%。
第二十四条　申报时提交下列材料：
（一）个人：身份证、户口簿；
（二）单位：营业执照、章程。
（三）材料核验：落实“两项计划”，即师资计划和校舍计划。
第二十五条　申请认定须有场地300平方米以上，专职教师5名以上，近三年无违规。资金分三年拨付，依次为50%、30%、20%。
第二十七条　岗位补贴与津贴：2024年800元，2025年900元。
第二十六条　培训券面值：甲类2600元，乙类1800元，丙类1000元。
"""
LONG = "第十九条　2024年和2025年" + "各校按照本办法的规定认真做好招生宣传工作" * 8 + "。\n"


def unknown(spans):
    """Tell nothing of pieces of a sentence."""
    return [0.0] * len(spans)


@pytest.fixture(scope="module")
def said():
    """Compose an answer from the spans that hold the given words, in their order."""
    (parsed,) = parse_documents(SourceText("d", "d.txt", RULES + LONG, "0" * 64))
    view = LibraryView({"d": parsed.document}, parsed.clauses)
    spans = [span for clause in parsed.clauses for span in spans_of(clause)]

    def answer(text, *words):
        question = analyse(text)
        terms = terms_of(question.focus, parse_lexicon(""), lambda token: 1, 10)
        chosen = [next(s for s in spans if word in s.text) for word in words]
        ranked = [
            Evidence(
                span, Hit(span.clause, 1.0, 1, {}), 1.0, 1.0, 1.0,
                fits_kind(question, span, search_form(span.text)), 0, 0, {}, sure=1 / rank,
            )
            for rank, span in enumerate(chosen, 1)
        ]  # fmt: skip
        return [
            f"{p.lead}{p.span.text}" for p in compose(question, terms, ranked, view, unknown).pieces
        ]

    return answer


def test_of_a_row_of_years_the_one_asked_for_is_cut_out_with_its_subject(said):
    assert said("2025年招生多少人", "8800人") == ["各年度招生目标：2025年8800人"]


def test_all_years_of_a_comparison_are_kept(said):
    (line,) = said("2024年和2026年招生分别多少人", "8800人")
    assert "8200人" in line
    assert "9500人" in line


def test_a_list_inside_a_sentence_is_quoted_to_its_end(said):
    (line,) = said("申请要哪些材料", "申请书；")
    assert "身份证" in line
    assert "营业执照" in line


def test_one_item_of_a_list_brings_the_others(said):
    lines = said("设立分校要什么条件", "专任教师")
    assert [line.rstrip("；。")[-4:] for line in lines] == ["固定校舍", "专任教师", "稳定经费"]


def test_the_body_with_the_duty_asked_for_is_cut_out(said):
    assert said("村道归谁负责", "村委会") == ["村道由村委会负责"]


def test_a_figure_in_a_table_is_told_with_the_names_of_its_row_and_column(said):
    assert said("烹饪一年级学费多少钱", "2600") == ["烹饪，一年级（元）：2600"]


def test_a_comparison_tells_the_cells_of_all_rows_it_names(said):
    lines = said("护理和烹饪二年级的收费相差多少", "3200", "2800")
    assert lines == ["护理，二年级（元）：3200", "烹饪，二年级（元）：2800"]


def test_a_long_sentence_without_a_comma_stays_whole(said):
    (line,) = said("2025年怎么做招生宣传", "招生宣传")
    assert line.startswith("2024年和2025年")
    assert line.endswith("宣传工作")


def test_of_several_cases_the_one_is_cut_out_that_the_number_of_the_question_lies_in(said):
    assert said("超出计划30%怎么处理", "加收2倍")[-1].endswith("超出20%至40%的加收2倍")
    (whole,) = said("超出计划怎么处理", "加收2倍")
    assert "加收3倍" in whole


def test_under_a_lead_in_the_surest_item_comes_first(said):
    first = said("没有固定校舍怎么处理", "设立分校", "固定校舍")[:2]
    assert first == ["设立分校应当具备下列条件", "有固定校舍"]


def test_an_item_of_a_list_inside_a_sentence_brings_all_of_it_where_all_is_asked_for(said):
    whole = ["申请材料为：1.申请书；2.身份证；3.营业执照"]
    assert said("申请要交哪些材料", "2.身份证") == whole


def test_a_sentence_beside_a_lead_in_is_not_answered_with_the_list(said):
    assert said("审核期限", "审核的期限") == ["审核的期限为七日"]
    assert said("应当解聘的情形", "应当解聘")[0].startswith("（一）")


def test_where_no_value_is_singled_out_all_are_shown(said):
    (line,) = said("创业培训的补贴标准是多少", "创业培训")
    assert line.endswith("网络培训每人1800元")


def test_a_condition_is_told_with_what_follows_from_it(said):
    (line,) = said("验收不合格又没改好的怎么处理", "整改后仍不合格")
    assert line.endswith("整改后仍不合格的，取消资格并收回资金")


def test_a_rule_goes_on_to_its_sequel(said):
    assert said("总成绩相同的如何排序", "笔试成绩高者") == [
        "总成绩相同的，笔试成绩高者优先；仍相同的，加试一场"
    ]


def test_a_definition_is_not_cut_at_its_commas(said):
    (line,) = said("什么叫实训基地", "是指供学生实习")
    assert line.endswith("由企业建设的基地")


def test_the_one_duty_in_a_sentence_is_cut_out_where_it_meets_the_question_best(said):
    assert said("绩效评价由谁负责", "负责资金测算") == ["教育局负责资金测算和绩效评价"]


def test_both_columns_of_a_row_are_told_when_both_are_asked_for(said):
    lines = said("改造实训楼的牵头单位及完成时限", "规划处", "改造实训楼")
    assert lines[0] == "规划处"
    assert any(line.endswith("完成时限：2025年6月底") for line in lines)
    assert not any("财务处" in line for line in lines)


def test_the_column_of_the_year_asked_for_is_told_beside_the_unit(said):
    lines = said("改造实训楼2025年的所数及牵头单位", "规划处")
    assert any(line.endswith("2025年（所）：5") for line in lines)
    assert not any("2024年" in line for line in lines)


def test_a_sum_in_a_cell_is_told_by_its_row_and_column_alone(said):
    assert said("学生组二等奖奖金多少", "3000元") == ["学生组，二等奖：3000元"]


def test_a_number_in_a_cell_comes_without_its_row_whatever_the_question_calls_it(said):
    assert said("头一名的学生能拿几个钱", "5000元") == ["学生组，一等奖：5000元"]


def test_what_joins_words_of_one_name_joins_no_two_things(said):
    assert said("岗位补贴与津贴2025年标准", "岗位补贴与津贴") == ["岗位补贴与津贴：2025年900元"]


def test_rows_that_a_question_joins_are_each_told_by_what_only_their_names_have(said):
    assert said("教工与学生的一等奖奖金", "5000元", "6000元") == [
        "学生组，一等奖：5000元",
        "教工组，一等奖：6000元",
    ]


def test_what_is_said_of_the_year_asked_for_is_told_where_no_value_of_the_kind_is(said):
    (line,) = said("2025年要招多少人", "力争超过考生总数")
    assert line == "招生人数：到2025年力争超过考生总数的25%"


def test_a_noun_in_front_of_values_asks_for_one_of_them(said):
    assert said("乙类面值", "乙类1800元") == ["培训券面值：乙类1800元"]


def test_a_noun_that_names_a_value_is_told_the_one_of_several_that_is_meant(said):
    lines = said("幼儿园大班班额", "小班每班25人")
    assert lines[0].endswith("大班每班35人")
    assert "25人" not in "".join(lines)


def test_how_often_is_no_length_of_time(said):
    lines = said("玩具消毒频次", "玩具每周消毒2次")
    assert lines == ["教室紫外线消毒30分钟，玩具每周消毒2次"]


def test_of_several_values_those_named_side_by_side_are_told(said):
    told = said("文化价值与创新性的评审分值", "文化价值占")
    assert told == ["评审中文化价值占30分", "创新性占20分"]
    both = said("学术学位与专业学位的总学分", "学术学位总学分")
    assert both == ["学术学位总学分不低于28学分", "专业学位总学分不低于32学分"]


def test_a_cap_belongs_to_what_it_caps(said):
    told = said("迁建的补助比例是多少", "迁建的按")
    assert told[-1] == "迁建的按发生额的50%补助，单个项目不超过80万元"


def test_what_becomes_of_a_case_is_told_though_it_is_of_another_year(said):
    (told,) = said("2025年底还没达标的学校怎么办", "仍未达标")
    assert told.endswith("暂停招生")


def test_the_new_value_of_a_change_is_told(said):
    assert "15%" in said("上交比例调低到多少", "由20%调低至")[0]


def test_items_with_a_title_are_told_whole_where_they_are_short(said):
    told = said("申报要交哪些材料", "提交下列材料")
    assert told[:2] == ["（一）个人：身份证、户口簿", "（二）单位：营业执照、章程"]


def test_an_item_that_a_question_names_is_told_and_not_its_list(said):
    (named,) = said("材料核验的条件有哪些", "两项计划")
    assert "两项计划" in named
    (quoted,) = said("“两项计划”是哪两项", "两项计划")
    assert quoted.endswith("师资计划和校舍计划")


def test_conditions_that_end_alike_are_not_parted_where_all_are_asked_for(said):
    (told,) = said("申请认定的条件", "场地300平方米以上")
    assert told.endswith("近三年无违规")


def test_values_in_an_order_are_told_together(said):
    assert said("资金三年的拨付比例是多少", "依次为")[0].endswith("30%、20%")
