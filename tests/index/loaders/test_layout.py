"""Where things stand on a page decides what belongs together."""

import pytest

from index.loaders.furniture import without_furniture
from index.loaders.geometry import Page, Piece, Rule, glue, row_text, rows_of
from index.loaders.grids import find_grids
from index.loaders.layout import read_pages
from index.loaders.lines import Line, read_page
from index.loaders.recognition import told
from index.types import Mark

EM = 10.0
FULL = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八"


def piece(text, x, y, size=EM, confidence=1.0):
    return Piece(text, x, x + size * len(text), y, y + size, size, confidence)


def line(text, x=0.0, y=0.0, page=1, size=EM):
    return Line(text, x, x + size * len(text), y, y + size, size, page)


def box(xs, ys):
    """The rules of a full grid."""
    level = [Rule(xs[0], y, xs[-1], y) for y in ys]
    return (*level, *(Rule(x, ys[0], x, ys[-1]) for x in xs))


def read(*texts, number=1, confidence=1.0):
    """A page of lines, each (indent in em, text), 20 apart."""
    pieces = (
        piece(text, 50 + indent * EM, 100 + 20 * i, confidence=confidence)
        for i, (indent, text) in enumerate(texts)
    )
    return Page(number, 400.0, 600.0, tuple(pieces), (), confidence < 1)


def paragraphs(*pages):
    return read_pages(pages).text.splitlines()


@pytest.mark.parametrize(
    ("second", "joined"),
    [
        ((0, "接着写完。"), True),
        ((2, "另起一段。"), False),
        ((0, "二、下一个标题"), True),
    ],
)
def test_a_full_line_goes_on_unless_the_next_is_indented(second, joined):
    first = FULL[:26]
    found = paragraphs(read((2, first), second, (0, FULL), (0, FULL), (0, FULL)))
    assert (found[0] != first) == joined


def test_a_label_behind_a_full_stop_opens_a_paragraph_without_indent():
    found = paragraphs(read((0, FULL[:27] + "。"), (0, "二、" + FULL[:26]), (0, FULL)))
    assert found[0] == FULL[:27] + "。"


def test_a_short_line_ends_its_paragraph_unless_the_next_word_did_not_fit():
    word = "Internationalization"
    assert paragraphs(read((0, FULL), (0, FULL[:20]), (0, FULL))) == [FULL + FULL[:20], FULL]
    assert paragraphs(read((0, FULL), (0, FULL[:20]), (0, word + "，" + FULL[:5])))[0].endswith(
        FULL[:5]
    )


def test_dates_numbers_and_annex_marks_stand_alone():
    found = paragraphs(
        read((20, "某市教育局"), (20, "2024年3月1日"), (0, "附件"), (6, "任务分工一览表"))
    )
    assert found == ["某市教育局", "2024年3月1日", "附件", "任务分工一览表"]


def test_a_wider_gap_between_lines_parts_paragraphs():
    pieces = [piece(FULL, 50, y) for y in (100, 120, 155, 175)]
    page = Page(1, 400.0, 600.0, tuple(pieces), ())
    assert paragraphs(page) == [FULL * 2, FULL * 2]


def test_pages_may_come_in_any_order_and_marks_rise():
    found = read_pages([read((2, "后页。"), number=2), read((2, "前页。"))])
    assert found.text == "前页。\n后页。\n"
    assert found.marks == (Mark(0, "第1页"), Mark(4, "第2页"))


def test_the_confidence_of_a_recognised_paragraph_is_marked():
    found = read_pages([read((2, "识别的字。"), confidence=0.9)])
    assert found.marks == (Mark(0, "第1页", 0.9),)


def test_a_letter_printed_twice_is_read_once():
    (row,) = rows_of([piece("重", 0, 0), piece("重", 0.4, 0), piece("重", 10, 0)])
    assert row_text(row) == "重重"


