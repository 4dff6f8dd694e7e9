"""Other documents that a text names: found, and told apart by what is said of them."""

import pytest

from index.parsing.references import find_references, read_amends, read_basis, read_repeals


def named(references):
    return [(reference.title, reference.number) for reference in references]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("按《招生办法》（青教发[2019] 4号）执行", [("招生办法", "青教发〔2019〕4号")]),
        ("《甲》和《乙》（国令第12号）", [("甲", ""), ("乙", "国令第12号")]),
        ("《关于印发〈甲办法〉的通知》", [("关于印发〈甲办法〉的通知", "")]),
        (
            "《关于印发《甲办法》的通知》（青教（2021）3号）",
            [("关于印发《甲办法》的通知", "青教〔2021〕3号")],
        ),
        ("《甲办法》（青教〔2021〕3号，以下简称《办法》）", [("甲办法", "青教〔2021〕3号")]),
        ("《甲办法》（以下简称《办法》）", [("甲办法", "")]),
        ("根据国发〔2019〕4号文件精神", [("", "国发〔2019〕4号")]),
        ("没有提到文件", []),
    ],
)
def test_titles_and_numbers_are_found_together(text, found):
    assert named(mention.reference for mention in find_references(text)) == found


def test_a_mention_covers_the_title_and_its_number():
    (mention,) = find_references("按《甲》（青教〔2021〕3号）办理")
    assert (
        "按《甲》（青教〔2021〕3号）办理"[mention.start : mention.end]
        == "《甲》（青教〔2021〕3号）"
    )


@pytest.mark.parametrize(
    ("opening", "basis"),
    [
        (
            "根据《甲法》《乙条例》（国令第5号），制定本办法。",
            [("甲法", ""), ("乙条例", "国令第5号")],
        ),
        ("为贯彻落实《甲意见》，我局制定了《丙方案》，现印发给你们。", [("甲意见", "")]),
        ("按照国发〔2019〕4号文件要求，制定本方案。", [("", "国发〔2019〕4号")]),
        ("现将《丙方案》印发给你们。", []),
        ("《关于贯彻甲的通知》已经印发。", []),
    ],
)
def test_the_opening_says_what_a_text_rests_on(parse, opening, basis):
    (parsed,) = parse(f"青山市招生办法\n{opening}\n一、时间\n根据《丁办法》报名。\n")
    assert named(read_basis(parsed.clauses)) == basis


def test_the_first_article_says_what_a_rule_rests_on(parse):
    (parsed,) = parse(
        "青山市招生办法\n第一条 依据《甲法》，制定本办法。\n第三条 根据《乙法》处罚。\n"
    )
    assert named(read_basis(parsed.clauses)) == [("甲法", "")]


def test_a_law_may_rest_on_the_constitution_without_a_title_mark(parse):
    (parsed,) = parse("青山市招生条例\n第一条 为了招生，根据宪法，制定本法。\n")
    assert named(read_basis(parsed.clauses)) == [("中华人民共和国宪法", "")]


@pytest.mark.parametrize(
    ("sentence", "repeals"),
    [
        (
            "本办法自2022年1月1日起施行，《甲办法》（青教发〔2019〕3号）同时废止。",
            [("甲办法", "青教发〔2019〕3号")],
        ),
        (
            "自本办法施行之日起，2019年3月1日发布的《甲办法》和《乙办法》即行废止。",
            [("甲办法", ""), ("乙办法", "")],
        ),
        ("根据《甲法》的规定，原《乙办法》停止执行。", [("乙办法", "")]),
        ("《甲法》与本办法不一致的，以《甲法》为准，《乙办法》同时废止。", [("乙办法", "")]),
        ("青教发〔2019〕3号文件同时废止。", [("", "青教发〔2019〕3号")]),
        ("经研究，决定废止《甲办法》（青教发〔2019〕3号）。", [("甲办法", "青教发〔2019〕3号")]),
        ("《甲办法》第五条同时废止。", []),
        ("青教发〔2019〕3号相关条款同时废止。", []),
        (
            "《甲法》、《乙法》、《丙法》同时废止。",
            [("甲法", ""), ("乙法", ""), ("丙法", "")],
        ),
        (
            "2013年1月6日发布的《甲规定》（教育部令2013年第3号）同时废止。",
            [("甲规定", "教育部令2013年第3号")],
        ),
        ("《甲办法》已废止。", []),
        ("《甲办法》废止前已经受理的，继续办理。", []),
        ("及时修订、废止《甲办法》等制度。", []),
        ("《关于废止旧文件的通知》由办公室负责解释。", []),
    ],
)
def test_what_a_text_ends_is_told_from_what_it_mentions(parse, sentence, repeals):
    (parsed,) = parse(f"青山市招生办法\n第一条 六月报名。\n第二条 {sentence}\n")
    assert named(read_repeals(parsed.document.title, parsed.clauses)) == repeals


