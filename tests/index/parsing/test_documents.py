"""A decoded file to documents: two made-up files exactly, and what a letterhead yields."""

import pytest

from index.types import DocumentKind

RULES = """青山市人民政府令
第12号
《青山市学校安全办法》已经市政府常务会议通过，现予公布。
市长 张三
2022年3月8日

青山市学校安全办法

第一章 总则
第一条 为了保障学校安全，根据《教育法》，制定本办法。
第二条 学校应当履行下列职责：
（一）建立制度；
（二）开展演练。
县级人民政府应当支持。
第二章 附则
第三条 本办法自2022年5月1日起施行。
"""

PLAN = """青山市教育局文件

青教发〔2021〕8号

青山市教育局
关于印发《青山市技能提升行动计划》的通知

各县区教育局：
现将《青山市技能提升行动计划》印发给你们，
请认真执行。

附件：青山市技能提升行动计划

青山市教育局
2021年6月1日

附件

青山市技能提升行动计划

一、目标
到2023年，培训三万人，建设实训

基地。
——**规模扩大。**每县一所。
二、任务
（一）建设基地。
1. 建设三个基地。
（二）培养教师

附件：任务分工表

附件
任务分工表

序号
任务
单位
1
建设基地
职成科
2
培养教师
人事科

（此件公开发布）
青山市教育局办公室　2021年6月2日印发
"""


def listing(parsed):
    return [(c.labels, str(c.kind), c.shown_path) for c in parsed.clauses]


def test_a_made_up_regulation_parses_exactly(parse):
    (parsed,) = parse(RULES)
    assert listing(parsed) == [
        ("版头/发文机关", "letterhead", "版头 发文机关"),
        ("版头/发文字号", "letterhead", "版头 发文字号"),
        ("通知/段1", "paragraph", "通知（第1段）"),
        ("落款/署名", "letterhead", "落款 署名"),
        ("落款/成文日期", "letterhead", "落款 成文日期"),
        ("标题", "title", "标题"),
        ("第一章", "heading", "第一章"),
        ("第一章/第一条", "paragraph", "第一章 第一条"),
        ("第一章/第二条", "heading", "第一章 第二条"),
        ("第一章/第二条/（一）", "paragraph", "第一章 第二条（一）"),
        ("第一章/第二条/（二）", "paragraph", "第一章 第二条（二）"),
        ("第一章/第二条/款2", "paragraph", "第一章 第二条（第2款）"),
        ("第二章", "heading", "第二章"),
        ("第二章/第三条", "paragraph", "第二章 第三条"),
    ]
    document = parsed.document
    assert (document.title, document.number) == ("青山市学校安全办法", "青山市人民政府令第12号")
    assert (document.issuer, document.region) == ("青山市人民政府", "青山市")
    assert (document.issued_on, document.kind) == ("2022-03-08", DocumentKind.FULL)


def test_a_made_up_notice_with_plan_and_annex_parses_exactly(parse):
    (parsed,) = parse(PLAN)
    assert listing(parsed) == [
        ("版头/发文机关", "letterhead", "版头 发文机关"),
        ("版头/发文字号", "letterhead", "版头 发文字号"),
        ("版头/标题", "title", "版头 标题"),
        ("版头/主送", "letterhead", "版头 主送"),
        ("通知/段1", "paragraph", "通知（第1段）"),
        ("通知/附件说明", "paragraph", "通知 附件说明"),
        ("落款/署名", "letterhead", "落款 署名"),
        ("落款/成文日期", "letterhead", "落款 成文日期"),
        ("标题", "title", "标题"),
        ("一", "heading", "一、目标"),
        ("一/段1", "paragraph", "一、目标（第1段）"),
        ("一/项1", "item", "一、目标（第1项）"),
        ("二", "heading", "二、任务"),
        ("二/（一）", "paragraph", "二、任务（一）"),
        ("二/（一）/1", "paragraph", "二、任务（一）1"),
        ("二/（二）", "heading", "二、任务（二）"),
        ("附件说明", "paragraph", "附件说明"),
        ("附件/标题", "title", "附件《任务分工表》"),
        ("附件/表头", "table_head", "附件《任务分工表》"),
        ("附件/1", "row", "附件《任务分工表》序号1"),
        ("附件/2", "row", "附件《任务分工表》序号2"),
        ("版记/公开属性", "colophon", "版记 公开属性"),
        ("版记/印发日期", "colophon", "版记 印发日期"),
    ]
    texts = {c.labels: c.text for c in parsed.clauses}
    assert texts["一/段1"] == "到2023年，培训三万人，建设实训基地。"
    assert texts["一/项1"] == "——规模扩大。每县一所。"
    assert texts["附件/2"] == "2\n培养教师\n人事科"
    document = parsed.document
    assert (document.title, document.number) == ("青山市技能提升行动计划", "青教发〔2021〕8号")
    assert (document.issuer, document.issued_on) == ("青山市教育局", "2021-06-01")
    assert document.noise == ()


