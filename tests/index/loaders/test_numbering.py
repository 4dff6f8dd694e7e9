"""The numbers Word generates stand in front of the paragraphs they belong to."""

import pytest

from index.loaders.numerals import numeral
from index.loaders.word import extract_docx


def level(position, text, style="decimal", start=1, extra=""):
    return (
        f'<w:lvl w:ilvl="{position}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(number, *levels):
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def instance(number, of, override=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def member(number, position=0):
    return f'<w:numPr><w:ilvl w:val="{position}"/><w:numId w:val="{number}"/></w:numPr>'


OFFICIAL = definition(
    0,
    level(0, "%1、", "chineseCounting"),
    level(1, "（%2）", "chineseCounting"),
    level(2, "%3."),
    level(3, "（%4）"),
    level(4, "%5", "decimalEnclosedCircleChinese"),
) + instance(1, 0)


@pytest.fixture
def lines(build_docx, p):
    def read(numbering, *paragraphs, styles=""):
        body = "".join(p(text, properties) for text, properties in paragraphs)
        return extract_docx(
            build_docx(body, numbering=numbering, styles=styles), "a.docx"
        ).text.split("\n")[:-1]

    return read


def test_the_levels_of_an_official_document_are_counted_and_restarted(lines):
    levels = [0, 1, 2, 2, 3, 4, 4, 1, 2, 0, 1]
    assert lines(OFFICIAL, *((f"文{i}", member(1, n)) for i, n in enumerate(levels))) == [
        "一、文0", "（一）文1", "1.文2", "2.文3", "（1）文4", "①文5", "②文6", "（二）文7", "1.文8", "二、文9", "（一）文10",
    ]  # fmt: skip


def test_articles_count_on_through_chapters_and_stand_apart_from_their_text(lines):
    law = definition(
        0,
        level(0, "第%1章", "chineseCountingThousand"),
        level(1, "第%2条", "chineseCountingThousand", start=9, extra='<w:lvlRestart w:val="0"/>'),
    ) + instance(1, 0)
    levels = [0, 1, 1, 0, 1]
    assert lines(law, *(("文", member(1, n)) for n in levels)) == [
        "第一章 文", "第九条 文", "第十条 文", "第二章 文", "第十一条 文",
    ]  # fmt: skip


def test_decimal_levels_are_joined_and_parted_from_the_text(lines):
    numbering = definition(0, level(0, "%1."), level(1, "%1.%2"), level(2, "%1.%2.%3")) + instance(
        1, 0
    )
    assert lines(numbering, *(("文", member(1, n)) for n in (0, 1, 1, 2, 0, 1))) == [
        "1.文", "1.1 文", "1.2 文", "1.2.1 文", "2.文", "2.1 文",
    ]  # fmt: skip


def test_a_level_that_was_skipped_has_begun(lines):
    numbering = definition(0, level(0, "%1."), level(1, "%1.%2")) + instance(1, 0)
    levels = (1, 1, 0, 1)
    assert lines(numbering, *(("文", member(1, n)) for n in levels)) == [
        "1.1 文",
        "1.2 文",
        "2.文",
        "2.1 文",
    ]


def test_a_number_does_not_run_into_a_figure(lines):
    assert lines(OFFICIAL, ("5个工作日", member(1, 2))) == ["1. 5个工作日"]


def test_legal_numbering_shows_digits_for_all_levels(lines):
    numbering = definition(
        0, level(0, "第%1章", "chineseCounting"), level(1, "%1.%2", extra="<w:isLgl/>")
    ) + instance(1, 0)
    assert lines(numbering, ("文", member(1)), ("文", member(1, 1))) == ["第一章 文", "1.1 文"]


def test_lists_of_one_definition_count_on_unless_they_start_over(lines):
    numbering = (
        definition(0, level(0, "%1、"))
        + instance(1, 0)
        + instance(2, 0)
        + instance(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    )
    order = (1, 1, 2, 3, 3)
    assert lines(numbering, *(("文", member(n)) for n in order)) == [
        "1、文",
        "2、文",
        "3、文",
        "1、文",
        "2、文",
    ]


def test_a_list_can_replace_a_level(lines):
    numbering = (
        definition(0, level(0, "%1、"))
        + instance(1, 0)
        + instance(
            2, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "%1)", "upperRoman")}</w:lvlOverride>'
        )
    )
    assert lines(numbering, ("文", member(1)), ("文", member(2))) == ["1、文", "II)文"]


def test_a_level_restarts_only_after_the_level_it_names(lines):
    numbering = definition(
        0, level(0, "%1、"), level(1, "（%2）"), level(2, "%3.", extra='<w:lvlRestart w:val="1"/>')
    ) + instance(1, 0)
    assert lines(numbering, *(("文", member(1, n)) for n in (0, 1, 2, 1, 2, 0, 2))) == [
        "1、文", "（1）文", "1.文", "（2）文", "2.文", "2、文", "1.文",
    ]  # fmt: skip


STYLES = (
    '<w:style w:type="paragraph" w:styleId="章"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="条"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="子条"><w:basedOn w:val="条"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="圈"><w:basedOn w:val="圈"/></w:style>'
)


def test_styles_number_their_paragraphs_and_hand_it_down(lines):
    numbering = definition(
        0,
        level(0, "第%1章", "chineseCounting", extra='<w:pStyle w:val="章"/>'),
        level(1, "第%2条", "chineseCounting", extra='<w:pStyle w:val="条"/>'),
    ) + instance(1, 0)
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    given = [("章", ""), ("条", ""), ("子条", ""), ("子条", none), ("圈", ""), ("章", "")]
    shown = [("文", f'<w:pStyle w:val="{style}"/>{own}') for style, own in given]
    assert lines(numbering, *shown, styles=STYLES) == [
        "第一章 文", "第一条 文", "第二条 文", "文", "文", "第二章 文",
    ]  # fmt: skip


def test_a_list_style_leads_to_its_definition(lines):
    numbering = (
        definition(0, level(0, "（%1）", "chineseCounting"))
        + '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="列表"/></w:abstractNum>'
        + instance(1, 0)
        + instance(2, 1)
    )
    styles = '<w:style w:type="numbering" w:styleId="列表"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert lines(numbering, ("文", member(2)), styles=styles) == ["（一）文"]


@pytest.mark.parametrize(
    ("sign", "shown"), [("●", "●文"), ("\uf06c", "•文"), ("o", "•文"), ("—", "—文")]
)
def test_bullets_are_signs_that_readers_know(lines, sign, shown):
    numbering = definition(0, level(0, sign, "bullet")) + instance(1, 0)
    assert lines(numbering, ("文", member(1))) == [shown]


def test_an_empty_paragraph_counts_but_gives_no_line(lines):
    assert lines(OFFICIAL, ("甲", member(1)), ("", member(1)), ("乙", member(1))) == [
        "一、甲",
        "三、乙",
    ]


def test_running_numbers_of_a_table_are_its_cells(build_docx, p):
    rows = "".join(
        f"<w:tr><w:tc>{p('', member(1))}</w:tc><w:tc>{p(name)}</w:tc></w:tr>"
        for name in ("甲校", "乙校")
    )
    numbering = definition(0, level(0, "%1")) + instance(1, 0)
    text = extract_docx(build_docx(f"<w:tbl>{rows}</w:tbl>", numbering=numbering), "a.docx").text
    assert text == "1\t甲校\n2\t乙校\n"


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 100, "一百"),
        ("chineseCountingThousand", 103, "一百零三"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 2012, "二千零一十二"),
        ("taiwaneseCountingThousand", 19, "十九"),
        ("japaneseCounting", 30, "三十"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedCircle", 50, "㊿"),
        ("decimalEnclosedCircle", 51, "51"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("none", 3, ""),
        ("unheardOf", 3, "3"),
    ],
)
def test_numerals_are_written_as_word_writes_them(style, number, shown):
    assert numeral(number, style) == shown
