"""Laws and regulations: 编 章 节 条 款 项 目, the table of contents, 题注 and 令; a corpus of laws."""

import os
from pathlib import Path

import pytest

from eval.commands.statutes import check_law, law_text, read_laws

LAW = """中华人民共和国主席令
第四十五号
《山川保护法》已由全国人民代表大会常务委员会第三次会议于2020年5月28日通过，现予公布，自2021年1月1日起施行。
中华人民共和国主席　王某某
2020年5月28日
山川保护法
（2020年5月28日全国人民代表大会常务委员会第三次会议通过
自2021年1月1日起施行）
目　录
第一编　总　则
第一章　基本规定
第二编　分　则
第一分编　山
第一章　一般规定
第一节　保护
第二章　附　则
第一编　总　则
第一章　基本规定
第一条【目的】为了保护山川，制定本法。
第二条　下列活动应当报告：
（一）采石，包括：
1.露天开采；
2.地下开采；
（二）取水。
报告应当写明下列事项：
（一）时间；
（二）地点。
报告不收费用。
第二编　分　则
第一分编　山
第一章　一般规定
第一节　保护
第三条　山上不得采石。
第三条之一　山下可以采石。
第二条规定的报告除外。
第二章　附　则
第四条　本法自2021年1月1日起施行。
"""
ONE = "第一编/第一章/第二条"
TWO = "第二编/第一分编/第一章/第一节"


def corpus():
    root = Path(os.environ.get("TIAOWEN_SHARED") or Path(__file__).parents[3] / "shared")
    return root / "data" / "bench" / "stard_corpus.jsonl.xz"


def test_a_law_parses_into_books_chapters_articles_and_items(parse):
    (parsed,) = parse(LAW)
    assert [c.labels for c in parsed.clauses if c.kind in ("heading", "paragraph")] == [
        "第一编",
        "第一编/第一章",
        "第一编/第一章/第一条",
        ONE,
        f"{ONE}/（一）",
        f"{ONE}/（一）/1",
        f"{ONE}/（一）/2",
        f"{ONE}/（二）",
        f"{ONE}/款2",
        f"{ONE}/款2/（一）",
        f"{ONE}/款2/（二）",
        f"{ONE}/款3",
        "第二编",
        "第二编/第一分编",
        "第二编/第一分编/第一章",
        TWO,
        f"{TWO}/第三条",
        f"{TWO}/第三条之一",
        f"{TWO}/第三条之一/款2",
        "第二编/第一分编/第二章",
        "第二编/第一分编/第二章/第四条",
    ]
    shown = {c.labels: c.shown_path for c in parsed.clauses}
    assert shown[f"{ONE}/款2/（一）"] == "第一编 第一章 第二条（第2款）（一）"


def test_spaced_titles_are_closed_up_in_the_path_and_kept_in_the_text(parse):
    (parsed,) = parse(LAW)
    chapter = next(c for c in parsed.clauses if c.labels == "第一编")
    assert (chapter.titles, chapter.text) == (("总则",), "第一编　总　则")
    assert parsed.clauses[-1].titles == ("分则", "山", "附则")


def test_the_contents_are_noise(parse):
    (parsed,) = parse(LAW)
    assert parsed.document.noise == (
        "目　录",
        "第一编　总　则",
        "第一章　基本规定",
        "第二编　分　则",
        "第一分编　山",
        "第一章　一般规定",
        "第一节　保护",
        "第二章　附　则",
    )


def test_the_order_and_the_note_below_the_title_are_letterhead_with_their_dates(parse):
    (parsed,) = parse(LAW)
    facts = {c.labels: {x.head: x.text for x in c.cells} for c in parsed.clauses if c.cells}
    passed, effective = "2020年5月28日", "2021年1月1日"
    assert facts == {
        "版头/发文机关": {"发文机关": "中华人民共和国主席"},
        "版头/发文字号": {"发文字号": "第四十五号"},
        "版头/公布": {"通过日期": passed, "施行日期": effective},
        "落款/署名": {"署名": "中华人民共和国主席　王某某"},
        "落款/成文日期": {"成文日期": passed},
        "标题": {"标题": "山川保护法"},
        "版头/题注": {"通过日期": passed, "施行日期": effective},
    }
    assert parsed.document.title == "山川保护法"


def test_articles_may_be_missing_in_an_excerpt(parse):
    (parsed,) = parse(
        "山川保护法\n第三条　甲。\n第九十条　乙。\n第一百条丙。\n第一千零一条【丁】戊。"
    )
    assert [c.labels for c in parsed.clauses[1:]] == [
        "第三条",
        "第九十条",
        "第九十条/款2",
        "第一千零一条",
    ]


def test_every_article_of_a_corpus_is_found():
    if not corpus().is_file():
        pytest.skip("no corpus of laws; TIAOWEN_SHARED names the folder above data/bench")
    laws = list(read_laws(corpus()).items())[::30]
    checks = [check_law(law, articles, law_text(law, articles)) for law, articles in laws]
    articles = sum(check.articles for check in checks)
    missing = [(check.law, number) for check in checks for number in check.missing]
    assert articles > 1000
    assert len(missing) <= articles / 1000, missing
