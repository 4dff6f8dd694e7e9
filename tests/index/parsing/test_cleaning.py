"""Paragraphs are mended, marks and noise dropped, and every piece stays where the file has it."""

import pytest

from index.parsing.cleaning import clean


def texts(raw):
    return [paragraph.text for paragraph in clean(raw).paragraphs]


@pytest.mark.parametrize(
    "raw",
    [
        "注重服务,对接全市产业发展战\n\n略,紧密对接人才市场。",
        "面向市教育局、\n市财政局的专项资金。",
        "现将计划印发给你们,\n请认真执行。",
        "公布《\n一览表》。",
        "抄送：市委各部门，市法院，\n各人民团体。",
        "（二）提高水平。执行国家标准，提高行业\n\n技术规范水平。",
        "（2003年2月12日青山市人民政府公布\n根据2009年8月27日青山市人民政府决定修改）",
    ],
)
def test_a_paragraph_cut_by_a_page_break_is_joined(raw):
    assert texts(raw) == [raw.replace("\n", "")]


def test_the_pieces_of_a_joined_paragraph_are_the_files():
    raw = "  **对接**产业，发展战\n\n　略。"
    (paragraph,) = clean(raw).paragraphs
    assert (
        "".join(raw[a:b] for a, b in paragraph.pieces) == paragraph.text == "对接产业，发展战略。"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、指导思想", "坚持立德树人，提高质量。"),
        ("（一）落实任务", "1.实施计划。"),
        ("一、深度构建产教融合、校企合作机制", "坚持立德树人。"),
        ("具体目标:", "——办学能力达标。"),
        ("第一段完了。", "第二段开始。"),
        ("坚持育人，形成机制", "（二）坚持需求。"),
        ("（责任单位：市教育局，市财政局）", "其他学校，参照执行。"),
        ("青山市教育局", "2021年9月10日"),
        ("工作扎实，成效明显", "青山市教育局"),
        ("各县，各区", "附件"),
        ("# 标题，一", "正文。"),
        ("（以下简称甲方", "一、总则"),
        ("机密★1年", "，青山市招生计划"),
    ],
)
def test_what_begins_or_ends_a_paragraph_is_not_joined(first, second):
    assert texts(f"{first}\n{second}") == [first.removeprefix("# "), second]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("——**办学能力达标。**条件改善。", "——办学能力达标。条件改善。"),
        ("1. **实施计划。**推进。", "1. 实施计划。推进。"),
        ("__实施计划__。", "实施计划。"),
        ("### （一）落实任务", "（一）落实任务"),
        ("\x0c\u200b\ufeff 　一、总则\u2003\xa0\r", "一、总则"),
    ],
)
def test_marks_and_outer_white_space_are_dropped(raw, text):
    assert texts(raw) == [text]


def test_the_rank_of_a_markdown_heading_is_kept():
    assert [p.rank for p in clean("# 甲办法\n## 一、总则\n正文。").paragraphs] == [1, 2, 0]


@pytest.mark.parametrize(
    "line",
    [
        "- 12 -",
        "— 3 —",
        "17",
        "第 3 页 共 10 页",
        "精确检索",
        "首页 | 登录 | 注册",
        "【打印】 【关闭】",
        "当前位置：首页 > 政策",
        "浏览次数：120",
        "版权所有：青山市教育局",
        "上一篇：关于放假的通知",
        "客服电话：12345",
        "（此页无正文）",
        "本页无正文",
    ],
)
def test_page_numbers_and_chrome_are_listed_as_noise(line):
    cleaned = clean(f"一、总则\n{line}\n二、附则")
    assert [p.text for p in cleaned.paragraphs] == ["一、总则", "二、附则"]
    assert cleaned.noise == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "咨询电话：0356-1234567",
        "打印准考证：6月20日",
        "注册学籍：9月1日前",
        "关闭不合格学校；",
        "（一）加强科技文献检索",
        "年点击量达到10万次；",
        "一中\t电话:123",
        "| 一中 | 电话：123 |",
        "12月起实行",
    ],
)
def test_what_a_document_says_is_not_taken_for_chrome(line):
    cleaned = clean(f"一、总则\n{line}\n二、附则")
    assert cleaned.noise == ()
    assert line in [p.text for p in cleaned.paragraphs]


def test_a_telephone_above_the_text_is_the_sites():
    assert clean("咨询电话：0356-1234567\n招生通知").noise == ("咨询电话：0356-1234567",)


def test_a_title_printed_twice_is_kept_once_but_rows_are_not_merged():
    title, row = "青山市教育局关于招生的通知", "一中\t三百人\t本科招生专业"
    cleaned = clean(f"{title}\n\n{title}\n{row}\n{row}")
    assert [p.text for p in cleaned.paragraphs] == [title, row, row]
    assert cleaned.noise == (title,)


def test_a_front_matter_is_split_off():
    cleaned = clean("---\n标题: 甲办法\n类型: 要点整理\n---\n一、总则\n---\n二、附则")
    assert [p.text for p in cleaned.fields] == ["标题: 甲办法", "类型: 要点整理"]
    assert [p.text for p in cleaned.paragraphs] == ["一、总则", "二、附则"]
    assert cleaned.noise == ("---",)


def test_a_rule_at_the_top_that_opens_no_front_matter_loses_nothing():
    cleaned = clean("---\n一、总则\n正文。")
    assert (cleaned.fields, texts("---\n一、总则\n正文。")) == ((), ["一、总则", "正文。"])


def test_cells_are_spans_of_the_row():
    tabbed, piped = clean("\t甲 \t\t 乙\n| 1 |  | 丙 |").paragraphs
    assert [tabbed.text[a:b] for a, b in tabbed.cells] == ["", "甲", "", "乙"]
    assert [piped.text[a:b] for a, b in piped.cells] == ["1", "", "丙"]


def test_loose_rows_are_neither_joined_nor_noise():
    raw = "序号\n1\n建设，基地\n略\n"
    loose = frozenset({raw.index("1"), raw.index("建"), raw.index("略")})
    assert [p.text for p in clean(raw, loose).paragraphs] == ["序号", "1", "建设，基地", "略"]
