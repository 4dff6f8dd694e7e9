"""What letterhead and colophon say."""

import pytest

from index import metadata


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("高政办发〔2021〕37号", "发文字号", "高政办发〔2021〕37号"),
        ("高政办发[2021] 37 号", "发文字号", "高政办发[2021] 37 号"),
        ("青教（2021）第3号（附件）", "发文字号", "青教（2021）第3号"),
        ("教育部令第12号", "发文字号", "教育部令第12号"),
        ("第12号", "发文字号", "第12号"),
        ("青山市教育局文件", "发文机关", "青山市教育局"),
        ("青山市人民政府令", "发文机关", "青山市人民政府"),
        ("（此件公开发布）", "公开属性", "此件公开发布"),
        ("信息公开选项：主动公开", "公开属性", "主动公开"),
        ("抄送：市委，市法院。", "抄送", "市委，市法院。"),
        ("主办单位：职成科", "承办", "职成科"),
        ("青山市教育局办公室　2021年9月10日印发", "印发日期", "2021年9月10日"),
        ("来源：青山市人民政府", "来源", "来源：青山市人民政府"),
    ],
)
def test_a_line_of_the_letterhead_gives_its_value(line, name, value):
    field = metadata.read_letterhead(line)
    assert (field.name, line[field.start : field.end]) == (name, value)


@pytest.mark.parametrize(
    "line",
    [
        "国发〔2019〕4号文件要求各地执行",
        "来源于财政的资金，专款专用。",
        "主动公开政府信息的范围",
        "以通知印发",
    ],
)
def test_a_sentence_is_no_letterhead(line):
    assert metadata.read_letterhead(line) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021年9月10日", "2021-09-10"),
        ("2021 年 9 月 1 日印发", "2021-09-01"),
        ("二〇二一年十月三十一日", "2021-10-31"),
        ("二○二〇年十二月十日", "2020-12-10"),
        ("发布时间:2020-06-24", "2020-06-24"),
        ("2020/6/4", "2020-06-04"),
        ("2021年2月31日", ""),
        ("2021年13月1日", ""),
        ("2021年1二月3日", ""),
        ("2021年9月", ""),
        ("", ""),
    ],
)
def test_a_date_is_iso_8601_or_nothing(text, iso):
    assert metadata.parse_date(text) == iso


@pytest.mark.parametrize(
    ("issuer", "region"),
    [
        ("成都市温江区教育局", "成都市温江区"),
        ("中共高平市委办公室", "高平市"),
        ("山西省人民政府", "山西省"),
        ("河北省衡水市教育局", "河北省衡水市"),
        ("新疆维吾尔自治区教育厅", "新疆维吾尔自治区"),
        ("延边朝鲜族自治州教育局", "延边朝鲜族自治州"),
        ("开封市市场监督管理局", "开封市"),
        ("青山市社区教育中心", "青山市"),
        ("临颍县人民政府", "临颍县"),
        ("国务院办公厅", ""),
        ("教育部", ""),
        ("德州学院", ""),
    ],
)
def test_the_region_is_the_place_of_the_issuer(issuer, region):
    assert metadata.region_of(issuer) == region


@pytest.mark.parametrize(
    ("number", "normal"),
    [
        ("高政办发[2021] 37 号", "高政办发〔2021〕37号"),
        ("青教（2021）3号", "青教〔2021〕3号"),
        ("青教【2021】3号", "青教〔2021〕3号"),
        ("青山市人民政府令（第 12 号）", "青山市人民政府令第12号"),
    ],
)
def test_a_number_is_brought_to_its_normal_form(number, normal):
    assert metadata.normal_number(number) == normal


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("青山市教育局", True),
        ("中共青山市委办公室 青山市人民政府办公室", True),
        ("青山市教育局负责", False),
        ("", False),
    ],
)
def test_a_line_of_organs_names_nothing_else(line, expected):
    assert metadata.is_organ_line(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("青山市招生办法", True),
        ("青山市招生办法（试行）", True),
        ("为规范招生，制定本办法。", False),
        ("招生工作", False),
    ],
)
def test_a_title_ends_in_a_kind_of_document(line, expected):
    assert metadata.is_title_line(line) is expected


@pytest.mark.parametrize("line", ["各县（市、区）人民政府，市直各单位：", "各学校:"])
def test_an_addressee_line_ends_in_a_colon(line):
    assert metadata.is_addressee(line)
    assert not metadata.is_addressee(line[:-1])
