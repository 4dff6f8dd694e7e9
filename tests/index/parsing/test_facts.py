"""What the outer lines of a document say: who issued it, when, under which number."""

import pytest

from index.parsing.facts import corrections, full_number, issue_date, issuer_of_number, read_facts

BODY = "一、范围\n全体学生。\n"


@pytest.fixture
def document(parse):
    """Parse a made-up file to its document."""
    return lambda text: parse(text)[0].document


@pytest.mark.parametrize(
    "signature",
    [
        "青山市教育局\n青山市财政局\n青山市民政局\n",
        "青山市教育局　　青山市财政局\n青山市民政局\n",
        "青山市教育局 青山市财政局 青山市民政局\n",
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        "青山市教育局文件\n青教发〔2021〕8号\n青山市教育局 青山市财政局 青山市民政局\n关于资助的通知\n",
        "青山市教育局等三部门关于资助的通知\n",
        "关于资助的通知\n",
    ],
)
def test_joint_issuers_are_all_who_sign(document, head, signature):
    found = document(f"{head}各县区教育局：\n{BODY}{signature}2021年6月1日\n")
    assert found.issuer == "青山市教育局、青山市财政局、青山市民政局"
    assert found.region == "青山市"
    assert found.issued_on == "2021-06-01"


def test_another_organ_that_signs_an_annex_is_no_issuer(document):
    found = document(
        f"青山市教育局文件\n关于资助的通知\n{BODY}青山市教育局\n2021年6月1日\n附件\n青山市资助办法\n"
        "一、对象\n学生。\n青山市财政局\n2020年1月1日\n"
    )
    assert found.issuer == "青山市教育局"


def test_the_holder_of_an_office_signs_for_the_organ_of_the_order(document):
    found = document(
        "青山市人民政府令\n第12号\n《青山市校车办法》已经通过，现予公布，自2022年5月1日起施行。\n"
        "市　长　张三\n2022年3月8日\n青山市校车办法\n第一条 校车优先。\n"
    )
    assert (found.issuer, found.number) == ("青山市人民政府", "青山市人民政府令第12号")
    assert found.profile.effective_on == "2022-05-01"


@pytest.mark.parametrize(
    ("note", "issuer", "number", "day"),
    [
        (
            "（2004年5月20日青山省第十届人民代表大会常务委员会第八次会议通过）",
            "青山省人民代表大会常务委员会",
            "",
            "2004-05-20",
        ),
        (
            "（1996年5月15日第八届全国人民代表大会第四次会议通过　2022年4月20日第十三届全国人民代表大会"
            "常务委员会第三十四次会议修订）",
            "全国人民代表大会",
            "",
            "2022-04-20",
        ),
        (
            "（2003年1月5日中华人民共和国国务院令第372号公布　自2003年9月1日起施行）",
            "中华人民共和国国务院",
            "中华人民共和国国务院令第372号",
            "2003-01-05",
        ),
    ],
)
def test_the_note_under_a_law_tells_who_made_it_and_when(document, note, issuer, number, day):
    found = document(f"职业教育条例\n{note}\n第一条 甲。\n第二条 乙。\n")
    assert (found.issuer, found.number, found.issued_on) == (issuer, number, day)


def test_the_table_of_a_site_gives_the_fields(document):
    found = document(
        "索引号：0000143/2021-00012\n发布机构：青山市教育局\n成文日期：2021年06月01日\n"
        "标　　题：青山市教育局关于资助的通知\n发文字号：青教发〔2021〕8号\n"
        f"青山市教育局关于资助的通知\n各学校：\n{BODY}"
    )
    assert (found.title, found.number) == ("青山市教育局关于资助的通知", "青教发〔2021〕8号")
    assert (found.issuer, found.issued_on) == ("青山市教育局", "2021-06-01")
    assert found.profile.addressees == "各学校"


def test_the_first_value_of_a_name_is_taken(parse):
    (parsed,) = parse("青教发〔2021〕8号\n青山市资助办法\n一、甲\n青教发〔2020〕1号\n")
    assert read_facts(parsed.clauses)["发文字号"] == "青教发〔2021〕8号"


def test_corrections_go_by_one_name_and_must_be_readable():
    fields = {"title": " 甲办法 ", "文号": "", "施行日期": "明天", "发文日期": "2021年6月1日"}
    assert corrections(fields) == {"标题": "甲办法", "成文日期": "2021年6月1日"}


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({"成文日期": "2021年6月1日", "印发日期": "2021年6月3日"}, "2021-06-01"),
        ({"通过日期": "2004年5月20日", "修正日期": "2018年11月22日"}, "2018-11-22"),
        ({"成文日期": "六月", "发布日期": "2021-06-05"}, "2021-06-05"),
        ({}, ""),
    ],
)
def test_the_day_of_issue_is_the_best_that_is_told(facts, day):
    assert issue_date(facts) == day


@pytest.mark.parametrize(
    ("number", "titles", "full"),
    [
        ("第12号", ["青山市校车办法"], "青山市教育局令第12号"),
        ("第12号", ["关于校车的公告"], "青山市教育局公告第12号"),
        ("2021年第12号", ["关于校车的公告"], "青山市教育局公告2021年第12号"),
        ("第12号公告", [], "青山市教育局公告第12号"),
        ("青教发[2021]8号", [], "青教发〔2021〕8号"),
        ("", [], ""),
    ],
)
def test_a_number_alone_gets_its_organ(number, titles, full):
    assert full_number(number, "青山市教育局", titles) == full


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("教育部令第12号", "教育部"),
        ("国令第12号", "国务院"),
        ("青教发〔2021〕8号", ""),
        ("中华人民共和国主席令第112号", ""),
    ],
)
def test_the_number_of_an_order_names_its_organ(number, issuer):
    assert issuer_of_number(number) == issuer
