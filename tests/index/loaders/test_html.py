"""Saved web pages to text. The pages are made here, in the shapes that government sites use."""

from __future__ import annotations

import base64
import random

import pytest

from index.errors import DocumentError
from index.loaders.html import extract_html
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents

TITLE = "青山市教育局关于印发职业教育行动计划的通知"
ARTICLE = """
<p style="text-align:center">青教发〔2024〕8号</p>
<p>各县（市、区）教育局：</p>
<p>　　现将《职业教育行动计划》印发给你们，请认真贯彻执行。</p>
<p>　　<strong>一、总体目标</strong>&nbsp;</p>
<p>　　到2026年，<span>全市建成</span><font>实训基地</font>
12个，由市教育局、市财政局负责。</p>
<p align="right">青山市教育局</p>
<p align="right">2024年3月1日</p>
"""
LINES = [
    "青教发〔2024〕8号",
    "各县（市、区）教育局：",
    "现将《职业教育行动计划》印发给你们，请认真贯彻执行。",
    "一、总体目标",
    "到2026年，全市建成实训基地12个，由市教育局、市财政局负责。",
    "青山市教育局",
    "2024年3月1日",
]
SITE = """<html><head><title>{title}-青山市人民政府门户网站</title>{meta}</head><body>
<div class="top"><a href="/">首页</a><a href="/zw">政务公开</a><p>欢迎您，今天是工作日。</p></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>
<div class="list"><ul><li><a href="1">关于召开会议，安排工作的通知</a></li><li><a href="2">新闻</a></li></ul></div>
<div{hint}>{article}</div>
<div class="share">分享到：<a href="javascript:wx()">微信</a><a href="javascript:print()">打印</a></div>
<div class="footer"><p>主办：青山市教育局</p><p>版权所有，未经许可，不得转载。</p></div>
</body></html>"""


def page(
    article: str = ARTICLE, hint: str = ' id="zoom"', meta: str = "", title: str = TITLE
) -> bytes:
    return SITE.format(article=article, hint=hint, meta=meta, title=title).encode()


def bare(article: str) -> bytes:
    return f"<body>{article}</body>".encode()


def lines(data: bytes) -> list[str]:
    return extract_html(data, "页.html").text.split("\n")


@pytest.mark.parametrize(
    "hint",
    [
        "",
        ' id="zoom"',
        ' class="TRS_Editor"',
        ' id="UCAP-CONTENT"',
        ' class="v_news_content"',
        ' id="ivs_content"',
    ],
)
def test_the_article_stands_alone_with_its_title_in_front(hint: str):
    assert lines(page(hint=hint)) == [TITLE, *LINES]


def test_what_is_read_parses_into_the_document_that_was_saved():
    found = extract_html(page(), "页.html")
    (parsed,) = parse_documents(SourceText("页", "页.html", found.text, ""))
    assert parsed.document.title == TITLE
    assert parsed.document.number == "青教发〔2024〕8号"
    assert parsed.document.issued_on == "2024-03-01"
    assert "一" in {clause.labels for clause in parsed.clauses}


def test_the_title_of_the_page_data_wins_and_is_not_repeated():
    meta = '<meta name="ArticleTitle" content="青山市职业教育行动计划"/>'
    assert lines(page(meta=meta))[0] == "青山市职业教育行动计划"
    inside = f"<p>青山市职业教育<br/>行动计划</p>{ARTICLE}"
    assert lines(page(inside, meta=meta))[:3] == ["青山市职业教育", "行动计划", LINES[0]]


@pytest.mark.parametrize(
    ("title", "first"),
    [
        (
            "青山市教育行动计划（2019-2022年）_政务公开_青山市人民政府",
            "青山市教育行动计划（2019-2022年）",
        ),
        ("青山市人民政府门户网站", LINES[0]),
    ],
)
def test_the_name_of_the_site_is_no_title(title: str, first: str):
    assert lines(page(title=title))[0] == first


def test_a_layout_table_is_unwrapped():
    table = f"<table><tr><td><a href='/'>目录</a></td><td>{ARTICLE}</td></tr></table>"
    assert lines(page(table, hint="")) == [TITLE, *LINES]


def test_text_before_a_large_annex_is_kept():
    rows = "".join(f"<tr><td>{n}</td><td>做好第{n}项工作，按期完成。</td></tr>" for n in range(200))
    found = lines(page(f"<p>附后，请执行。</p><table>{rows}</table>"))
    assert found[1] == "附后，请执行。"
    assert found[-1] == "199\t做好第199项工作，按期完成。"


@pytest.mark.parametrize(
    "information",
    [
        "<table><tr><td>索 引 号：</td><td>0001</td><td>发文机关：</td><td>青山市教育局</td></tr>"
        "<tr><td>成文日期：</td><td>2024年3月1日</td><td>发文字号：</td><td>青教发〔2024〕8号</td></tr></table>",
        "<ul><li><b>索引号</b>：0001</li><li><b>发布机构</b>：青山市教育局</li>"
        "<li>发文日期：2024年3月1日</li><li>文　　号：青教发〔2024〕8号</li></ul>",
    ],
)
def test_the_information_table_gives_what_the_article_lacks(information: str):
    article = "<p>职业教育很重要，要办好。</p><p>实训基地要建成，共12个。</p>"
    assert lines(page(information + article)) == [
        "青教发〔2024〕8号",
        TITLE,
        "职业教育很重要，要办好。",
        "实训基地要建成，共12个。",
        "青山市教育局",
        "2024年3月1日",
    ]
    given = [TITLE, *LINES]
    assert lines(page(information + ARTICLE)) == given
    other = ARTICLE.replace("〔2024〕", "［2024］").replace("2024年3月1日", "二〇二四年三月一日")
    assert len(lines(page(information + other))) == len(given)