def test_a_decision_that_repeals_lists_what_it_ends(parse):
    (parsed,) = parse(
        "青山市教育局关于废止部分文件的通知\n各学校：\n根据《立法法》，现决定废止下列文件：\n"
        "1.《甲办法》（青教发〔2015〕1号）\n2.《乙规定》（青教发〔2016〕2号）\n青山市教育局\n2022年1月5日\n"
    )
    assert named(read_repeals(parsed.document.title, parsed.clauses)) == [
        ("甲办法", "青教发〔2015〕1号"),
        ("乙规定", "青教发〔2016〕2号"),
    ]


def test_a_list_of_repealed_files_ends_where_its_titles_end(parse):
    (parsed,) = parse(
        "青山市文件管理办法\n第一章 文件的修改和废止\n第一条 文件应当公布，遵守《丙法》。\n"
        "第二条 自本办法施行之日起，下列文件同时废止：\n（一）《甲办法》；\n（二）《乙规定》。\n"
        "第三条 对文件有异议的，可以依《丙法》申请复核。\n"
    )
    assert named(read_repeals(parsed.document.title, parsed.clauses)) == [
        ("甲办法", ""),
        ("乙规定", ""),
    ]


def test_a_table_of_repealed_files_is_read_by_its_heads(parse):
    (parsed,) = parse(
        "青山市教育局关于宣布失效一批文件的通知\n序号\t文件名称\t文号\n"
        "1\t甲办法\t青教发〔2015〕1号\n2\t《乙规定》\t青教发[2016]2号\n"
    )
    assert named(read_repeals(parsed.document.title, parsed.clauses)) == [
        ("甲办法", "青教发〔2015〕1号"),
        ("乙规定", "青教发〔2016〕2号"),
    ]


def test_a_decision_that_repeals_and_changes_keeps_the_two_apart(parse):
    (parsed,) = parse(
        "青山市人民政府关于废止和修改部分规章的决定\n一、予以废止的规章\n1.《甲办法》（第1号令）\n"
        "二、予以修改的规章\n1.对《乙办法》作如下修改：\n删去第五条。\n"
    )
    title = parsed.document.title
    assert named(read_repeals(title, parsed.clauses)) == [("甲办法", "")]
    assert named(read_amends(title, parsed.clauses)) == [("乙办法", "")]


@pytest.mark.parametrize(
    ("title", "body", "amends"),
    [
        ("青山市关于修改《甲办法》的决定", "一、删去第五条。", [("甲办法", "")]),
        ("青山市关于修改招生办法的决定", "一、删去第五条。", [("招生办法", "")]),
        ("关于印发修订后的《甲办法》的通知", "一、照办。", []),
        ("关于印发《甲办法（2022年修订）》的通知", "一、照办。", []),
        ("关于印发甲办法（2022年修订）的通知", "一、照办。", []),
        (
            "青山市招生通知",
            "一、对《甲办法》（青教发〔2019〕3号）作如下修改：",
            [("甲办法", "青教发〔2019〕3号")],
        ),
        ("青山市招生通知", "一、将《甲办法》第五条中的“三年”修改为“五年”。", [("甲办法", "")]),
        ("青山市招生通知", "一、《甲办法》第五条同时废止。", [("甲办法", "")]),
        ("青山市招生计划", "一、修改完善《甲办法》等制度。", []),
        ("青山市招生通知", "一、现将修改后的《甲办法》印发给你们。", []),
    ],
)
def test_what_a_text_changes_is_told_from_what_it_plans_to_change(parse, title, body, amends):
    (parsed,) = parse(f"{title}\n{body}\n")
    assert named(read_amends(parsed.document.title, parsed.clauses)) == amends
