"""Lines broken at a fixed width are paragraphs again; lines that only happen to be even are not."""

import pytest

from index.parsing.cleaning import clean
from index.parsing.wrapping import characters, columns, find_wrapping

PARAGRAPHS = [
    "青山市职业教育发展计划（征求意见稿）",
    "一、总体要求",
    "坚持立德树人根本任务并把发展职业教育放在更加突出的位置来抓好抓实抓出成效到二〇二五年全市中等职业学校在校生规模达到三万人。",
    "到2025年全市建成12所高水平中等职业学校和30个高水平专业群形成与产业结构相适应的专业布局体系。",
    "二、重点任务",
    "（一）优化布局。各县（市、区）集中力量办好一所县级职教中心，支持其与高等职业院校开展五年一贯制培养。"
    "鼓励行业龙头企业举办职业教育。",
    "对规模小、质量低、条件差的学校，采取合并、合作、托管、集团办学等措施，在两年内完成整合任务。",
]


def wrapped(indent, width, measure):
    lines = []
    for paragraph in PARAGRAPHS:
        line = indent
        for character in paragraph:
            if measure(line + character) > width:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("width", [17, 20, 26])
@pytest.mark.parametrize("indent", ["　　", "    ", ""])
@pytest.mark.parametrize("measure", [characters, columns])
def test_lines_of_a_fixed_width_are_joined(indent, width, measure):
    text = wrapped(indent, width * (2 if measure is columns else 1), measure)
    assert [p.text for p in clean(text).paragraphs] == PARAGRAPHS


def test_a_sentence_that_ends_with_its_line_goes_on_where_paragraphs_are_indented():
    lines = [
        "　　青山市教育局负责全市招生工作",
        "青山市财政局负责经费保障工作。省",
        "青山市交通局负责学生出行安全。",
    ]
    text = "\n".join([*lines, "县区负责落实。"] * 4)
    assert [p.text for p in clean(text).paragraphs] == [
        "".join([*lines, "县区负责落实。"]).strip("　")
    ] * 4


@pytest.mark.parametrize(
    "lines",
    [
        ["青山市第一实验小学校"] * 3,
        [f"（{n}）建立健全教育教学质量评价工作机制；" for n in "一二三四五六七八九"],
        ["青山市教育局" * 30] * 12,
        ["短行"] * 20,
        [f"青山市第{n}高级职业技术学校东部新校区" for n in "一二三四五六七八九"],
        ["青山市教育局关于开展招生的通知", *(f"青山市第{n}中学" for n in "一二三四五六七八九")],
        [
            "青山市教育局关于开展招生工作的通知",
            *(f"青山市第{n}中学校区" for n in "一二三四五六七八九"),
        ],
    ],
)
def test_whole_paragraphs_have_no_width(lines):
    assert find_wrapping(lines) is None
    assert [p.text for p in clean("\n".join(dict.fromkeys(lines))).paragraphs] == list(
        dict.fromkeys(lines)
    )