def test_merged_cells_stand_once_and_leave_their_places_empty():
    table = """<table><tr><th>类别</th><th>序号</th><th>任务</th></tr>
    <tr><td rowspan="2">基地<br/>建设</td><td>1</td><td><p>建成12个，</p><p>验收。</p></td></tr>
    <tr><td>2</td><td></td></tr><tr><td colspan="3">二、保障</td></tr><tr><td> </td></tr></table>"""
    assert lines(bare(table)) == [
        "类别\t序号\t任务",
        "基地建设\t1\t建成12个，验收。",
        "\t2",
        "二、保障",
    ]


def test_lists_are_numbered_as_a_browser_shows_them():
    article = """<ol start="3"><li>建基地，三年内。</li><li value="9">招学生。</li></ol>
    <ol><li>1.已有编号，不再加。</li></ol><ul><li>办好学校。</li></ul>"""
    assert lines(bare(article)) == [
        "3. 建基地，三年内。",
        "9. 招学生。",
        "1.已有编号，不再加。",
        "• 办好学校。",
    ]


def test_white_space_is_that_of_the_page_and_not_of_its_source():
    article = "<p>\n　　第一条　为了\n  发展，&nbsp;办好 GB\n 9704。<br>第二行，\u200b在此。　　</p><pre>一，\n二</pre>"
    assert lines(bare(article)) == [
        "第一条　为了发展， 办好 GB 9704。",
        "第二行，在此。",
        "一，",
        "二",
    ]


def test_hidden_text_is_never_read():
    hidden = (
        "<p style='Display : none'>甲，隐藏。</p><p hidden>乙，隐藏。</p><script>'丙，隐藏。'</script>"
        "<noscript>丁，隐藏。</noscript><template>戊，隐藏。</template><style>己，隐藏。</style>"
        "<p>看<!-- 庚，隐藏。-->得见，<span style='visibility:hidden'>辛，隐藏。</span>读。</p>"
    )
    assert lines(bare(hidden)) == ["看得见，读。"]


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", ""),
        ("utf-8-sig", "<meta charset='gb2312'/>"),
        ("gb18030", "<meta http-equiv='Content-Type' content='text/html; charset=gb2312'/>"),
        ("gb18030", ""),
        ("gb18030", "<meta charset='utf-8'/>"),
        ("gb18030", "<meta charset='no-such'/>"),
        ("utf-16", "<meta charset='utf-8'/>"),
        ("big5hkscs", "<meta charset='Big5'/>"),
    ],
)
def test_encodings(encoding: str, meta: str):
    text = (
        "發展職業教育，辦好學校。" if encoding == "big5hkscs" else "发展职业教育，办好䶮山㙍学校。"
    )
    assert lines(f"{meta}<p>{text}</p>".encode(encoding)) == [text]


def test_a_few_broken_bytes_spoil_no_page():
    data = page().replace("贯彻".encode(), b"\xff")
    assert lines(data)[3] == "现将《职业教育行动计划》印发给你们，请认真\ufffd执行。"


def test_a_web_archive_holds_the_page():
    part = base64.encodebytes(page().decode().encode("gb18030")).decode()
    archive = (
        "From: <Saved>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n boundary="b"\r\n\r\n'
        '--b\r\nContent-Type: text/html; charset="gb2312"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{part}\r\n--b--\r\n"
    )
    assert lines(archive.encode()) == [TITLE, *LINES]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"\x00" * 99,
        b"<html><frameset><frame src='a'></frameset></html>",
        b"<head><title>notice</title></head><body><script>document.write('<p>text</p>')</script></body>",
        b"<div>" * 50_000 + "<p>太深，读不到。</p>".encode(),
        random.Random(1).randbytes(9999),
    ],
    ids=["empty", "blank", "nulls", "frames", "script", "deep", "binary"],
)
def test_what_cannot_be_read_is_said_in_chinese(data: bytes):
    with pytest.raises(DocumentError, match=r"^坏页\.html：.*。$"):
        extract_html(data, "坏页.html")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>" * 1500 + "深，读到。", "深，读到。"),
        ("<table><tr><td>" * 500 + "深，读到。", "深，读到。"),
        (f"<p class='{'a ' * 99_999}'>长，读到。", "长，读到。"),
        ("空\0字节，去掉。", "空字节，去掉。"),
        ("<!DOCTYPE html [<!ENTITY a 'x'>]><p>&a;&#0;&#x110000;&amp;，实体。</p>", "&a;"),
        (
            "<table><tr><td rowspan=0 colspan=99999>大，读到。<td rowspan=-1>二</table>",
            "大，读到。",
        ),
        ("<ol start=9999999999><li value=x>数，读到。</ol>", "1. 数，读到。"),
    ],
)
def test_hostile_pages_are_read(html: str, text: str):
    assert text in extract_html(html.encode(), "页.html").text


def test_many_merged_cells_stay_small():
    row = "<tr>" + "<td rowspan=65534 colspan=1000>格</td>" * 20 + "</tr>"
    text = extract_html(f"<p>附表，如下。</p><table>{row * 300}</table>".encode(), "页.html").text
    assert text.count("格") == 6000
    assert len(text) < 300 * 600
