"""What the browser shows of an answer: escaped, marked, linked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

from assistant.types import Answer, Citation, Status
from assistant.web.render import (
    NO_CITATIONS,
    NO_DOCUMENTS,
    NOTHING_CITED,
    answer_markdown,
    citations_html,
    documents_html,
    panel_html,
    question_markdown,
)
from index.types import (
    Cell,
    Clause,
    ClauseKind,
    Document,
    DocumentKind,
    Heading,
    Mark,
    Reference,
    Run,
)
from index.versions import Note, NoteKind

TODAY = date(2026, 5, 1)
ENDED = Note(NoteKind.REPEALED, "new", Reference("新办法", "某政发〔2025〕1号"), "2025-01-01")
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=\"alert('1')\"> **粗** _斜_ ~~删~~ `码` "
    "[链](http://evil.example) http://evil.example www.evil.example a@evil.example "
    "${1+1} {{constructor}} $$x$$ &lt;b&gt; <thinking> <!--\n# 一级\n- 条\n1. 条\n"
    "    缩进\n| a | b |\n|---|---|\n> 引\n==="
)


def _document(text: str, kind: DocumentKind = DocumentKind.FULL) -> Document:
    return Document(
        doc_id="d",
        title="某市行动计划",
        number="某政发〔2021〕37号",
        issuer="某市人民政府",
        region="某市",
        issued_on="2021-09-10",
        kind=kind,
        source="plan.txt",
        sha256="",
        text=text,
        runs=(Run(0, 0, len(text)),),
    )


def _citation(text: str, quote: str, *, marker: int = 1, kind: str = "full") -> Citation:
    document = _document(text, DocumentKind(kind))
    path = (Heading("四", "重点任务"), Heading("（二）"), Heading("3"))
    clause = Clause("d#四/（二）/3", "d", path, ClauseKind.PARAGRAPH, text, 0, len(text))
    start = text.index(quote)
    return Citation(marker, document, clause, quote, start, start + len(quote))


def _answer(text: str, *citations: Citation, headline: str = "") -> Answer:
    return Answer("问", "问", Status.ANSWERED, text, headline, citations)


def _row(quote: str) -> Citation:
    text = "序\t3\t制定方案\t市教育局"
    heads = (("项目", "制定方案"), ("单位", "市教育局"))
    cells = tuple(
        Cell(head, value, 10 + text.index(value), 10 + text.index(value) + len(value))
        for head, value in heads
    )
    merged = Cell("类别", "保障", 0, 2)
    clause = Clause("d#表/3", "d", (), ClauseKind.ROW, text, 10, 10 + len(text), (merged, *cells))
    start = text.index(quote)
    document = _document("保障" + " " * 8 + text)
    return Citation(1, document, clause, quote, start, start + len(quote))


def _tags(html: str) -> set[str]:
    return set(re.findall(r"</?([a-z0-9]+)", html))


def test_headline_is_bold_and_cited_markers_are_links() -> None:
    answer = _answer("20%以上〔1〕\n依据某政发〔2021〕37号〔2〕", _citation("20%以上", "20%"))
    shown = answer_markdown(replace(answer, headline="20%以上"), turn=4)
    assert shown.startswith("<strong>20&#37;以上</strong>[〔1〕](#cite-4-1)")
    assert "〔2021〕37号〔2〕" in shown
    assert shown.count("](#") == 1


def test_a_headline_that_does_not_begin_the_text_is_not_repeated() -> None:
    assert answer_markdown(_answer("约20人", headline="20人")) == "约20人"


def test_refusals_stay_plain() -> None:
    refusal = Answer("问", "问", Status.REFUSED, "文件没有写这一点。")
    assert answer_markdown(refusal) == "文件没有写这一点。"


def test_markup_in_answers_and_questions_is_shown_literally() -> None:
    for shown in (answer_markdown(_answer(HOSTILE)), question_markdown(HOSTILE)):
        assert not re.search(r"[!\"$%'()*+,./:<=>?@\[\\\]^_`{|}~-]", shown)
        assert not re.search(r"^[ \t]", shown, re.MULTILINE)
        assert unescape(shown) == HOSTILE.replace("    缩进", "缩进")


def test_long_questions_are_cut_for_show() -> None:
    shown = question_markdown("长" * 10_000)
    assert len(shown) < 400
    assert shown.endswith("（共10000字）")


def test_control_characters_are_dropped() -> None:
    assert question_markdown("甲\x00\x1b乙\r\n丙") == "甲乙\n丙"


def test_a_card_shows_where_the_quote_stands() -> None:
    text = "招生人数要达到20%以上，力争超过25%。"
    html = citations_html(_answer("20%以上〔1〕", _citation(text, "20%以上")), turn=2)
    assert 'id="cite-2-1"' in html
    assert "某市行动计划" in html
    assert "某政发〔2021〕37号" in html
    assert "四、重点任务（二）3" in html
    assert "2021年9月10日" in html
    assert "plan.txt" in html
    assert "招生人数要达到<mark>20%以上</mark>，力争超过25%。" in html
    assert "tw-badge" not in html


def test_digests_and_interpretations_carry_a_badge() -> None:
    for kind, name in (("digest", "要点整理"), ("interpretation", "解读")):
        html = citations_html(_answer("甲〔1〕", _citation("甲乙", "甲", kind=kind)))
        assert f">{name}</span>" in html


def test_cards_stand_in_the_order_of_their_markers() -> None:
    second, first = _citation("乙", "乙", marker=2), _citation("甲", "甲", marker=1)
    html = citations_html(_answer("甲〔1〕乙〔2〕", second, first))
    assert html.index("cite-0-1") < html.index("cite-0-2")


def test_hostile_documents_cannot_become_markup() -> None:
    citation = _citation(HOSTILE, "**粗**")
    document = replace(citation.document, title=HOSTILE, number=HOSTILE, issuer=HOSTILE)
    document = replace(document, source=HOSTILE, issued_on=HOSTILE)
    hostile = replace(citation, document=document)
    clean = citations_html(_answer("甲〔1〕", _citation("甲", "甲")))
    html = citations_html(_answer(HOSTILE, hostile))
    assert _tags(html) == _tags(clean)
    assert not set("${}`\\") & set(html)
    assert "onerror=&quot;" in html
    assert "<mark>**粗**</mark>" in html
    assert _tags(documents_html([document], {}, TODAY)) == {"p", "ul", "li", "span"}


def test_hostile_questions_cannot_become_markup() -> None:
    html = panel_html([replace(_answer("无"), question=HOSTILE)])
    assert _tags(html) == {"section", "p"}


def test_a_table_row_is_a_table_with_the_quoted_cell_marked() -> None:
    html = citations_html(_answer("市教育局〔1〕", _row("教育局")))
    assert '<th scope="row">单位</th><td>市<mark>教育局</mark></td>' in html
    assert '<th scope="row">类别</th><td>保障</td>' in html
    assert html.count("<mark>") == 1
    assert "blockquote" not in html


def test_a_quote_outside_the_cells_is_marked_in_the_text() -> None:
    html = citations_html(_answer("3〔1〕", _row("3")))
    assert "<table>" in html
    assert "<blockquote" in html
    assert "<mark>3</mark>" in html


def test_only_the_latest_answer_is_open_in_the_panel() -> None:
    first, second = (_answer("甲〔1〕", _citation("甲", "甲")) for _ in range(2))
    html = panel_html([first, second])
    assert html.count("<section") == 2
    assert html.index(" hidden>") < html.index("cite-0-1") < html.index("cite-1-1")
    assert html.count(" hidden>") == 1


def test_empty_states_are_told_in_words() -> None:
    assert NO_CITATIONS in panel_html([])
    assert NOTHING_CITED in citations_html(_answer("文件没有写。"))
    assert NO_DOCUMENTS in documents_html([], {}, TODAY)


def test_the_reference_to_copy_names_document_number_and_clause() -> None:
    html = unescape(citations_html(_answer("甲〔1〕", _citation("甲乙", "甲", kind="digest"))))
    assert "“甲”（《某市行动计划》（某政发〔2021〕37号）【要点整理】四、重点任务（二）3）" in html


def _scanned(citation: Citation) -> Citation:
    marks = (Mark(0, "第2页", 0.939), Mark(1, "第3页", 0.98))
    return replace(citation, document=replace(citation.document, marks=marks))


def test_a_card_tells_the_page_and_how_sure_the_recognition_is() -> None:
    html = citations_html(_answer("甲〔1〕", _scanned(_citation("甲乙", "甲"))))
    assert "四、重点任务（二）3 · 第2页至第3页（图片识别，把握 0.93，请对照原件）</p>" in html
    assert "图片识别" not in citations_html(_answer("甲〔1〕", _citation("甲乙", "甲")))


def test_a_card_tells_what_became_of_its_document() -> None:
    told = replace(_citation("甲乙", "甲"), notes=(f"该文件已被{HOSTILE}废止。",))
    html = citations_html(_answer("甲〔1〕", told))
    assert html.count('<span class="tw-note">该文件已被&lt;script&gt;') == 1
    assert "tw-note" not in citations_html(_answer("甲〔1〕", _citation("甲乙", "甲")))


def test_the_list_of_documents_tells_what_holds_and_what_was_recognised() -> None:
    plain, scanned = _document("甲"), _scanned(_citation("甲乙", "甲")).document
    html = documents_html([plain, replace(scanned, doc_id="e")], {"d": (ENDED,)}, TODAY)
    first, second = html.split("</li>")[:2]
    assert '<p class="tw-count">共2份</p>' in first
    assert ">已废止</span>" in first
    assert "该文件已被《新办法》（某政发〔2025〕1号）废止。" in first
    assert "图片识别" not in first
    assert "tw-ended" not in second
    assert "2021年9月10日" in second
    assert "图片识别，把握 0.93，请对照原件" in second


def test_a_completed_question_is_shown_as_it_was_understood() -> None:
    follow_up = replace(
        _answer("无"), question="那2025年呢", standalone_question="2025年目标是多少"
    )
    assert "那2025年呢（理解为：2025年目标是多少）" in panel_html([follow_up])
    assert "理解为" not in panel_html([_answer("无")])
