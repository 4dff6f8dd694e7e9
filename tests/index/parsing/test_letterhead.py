"""What the lines around a text say about it."""

import pytest

from index.parsing.letterhead import is_office_line, read_enactment, read_letterhead, read_marks


def facts(values, line):
    return {value.name: line[value.start : value.end] for value in values}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("青政〔2021〕3号", {"发文字号": "青政〔2021〕3号"}),
        ("青政〔2021〕3号　　签发人：张　三", {"发文字号": "青政〔2021〕3号", "签发人": "张　三"}),
        ("签发人：李四 王五", {"签发人": "李四 王五"}),
        ("第七百三十五号", {"发文字号": "第七百三十五号"}),
        ("中华人民共和国主席令", {"发文机关": "中华人民共和国主席"}),
        ("中华人民共和国教育部令", {"发文机关": "中华人民共和国教育部"}),
        ("第三号提案由市教育局办理", {}),
        ("学校应当遵守禁令", {}),
        ("公文应当写明签发人：姓名", {}),
    ],
)
def test_the_facts_of_a_letterhead_line(line, found):
    assert facts(read_letterhead(line), line) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("000123", {"份号": "000123"}),
        ("机密★1年", {"密级": "机密★1年"}),
        ("秘密", {"密级": "秘密"}),
        ("特急", {"紧急程度": "特急"}),
        ("机密★1年　特急", {"密级": "机密★1年", "紧急程度": "特急"}),
        ("0001234", {}),
        ("机密文件管理", {}),
        ("特急 公文处理", {}),
    ],
)
def test_the_marks_above_a_title(line, found):
    assert facts(read_marks(line), line) == found


def test_the_marks_are_read_above_the_text_only(parse):
    (parsed,) = parse("特急\n青山市招生计划\n一、紧急程度\n特急\n（一）甲。")
    assert [c.labels for c in parsed.clauses] == [
        "版头/紧急程度",
        "标题",
        "一",
        "一/段1",
        "一/（一）",
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "（1995年3月18日会议通过　根据2009年8月27日决定第一次修正　根据2021年4月29日决定修订）",
            {"通过日期": "1995年3月18日", "修正日期": "2021年4月29日"},
        ),
        (
            "（2003年2月12日青山市人民政府令第9号公布　自2003年5月1日起施行）",
            {"公布日期": "2003年2月12日", "施行日期": "2003年5月1日"},
        ),
        (
            "《青山市校车办法》已经2021年3月1日市政府常务会议通过，现予公布，自2021年5月1日起施行。",
            {"通过日期": "2021年3月1日", "施行日期": "2021年5月1日"},
        ),
        ("（二〇二一年三月一日会议通过）", {"通过日期": "二〇二一年三月一日"}),
        (
            "（青山区人民政府2024年3月20日印发，青政规〔2024〕5号）",
            {"印发日期": "2024年3月20日", "发文字号": "青政规〔2024〕5号"},
        ),
        (
            "（根据2020年5月1日《关于修改部分规章的决定》（青政发〔2020〕1号）修订）",
            {"修正日期": "2020年5月1日"},
        ),
        ("（2021年3月1日）", {}),
        ("（此件公开发布）", {}),
        ("《青山市校车办法》规定，学校应当报告。", {}),
        ("本办法自2021年5月1日起施行。", {}),
    ],
)
def test_the_dates_of_an_enactment(line, found):
    assert facts(read_enactment(line), line) == found


def test_the_head_and_the_number_of_a_document_may_stand_in_one_line():
    line = "青山市教育局文件 青教规〔2023〕12号"
    said = {"发文机关": "青山市教育局", "发文字号": "青教规〔2023〕12号"}
    assert facts(read_letterhead(line), line) == said
    assert read_letterhead("下列文件 青教规〔2023〕12号") == ()


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("部　长　王某某", True),
        ("青山市市长　李四", True),
        ("总　理　王　某", True),
        ("市长 负责制", True),
        ("部长王某某", False),
        ("校长带领全校教师 参加培训", False),
    ],
)
def test_an_office_with_the_name_of_its_holder(line, is_one):
    assert is_office_line(line) is is_one


def test_an_office_line_signs_only_above_a_date(parse):
    (parsed,) = parse(
        "青山市招生计划\n一、市长 负责制\n市长 李某某\n二、乙\n市长 李某某\n2021年3月4日"
    )
    assert [c.labels for c in parsed.clauses[1:]] == [
        "一",
        "一/段1",
        "二",
        "落款/署名",
        "落款/成文日期",
    ]