def test_a_broken_cell_of_a_flattened_table_stays_one_cell(parse):
    (parsed,) = parse(
        "青山市分工方案\n序号\n任务\n单位\n1\n建设实训\n基地\n职成科\n2\n培养教师\n人事科\n"
    )
    row = parsed.clauses[2]
    assert [cell.text for cell in row.cells] == ["1", "建设实训基地", "职成科"]
    assert row.text == "1\n建设实训基地\n职成科"


def test_an_interpretation_glued_behind_a_plan_becomes_its_own_document(parse):
    plan, reading = parse(
        "青教发〔2021〕8号\n青山市招生办法\n一、时间\n六月。\n\n"
        "《青山市招生办法》解读\n来源：青山市人民政府\n一、背景\n规范招生。\n青山市教育局\n2021年5月1日\n"
    )
    assert (plan.document.doc_id, reading.document.doc_id) == ("d", "d_解读")
    assert reading.document.kind is DocumentKind.INTERPRETATION
    assert reading.document.title == "《青山市招生办法》解读"
    assert (reading.document.number, reading.document.issued_on) == ("", "2021-05-01")
    assert [c.labels for c in plan.clauses] == ["版头/发文字号", "标题", "一", "一/段1"]
    assert reading.document.text[: len("《青山市")] == "《青山市"


def test_a_front_matter_gives_the_fields(parse):
    (parsed,) = parse(
        "---\n标题: 青山市招生办法\n发文字号: 青教发[2021] 8号\n发文机关: 青山市教育局\n地区: 白河县\n"
        "成文日期: 2021年6月1日\n类型: 要点整理\n---\n# 青山市招生办法\n一、时间\n六月。\n"
    )
    document = parsed.document
    assert (document.title, document.number) == ("青山市招生办法", "青教发〔2021〕8号")
    assert (document.issuer, document.region) == ("青山市教育局", "白河县")
    assert (document.issued_on, document.kind) == ("2021-06-01", DocumentKind.DIGEST)


def test_lines_of_a_front_matter_that_are_no_field_are_declared_noise(parse):
    (parsed,) = parse("---\n标题: 青山市招生办法\n由编者整理\n---\n一、时间\n")
    assert parsed.document.noise == ("由编者整理",)


@pytest.mark.parametrize(
    ("letterhead", "number", "issuer"),
    [
        ("青山市人民政府令\n第12号", "青山市人民政府令第12号", "青山市人民政府"),
        ("青山市人民政府令（第12号）", "青山市人民政府令第12号", "青山市人民政府"),
        ("教育部令第 5 号", "教育部令第5号", "教育部"),
    ],
)
def test_the_number_of_an_order_names_its_organ(parse, letterhead, number, issuer):
    (parsed,) = parse(f"{letterhead}\n青山市招生办法\n第一条 甲。\n")
    assert (parsed.document.number, parsed.document.issuer) == (number, issuer)


def test_without_a_letterhead_the_title_names_the_issuer(parse):
    (parsed,) = parse("青山市教育局关于做好招生工作的通知\n一、甲\n乙。\n")
    assert (parsed.document.issuer, parsed.document.region) == ("青山市教育局", "青山市")


def test_what_is_not_said_is_empty(parse):
    (parsed,) = parse("随便写的一句话。")
    document = parsed.document
    assert (document.title, document.number, document.issuer) == ("d", "", "")
    assert (document.region, document.issued_on) == ("", "")
    assert [clause.labels for clause in parsed.clauses] == ["段1"]