@pytest.mark.parametrize(
    ("gap", "left", "right", "space"),
    [
        (0.1, "字", "字", False),
        (0.3, "字", "字", True),
        (0.6, "。", "字", False),
        (0.3, "a", "b", True),
        (0.3, "年", "2", True),
    ],
)
def test_a_gap_is_a_space_by_what_it_parts(gap, left, right, space):
    row = [piece(left, 0, 0), piece(right, EM * (1 + gap), 0)]
    assert (" " in row_text(row)) == space


def test_gaps_that_stretch_a_whole_line_are_no_spaces():
    row = [piece(char, i * 1.4 * EM, 0) for i, char in enumerate("两端对齐的一行文字")]
    assert row_text(row) == "两端对齐的一行文字"


def test_gaps_that_the_typesetter_put_between_han_and_figures_are_no_spaces():
    row = [piece("年", 0, 0), piece("2", 1.25 * EM, 0)]
    assert row_text(row) == "年 2"
    assert row_text(row, autospaced=True) == "年2"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the new", "school", "the new school"),
        ("教育", "部门", "教育部门"),
        ("到 2020", "年底", "到 2020 年底"),
        ("高于", "4000 元", "高于 4000 元"),
        ("到2020", "年底", "到2020年底"),
        ("第20", "21条", "第2021条"),
    ],
)
def test_lines_are_glued_as_they_were_written(first, second, joined):
    assert glue(first, second) == joined


def test_a_missing_line_merges_cells():
    xs, ys = (0.0, 50.0, 100.0), (0.0, 20.0, 40.0)
    rules = [r for r in box(xs, ys) if (r.top, r.bottom) != (20.0, 20.0)]
    (grid,) = find_grids([*rules, Rule(50.0, 20.0, 100.0, 20.0)], EM)
    assert grid.owner == (((0, 0), (0, 1)), ((0, 0), (1, 1)))


def test_sides_without_a_line_are_closed_and_told():
    rules = [Rule(0, y, 100, y) for y in (0.0, 20.0)] + [Rule(50, 0, 50, 60)]
    (grid,) = find_grids(rules, EM)
    assert grid.xs == (0, 50, 100)
    assert (grid.ys, grid.open_above, grid.open_below) == ((0, 20, 60), False, True)


@pytest.mark.parametrize("rules", [(), box((0.0, 100.0), (0.0, 50.0)), [Rule(0, 9, 99, 9)]])
def test_a_frame_or_an_underline_is_no_table(rules):
    assert find_grids(rules, EM) == []


def test_a_drawing_of_thousands_of_lines_is_no_table():
    assert find_grids(box(range(0, 15000, 12), range(0, 15000, 12)), EM) == []


def test_text_around_a_table_keeps_its_place():
    pieces = [piece("前", 0, 0), piece("后", 0, 90), piece("甲", 5, 25), piece("乙", 55, 25)]
    page = Page(1, 200, 300, tuple(pieces), box((0.0, 50.0, 100.0), (20.0, 40.0, 60.0)))
    first, table, last = read_page(page)
    assert (first.text, last.text) == ("前", "后")
    assert [row.cells for row in table.rows] == [((0, "甲"), (1, "乙"))]


def test_only_lines_in_the_margins_are_furniture():
    pages = {
        n: (600.0, [line("页眉", y=20, page=n), line("正文", y=300, page=n), line(f"{n}", y=580)])
        for n in (1, 2, 3)
    }
    kept, repeated = without_furniture(pages)
    assert [[block.text for block in page] for page in kept.values()] == [["正文"]] * 3
    assert repeated == ["页眉"]


def test_recognised_pages_are_told_one_by_one_or_together():
    marks = [Mark(i, f"第{i}页", 0.95 if i != 4 else 0.8) for i in range(1, 9)]
    assert list(told(marks, [3])) == ["第3页由图片识别，把握 0.95。"]
    assert list(told(marks, [9])) == ["第9页是图片，没有认出文字。"]
    together, poor = told(marks, [1, 2, 3, 4, 6, 8])
    assert together.startswith("第1至4、6、8页由图片识别")
    assert poor.startswith("第4页")
