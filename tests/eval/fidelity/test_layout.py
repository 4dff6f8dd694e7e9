from __future__ import annotations

from eval.fidelity.blocks import Grid, GridCell, Line, Role
from eval.fidelity.layout import HEIGHT, LEADING, LEFT, TOP, WIDTH, Page, break_lines, lay_out


def measure(text: str, size: float) -> float:
    return sum(size if char > "ÿ" else size / 2 for char in text)


def said(page: Page) -> list[str]:
    return [text.text for text in page.texts]


def test_lines_hold_what_fits_and_keep_marks_and_numbers_in_place():
    def broken(text: str) -> list[str]:
        return break_lines(text, 10.0, 50.0, 0.0, measure)

    assert broken("一二三四五六七") == ["一二三四五", "六七"]
    assert broken("一二三四五，六七") == ["一二三四", "五，六七"]
    assert broken("一二三四（五六）") == ["一二三四", "（五六）"]
    assert broken("一二三2026年") == ["一二三2026", "年"]
    assert broken("一二三四2026年") == ["一二三四", "2026年"]
    assert break_lines("一二三四五", 10.0, 50.0, 20.0, measure) == ["一二三", "四五"]


def test_a_page_has_22_lines_a_header_and_its_number():
    pages = lay_out([Line(f"第{n}行", Role.BODY) for n in range(23)], "页眉", measure)
    assert [len(page.texts) for page in pages] == [24, 3]
    assert said(pages[1]) == ["第22行", "页眉", "— 2 —"]
    assert max(t.top for t in pages[0].texts[:-2]) <= TOP + HEIGHT - LEADING + 0.01


def test_lines_are_set_as_an_office_sets_them():
    page = lay_out(
        [Line("通知", Role.TITLE), Line("文" * 40, Role.BODY), Line("某局", Role.SIGNATURE)],
        "",
        measure,
    )[0]
    title, first, second, signature = page.texts[:4]
    assert abs(title.x + measure("通知", title.size) / 2 - (LEFT + WIDTH / 2)) < 0.01
    assert first.x > second.x == LEFT
    width = measure(first.text, first.size) + first.gap * (len(first.text) - 1)
    assert abs(first.x + width - (LEFT + WIDTH)) < 0.01
    assert signature.x > LEFT + WIDTH / 2


def test_an_annex_starts_a_page():
    pages = lay_out([Line("正文", Role.BODY), Line("附件", Role.ANNEX)], "", measure)
    assert [said(page)[0] for page in pages] == ["正文", "附件"]


def test_a_table_over_a_page_end_repeats_its_head_and_cuts_merged_cells():
    head = (GridCell("类别"), GridCell("序号"))
    rows = [head, (GridCell("基地", rows=80), GridCell("0"))]
    rows += [(None, GridCell(str(n))) for n in range(1, 80)]
    pages = lay_out([Grid(tuple(rows))], "", measure)
    assert len(pages) > 1
    for page in pages:
        assert said(page)[:2] == ["类别", "序号"]
    numbers = [text for page in pages for text in said(page)[2:-2] if text.isdecimal()]
    assert numbers == [str(n) for n in range(80)]
    assert [text for page in pages for text in said(page)].count("基地") == 1
    middle = pages[0].texts[3].x - 4
    left = {rule.x0 for rule in pages[0].rules if rule.y0 == rule.y1}
    assert len([r for r in pages[0].rules if r.y0 == r.y1 and r.x0 == LEFT]) == 3, left
    assert len([r for r in pages[0].rules if r.x0 == r.x1 and abs(r.x0 - middle) < 0.01]) > 9
