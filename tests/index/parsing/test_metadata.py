"""What letterhead and colophon say."""

import pytest

from index.parsing import metadata


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("高政办发〔2021〕37号", "发文字号", "高政办发〔2021〕37号"),
        ("高政办发[2021] 37 号", "发文字号", "高政办发[2021] 37 号"),
        ("青教（2021）第3号（附件）", "发文字号", "青教（2021）第3号"),
        ("教育部令第12号", "发文字号", "教育部令第12号"),
        ("第12号", "发文字号", "第12号"),
        ("教职成厅函[2019]12 号", "发文字号", "教职成厅函[2019]12 号"),
        ("京教发（2021）3 号", "发文字号", "京教发（2021）3 号"),
        ("青府规〔２０２０〕１号", "发文字号", "青府规〔２０２０〕１号"),
        ("国令第743号", "发文字号", "国令第743号"),
        ("第12号公告", "发文字号", "第12号公告"),
        ("（青教发〔2021〕3号）", "发文字号", "青教发〔2021〕3号"),
        ("文 号：青教发〔2021〕3号", "发文字号", "青教发〔2021〕3号"),
        ("制度编号：JX-2026-009", "发文字号", "JX-2026-009"),
        ("发布机构：青山市教育局", "发文机关", "青山市教育局"),
        ("成文日期：2021年06月01日", "成文日期", "2021年06月01日"),
        ("标　　题：青山市教育局关于招生的通知", "标题", "青山市教育局关于招生的通知"),
        ("索 引 号：0000143/2021-00012", "索引号", "0000143/2021-00012"),
        ("青山市财政局公告2021年第3号", "发文字号", "青山市财政局公告2021年第3号"),
        ("中华人民共和国主席令（第一一二号）", "发文字号", "中华人民共和国主席令（第一一二号）"),
        ("公开方式：依申请公开", "公开属性", "依申请公开"),
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
        "（青教发〔2021〕3号）精神，认真执行",
        "标题：二号黑体",
        "文号：由办公室编排",
        "成文日期：由负责人签发的日期",
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
        ("２０２１年９月１０日", "2021-09-10"),
        ("2 0 2 1 年 9 月 1 0 日", "2021-09-10"),
        ("二 〇 二 一 年 九 月 二 十 一 日", "2021-09-21"),
        ("（2021年9月10日）", "2021-09-10"),
        ("2021.9.10", "2021-09-10"),
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
    ("number", "normal"),
    [
        ("高政办发[2021] 37 号", "高政办发〔2021〕37号"),
        ("青教（2021）3号", "青教〔2021〕3号"),
        ("青教【2021】3号", "青教〔2021〕3号"),
        ("青教【２０２１】３号", "青教〔2021〕3号"),
        ("青山市人民政府令（第 12 号）", "青山市人民政府令第12号"),
        ("第12号公告", "公告第12号"),
        ("（第12号）", "第12号"),
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
        ("标　题：青山市教育局关于招生的通知", False),
        ("招生工作", False),
    ],
)
def test_a_title_ends_in_a_kind_of_document(line, expected):
    assert metadata.is_title_line(line) is expected


@pytest.mark.parametrize(
    "line", ["各县（市、区）人民政府，市直各单位：", "各学校:", "各位家长：", "全体师生："]
)
def test_an_addressee_line_ends_in_a_colon(line):
    assert metadata.is_addressee(line)
    assert not metadata.is_addressee(line[:-1])


@pytest.mark.parametrize(
    "line",
    [
        "现将招生办法印发给各学校，有关要求通知如下：",
        "学校应当履行下列职责：",
        "有以下情形之一的单位：",
        "根据上级部门安排：",
    ],
)
def test_a_sentence_that_opens_a_list_addresses_nobody(line):
    assert not metadata.is_addressee(line)


@pytest.mark.parametrize(
    ("text", "organs"),
    [
        ("青山市教育局 青山市财政局", ("青山市教育局", "青山市财政局")),
        ("青山市教育局、青山市财政局", ("青山市教育局", "青山市财政局")),
        ("教育部等六部门", ("教育部",)),
        ("青山市 教育局", ("青山市教育局",)),
        ("青山市第一高中", ("青山市第一高中",)),
        ("市长 张三", ()),
        ("", ()),
    ],
)
def test_organs_are_parted_unless_a_part_is_none(text, organs):
    assert metadata.organs_of(text) == organs


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("青山市教育局关于招生的通知", "青山市教育局"),
        ("教育部等六部门关于招生的意见", "教育部"),
        ("青山市教育局 青山市财政局 关于招生的通知", "青山市教育局、青山市财政局"),
        ("青山市教育局招生办法", ""),
        ("关于招生的通知", ""),
    ],
)
def test_a_title_names_the_organs_in_front_of_its_subject(title, issuer):
    assert metadata.issuer_of_title(title) == issuer


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("青山市招生办法（试行）", "办法"),
        ("《青山市招生办法》解读", "解读"),
        ("青山市职业教育法", "法"),
        ("青山市教育局关于印发《招生办法》的通知", "通知"),
        ("青山市行动计划（2021—2025年）", "计划"),
        ("学校食堂", ""),
    ],
)
def test_the_genre_is_what_a_title_ends_in(title, genre):
    assert metadata.genre_of(title) == genre


def test_fields_have_one_name():
    assert metadata.field_of("文号：青教〔2021〕3号") == ("发文字号", "青教〔2021〕3号")
    assert metadata.field_of("effective_on: 2021-09-01") == ("施行日期", "2021-09-01")
    assert metadata.field_of("没有冒号") == ("", "")
