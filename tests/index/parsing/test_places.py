"""Whose place a document is from, and what 我市 and 本校 mean in it."""

from dataclasses import replace

import pytest

from index.parsing.places import level_of, region_of, region_of_body, region_of_title, resolved_self


@pytest.mark.parametrize(
    ("issuer", "region", "level"),
    [
        ("成都市温江区教育局", "成都市温江区", "县级"),
        ("中共高平市委办公室", "高平市", "市级"),
        ("山西省人民政府", "山西省", "省级"),
        ("河北省衡水市教育局", "河北省衡水市", "市级"),
        ("新疆维吾尔自治区教育厅", "新疆维吾尔自治区", "省级"),
        ("延边朝鲜族自治州教育局", "延边朝鲜族自治州", "市级"),
        ("开封市市场监督管理局", "开封市", "市级"),
        ("青山市城市管理局", "青山市", "市级"),
        ("晋城市城区教育局", "晋城市城区", "县级"),
        ("北京市海淀区教育委员会", "北京市海淀区", "县级"),
        ("北京市教育委员会", "北京市", "省级"),
        ("荆州市沙市区教育局", "荆州市沙市区", "县级"),
        ("青山市社区教育中心", "青山市", "市级"),
        ("临颍县人民政府", "临颍县", "县级"),
        ("青山县白石镇人民政府", "青山县白石镇", "乡级"),
        ("白石街道办事处", "白石街道", "乡级"),
        ("青山市第一中学", "青山市", "学校"),
        ("青山县白石镇中心小学", "青山县白石镇", "学校"),
        ("青山市教育局、白河县财政局", "青山市", "市级"),
        ("国家税务总局青山市税务局", "青山市", "市级"),
        ("国务院办公厅", "", "国家"),
        ("教育部", "", "国家"),
        ("国家市场监督管理总局", "", "国家"),
        ("全国人民代表大会常务委员会", "", "国家"),
        ("德州学院", "", "学校"),
        ("市教育局", "", ""),
        ("我市教育局", "", ""),
        ("", "", ""),
    ],
)
def test_region_and_level_are_those_of_the_issuer(issuer, region, level):
    assert (region_of(issuer), level_of(issuer)) == (region, level)


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("云岭市电动自行车管理条例", "云岭市"),
        ("《云岭省职业教育条例》", "云岭省"),
        ("云岭市白河区行动计划", "云岭市白河区"),
        ("关于加强城市管理的意见", ""),
        ("推进县域职业教育发展的意见", ""),
        ("农村地区义务教育办法", ""),
        ("城市居民最低生活保障条例", ""),
        ("街道办事处工作条例", ""),
        ("学生社区管理办法", ""),
        ("新区建设办法", ""),
    ],
)
def test_a_title_gives_a_place_only_where_it_begins_with_one(title, region):
    assert region_of_title(title) == region


def test_a_school_is_in_the_place_whose_name_it_bears_where_its_text_prints_it():
    assert region_of_body("云岭学院", "学生手册", "云岭市教育局批准成立。") == "云岭市"
    assert region_of_body("云岭学院", "学生手册", "白河市教育局批准成立。") == ""
    assert region_of_body("云岭公司", "手册", "云岭市教育局批准成立。") == ""


def test_we_and_here_are_the_issuers(parse):
    (parsed,) = parse("云岭市白河区教育局关于招生的通知\n一、甲\n乙。\n")
    meant = resolved_self(parsed.document)
    assert (meant["我市"], meant["本区"], meant["我局"]) == (
        "云岭市",
        "白河区",
        "云岭市白河区教育局",
    )
    assert "我省" not in meant
    school = replace(parsed.document, issuer="云岭市第一中学", region="云岭市")
    assert resolved_self(school)["我校"] == "云岭市第一中学"
