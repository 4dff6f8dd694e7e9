"""The report: complete, self-contained, and text never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from assistant.types import Answer
from eval.comparison import compare
from eval.dataset import QAItem
from eval.metrics import RiskPoint
from eval.reporting.content import content_of
from eval.reporting.markdown import escaped, render_markdown, table
from eval.reporting.markup import Markup, element, joined
from eval.reporting.page import render_page
from eval.reporting.plots import Bar, bars, histogram_of, risk_curves
from eval.run import run_items
from eval.runs import OURS, Run

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]
EVIL = "<script>alert(1)</script>\"'&"
VOID = {"meta"}


class Balanced(HTMLParser):
    """Collects the tags and fails when they do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [v or "" for k, v in attrs if k in ("src", "href", "xlink:href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _parsed(page: str) -> Balanced:
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    return parser


@pytest.fixture
def evil(make_item: MakeItem, make_answer: MakeAnswer) -> Run:
    class Engine:
        def ask(self, question: str, history: object = ()) -> Answer:
            return make_answer(f"25% {question}〔1〕")

    item = make_item(id=EVIL, question=EVIL, type=EVIL, style=EVIL, doc=EVIL, clauses=[EVIL])
    return Run(EVIL, {OURS: run_items(Engine(), [item])}, {"name": EVIL})


@pytest.fixture
def content(items: list[QAItem], echo: Any, make_answer: MakeAnswer) -> Any:
    before = run_items(echo, items)
    echo.answers["错"] = make_answer("20%以上〔1〕")
    after = run_items(echo, items)
    run = Run("r", {OURS: after, "bm25": before})
    return content_of(run, compare(before, after), "earlier")


def test_text_is_escaped_and_markup_is_not() -> None:
    assert element("p", "a<b", Markup("<i>c</i>"), class_='x"') == (
        '<p class="x&quot;">a&lt;b<i>c</i></p>'
    )
    assert element("meta", name="a") == '<meta name="a">'
    assert joined("<", element("b")) == "&lt;<b></b>"
    assert element("text", text_anchor="end", x=1.50) == '<text text-anchor="end" x="1.5"></text>'


def test_a_page_needs_nothing_else(content: Any) -> None:
    page = render_page(content)
    parser = _parsed(page)
    assert not parser.tags & {"script", "link", "img", "iframe"}
    assert parser.addresses == []
    assert "url(" not in page
    assert "@import" not in page


def test_the_page_shows_every_part(content: Any) -> None:
    page = render_page(content)
    for words in (
        "按题型",
        "按文件",
        "风险–覆盖曲线",
        "延迟分布",
        "bm25",
        "与 earlier 相比",
        "改好：1 题",
    ):
        assert words in page
    assert "未通过的题：2" in page
    assert "对的条款排第 2" in page
    assert 'class="gold"' in page
    assert page.count("<svg") == 6


def test_nothing_from_documents_or_users_becomes_markup(evil: Run) -> None:
    page = render_page(content_of(evil, compare(evil.ours, evil.ours), EVIL))
    assert "script" not in _parsed(page).tags
    assert "&lt;script&gt;" in page
    markdown = render_markdown(content_of(evil))
    assert re.search(r"(?<!\\)<script", markdown) is None


def test_markdown_shows_every_part(content: Any) -> None:
    text = render_markdown(content)
    for words in ("# 评测报告 r", "| 正确且引对 |", "## 风险与作答比例", "## 延迟", "- 改好 b"):
        assert words in text
    assert "**c** 误拒；对的条款排第 2" in text


def test_markdown_tables_keep_their_columns() -> None:
    assert table([["a|b", "c"], ["d\ne", "*"]]) == ("| a\\|b | c |\n| --- | ---: |\n| d e | \\* |")
    assert escaped("a_b") == "a\\_b"


def test_bars_are_as_long_as_their_share() -> None:
    plot = bars("t", [Bar("半", 0.5, 0.25, 0.75, 4)])
    assert 'width="205"' in plot  # half of 720 - 190 - 120
    assert "50.0%（4 题）" in plot


def test_histogram_counts_every_value_once() -> None:
    assert histogram_of([12, 19.9, 20, 31]) == [("10–20", 2), ("20–30", 1), ("30–50", 1)]
    assert histogram_of([9999]) == [("≥5000", 1)]
    assert histogram_of([]) == []


def test_a_curve_has_a_line_a_system_and_room_for_the_worst() -> None:
    curve = [RiskPoint(0.9, 0.5, 0.0), RiskPoint(0.2, 1.0, 0.5)]
    plot = risk_curves("t", {"a": curve, "b": [], "c": [RiskPoint(0.1, 1.0, 1.0)]})
    _parsed(plot)
    assert plot.count("<polyline") == 2
    heights = [float(y) for y in re.findall(r",(\d+\.\d)", plot)]
    assert min(heights) == 12.0  # a risk of 1 stands at the top of the frame
