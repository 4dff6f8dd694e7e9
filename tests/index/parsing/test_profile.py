"""What a document says of itself beyond its letterhead."""

import pytest

from index.loaders.source import SourceText
from index.parsing.documents import parse_documents
from index.types import Reference

NOTICE = """青教发〔2021〕8号
青山市教育局关于印发《青山市“十四五”教育发展规划（2021—2025年）》的通知
各县区教育局：
根据《青山市发展纲要》（青政发〔2021〕1号），现将《青山市“十四五”教育发展规划（2021—2025年）》印发给你们。
青山市教育局
2021年6月1日
青山市“十四五”教育发展规划（2021—2025年）
一、目标
到2025年建成十所学校。
本规划自印发之日起施行。
（此件公开发布）
青山市教育局办公室　2021年6月3日印发
"""


@pytest.fixture
def profile(parse):
    """Give the profile of a made-up file."""
    return lambda text: parse(text)[0].document.profile


def rule(closing):
    return f"青山市招生办法\n第一条 为了招生，制定本办法。\n第二条 {closing}\n青山市教育局\n2021年6月1日\n"


def test_a_notice_with_a_plan_gives_all_its_fields(profile):
    found = profile(NOTICE)
    assert (found.genre, found.level) == ("规划", "市级")
    assert (found.addressees, found.disclosure) == ("各县区教育局", "此件公开发布")
    assert (found.printed_on, found.effective_on) == ("2021-06-03", "2021-06-01")
    assert found.period == "2021—2025年"
    assert found.basis == (Reference("青山市发展纲要", "青政发〔2021〕1号"),)
    assert found.repeals == found.amends == ()
    assert found.expires_on == found.repealed_on == ""


@pytest.mark.parametrize(
    ("closing", "effective", "expires"),
    [
        ("本办法自2021年9月1日起施行。", "2021-09-01", ""),
        ("本办法自发布之日起施行。", "2021-06-01", ""),
        ("本办法自２０２１年９月１日起正式实施，有效期5年。", "2021-09-01", "2026-08-31"),
        ("本办法自2021年9月1日起施行。有效期至2024年12月31日。", "2021-09-01", "2024-12-31"),
        ("本办法自2024年3月1日起施行，有效期为五年。", "2024-03-01", "2029-02-28"),
        ("本办法自2021年3月1日起施行，有效期三年。", "2021-03-01", "2024-02-28"),
        ("本办法自2096年3月1日起施行，有效期四年。", "2096-03-01", "2100-02-28"),
        ("新课程自2021年9月1日起实施。", "", ""),
        ("证书有效期3年。", "", ""),
    ],
)
def test_the_closing_article_says_when_a_rule_holds(profile, closing, effective, expires):
    found = profile(rule(closing))
    assert (found.effective_on, found.expires_on) == (effective, expires)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("青山市“十四五”规划", "“十四五”"),
        ("青山市行动计划（2019-2022年）", "2019-2022年"),
        ("青山市2021年工作要点", ""),
    ],
)
def test_the_period_is_the_one_of_the_title(profile, title, period):
    assert profile(f"{title}\n一、甲\n2016—2018年已经完成。\n").period == period


def test_the_period_may_be_told_in_the_text(profile):
    assert profile("青山市规划\n一、甲\n规划期限为2021年至2035年。\n").period == "2021年至2035年"


def test_a_text_does_not_rest_on_what_it_interprets(profile):
    found = profile(
        "《青山市招生办法》解读\n为了落实《青山市招生办法》和《甲法》，作如下说明。\n一、甲\n"
    )
    assert found.basis == (Reference("甲法"),)
    assert found.genre == "解读"


def test_fields_by_hand_win_and_are_no_clauses():
    given = {
        "发文机关": "青山市教育局、青山市财政局",
        "文号": "青教发[2021]9号",
        "issued_on": "2021年7月1日",
        "施行日期": "2021.8.1",
        "废止日期": "2023-12-31",
        "文种": "方案",
        "规划期": "2021—2023年",
        "废止文件": "《甲办法》（青教发〔2019〕3号）、《乙办法》",
        "地区": "白河县",
        "成文日期 ": "",
    }
    corrected = SourceText("d", "d.txt", NOTICE, "0" * 64, fields=given)
    plain = SourceText("d", "d.txt", NOTICE, "0" * 64)
    (first,), (second,) = parse_documents(corrected), parse_documents(plain)
    assert first.clauses == second.clauses
    document, found = first.document, first.document.profile
    assert (document.issuer, document.number) == ("青山市教育局、青山市财政局", "青教发〔2021〕9号")
    assert (document.issued_on, document.region) == ("2021-07-01", "白河县")
    assert (found.effective_on, found.repealed_on) == ("2021-08-01", "2023-12-31")
    assert (found.genre, found.period) == ("方案", "2021—2023年")
    assert found.repeals == (Reference("甲办法", "青教发〔2019〕3号"), Reference("乙办法"))
    assert found.addressees == "各县区教育局"


def test_a_date_by_hand_that_is_no_day_leaves_what_was_read():
    (parsed,) = parse_documents(
        SourceText("d", "d.txt", NOTICE, "0" * 64, fields={"成文日期": "2021年13月1日"})
    )
    assert parsed.document.issued_on == "2021-06-01"


def test_a_front_matter_corrects_a_profile_too(profile):
    assert (
        profile("---\n施行日期: 2021年9月1日\n---\n青山市招生办法\n一、甲\n").effective_on
        == "2021-09-01"
    )
